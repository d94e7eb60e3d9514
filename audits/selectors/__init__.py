"""Reads across the models of audits."""
