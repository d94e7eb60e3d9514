"""What an interim report asks of each measure: closed or rolling windows, never a part of a calendar year as if it were whole."""

from __future__ import annotations

import datetime as dt

import pytest

from reporting.figures.interim import interim_request, interim_variant, period_to
from reporting.figures.model import Period
from reporting.measures.catalogue import measure, measures
from reporting.measures.model import Measure

ENDS = (dt.date(2024, 4, 30), dt.date(2024, 8, 31))


@pytest.mark.parametrize("each", measures(), ids=lambda each: each.code)
def test_no_measure_looks_at_a_calendar_year_that_is_not_over(each: Measure) -> None:
    for end in ENDS:
        for wanted in ("", *each.variant_names):
            asked = interim_request(each, period_to(end), wanted=wanted)
            if asked is not None:
                assert asked.cohort.end <= end
                assert asked.cohort != Period.year(2024)


def test_only_what_has_no_other_window_than_whole_years_is_left_out() -> None:
    assert [each.code for each in measures() if interim_variant(each) is None] == ["very_long_term_support"]


def test_long_term_support_rolls_to_the_end_also_when_an_indicator_asks_for_the_calendar_year() -> None:
    for wanted in ("", "standard", "rolling"):
        asked = interim_request(measure("long_term_support"), period_to(dt.date(2024, 8, 31)), wanted=wanted)
        assert asked is not None
        assert asked.variant == "rolling"
        assert asked.cohort == Period(dt.date(2023, 9, 1), dt.date(2024, 8, 31))


def test_returns_are_of_those_whose_year_has_gone() -> None:
    asked = interim_request(measure("not_returned_within_year"), period_to(dt.date(2024, 8, 31)))
    assert asked is not None
    assert asked.cohort == Period(dt.date(2023, 1, 1), dt.date(2023, 6, 30))
    kept = interim_request(measure("not_returned_within_year"), asked.period, wanted="kolada+resident")
    assert kept is not None
    assert kept.variant == "kolada+resident"


def test_the_same_part_of_another_year_ends_on_a_day_that_year_has() -> None:
    assert period_to(dt.date(2024, 2, 29), 2023).end == dt.date(2023, 2, 28)
    assert period_to(dt.date(2024, 8, 31), 2023) == Period(dt.date(2023, 1, 1), dt.date(2023, 8, 31))
