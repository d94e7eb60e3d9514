"""Numbers and dates as a Swedish reader expects them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template

from committees.csv_files import neutralised
from reporting.figures import swedish


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, 0, "0"),
        (1234, 0, "1\u00a0234"),
        (1234567.891, 2, "1\u00a0234\u00a0567,89"),
        (-12.25, 1, "\u221212,3"),
        (-0.04, 1, "0,0"),
        (2.675, 2, "2,68"),
        (19.68503937007874, 1, "19,7"),
        (None, 1, "–"),
    ],
)
def test_a_number_has_decimal_comma_hard_spaces_and_a_true_minus(
    value: float | None, decimals: int, expected: str
) -> None:
    assert swedish.number(value, decimals) == expected


def test_units_follow_after_a_hard_space() -> None:
    assert swedish.percent(19.68503937007874) == "19,7\u00a0%"
    assert swedish.percentage_points(-12.18) == "\u221212,2\u00a0procentenheter"
    assert swedish.kronor(42857) == "42\u00a0857\u00a0kr"
    assert swedish.tkr(333_333.33, 1) == "333,3\u00a0tkr"
    assert swedish.mnkr(6_000_000) == "6,0\u00a0mnkr"


def test_what_has_no_denominator_is_a_dash_without_a_unit() -> None:
    assert [swedish.percent(None), swedish.kronor(None), swedish.tkr(None), swedish.span(None, 3)] == ["–"] * 4


def test_dates_are_written_out_or_iso() -> None:
    day = dt.date(2024, 1, 31)
    assert swedish.date_long(day) == "31 januari 2024"
    assert swedish.date_iso(day) == "2024-01-31"


def test_templates_have_the_same_numbers() -> None:
    template = Template("{% load swedish %}{{ value|percent }} {{ value|number:2 }} {{ day|date_long }}")
    text = template.render(Context({"value": 28.04, "day": dt.date(2023, 12, 1)}))
    assert text == "28,0\u00a0% 28,04 1 december 2023"


@pytest.mark.parametrize("text", ["=1+1", "+46", "-2+3", "@SUM(A1)", "\t=1", " =1+1", "\r=1", "\uff1d1+1"])
def test_a_text_that_looks_like_a_formula_is_made_harmless(text: str) -> None:
    assert neutralised(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Språkpraktik", "–24", "-", "..", -12.5, 3, None, dt.date(2024, 1, 1), True])
def test_other_values_leave_as_they_are(value: object) -> None:
    assert neutralised(value) == value
