"""Neighbouring days: windows that have days in common, and what a reader finds by subtracting one from the other."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import combinations

from reporting.figures.disclosure.families import OverTime
from reporting.figures.disclosure.places import At, Slice
from reporting.figures.disclosure.table import CellKey, CountTable
from reporting.figures.model import Period

Counts = dict[At, CellKey]
"""The same count at different places."""

_A_YEAR = dt.timedelta(days=365)
_A_DAY = dt.timedelta(days=1)


def are_neighbours(one: Period, other: Period) -> bool:
    """Whether the difference between a count for the one and for the other is of few days: one lies within the other, or they
    share days and end less than a year apart. (A yearly series is no such thing, also where its windows are longer than a year.)
    """
    if one == other or one.end < other.start or other.end < one.start:
        return False
    return _are_nested(one, other) or abs(one.end - other.end) < _A_YEAR


def add_shared_days(table: CountTable, universe: Hashable, name: str, counts: Counts) -> None:
    """Add the counts for the days that overlapping windows share and do not share, which no figure needs to state.

    For counts that add up over time: then each window is the sum of its days, and one subtracted from another leaves the others.
    """
    for split, periods in _by_split(counts).items():
        for one, other in combinations(sorted(periods), 2):
            if one.start < other.start <= one.end < other.end:
                limit = max(table.cells[periods[window]].limit for window in (one, other))
                for days in _pieces(one, other):
                    if (days, split) not in counts:
                        counts[days, split] = table.add((universe, name, days, split), None, limit)


def keep_apart(table: CountTable, over_time: OverTime, counts: Counts, displayed: Iterable[CellKey]) -> None:
    """State that neighbouring windows of this publication must not differ by few, where that difference is no count already."""
    shown = set(displayed)
    for periods in _by_split(counts).values():
        stated = sorted(period for period, key in periods.items() if key in shown)
        for one, other in combinations(stated, 2):
            if are_neighbours(one, other) and not _is_a_count(over_time, one, other):
                table.must_not_differ_by_few(periods[one], periods[other])


def _is_a_count(over_time: OverTime, one: Period, other: Period) -> bool:
    """Whether the difference is the count of the remaining days, which stands in the table by itself."""
    nested = _are_nested(one, other)
    if over_time is OverTime.BEGINNING:
        return nested and one.start == other.start
    return nested and over_time is OverTime.ADDS_UP


def _are_nested(one: Period, other: Period) -> bool:
    return one.start <= other.start <= other.end <= one.end or other.start <= one.start <= one.end <= other.end


def _pieces(one: Period, other: Period) -> Iterator[Period]:
    yield Period(one.start, other.start - _A_DAY)
    yield Period(other.start, one.end)
    yield Period(one.end + _A_DAY, other.end)


def _by_split(counts: Mapping[At, CellKey]) -> dict[Slice, dict[Period, CellKey]]:
    found: dict[Slice, dict[Period, CellKey]] = defaultdict(dict)
    for (days, split), key in counts.items():
        found[split][days] = key
    return found
