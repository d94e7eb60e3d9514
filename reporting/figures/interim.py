"""Which way of counting a report of a part of a year uses: windows that are closed, or that roll to the period's end.

By 31 August nobody can have had ten months of support in the calendar year (measures.md, `long_term_support`): a variant that
looks at the whole of a year that is not over is never asked for.
"""

from __future__ import annotations

import datetime as dt

from reporting.figures.model import Period, Request
from reporting.figures.requests import Where, request
from reporting.measures.model import Measure, Unit

_OF_WHOLE_YEARS = frozenset({"calendar_year", "three_years"})
"""The cohorts that end with the calendar year in which the period ends."""
_A_YEAR = 364
"""Days between the first and the last day of a year."""


def interim_variant(measure: Measure, wanted: str = "") -> str | None:
    """Return the variant that an interim report counts the measure in; None where there is only one of whole calendar years.

    `wanted` (an indicator's own) is kept where it does not look at a whole calendar year; else it is the measure's default for
    shorter periods than a year, else the first variant that will do.
    """
    names = [name for name in (wanted, measure.default_variant[1], *measure.variants) if name]
    return next((name for name in names if not _is_of_whole_years(measure, name)), None)


def _is_of_whole_years(measure: Measure, name: str) -> bool:
    return measure.variants[name.split("+", maxsplit=1)[0]].cohort in _OF_WHOLE_YEARS


def period_to(end: dt.date, year: int | None = None) -> Period:
    """Return the period from New Year to the day, in its own year or in another (29 February is then 28 February)."""
    year = year or end.year
    last = 28 if (end.month, end.day) == (2, 29) and year != end.year else end.day
    return Period(dt.date(year, 1, 1), dt.date(year, end.month, last))


def interim_request(measure: Measure, period: Period, *, wanted: str = "", where: Where = ()) -> Request | None:
    """Return the request for the period as an interim report counts; None where the measure is told for whole years only."""
    variant = interim_variant(measure, wanted)
    return None if variant is None else request(measure, period=period, variant=variant, where=where)


def is_held_against_target(request: Request) -> bool:
    """Return whether an outcome can be held against the target of its year.

    That of a year always. Of a part of one a share or a median is; a number is only where it is of a year's length, as of the
    twelve months that end with the period, and amounts are not: costs so far are not those of the year.
    """
    if request.period.is_calendar_year:
        return True
    unit, window = request.measure.unit, request.cohort
    if unit is Unit.KRONOR:
        return False
    return not unit.is_number_of or (window.end - window.start).days >= _A_YEAR
