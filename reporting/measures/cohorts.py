"""Which cases a measure looks at when it is asked for a period: the period itself, or cases from before it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reporting.measures.swedish_dates import date_long, month_long


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months on, clamped to the last day of the month (measures.md rule 9)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of days, both ends included. Raises ValueError when it ends before it starts."""

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"Perioden slutar {self.end} men börjar {self.start}.")

    @classmethod
    def year(cls, year: int) -> Period:
        """Return the calendar year."""
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """Return the calendar month."""
        return cls(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))

    @property
    def is_calendar_year(self) -> bool:
        """Whether it is one whole calendar year."""
        return self == Period.year(self.start.year)

    def label(self) -> str:
        """Return it in Swedish, as short as it can be said: "2023", "januari–augusti 2024" or both dates."""
        if self.is_calendar_year:
            return str(self.start.year)
        whole_months = self.start.day == 1 and (self.end + dt.timedelta(days=1)).day == 1
        if not whole_months:
            return f"{date_long(self.start)}–{date_long(self.end)}"
        if (self.start.year, self.start.month) == (self.end.year, self.end.month):
            return month_long(self.start)
        if self.start.year == self.end.year:
            return f"{month_long(self.start).split()[0]}–{month_long(self.end)}"
        return f"{month_long(self.start)}–{month_long(self.end)}"


def _first_half_of_previous_year(period: Period) -> Period:
    year = period.end.year - 1
    return Period(dt.date(year, 1, 1), dt.date(year, 6, 30))


def _previous_year(period: Period) -> Period:
    return Period.year(period.end.year - 1)


def _the_period(period: Period) -> Period:
    return period


def _calendar_year(period: Period) -> Period:
    return Period.year(period.end.year)


def _twelve_months(period: Period) -> Period:
    """The twelve months that end with the period's last month."""
    after = (period.end.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return Period(after.replace(year=after.year - 1), after - dt.timedelta(days=1))


def _three_years(period: Period) -> Period:
    """The 36 months that end with the year in which the period ends."""
    return Period(dt.date(period.end.year - 2, 1, 1), dt.date(period.end.year, 12, 31))


COHORTS: Mapping[str, Callable[[Period], Period]] = {
    "period": _the_period,
    "calendar_year": _calendar_year,
    "twelve_months": _twelve_months,
    "three_years": _three_years,
    "previous_year": _previous_year,
    "first_half_of_previous_year": _first_half_of_previous_year,
}
"""The names a variant may give as its `cohort`, and what they make of the period asked for."""
