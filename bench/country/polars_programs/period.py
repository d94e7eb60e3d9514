"""The calendar year asked for, and what is said of days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Period:
    """A calendar year. `last`: its last day, or the as-of date if that is earlier."""

    start: dt.date
    end: dt.date
    last: dt.date
    as_of: dt.date

    @classmethod
    def of(cls, year: int, as_of: dt.date) -> Period:
        """Return the year, looked at on the as-of date."""
        end = dt.date(year, 12, 31)
        return cls(dt.date(year, 1, 1), end, min(end, as_of), as_of)

    @property
    def year(self) -> int:
        """The year's number."""
        return self.start.year

    @property
    def last_month_over(self) -> dt.date | None:
        """The first day of the year's last month that is over on the as-of date; None when none is."""
        after = self.last + dt.timedelta(days=1)
        month = (after.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
        return month if month >= self.start else None

    def has(self, day: str) -> pl.Expr:
        """Return whether the column's day lies in the year."""
        return pl.col(day).is_between(self.start, self.end)


def on_or_after(ended: str, day: dt.date) -> pl.Expr:
    """Return whether what has this end is not over before the day; without an end it is still going on."""
    return pl.col(ended).is_null() | (pl.col(ended) >= day)


def covers(start: str, ended: str, day: dt.date) -> pl.Expr:
    """Return whether the stretch of days covers the day, both ends included."""
    return (pl.col(start) <= day) & on_or_after(ended, day)


def months_after(day: str, months: int) -> pl.Expr:
    """Return the same day of the month so many months on, clamped to the month's last day."""
    return pl.col(day).dt.offset_by(f"{months}mo")


def is_adult(day: pl.Expr | dt.date) -> pl.Expr:
    """Return whether `birth_date` lies 18 years before the day or more."""
    return months_after("birth_date", 18 * 12) <= day


def count_of(met: pl.Expr) -> list[pl.Expr]:
    """Return the two numbers of a share or a count, to be aggregated over the population."""
    return [met.sum().alias("numerator"), pl.len().alias("denominator")]
