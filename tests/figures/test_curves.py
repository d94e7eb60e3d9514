"""The course of a duration: steps, intervals and numbers at risk, against what can be reckoned by hand."""

from __future__ import annotations

import math

import pytest

from reporting.figures.computing import compute
from reporting.figures.curves import AtRisk, curve, curve_in_words, curve_of_incidence, curve_of_waiting
from reporting.figures.durations import incidence_steps
from reporting.figures.requests import request
from reporting.measures.catalogue import measure
from reporting.snapshots.engine import Engine
from tests.figures.town import town

NBSP = "\u00a0"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return town()


def test_the_course_of_the_worked_example_of_referrals() -> None:
    # Six referrals: 5, 9, 12, 14, 30 days, one still open after 40.
    course = curve_of_waiting({5: 1, 9: 1, 12: 1, 14: 1, 30: 1}, {40: 1})
    assert course.days == (0, 5, 9, 12, 14, 30)
    assert course.shares == pytest.approx([0, 100 / 6, 200 / 6, 50, 400 / 6, 500 / 6])
    assert (course.n, course.arrived, course.until, course.median) == (6, 5, 40, 12)
    assert course.at_risk[:3] == (AtRisk(0, 6, 0), AtRisk(7, 5, 1), AtRisk(14, 3, 4))


def test_the_interval_of_a_waiting_time_is_greenwoods_on_the_log_log_scale() -> None:
    # S(5) = 5/6, Greenwood's variance S²/(6·5): an error of 0,1521; on the log(−log) scale 1,96·0,1521/(S·log S) = 1,962.
    course = curve_of_waiting({5: 1, 9: 1, 12: 1, 14: 1, 30: 1}, {40: 1})
    survival = 5 / 6
    step = 1.959964 * survival * math.sqrt(1 / 30) / (survival * math.log(survival))
    ends = sorted(100 * (1 - survival ** math.exp(sign * step)) for sign in (-1, 1))
    assert [course.low[1], course.high[1]] == pytest.approx(ends)


def test_who_has_left_otherwise_never_arrives() -> None:
    # Ten: five leave otherwise on day 1, one arrives on day 2, four are still there on day 9.
    course = curve_of_incidence({2: 1}, {1: 5}, {9: 4}, marks=(0, 2, 9, 30))
    assert course.days == (0, 1, 2, 9)
    assert course.shares == pytest.approx((0, 0, 10, 10))
    assert course.at_risk == (AtRisk(0, 10, 0), AtRisk(2, 5, 1), AtRisk(9, 4, 1))
    assert course.share_at(1) == 0
    assert course.share_at(8) == pytest.approx(10)


def test_the_error_is_that_of_a_proportion_when_all_have_left_and_none_was_lost() -> None:
    # Two arrive on day 2, one on day 5, one leaves otherwise on day 3: 3 of 4, √(0,75·0,25/4).
    _, shares, errors = incidence_steps({2: 2, 5: 1}, {3: 1}, {})
    assert list(shares) == pytest.approx([0.5, 0.5, 0.75])
    assert list(errors) == pytest.approx([math.sqrt(0.5 * 0.5 / 4)] * 2 + [math.sqrt(0.75 * 0.25 / 4)])


def test_the_last_error_when_the_last_one_leaves_otherwise() -> None:
    # n = 4, 2, 1 on days 2, 6, 9 with one lost on day 3: shares 1/4 and 5/8. The three sums of the variance are
    # 0,375²/(4·3), 3/64 + 0,75²/8 and −2·0,375/16: together 0,08203.
    _, shares, errors = incidence_steps({2: 1, 6: 1}, {9: 1}, {3: 1})
    assert list(shares[-2:]) == pytest.approx([0.625, 0.625])
    assert list(errors[-2:]) == pytest.approx([math.sqrt(0.08203125)] * 2)


def test_the_last_error_when_the_last_one_arrives() -> None:
    # One of three leaves otherwise first and one is lost: the share is that of those who stayed, 2/3, and so is its error.
    _, shares, errors = incidence_steps({6: 1}, {2: 1}, {3: 1})
    assert shares[-1] == pytest.approx(2 / 3)
    assert errors[-1] == pytest.approx(math.sqrt(2 / 3 * 1 / 3 / 3))


def test_the_course_agrees_with_the_shares_of_the_figure(engine: Engine) -> None:
    asked = request("time_to_work", year=2022)
    course, total = curve(engine, asked), compute(engine, asked).total
    assert course is not None
    for mark in course.at_risk[1:]:
        part = total.parts[str(mark.day)]
        assert course.share_at(mark.day) == pytest.approx(part.value)
        assert (mark.at_risk, mark.arrived, course.n) == (part.extra["at_risk"], part.numerator, part.denominator)


def test_a_selection_has_a_course_of_its_own(engine: Engine) -> None:
    women = curve(engine, request("time_to_work", year=2022, where={"kon": "K"}))
    everyone = curve(engine, request("time_to_work", year=2022))
    assert women
    assert everyone
    assert 0 < women.n < everyone.n


def test_measures_without_days_and_years_without_cases_have_no_course(engine: Engine) -> None:
    assert curve(engine, request("work_or_study_at_exit", year=2023)) is None
    assert curve(engine, request("application_to_decision", year=2023)) is None
    assert curve(engine, request("time_to_work", year=2015)) is None


def test_the_course_is_told_in_words() -> None:
    said = curve_in_words(measure("referral_lead_time"), curve_of_waiting({5: 3, 9: 3, 30: 3}, {40: 3}))
    assert said.startswith("9 av 12 remisser har lett till uppstartsmöte. Andelen efter 7")
    assert f"7{NBSP}dagar 25,0{NBSP}procent" in said
    assert said.endswith(f"Hälften har kommit dit efter 9{NBSP}dagar.")
