"""Making a request: what is left out gets its default, what does not exist is refused with what does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from reporting.figures.dimensions import checked_closed_value, checked_split, dimensions_of
from reporting.figures.model import Period, Request, RequestFault
from reporting.measures.catalogue import UnknownMeasure
from reporting.measures.catalogue import measure as measure_named
from reporting.measures.dimensions import Dimension
from reporting.measures.model import Measure

Where = Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str | Sequence[str]]]


def request(
    code: str | Measure,
    *,
    year: int | None = None,
    period: Period | None = None,
    as_of: dt.date | None = None,
    variant: str | None = None,
    by: Sequence[str] = (),
    where: Where = (),
) -> Request:
    """Return the request for a measure.

    Exactly one of `year`, `period` and `as_of` says for when; with `as_of` it is the last full calendar year that had ended
    by that date. Without `variant` it is the measure's default for the period. Raises RequestFault when the measure, variant,
    dimension or value does not exist, naming those that do. Values that only the snapshot knows (units, activities) are
    checked by `compute`.
    """
    asked = _measure(code)
    settled = _period(year, period, as_of)
    return Request(
        measure=asked,
        variant=_variant(asked, variant, asked.variant_for(settled)),
        period=settled,
        by=checked_split(asked, by),
        where=_where(asked, where),
    )


def last_full_year(as_of: dt.date) -> Period:
    """Return the last calendar year that had ended by the as-of date (that day included)."""
    this_year = Period.year(as_of.year)
    return this_year if this_year.end <= as_of else Period.year(as_of.year - 1)


def _measure(code: str | Measure) -> Measure:
    if isinstance(code, Measure):
        return code
    try:
        return measure_named(code)
    except UnknownMeasure as error:
        raise RequestFault(str(error)) from error


def _period(year: int | None, period: Period | None, as_of: dt.date | None) -> Period:
    if period is not None:
        return period
    if year is not None:
        if not dt.MINYEAR < year < dt.MAXYEAR:
            raise RequestFault(f"{year} är inte ett år som går att räkna på.")
        return Period.year(year)
    if as_of is None:
        raise ValueError("A request needs a year, a period or an as-of date.")
    return last_full_year(as_of)


def _variant(measure: Measure, asked: str | None, default: str) -> str:
    """Return the variant's whole name; a filter alone goes with the default."""
    name = f"{default}+{asked}" if asked in measure.filters else asked or default
    if name not in measure.variant_names:
        known = ", ".join(measure.variant_names)
        raise RequestFault(f"Måttet {measure.code} har inte varianten ”{name}”. Varianterna är: {known}.")
    return name


def _where(measure: Measure, where: Where) -> tuple[tuple[str, tuple[str, ...]], ...]:
    known = dimensions_of(measure)
    kept: dict[str, set[str]] = {}
    for name, given in where.items() if isinstance(where, Mapping) else where:
        if name not in known:
            raise RequestFault(f"Måttet {measure.code} har inte egenskapen ”{name}”. Den kan vara: {', '.join(known)}.")
        values = [given] if isinstance(given, str) else given
        kept.setdefault(name, set()).update(checked_closed_value(Dimension(name), value) for value in values)
    return tuple((name, tuple(sorted(kept[name]))) for name in sorted(kept))
