"""Frameworks as data: read from TOML, checked whole, and handed to the rest of audits/ as frozen dataclasses."""
