"""Nothing that is hidden can be found out, whatever is published together."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis.strategies import integers, randoms, sampled_from

from reporting.figures.disclosure.protecting import protect
from reporting.figures.disclosure.rules import SmallNumbers
from reporting.figures.model import Result
from tests.disclosure.attacker import TOLERANCE, Asked, Range, ranges
from tests.disclosure.publications import Case, is_work_or_study, result

DIMENSIONS = {"kon": ("K", "M"), "enhet": ("a", "b", "c"), "alder": ("–24", "25–34", "35–44")}
LIMIT = 5

Parts = list[tuple[Result, Callable[[Case], bool]]]


def _is_study(case: Case) -> bool:
    return case["category"] == "B"


def _is_work(case: Case) -> bool:
    return case["category"] == "A"


def some_cases(draw: random.Random, count: int, categories: str) -> list[Case]:
    """Draw cases; the units differ in size, as units do."""
    return [
        {
            "kon": draw.choice("KM"),
            "enhet": draw.choice("aaaabbc"),
            "alder": draw.choice(DIMENSIONS["alder"]),
            "category": draw.choice(categories),
        }
        for _ in range(count)
    ]


def one_split(cases: list[Case]) -> Parts:
    """A total and one split."""
    return [(result(cases, by=("enhet",)), is_work_or_study)]


def two_splits_and_their_cross(cases: list[Case]) -> Parts:
    """Both margins and the table inside."""
    return [(result(cases, by=by), is_work_or_study) for by in (("enhet",), ("kon",), ("kon", "enhet"))]


def parts_and_distribution(cases: list[Case]) -> Parts:
    """A share, the two it is made of, and the distribution they all come from."""
    return [
        (result(cases, by=("kon",)), is_work_or_study),
        (result(cases, "work_at_exit", by=("kon",), met=_is_work), _is_work),
        (result(cases, "study_at_exit", by=("kon",), met=_is_study), _is_study),
        (result(cases, "exit_results"), is_work_or_study),
        (result(cases, "exit_results", by=("enhet",)), is_work_or_study),
    ]


def filters(cases: list[Case]) -> Parts:
    """What is published for one unit, beside what is published for all."""
    return [
        (result(cases, by=("kon",)), is_work_or_study),
        (result(cases, by=("kon",), where={"enhet": "a"}), is_work_or_study),
        (result(cases, by=("alder",), where={"enhet": "a"}), is_work_or_study),
        (result(cases, "exit_results", where={"enhet": "b"}), is_work_or_study),
    ]


PUBLICATIONS = (one_split, two_splits_and_their_cross, parts_and_distribution, filters)


def _true_count(results: list[Result], found: Range) -> float:
    figure = next(f for f in (*results[found.result].groups, results[found.result].total) if f.key == found.key)
    numerator, denominator = figure.numerator or 0, figure.denominator or 0
    return {"numerator": numerator, "denominator": denominator, "complement": denominator - numerator}[found.count]


@settings(max_examples=15, deadline=None)
@given(
    draw=randoms(use_true_random=True),
    count=integers(1, 90),
    categories=sampled_from(["ABCDE", "AABCDDDEE", "ACDE", "AAAAAAB", "E"]),
    publication=sampled_from(PUBLICATIONS),
)
def test_no_small_count_is_recovered(
    draw: random.Random, count: int, categories: str, publication: Callable[[list[Case]], Parts]
) -> None:
    parts = publication(some_cases(draw, count, categories))
    results = [one for one, _ in parts]
    public = protect(results, SmallNumbers(LIMIT)).results
    for found in ranges([Asked(p, met) for p, (_, met) in zip(public, parts, strict=True)], DIMENSIONS):
        true = _true_count(results, found)
        if 0 < true < LIMIT:
            assert found.high >= LIMIT - TOLERANCE, f"{found} is {true}"
        elif found.count != "complement" and not found.is_shown:
            assert found.high - found.low > TOLERANCE, f"{found} is {true}"
            assert found.high >= LIMIT - TOLERANCE, f"{found} is {true}"
