"""A forecast rests on how earlier years went on, says how sure it is, and says nothing where nothing can be said."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.figures.forecast import Carried, YearSoFar, forecast, linear, method_in_words

values = st.floats(1, 1000)
years = st.lists(st.tuples(values, values), min_size=3, max_size=6).map(
    lambda pairs: [YearSoFar(2018 + at, part, whole) for at, (part, whole) in enumerate(pairs)]
)


def test_an_amount_is_carried_on_by_how_much_of_it_was_left_in_earlier_years() -> None:
    # Two thirds of the cost had come by August in each of the years, so 900 becomes 1 350 without any doubt.
    found = forecast(900, [YearSoFar(year, 600, 900) for year in (2021, 2022, 2023)], Carried.RATIO)
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((1350, 1350, 1350))
    assert found.years == (2021, 2022, 2023)


def test_the_interval_of_a_share_is_students_for_one_new_year() -> None:
    # Steps of -1, 0 and 1 percentage points: mean 0, standard deviation 1, t(2 degrees of freedom, 97,5 %) = 4,303.
    found = forecast(
        40, [YearSoFar(y, 30, 30 + step) for y, step in ((2021, -1), (2022, 0), (2023, 1))], Carried.DIFFERENCE
    )
    assert found is not None
    assert found.value == pytest.approx(40)
    assert found.high - found.value == pytest.approx(4.3027 * math.sqrt(1 + 1 / 3), abs=1e-3)


def test_two_years_are_too_few_and_a_year_of_nothing_says_nothing() -> None:
    two = [YearSoFar(2022, 1, 2), YearSoFar(2023, 1, 2)]
    assert forecast(1, two, Carried.RATIO) is None
    assert forecast(1, [*two, YearSoFar(2021, 0, 2)], Carried.RATIO) is None
    assert forecast(0, [*two, YearSoFar(2021, 1, 2)], Carried.RATIO) is None


@settings(max_examples=40, deadline=None)
@given(values, years)
def test_a_ratio_scales_with_what_is_known_and_stays_above_zero(now: float, earlier: list[YearSoFar]) -> None:
    one, double = (forecast(known, earlier, Carried.RATIO) for known in (now, 2 * now))
    assert one is not None
    assert double is not None
    assert 0 < one.low <= one.value * (1 + 1e-9)
    assert one.value <= one.high * (1 + 1e-9)
    assert (double.value, double.low) == pytest.approx((2 * one.value, 2 * one.low))


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 100), years)
def test_a_share_stays_between_0_and_100(now: float, earlier: list[YearSoFar]) -> None:
    found = forecast(now, earlier, Carried.DIFFERENCE)
    assert found is not None
    assert 0 <= found.low <= found.value <= found.high <= 100


def test_a_straight_line_costs_the_same_each_month() -> None:
    assert linear(800, 8) == 1200
    with pytest.raises(ValueError, match="13"):
        linear(1, 13)


def test_the_method_names_its_years_and_is_silent_without_a_forecast() -> None:
    found = forecast(900, [YearSoFar(year, 600, 900) for year in (2021, 2022, 2023)], Carried.RATIO)
    assert found is not None
    assert "2021, 2022 och 2023" in method_in_words([found])
    assert method_in_words([]) == ""
