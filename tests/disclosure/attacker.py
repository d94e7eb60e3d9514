"""An attacker of another make than the product's: one who lists every kind of case there can be, and what is said of them.

An unknown is the number of cases of one kind: one value of every dimension, one category. Every shown figure is an equation.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from reporting.figures.model import CATEGORY, Figure, Result
from tests.disclosure.publications import Case

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Asked:
    """A published result and which cases are met in it."""

    public: Result
    met: Callable[[Case], bool]


@dataclass(frozen=True)
class Range:
    """What a hidden count can be, as the attacker sees it. `is_shown`: the publication shows the same count elsewhere."""

    result: int
    key: Mapping[str, str | None]
    count: str
    low: float
    high: float
    is_shown: bool


def ranges(
    asked: Sequence[Asked],
    dimensions: Mapping[str, Sequence[str]],
    *,
    told: Callable[[Result, Figure], bool] | None = None,
) -> list[Range]:
    """Return the range of the numerator, denominator and complement of every hidden figure.

    `told` narrows what the attacker is told to some of the shown figures.
    """
    kinds = [
        dict(zip((*dimensions, "category"), v, strict=True)) for v in itertools.product(*dimensions.values(), "ABCDE")
    ]
    rows, values = [], []
    for one in asked:
        for figure in (one.public.total, *one.public.groups):
            if figure.suppressed or (told and not told(one.public, figure)):
                continue
            rows += [_members(one, figure, kinds, met=True), _members(one, figure, kinds, met=False)]
            values += [figure.numerator, figure.denominator]
        for figure in _empty_groups(one.public, dimensions):
            rows.append(_members(one, figure, kinds, met=False))
            values.append(0)
    result = []
    for number, one in enumerate(asked):
        for figure in (one.public.total, *one.public.groups):
            if figure.suppressed:
                numerator, denominator = (_members(one, figure, kinds, met=met) for met in (True, False))
                counts = {"numerator": numerator, "denominator": denominator, "complement": denominator - numerator}
                for name, aim in counts.items():
                    low, high = (sign * _least(sign * aim, rows, values) for sign in (1, -1))
                    is_shown = any(np.array_equal(aim, row) for row in rows)
                    result.append(Range(number, figure.key, name, low, high, is_shown))
    return result


def _least(aim: np.ndarray, rows: Sequence[np.ndarray], values: Sequence[float | None]) -> float:
    limits = {"A_eq": np.array(rows), "b_eq": np.array(values, dtype=float)} if rows else {}
    answer = linprog(aim, **limits, method="highs")
    assert answer.status in {0, 3}, answer.message
    return float(answer.fun) if answer.status == 0 else -np.inf


def _members(one: Asked, figure: Figure, kinds: Sequence[Case], *, met: bool) -> np.ndarray:
    where = {name: set(values) for name, values in one.public.request.where}
    where |= {name: {str(value)} for name, value in figure.key.items() if name != CATEGORY}
    category = figure.key.get(CATEGORY)
    is_total_of_distribution = bool(one.public.measure.categories) and category is None

    def counts(kind: Case) -> bool:
        if any(kind[name] not in values for name, values in where.items()):
            return False
        if not met or is_total_of_distribution:
            return True
        return kind["category"] == category if category else one.met(kind)

    return np.array([float(counts(kind)) for kind in kinds])


def _empty_groups(public: Result, dimensions: Mapping[str, Sequence[str]]) -> Iterator[Figure]:
    """A split lists every group that has cases: of the others it tells that they have none."""
    listed = {tuple(figure.key[name] for name in public.by) for figure in public.groups}
    for values in itertools.product(*(dimensions[name] for name in public.by)) if public.by else ():
        if values not in listed:
            yield Figure(dict(zip(public.by, values, strict=True)), None, None, None)
