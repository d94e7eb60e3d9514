"""Whether two programs gave the same answers."""

from __future__ import annotations

import math
from collections.abc import Iterator

from bench.country.model import Answers, Numbers

_CLOSE = 1e-9
"""Of the number, and of one: counts agree exactly, kronor and percents to nine digits."""


def differences(ours: Answers, theirs: Answers) -> list[str]:
    """Return what differs, one line each: a measure that one lacks, a municipality or number that is another."""
    return list(_differences(ours, theirs))


def _differences(ours: Answers, theirs: Answers) -> Iterator[str]:
    for year in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(year, {}), theirs.get(year, {})
        for code in sorted(one.keys() ^ other.keys()):
            yield f"{year} {code}: only one of them has it"
        for code in sorted(one.keys() & other.keys()):
            for municipality in sorted(one[code].keys() | other[code].keys()):
                found = _numbers_apart(one[code].get(municipality, {}), other[code].get(municipality, {}))
                yield from (f"{year} {code} {municipality} {difference}" for difference in found)


def _numbers_apart(one: Numbers, other: Numbers) -> Iterator[str]:
    """A municipality that is left out has nothing, or nothing but noughts."""
    for name in sorted(one.keys() | other.keys()):
        ours, theirs = one.get(name), other.get(name)
        if not one or not other:
            same = not ours and not theirs
        elif ours is None or theirs is None:
            same = ours is theirs and name in one and name in other
        else:
            same = math.isclose(ours, theirs, rel_tol=_CLOSE, abs_tol=_CLOSE)
        if not same:
            yield f"{name}: {ours} and {theirs}"
