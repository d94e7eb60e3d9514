"""Measures with several figures over the same rows: volumes, funnels, budget and outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reporting.figures.intervals import Ends, wilson
from reporting.figures.model import PartFigure
from reporting.measures.inner import Count, Counting, Part, Unit

Sums = Mapping[str, Any]


def part_sums(parts: Sequence[Part]) -> dict[str, str]:
    """Return the sums the parts need, as name → SQL over the columns of `judged`."""
    sums = {}
    for part in parts:
        sums[f"{part.name}_count"] = count_sql(part.count)
        if part.of:
            sums[f"{part.name}_of"] = count_sql(part.of)
        if part.count.how in {Counting.CASES, Counting.DISTINCT}:
            sums[f"{part.name}_persons"] = count_sql(Count(Counting.PERSONS, part.count.column))
        if part.dated:
            sums[f"{part.name}_date"] = f"max({part.dated}) FILTER (in_population)"
    return sums


def count_sql(count: Count) -> str:
    """Return the count as SQL over the columns of `judged`."""
    if count.how is Counting.CASES:
        return f"count(*) FILTER (in_population AND {count.column})"
    if count.how is Counting.PERSONS:
        return f"count(DISTINCT person_key) FILTER (in_population AND {count.column})"
    if count.how is Counting.DISTINCT:
        marked = f" AND {count.column}" if count.column else ""
        return f"count(DISTINCT {count.key}) FILTER (in_population{marked})"
    return f"round(fsum({count.column}) FILTER (in_population), 4)"


def figures_of_parts(
    parts: Sequence[Part], groups: Sequence[Sums], adds_up: Callable[[Count], bool]
) -> list[dict[str, PartFigure]]:
    """Return the parts of each group, by name. `adds_up`: whether what a count counts stands in one group of the split only."""
    shares = [
        (int(sums.get(f"{part.name}_count") or 0), int(sums.get(f"{part.name}_of") or 0) if part.of else 0)
        for sums in groups
        for part in parts
    ]
    ends = iter(wilson(shares))
    return [
        {part.name: _figure(part, sums, next(ends), adds_up=adds_up(part.count)) for part in parts} for sums in groups
    ]


def _figure(part: Part, sums: Sums, ends: Ends, *, adds_up: bool) -> PartFigure:
    number = sums.get(f"{part.name}_count")
    extra: dict[str, object] = {}
    if part.dated:
        made = sums.get(f"{part.name}_date")
        extra["date"] = made.isoformat() if isinstance(made, dt.date) else None
    if part.unit is Unit.KRONOR:
        amount = None if number is None else float(number)
        return PartFigure(amount, None, amount, adds_up=adds_up, extra=extra)
    count = int(number or 0)
    persons = count if part.count.how is Counting.PERSONS else sums.get(f"{part.name}_persons")
    if not part.of:
        return PartFigure(count, None, count, persons=persons, adds_up=adds_up, extra=extra)
    whole = int(sums.get(f"{part.name}_of") or 0)
    value = 100 * count / whole if whole else None
    return PartFigure(count, whole, value, *ends, persons=persons, adds_up=adds_up, extra=extra)
