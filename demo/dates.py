"""Months and the days the demonstration data is bounded by."""

from calendar import monthrange
from datetime import date, timedelta

FIRST_YEAR = 2018
LAST_YEAR = 2024
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
LAST_DAY = date(2025, 1, 31)
"""Nothing that the municipality hands over happened later than this day."""


def days(number: int) -> timedelta:
    """A number of days as a duration."""
    return timedelta(days=number)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, clamped to that month's last day (measures.md, rule 9)."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def on_weekday(day: date) -> date:
    """The day, or the Friday before it when it is a Saturday or Sunday."""
    return day - days(max(0, day.weekday() - 4))


def month_start(year: int, month: int) -> date:
    """The month's first day; month 13 is January of the next year."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def month_end(year: int, month: int) -> date:
    """The month's last day; month 13 is January of the next year."""
    return add_months(month_start(year, month), 1) - days(1)


def age_on(born: date, day: date) -> int:
    """Full years lived on the day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
