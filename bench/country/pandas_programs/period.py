"""The calendar year asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Period:
    """A calendar year as pandas knows days. `last`: its last day, or the as-of date if that is earlier."""

    start: pd.Timestamp
    end: pd.Timestamp
    last: pd.Timestamp
    as_of: pd.Timestamp

    @classmethod
    def of(cls, year: int, as_of: dt.date) -> Period:
        """Return the year, looked at on the as-of date."""
        start, end, known = pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31), pd.Timestamp(as_of)
        return cls(start, end, min(end, known), known)

    @property
    def year(self) -> int:
        """The year's number."""
        return int(self.start.year)

    @property
    def months(self) -> pd.DatetimeIndex:
        """The first days of the year's months that are over on the as-of date."""
        months = pd.date_range(self.start, self.last, freq="MS")
        return months[months + pd.offsets.MonthEnd(0) <= self.last]


def months_after(days: pd.Series, months: int) -> pd.Series:
    """Return the same day of the month so many months on, clamped to the month's last day; unknown stays unknown."""
    return days + pd.DateOffset(months=months)


def turned_18(birth_dates: pd.Series) -> pd.Series:
    """Return the 18th birthdays."""
    return months_after(birth_dates, 18 * 12)


def going_on(start: pd.Series, ended: pd.Series, day: pd.Timestamp) -> pd.Series:
    """Return which stretches cover the day, both ends included; one without an end is still going on."""
    return (start <= day) & (ended.isna() | (ended >= day))
