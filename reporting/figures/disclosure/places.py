"""Where a count stands: for which days, in which split; and how such places lie within each other."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from reporting.figures.disclosure.families import OverTime
from reporting.figures.model import Period
from reporting.measures.dimensions import Dimension

Values = frozenset[str | None]
Slice = frozenset[tuple[str, Values]]
At = tuple[Period, Slice]


@dataclass(frozen=True)
class Place:
    """Whose and which cases a count is of: snapshots, family, days and split."""

    universe: Hashable
    days: Period
    split: Slice


def is_within(split: Slice, other: Slice) -> bool:
    """Whether every case of the one split is among those of the other."""
    values = dict(split)
    return split != other and all(name in values and values[name] <= wider for name, wider in other)


def apart(parts: Iterable[At], name: str) -> list[list[At]]:
    """Return the places in lists within which no case of one is a case of another, by the dimension of that name."""
    lists: list[list[At]] = []
    for part in parts:
        values = dict(part[1])[name]
        room = next((one for one in lists if all(not values & dict(other[1])[name] for other in one)), None)
        if room is None:
            lists.append([part])
        else:
            room.append(part)
    return lists


def days_of(days: Period, split: dict[str, Values]) -> tuple[Period, dict[str, Values]]:
    """Let a year or a month in the split narrow the days instead, where it is one."""
    kept = dict(split)
    for name in (Dimension.YEAR.value, Dimension.MONTH.value):
        values = kept.get(name, frozenset())
        value = next(iter(values)) if len(values) == 1 else None
        if value is not None:
            named = _period_named(value)
            if named.start <= days.end and days.start <= named.end:
                days = Period(max(days.start, named.start), min(days.end, named.end))
                del kept[name]
    return days, kept


def _period_named(value: str) -> Period:
    year, _, month = value.partition("-")
    if not month:
        return Period.year(int(year))
    last = calendar.monthrange(int(year), int(month))[1]
    return Period(dt.date(int(year), int(month), 1), dt.date(int(year), int(month), last))


def stretches(whole: Period, periods: Iterable[Period], over_time: OverTime) -> list[list[Period]]:
    """Return the lists of periods, none overlapping another, that lie within the whole and count some of its cases."""
    inner = sorted(p for p in periods if p != whole and whole.start <= p.start and p.end <= whole.end)
    if over_time is OverTime.BEGINNING:
        return [[period] for period in inner if period.start == whole.start]
    if over_time is OverTime.NOTHING:
        return []
    lists: list[list[Period]] = []
    for period in inner:
        room = next((one for one in lists if one[-1].end < period.start), None)
        if room is None:
            lists.append([period])
        else:
            room.append(period)
    return lists
