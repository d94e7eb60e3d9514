"""Filters of the registers of steering."""
