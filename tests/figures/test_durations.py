"""How long things took: the statistics against a plain reading of their definitions, and how they are written and hidden."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.figures.cases import case_rows
from reporting.figures.computing import compute, compute_many
from reporting.figures.disclosure.protecting import protect
from reporting.figures.disclosure.rules import SmallNumbers
from reporting.figures.durations import cumulative_incidence, median_with_open
from reporting.figures.requests import request
from reporting.figures.sentences import sentence
from reporting.snapshots.engine import Engine
from tests.figures.town import town
from tests.measures.tiny import organisation, tiny_engine

DAYS = st.lists(st.integers(0, 12), max_size=12)
RULES = SmallNumbers(5)
some = settings(max_examples=40, deadline=None, derandomize=True, database=None)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return town()


def plain_median(ended: Sequence[int], waiting: Sequence[int]) -> int | None:
    """Kaplan–Meier by hand, in exact fractions."""
    surviving = Fraction(1)
    for day in sorted(set(ended)):
        at_risk = sum(other >= day for other in (*ended, *waiting))
        surviving *= 1 - Fraction(ended.count(day), at_risk)
        if surviving <= Fraction(1, 2):
            return day
    return None


def plain_incidence(ended: Sequence[int], other: Sequence[int], waiting: Sequence[int], day: int) -> Fraction:
    """Aalen–Johansen by hand: of those still there each day, the share that comes to the event."""
    still_there, arrived = Fraction(1), Fraction(0)
    for today in sorted({*ended, *other}):
        if today > day:
            break
        at_risk = sum(each >= today for each in (*ended, *other, *waiting))
        arrived += still_there * Fraction(ended.count(today), at_risk)
        still_there *= 1 - Fraction(ended.count(today) + other.count(today), at_risk)
    return arrived


@some
@given(ended=DAYS, waiting=DAYS)
def test_the_median_is_the_first_day_on_which_half_have_come_to_their_end(ended: list[int], waiting: list[int]) -> None:
    assert median_with_open(Counter(ended), Counter(waiting)) == plain_median(ended, waiting)


@some
@given(ended=DAYS, other=DAYS, waiting=DAYS, day=st.integers(0, 12))
def test_the_incidence_is_that_of_the_definition(
    ended: list[int], other: list[int], waiting: list[int], day: int
) -> None:
    part = cumulative_incidence(Counter(ended), Counter(other), Counter(waiting), (day,))[day]
    everyone = [*ended, *other, *waiting]
    at_risk = sum(each >= day for each in everyone)
    assert (part.numerator, part.denominator) == (sum(each <= day for each in ended), len(everyone))
    assert part.extra["at_risk"] == at_risk
    if not everyone or (at_risk == 0 and max(everyone) in waiting):
        assert part.value is None
        return
    assert part.value == pytest.approx(100 * float(plain_incidence(ended, other, waiting, day)))
    if part.low is not None and part.value is not None and part.high is not None:
        assert 0 <= part.low <= part.value <= part.high <= 100


def test_an_incidence_is_not_one_minus_kaplan_meier() -> None:
    # Of ten, five leave otherwise on day 1 and one comes to work on day 2; the other four stay.
    part = cumulative_incidence({2: 1}, {1: 5}, {9: 4}, (5,))[5]
    assert part.value == pytest.approx(10.0)


def test_the_interval_is_the_log_log_one() -> None:
    # Without others and without anyone open before: the standard error is that of a proportion, 0,4 of 100 people.
    part = cumulative_incidence({1: 40}, {}, {9: 60}, (5,))[5]
    assert [part.low, part.high] == [pytest.approx(30.40, abs=0.01), pytest.approx(49.41, abs=0.01)]


def test_a_duration_is_written_with_median_events_n_and_the_share_in_time() -> None:
    days: list[int | None] = [5, 9, 12, 14, 30, None]
    first = dt.date(2023, 12, 22)
    rows: dict[str, Sequence[Mapping[str, object]]] = {
        **organisation(),
        "enrolment": [
            {
                "enrolment": f"I{number}",
                "person": f"P{number}",
                "unit": "AME",
                "referred": first,
                "start_meeting": first + dt.timedelta(days=waited) if waited else None,
            }
            for number, waited in enumerate(days)
        ],
        "person": [{"person": f"P{number}", "birth_date": dt.date(1980, 1, 1)} for number in range(6)],
    }
    written = compute(tiny_engine(rows, dt.date(2024, 1, 31)), request("referral_lead_time", year=2023)).total.as_json()
    assert (written["median"], written["events"], written["n"]) == (12.0, 5, 6)
    assert (written["value"], written["numerator"], written["denominator"]) == (12.0, 5, 6)
    within = written["within"]
    assert isinstance(within, dict)
    assert list(within) == ["14"]
    share = within["14"]
    assert (share["numerator"], share["denominator"], share["value"]) == (4, 6, pytest.approx(200 / 3))


def test_a_group_without_cases_has_the_same_form(engine: Engine) -> None:
    total = compute(engine, request("referral_lead_time", year=2015)).total
    assert (total.extra["median"], total.extra["n"]) == (None, 0)
    assert [(name, share.denominator) for name, share in total.within.items()] == [("14", 0)]
    parts = compute(engine, request("time_to_work", year=2015)).total.parts
    assert [(name, part.value, part.denominator) for name, part in parts.items()] == [
        (day, None, 0) for day in ("91", "183", "365", "730")
    ]


def test_the_cases_of_time_to_work_give_its_shares(engine: Engine) -> None:
    question = request("time_to_work", year=2022)
    table = case_rows(engine, question)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows if row[0] != "skyddad"]
    narrowed = [row for row in rows if row["kon"] == "K"]
    part = compute(engine, request("time_to_work", year=2022, where={"kon": "K"})).total.parts["365"]
    ended = [row["days"] for row in narrowed if row["event"] in {"work", "study"}]
    assert part.denominator == len(narrowed) > 5
    assert part.numerator == sum(isinstance(days, int) and days <= 365 for days in ended)


def test_the_sentence_speaks_of_days(engine: Engine) -> None:
    results = compute_many(engine, [request("referral_lead_time", year=2023)])
    assert sentence(results).startswith("Mediantiden var ")
    assert "dagar" in sentence(results)


def test_a_large_duration_is_published_as_it_is() -> None:
    first = dt.date(2023, 3, 1)
    rows: dict[str, Sequence[Mapping[str, object]]] = {
        **organisation(),
        "enrolment": [
            {
                "enrolment": f"I{number}",
                "person": f"P{number}",
                "unit": "AME",
                "referred": first,
                "start_meeting": first + dt.timedelta(days=10 + 10 * (number % 2)),
            }
            for number in range(40)
        ],
        "person": [{"person": f"P{number}", "birth_date": dt.date(1980, 1, 1)} for number in range(40)],
    }
    result = compute(tiny_engine(rows, dt.date(2024, 1, 31)), request("referral_lead_time", year=2023))
    [public] = protect([result], RULES).results
    assert public == result
