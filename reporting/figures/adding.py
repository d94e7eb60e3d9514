"""Adding groups up: those of several portions of a country, or those of its municipalities to the whole.

Only groups whose cases and persons are different ones may be added, as those of two municipalities are.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from reporting.figures.kinds import Group, Sums


def added(groups: Iterable[Group]) -> list[Group]:
    """Return one group for each key, in the order the keys come, with the sums of all the groups that have it."""
    found: dict[tuple[str | None, ...], Group] = {}
    for group in groups:
        key = tuple(group.key.values())
        found[key] = _together(found[key], group) if key in found else group
    return list(found.values())


def _together(one: Group, other: Group) -> Group:
    categories = {
        code: added_sums(one.by_category.get(code, {}), other.by_category.get(code, {}))
        for code in {**one.by_category, **other.by_category}
    }
    return replace(one, sums=added_sums(one.sums, other.sums), by_category=categories)


def added_sums(one: Sums, other: Sums) -> Sums:
    """Return the sums of both groups, name by name."""
    return {name: _added(one.get(name), other.get(name)) for name in {**one, **other}}


def _added(one: Any, other: Any) -> Any:
    """Numbers and lists are added, counts by value also value by value; of dates the later stands. None adds nothing."""
    if one is None or other is None:
        return other if one is None else one
    if isinstance(one, Mapping):
        return dict(Counter(one) + Counter(other))
    if isinstance(one, dt.date):
        return max(one, other)
    total = one + other
    return round(total, _PLACES) if isinstance(total, float) else total


_PLACES = 4
"""Of amounts, as the sums themselves have: the order of addition does not show."""
