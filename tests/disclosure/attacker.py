"""An attacker of another make than the product's: one who lists every kind of case there can be, and what is said of them.

An unknown is the number of cases of one kind: one value of every dimension, one category, and where there are two versions of the
data, whether such a case is in the first, the second or both. Every shown figure is an equation.
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
    """A published result and which cases are met in it; `within` says which cases its period and version have at all."""

    public: Result
    met: Callable[[Case], bool]
    within: Callable[[Case], bool] = lambda _: True


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
    kinds = kinds_of(dimensions)
    rows, values = equations(asked, dimensions, kinds, told=told)
    result = []
    for number, one in enumerate(asked):
        for figure in (one.public.total, *one.public.groups):
            if figure.suppressed:
                for name, aim in members(one, figure, kinds).items():
                    low, high = span(aim, rows, values)
                    is_shown = any(np.array_equal(aim, row) for row in rows)
                    result.append(Range(number, figure.key, name, low, high, is_shown))
    return result


def kinds_of(dimensions: Mapping[str, Sequence[str]]) -> list[Case]:
    """Return every kind of case there can be."""
    every = itertools.product(*dimensions.values(), "ABCDE")
    return [dict(zip((*dimensions, "category"), values, strict=True)) for values in every]


def equations(
    asked: Sequence[Asked],
    dimensions: Mapping[str, Sequence[str]],
    kinds: Sequence[Case],
    *,
    told: Callable[[Result, Figure], bool] | None = None,
) -> tuple[list[np.ndarray], list[float | None]]:
    """Return what the shown figures say: which kinds are counted, and how many they are together."""
    rows: list[np.ndarray] = []
    values: list[float | None] = []
    for one in asked:
        for figure in (one.public.total, *one.public.groups):
            if figure.suppressed or (told and not told(one.public, figure)):
                continue
            rows += [_members(one, figure, kinds, met=True), _members(one, figure, kinds, met=False)]
            values += [figure.numerator, figure.denominator]
        for figure in _empty_groups(one.public, dimensions):
            rows.append(_members(one, figure, kinds, met=False))
            values.append(0)
    return rows, values


def span(aim: np.ndarray, rows: Sequence[np.ndarray], values: Sequence[float | None]) -> tuple[float, float]:
    """Return the least and the most that a sum of kinds can be."""
    return _least(aim, rows, values), -_least(-aim, rows, values)


def members(one: Asked, figure: Figure, kinds: Sequence[Case]) -> dict[str, np.ndarray]:
    """Return which kinds each count of a figure counts."""
    numerator, denominator = (_members(one, figure, kinds, met=met) for met in (True, False))
    return {"numerator": numerator, "denominator": denominator, "complement": denominator - numerator}


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
        if not one.within(kind) or any(kind[name] not in values for name, values in where.items()):
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
