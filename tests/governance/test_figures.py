"""A figure then and now: what may be said of the difference, and what may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from governance.figures import PinnedFigure, movement

THEN = PinnedFigure(
    measure="work_or_study_at_exit",
    version=1,
    variant="kolada",
    selection={},
    committee="SN",
    start="2023-01-01",
    end="2023-12-31",
    period="2023",
    value=20.0,
    numerator=20,
    denominator=100,
    low=13.3,
    high=28.9,
    in_words="20,0 %",
    as_of="2024-01-31",
    snapshot="a" * 64,
    persons=100,
)
NOW = replace(
    THEN,
    start="2024-01-01",
    end="2024-12-31",
    period="2024",
    value=40.0,
    numerator=40,
    in_words="40,0 %",
    snapshot="b" * 64,
)


def test_a_share_that_doubles_among_a_hundred_has_certainly_moved() -> None:
    assert movement(THEN, NOW).sentence == (
        "Från 20,0 % (2023) till 40,0 % (2024). Skillnaden är statistiskt säkerställd."
    )


def test_the_same_cases_of_a_third_as_many_persons_say_less() -> None:
    then, now = (replace(one, persons=30) for one in (THEN, NOW))
    assert movement(then, now).sentence.endswith("Skillnaden är inte statistiskt säkerställd.")


def test_a_count_is_tested_as_a_count_over_equally_long_times_only() -> None:
    then = replace(THEN, measure="long_term_support", value=100, numerator=100, denominator=400, low=None, high=None)
    now = replace(NOW, measure="long_term_support", value=160, numerator=160, denominator=400, low=None, high=None)
    assert movement(then, now).sentence.endswith("Skillnaden är statistiskt säkerställd.")
    half = replace(now, end="2024-06-30")
    assert "säkerställd" not in movement(then, half).sentence


def test_two_readings_of_one_year_are_not_two_years() -> None:
    later = replace(THEN, value=22.0, numerator=22, in_words="22,0 %", snapshot="b" * 64)
    sentence = movement(THEN, later).sentence
    assert sentence == "Båda värdena gäller 2023. Med nyare uppgifter är det 22,0 % i stället för 20,0 %."
    assert "Inget nytt underlag" in movement(THEN, THEN).sentence


@pytest.mark.parametrize("now", [replace(NOW, value=None), replace(NOW, version=2)])
def test_what_is_not_the_same_thing_is_not_compared(now: PinnedFigure) -> None:
    assert "går inte att jämföra" in movement(THEN, now).sentence


def test_what_is_stored_comes_back_also_from_before_persons_were_kept() -> None:
    assert PinnedFigure.from_json(THEN.as_json()) == THEN
    older = {name: value for name, value in THEN.as_json().items() if name != "persons"}
    assert PinnedFigure.from_json(older) == replace(THEN, persons=None)
    assert PinnedFigure.from_json(None) is None
