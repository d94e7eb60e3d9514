"""Values on their way out into CSV and XLSX."""

from __future__ import annotations

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def neutralised(value: object) -> object:
    """Return the value so that no spreadsheet takes it for a formula.

    A text that begins like one gets an apostrophe before it; numbers, dates and other texts come back as they are, also a lone
    sign ("-" for a value that was not reported).
    """
    if isinstance(value, str) and len(value) > 1 and value.lstrip(" \u00a0\ufeff").startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value
