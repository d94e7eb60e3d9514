"""Swedish working days, which the stops before a meeting are counted in."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

_ONE_DAY = dt.timedelta(days=1)
_SATURDAY, _FRIDAY = 5, 4


def easter_sunday(year: int) -> dt.date:
    """Return Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    leap_centuries, century_rest = divmod(century, 4)
    lunar_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - lunar_shift + 15) % 30
    leaps, rest = divmod(in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


@lru_cache(maxsize=32)
def free_days(year: int) -> frozenset[dt.date]:
    """Return the weekdays off and other holidays of the year: those of lagen (1989:253) om allmänna helgdagar, and the eves of
    midsummer, Christmas and the new year, when municipalities are closed. Holidays that are always Sundays are left out.
    """
    easter = easter_sunday(year)
    midsummer_eve = dt.date(year, 6, 19)
    midsummer_eve += _ONE_DAY * ((_FRIDAY - midsummer_eve.weekday()) % 7)
    fixed = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
    moving = (easter - 2 * _ONE_DAY, easter + _ONE_DAY, easter + 39 * _ONE_DAY, midsummer_eve)
    return frozenset({*(dt.date(year, month, day) for month, day in fixed), *moving})


def is_working_day(day: dt.date) -> bool:
    """Whether the day is neither a weekend nor a holiday."""
    return day.weekday() < _SATURDAY and day not in free_days(day.year)


def working_days_before(day: dt.date, count: int) -> dt.date:
    """Return the working day that lies so many working days before the day; the day itself for none."""
    while count:
        day -= _ONE_DAY
        count -= is_working_day(day)
    return day
