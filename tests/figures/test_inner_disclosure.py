"""Figures inside figures are hidden like other figures: shares in time, shares after so many days, parts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence

import pytest

from reporting.figures.computing import compute, compute_many
from reporting.figures.disclosure.protecting import findings, protect
from reporting.figures.disclosure.rules import SmallNumbers
from reporting.figures.model import Figure, PartFigure, Period, Result
from reporting.figures.requests import request
from tests.figures.town import town
from tests.measures.tiny import organisation, tiny_engine

RULES = SmallNumbers(5)
LAST_YEAR, SPRING = Period.year(2023), Period(dt.date(2023, 1, 1), dt.date(2023, 4, 30))
QUESTIONS = pytest.mark.parametrize(
    ("code", "period"),
    [
        ("referral_lead_time", LAST_YEAR),
        ("time_to_work", Period.year(2022)),
        ("participants", SPRING),
        ("sfi_reach", LAST_YEAR),
    ],
)


def _questions(code: str, period: Period) -> list[Result]:
    splits: tuple[list[str], ...] = ([], ["kon"], ["alder"])
    return compute_many(town(), [request(code, period=period, by=by) for by in splits])


def _figures(result: Result) -> list[Figure]:
    return [result.total, *result.groups]


def _inner(figure: Figure) -> list[PartFigure]:
    return [*figure.within.values(), *figure.parts.values()]


def _counts(figure: Figure) -> Iterator[int]:
    """Every count that is shown, with what is left of each denominator."""
    every: list[Figure | PartFigure] = [figure, *_inner(figure)]
    for one in every:
        for count in (one.numerator, one.denominator, one.persons, dict(one.extra).get("at_risk")):
            if isinstance(count, int):
                yield count
        if isinstance(one.denominator, int) and isinstance(one.numerator, int):
            yield one.denominator - one.numerator


@QUESTIONS
def test_small_numbers_inside_a_figure_are_hidden_and_stay_hidden(code: str, period: Period) -> None:
    results = _questions(code, period)
    public = protect(results, RULES).results
    assert findings(results, public, RULES) == []
    figures = [figure for result in public for figure in _figures(result)]
    shown = [count for figure in figures for count in _counts(figure)]
    assert shown
    assert not [count for count in shown if 0 < count < RULES.limit]
    assert [count for result in results for figure in _figures(result) for count in _counts(figure) if 0 < count < 5]


@QUESTIONS
def test_what_is_hidden_leaves_no_value_behind(code: str, period: Period) -> None:
    for result in protect(_questions(code, period), RULES).results:
        for figure in _figures(result):
            hidden = [part for part in _inner(figure) if part.suppressed]
            assert not [part for part in hidden if {part.numerator, part.value, part.low, part.persons} != {None}]
            if figure.suppressed:
                assert {figure.value, figure.numerator, figure.low, *figure.extra.values()} == {None}
        assert json.dumps(result.as_json())


def test_amounts_are_published_as_they_are() -> None:
    results = _questions_of_budget()
    assert protect(results, RULES).results == tuple(results)


def _questions_of_budget() -> list[Result]:
    splits: tuple[list[str], ...] = ([], ["insats"], ["enhet", "insats"])
    return compute_many(town(), [request("budget_outcome", year=2023, by=by) for by in splits])


def test_those_who_left_on_the_last_day_are_not_told_by_the_others() -> None:
    # Thirty were there; two of the twelve who left did so on the last day, and are there at the end too.
    ends = [dt.date(2023, 6, 30)] * 10 + [dt.date(2023, 12, 31)] * 2 + [None] * 18
    rows: dict[str, Sequence[Mapping[str, object]]] = {
        **organisation(),
        "person": [{"person": f"P{number}", "birth_date": dt.date(1980, 1, 1)} for number in range(30)],
        "enrolment": [
            {
                "enrolment": f"I{number}",
                "person": f"P{number}",
                "unit": "AME",
                "start": dt.date(2022, 5, 1),
                "ended": ended,
                "exit_reason": "franvaro" if ended else None,
            }
            for number, ended in enumerate(ends)
        ],
    }
    result = compute(tiny_engine(rows, dt.date(2024, 1, 31)), request("participants", year=2023))
    parts = {name: part.numerator for name, part in result.total.parts.items()}
    assert (parts["active"], parts["exits"], parts["left_before_end"], parts["active_at_end"]) == (30, 12, 10, 20)
    [public] = protect([result], RULES).results
    assert findings([result], [public], RULES) == []
    shown = {name for name, part in public.total.parts.items() if not part.suppressed}
    assert not {"exits", "left_before_end"} <= shown
    assert not {"active", "exits", "active_at_end"} <= shown


def test_a_measure_of_amounts_or_volumes_is_empty_only_without_any() -> None:
    for code in ("participants", "budget_outcome", "sfi_reach"):
        some, none = compute_many(town(), [request(code, year=year) for year in (2023, 2015)])
        assert (code, some.is_empty, none.is_empty) == (code, False, True)
