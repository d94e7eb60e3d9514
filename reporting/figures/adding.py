"""Adding groups up: those of several portions of a country, or those of its municipalities to the whole.

Only groups whose cases and persons are different ones may be added, as those of two municipalities are.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from reporting.figures.kinds import Group, Sums


def added(groups: Iterable[Group]) -> list[Group]:
    """Return one group for each key, in the order the keys come, with the sums of all the groups that have it."""
    found: dict[tuple[str | None, ...], list[Group]] = {}
    for group in groups:
        found.setdefault(tuple(group.key.values()), []).append(group)
    return [_together(same) for same in found.values()]


def _together(groups: Sequence[Group]) -> Group:
    if len(groups) == 1:
        return groups[0]
    codes = {code: None for group in groups for code in group.by_category}
    categories = {code: added_sums([group.by_category.get(code, {}) for group in groups]) for code in codes}
    return replace(groups[0], sums=added_sums([group.sums for group in groups]), by_category=categories)


def added_sums(several: Sequence[Sums]) -> Sums:
    """Return the sums of all the groups, name by name."""
    names = {name: None for sums in several for name in sums}
    return {name: _added([sums[name] for sums in several if sums.get(name) is not None]) for name in names}


def _added(values: Sequence[Any]) -> Any:
    """Numbers and lists are added, counts by value also value by value; of dates the latest stands. Nothing adds up to None."""
    if not values:
        return None
    if isinstance(values[0], Mapping):
        counts = Counter[Any]()
        for value in values:
            counts.update(value)
        return dict(counts)
    if isinstance(values[0], list):
        return list(chain.from_iterable(values))
    if isinstance(values[0], dt.date):
        return max(values)
    total = sum(values)
    return round(total, _PLACES) if isinstance(total, float) else total


_PLACES = 4
"""Of amounts, as the sums themselves have: the order of addition does not show."""
