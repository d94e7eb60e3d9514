"""Whoever has everything that was published, of two versions of the data and of neighbouring periods, finds no small count."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis.strategies import integers, randoms, sampled_from

from reporting.figures.disclosure.protecting import protect
from reporting.figures.disclosure.rules import SmallNumbers
from reporting.figures.model import Figure, Period, Result
from tests.disclosure.attacker import TOLERANCE, Asked, equations, kinds_of, members, span
from tests.disclosure.publications import Case, is_work_or_study, result
from tests.disclosure.test_attack import LIMIT, PUBLICATIONS, Parts, some_cases

RULES = SmallNumbers(LIMIT)
Publish = Callable[[list[Case]], Parts]

_DIMENSIONS = {"kon": ("K", "M"), "enhet": ("a", "b", "c"), "alder": ("–24", "25–34", "35–44")}
_STAYS = {"version": ("first", "both", "second")}
_MONTHS = ("1", "2", "3")
_BEFORE = ("1" * 64,)


def _in(version: str) -> Callable[[Case], bool]:
    return lambda case: case["version"] in {version, "both"}


def _figures(one: Result) -> list[Figure]:
    return [one.total, *one.groups]


def _number(vector: np.ndarray, kinds: Sequence[Case], cases: Sequence[Case]) -> int:
    """How many of the cases a count counts."""
    counted = {tuple(kind.values()) for kind, one in zip(kinds, vector, strict=True) if one}
    return sum(tuple(case[name] for name in kinds[0]) in counted for case in cases)


def _publish_both(cases: Sequence[Case], first: Publish, second: Publish) -> tuple[list[Asked], list[Asked]]:
    """Publish the one of the first version, and then the other of the second."""
    old, new = ([case for case in cases if _in(version)(case)] for version in ("first", "second"))
    parts, again, later = first(old), first(new), second(new)
    public = [replace(one, snapshots=_BEFORE) for one in protect([one for one, _ in parts], RULES).results]
    pairs = list(zip([one for one, _ in again], public, strict=True))
    after = protect([one for one, _ in later], RULES, pairs).results
    return (
        [Asked(one, met, _in("first")) for one, (_, met) in zip(public, parts, strict=True)],
        [Asked(one, met, _in("second")) for one, (_, met) in zip(after, later, strict=True)],
    )


@settings(max_examples=6, deadline=None)
@given(
    draw=randoms(use_true_random=True),
    count=integers(20, 120),
    changed=sampled_from([0.0, 0.02, 0.1]),
    first=sampled_from(PUBLICATIONS),
    second=sampled_from(PUBLICATIONS),
)
def test_two_versions_tell_neither_a_small_count_nor_a_small_difference(
    draw: random.Random, count: int, changed: float, first: Publish, second: Publish
) -> None:
    versions = draw.choices(("first", "both", "second"), (changed / 2, 1 - changed, changed / 2), k=count)
    cases = [{**case, "version": v} for case, v in zip(some_cases(draw, count, "AABCDE"), versions, strict=True)]
    old, new = _publish_both(cases, first, second)
    dimensions = {**_DIMENSIONS, **_STAYS}
    kinds = kinds_of(dimensions)
    rows, values = equations([*old, *new], _DIMENSIONS, kinds)
    for one in (*old, *new):
        for figure in _figures(one.public):
            for name, aim in members(one, figure, kinds).items():
                if figure.suppressed and 0 < _number(aim, kinds, cases) < LIMIT:
                    assert span(aim, rows, values)[1] >= LIMIT - TOLERANCE, (one.public.by, figure.key, name)
    for one in new:
        before = Asked(one.public, one.met, _in("first"))
        for figure in _figures(one.public):
            for name, aim in members(one, figure, kinds).items():
                change = aim - members(before, figure, kinds)[name]
                true = _number(aim, kinds, cases) - _number(aim - change, kinds, cases)
                if 0 < abs(true) < LIMIT:
                    low, high = span(change, rows, values)
                    assert low <= -LIMIT + TOLERANCE or high >= LIMIT - TOLERANCE, (one.public.by, figure.key, name)


@settings(max_examples=8, deadline=None)
@given(
    draw=randoms(use_true_random=True),
    count=integers(20, 120),
    changed=sampled_from([0.0, 0.05]),
    first=sampled_from(PUBLICATIONS),
    second=sampled_from(PUBLICATIONS),
)
def test_one_who_takes_the_unchanged_for_unchanged_finds_no_small_count(
    draw: random.Random, count: int, changed: float, first: Publish, second: Publish
) -> None:
    versions = draw.choices(("first", "both", "second"), (changed / 2, 1 - changed, changed / 2), k=count)
    cases = [{**case, "version": v} for case, v in zip(some_cases(draw, count, "AABCDE"), versions, strict=True)]
    old, new = _publish_both(cases, first, second)
    kinds = kinds_of({**_DIMENSIONS, "version": ("second",)})
    present = [{**case, "version": "second"} for case in cases if _in("second")(case)]
    rows, values = equations(new, _DIMENSIONS, kinds)
    for one in old:
        same = Asked(one.public, one.met, _in("second"))
        told, numbers = equations([same], _DIMENSIONS, kinds)
        unchanged = [at for at, row in enumerate(told) if _number(row, kinds, present) == numbers[at]]
        rows += [told[at] for at in unchanged]
        values += [numbers[at] for at in unchanged]
    for one in new:
        for figure in _figures(one.public):
            for name, aim in members(one, figure, kinds).items():
                if figure.suppressed and 0 < _number(aim, kinds, present) < LIMIT:
                    assert span(aim, rows, values)[1] >= LIMIT - TOLERANCE, (one.public.by, figure.key, name)


def _window(first: int, last: int) -> Period:
    return Period(dt.date(2023, first, 1), dt.date(2023, last + 1, 1) - dt.timedelta(days=1))


_WINDOWS = ((1, 3), (1, 2), (2, 3), (1, 1), (2, 2), (3, 3))


@settings(max_examples=8, deadline=None)
@given(
    draw=randoms(use_true_random=True),
    count=integers(20, 120),
    windows=sampled_from([_WINDOWS[:3], ((1, 2), (2, 3)), ((1, 2), (2, 3), (1, 1)), ((1, 3), (2, 2)), _WINDOWS]),
    by=sampled_from([(), ("kon",)]),
)
def test_windows_that_overlap_do_not_tell_the_few_of_the_days_between(
    draw: random.Random, count: int, windows: Sequence[tuple[int, int]], by: tuple[str, ...]
) -> None:
    cases = [{**case, "month": draw.choice("1112233333")} for case in some_cases(draw, count, "AABCDE")]

    def within(first: int, last: int) -> Callable[[Case], bool]:
        return lambda case: first <= int(case["month"]) <= last

    known: list[tuple[Result, Result]] = []
    asked = []
    for window in draw.sample(list(windows), len(windows)):
        counted = result([case for case in cases if within(*window)(case)], by=by, period=_window(*window))
        [public] = protect([counted], RULES, known).results
        known.append((counted, public))
        asked.append(Asked(public, is_work_or_study, within(*window)))
    dimensions = {"kon": ("K", "M"), "month": _MONTHS}
    kinds = kinds_of(dimensions)
    rows, values = equations(asked, dimensions, kinds)
    # What is published of some window, and what nobody published: the days between.
    every = [*asked, *(Asked(asked[0].public, is_work_or_study, within(*window)) for window in _WINDOWS)]
    for one in every:
        for figure in _figures(one.public):
            for name, aim in members(one, figure, kinds).items():
                if 0 < _number(aim, kinds, cases) < LIMIT:
                    assert span(aim, rows, values)[1] >= LIMIT - TOLERANCE, (figure.key, name)
