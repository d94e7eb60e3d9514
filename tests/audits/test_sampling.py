"""The statistics of samples, against published tables and what can be worked out by hand."""

from __future__ import annotations

import math

import pytest

from audits.sampling import (
    Part,
    SamplingFault,
    allocation,
    attribute_size,
    drawn,
    exact_interval,
    share_size,
    upper_limit,
    weighted,
)


@pytest.mark.parametrize(
    ("confidence", "tolerable", "expected", "size"),
    [
        # AICPA Audit Guide: Audit Sampling, tables for 5 and 10 percent risk.
        (0.95, 0.05, 0.0, 59),
        (0.95, 0.05, 0.01, 93),
        (0.95, 0.05, 0.02, 181),
        (0.95, 0.10, 0.0, 29),
        (0.90, 0.10, 0.0, 22),
        (0.90, 0.05, 0.0, 45),
    ],
)
def test_sizes_are_those_of_the_auditors_tables(
    confidence: float, tolerable: float, expected: float, size: int
) -> None:
    assert attribute_size(confidence=confidence, tolerable=tolerable, expected=expected) == size


def test_a_small_population_asks_for_fewer_cases_and_never_for_more_than_it_has() -> None:
    # 5 of 100 deviate: the chance to draw none of them with n is C(95, n) / C(100, n).
    chances = {n: math.comb(95, n) / math.comb(100, n) for n in range(1, 60)}
    smallest = min(n for n, chance in chances.items() if chance <= 0.05)
    assert attribute_size(confidence=0.95, tolerable=0.05, expected=0, population=100) == smallest
    assert attribute_size(confidence=0.95, tolerable=0.05, expected=0.04, population=30) == 30


def test_a_sample_cannot_expect_as_many_deviations_as_it_tolerates() -> None:
    with pytest.raises(SamplingFault, match="mindre än den tolerabla"):
        attribute_size(confidence=0.95, tolerable=0.05, expected=0.05)


def test_a_share_is_rounded_up() -> None:
    assert share_size(0.1, 101) == 11
    assert share_size(0.1, 100) == 10


def test_strata_give_in_proportion_and_at_least_one_each() -> None:
    assert allocation({"a": 60, "b": 30, "c": 10}, 10) == {"a": 6, "b": 3, "c": 1}
    assert allocation({"a": 98, "b": 1, "c": 1}, 5) == {"a": 3, "b": 1, "c": 1}
    with pytest.raises(SamplingFault, match="delarna är 3"):
        allocation({"a": 5, "b": 5, "c": 5}, 2)


def test_the_same_seed_draws_the_same_cases_whatever_order_they_come_in() -> None:
    keys = [f"A-{number:03}" for number in range(50)]
    assert drawn(keys, 10, "frö") == drawn(reversed(keys), 10, "frö")
    assert drawn(keys, 10, "frö") == drawn(keys, 20, "frö")[:10]
    assert drawn(keys, 10, "frö") != drawn(keys, 10, "annat")


def test_intervals_are_exact() -> None:
    # None of ten: 1 - 0.025 ** (1 / 10).
    assert exact_interval(0, 10, confidence=0.95) == pytest.approx((0, 1 - 0.025**0.1))
    assert upper_limit(0, 59, confidence=0.95) == pytest.approx(1 - 0.05 ** (1 / 59))
    assert exact_interval(3, 10, confidence=0.95, population=10) == pytest.approx((0.3, 0.3))
    low, high = exact_interval(2, 20, confidence=0.95, population=40)
    wider = exact_interval(2, 20, confidence=0.95)
    assert wider[0] < low < 0.1 < high < wider[1]


def test_strata_weigh_by_their_cases() -> None:
    wholly = [Part("a", 90, 90, 9), Part("b", 10, 10, 10)]
    assert weighted(wholly, confidence=0.95) == pytest.approx((0.19, 0.19, 0.19))
    share, low, high = weighted([Part("a", 90, 10, 1), Part("b", 10, 10, 10)], confidence=0.95)
    assert share == pytest.approx(0.19)
    assert low < share < high
