"""Numbers and dates as Swedish text, the same on page, on paper and in sentences (domain.md, "How such documents look").

Decimal comma, non-breaking space between thousands and before %, U+2212 as minus sign. Rounding is half away from zero and
happens here only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from reporting.measures.swedish_dates import MONTHS, date_long, month_long

__all__ = [
    "HIDDEN",
    "MINUS",
    "MISSING",
    "MONTHS",
    "NBSP",
    "NOT_APPLICABLE",
    "NO_DENOMINATOR",
    "date_iso",
    "date_long",
    "kronor",
    "listed",
    "lower_first",
    "mnkr",
    "month_long",
    "number",
    "percent",
    "percentage_points",
    "span",
    "tkr",
]

NBSP = "\u00a0"
MINUS = "\u2212"

NO_DENOMINATOR = "–"
"""Stands where there is nothing to divide by."""
HIDDEN = ".."
"""Kolada's sign for secrecy: the number is small and hidden."""
MISSING = "-"
"""Kolada's sign for a value that was not reported."""
NOT_APPLICABLE = "."
"""Kolada's sign where a value cannot exist."""

Number = int | float | Decimal


def number(value: Number | None, decimals: int = 0, *, signed: bool = False) -> str:
    """Return "1 234,5" for 1234.5; "–" for None. `signed` puts a plus before what is above 0."""
    if value is None:
        return NO_DENOMINATOR
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    digits = f"{abs(rounded):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    if not rounded:
        return digits
    sign = MINUS if rounded < 0 else "+" if signed else ""
    return sign + digits


def percent(value: Number | None, decimals: int = 1) -> str:
    """Return "19,7 %" for 19.685; "–" for None."""
    return number(value, decimals) if value is None else f"{number(value, decimals)}{NBSP}%"


def percentage_points(value: Number | None, decimals: int = 1, *, signed: bool = False) -> str:
    """Return "12,2 procentenheter"; the unit of a difference between two shares."""
    if value is None:
        return NO_DENOMINATOR
    text = number(value, decimals, signed=signed)
    unit = "procentenhet" if text.strip(f"+{MINUS}") == number(1, decimals) else "procentenheter"
    return f"{text}{NBSP}{unit}"


def kronor(value: Number | None, decimals: int = 0) -> str:
    """Return "42 857 kr" for 42857."""
    return number(value, decimals) if value is None else f"{number(value, decimals)}{NBSP}kr"


def tkr(value: Number | None, decimals: int = 0) -> str:
    """Return an amount in kronor as "333 tkr"."""
    return number(value) if value is None else f"{number(Decimal(str(value)) / 1000, decimals)}{NBSP}tkr"


def mnkr(value: Number | None, decimals: int = 1) -> str:
    """Return an amount in kronor as "6,0 mnkr"."""
    return number(value) if value is None else f"{number(Decimal(str(value)) / 1_000_000, decimals)}{NBSP}mnkr"


def span(low: Number | None, high: Number | None, decimals: int = 1) -> str:
    """Return "15,7–41,9"; "–" when an end is missing."""
    if low is None or high is None:
        return NO_DENOMINATOR
    return f"{number(low, decimals)}–{number(high, decimals)}"


def date_iso(day: dt.date) -> str:
    """Return "2024-01-31"."""
    return f"{day:%Y-%m-%d}"


def listed(words: Sequence[str]) -> str:
    """Return "a, b och c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}"


def lower_first(name: str) -> str:
    """Return a name as it stands inside a sentence: "socialnämnden"; an abbreviation such as "SN" keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
