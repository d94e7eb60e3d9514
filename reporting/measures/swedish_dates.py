"""Dates in Swedish words; the same whatever locale the machine has."""

from __future__ import annotations

import datetime as dt

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


def date_long(day: dt.date) -> str:
    """Return "31 januari 2024"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_long(day: dt.date) -> str:
    """Return "januari 2024"."""
    return f"{MONTHS[day.month - 1]} {day.year}"
