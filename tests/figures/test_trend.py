"""Change, trend and target: said only when the data supports it, and in words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import replace

import pytest

from reporting.figures import trend
from reporting.figures.intervals import wilson
from reporting.figures.model import NO_KEY, Figure, PartFigure, Period, Result
from reporting.figures.requests import request
from reporting.figures.sentences import sentence, uncertainty
from reporting.figures.targets import Status, nearly_in_words, status
from tests.figures.town import AS_OF

NBSP = "\u00a0"
PUBLISHED = {2019: (115, 289), 2020: (69, 182), 2021: (61, 172), 2022: (58, 182), 2023: (25, 127)}
"""Kolada U40455, Alingsås."""


def _share(numerator: int, denominator: int) -> Figure:
    [(low, high)] = wilson([(numerator, denominator)])
    value = 100 * numerator / denominator if denominator else None
    return Figure(key=NO_KEY, numerator=numerator, denominator=denominator, value=value, low=low, high=high)


def _value(value: float | None) -> Figure:
    return Figure(key=NO_KEY, numerator=value, denominator=400, value=value)


def _series(code: str, figures: dict[int, Figure]) -> Sequence[Result]:
    return [
        Result(request(code, year=year), as_of=AS_OF, snapshots=("a",), groups=(), total=figure, excluded={})
        for year, figure in figures.items()
    ]


def _published(*years: int) -> Sequence[Result]:
    return _series("work_or_study_at_exit", {year: _share(*PUBLISHED[year]) for year in years})


def _trend(earlier: Figure, later: Figure) -> trend.Trend:
    return trend.trend_between(*_series("work_or_study_at_exit", {2022: earlier, 2023: later}))


def test_the_fall_from_2022_to_2023_is_certain() -> None:
    change = trend.test_of_change(_share(58, 182), _share(25, 127))
    assert change.difference == pytest.approx(-12.183, abs=0.001)
    assert change.p == pytest.approx(0.0173, abs=0.0005)
    assert change.certain
    assert _trend(_share(58, 182), _share(25, 127)) is trend.Trend.FALLING
    assert _trend(_share(25, 127), _share(58, 182)) is trend.Trend.RISING


def test_a_small_change_is_not_called_a_trend() -> None:
    assert _trend(_share(61, 172), _share(58, 182)) is trend.Trend.UNCERTAIN


@pytest.mark.parametrize(("earlier", "later"), [(_share(0, 20), _share(0, 30)), (_share(20, 20), _share(30, 30))])
def test_shares_that_cannot_be_tested_have_no_p_value(earlier: Figure, later: Figure) -> None:
    assert trend.test_of_change(earlier, later).p is None


def test_a_hidden_or_missing_value_has_no_trend() -> None:
    assert _trend(_share(58, 182).hidden(), _share(25, 127)) is trend.Trend.UNKNOWN
    assert _trend(_share(58, 182), _share(0, 0)) is trend.Trend.UNKNOWN


def test_counts_and_costs_are_compared_without_a_test_of_shares() -> None:
    change = trend.test_of_change(_value(168), _value(163))
    assert (change.difference, change.p, change.certain) == (-5, None, False)


def test_a_certain_fall_is_told_with_its_size() -> None:
    assert sentence(_published(2022, 2023)) == (
        f"Andelen sjönk från 31,9 till 19,7{NBSP}procent, en minskning med 12,2{NBSP}procentenheter; "
        "skillnaden är statistiskt säkerställd."
    )


def test_the_lowest_of_a_series_is_named() -> None:
    assert sentence(_published(*PUBLISHED)).endswith("Det är det lägsta värdet i serien 2019–2023.")
    assert "lägsta" not in sentence(_published(2022, 2023))


def test_the_highest_of_a_series_is_named() -> None:
    rising = _series("sfi_dropout", {2021: _share(10, 100), 2022: _share(11, 100), 2023: _share(12, 100)})
    assert sentence(rising).endswith("Det är det högsta värdet i serien 2021–2023.")


def test_an_uncertain_difference_is_told_as_such() -> None:
    assert sentence(_published(2021, 2022)) == (
        f"Andelen var 35,5{NBSP}procent 2021 och 31,9{NBSP}procent 2022; skillnaden är inte statistiskt säkerställd."
    )


def test_a_value_without_an_earlier_one_is_told_with_its_counts() -> None:
    assert sentence(_published(2023)) == f"Andelen var 19,7{NBSP}procent (25 av 127) 2023."


def test_counts_and_costs_have_their_own_words() -> None:
    fewer = _series("long_term_support", {2022: _value(168), 2023: _value(120)})
    assert sentence(fewer) == (
        f"Antalet minskade från 168 till 120{NBSP}personer, en minskning med 48; skillnaden är statistiskt säkerställd."
    )
    dearer = _series("cost_per_result", {2022: _value(255_000), 2023: _value(333_333.3)})
    assert sentence(dearer) == (
        f"Kostnaden ökade från 255{NBSP}000 till 333{NBSP}333{NBSP}kr, en ökning med 78{NBSP}333{NBSP}kr."
    )


def test_a_count_that_chance_can_explain_is_not_called_a_change() -> None:
    fewer = _series("long_term_support", {2022: _value(168), 2023: _value(163)})
    assert sentence(fewer) == (
        f"Antalet var 168{NBSP}personer 2022 och 163{NBSP}personer 2023; skillnaden är inte statistiskt säkerställd."
    )


def test_two_counts_are_tested_given_their_sum() -> None:
    # Of five, none in the first year: a fair coin gives that twice in 2⁵ either way, 2/32.
    change = trend.change_of_count(_value(0), _value(5))
    assert change.p == pytest.approx(2 / 32)
    assert trend.change_of_count(_value(0), _value(6)).p == pytest.approx(2 / 64)
    assert trend.change_of_count(_value(0), _value(0)).p is None


def test_counts_over_times_of_different_length_are_not_tested() -> None:
    short = Period(dt.date(2023, 1, 1), dt.date(2023, 8, 31))
    before, last = (
        Result(request("participants", period=period), AS_OF, ("a",), (), figure, {})
        for period, figure in ((short, _value(100)), (Period.year(2024), _value(200)))
    )
    assert trend.change_between(before, last).p is None
    assert trend.trend_between(before, last) is trend.Trend.HIGHER


def test_a_cost_is_higher_or_lower_but_never_a_trend() -> None:
    before, last = _series("cost_per_result", {2022: _value(255_000), 2023: _value(333_333.3)})
    assert trend.trend_between(before, last) is trend.Trend.HIGHER
    assert trend.trend_between(last, before) is trend.Trend.LOWER
    assert not trend.trend_between(before, last).is_certain


def test_two_incidences_are_tested_with_their_own_errors() -> None:
    # On the log(−log) scale an interval of ± 1,96 standard errors; two errors e apart by e·√2·1,96 is p = 5 %.
    def incidence(middle: float, error: float) -> PartFigure:
        low, high = sorted(100 * math.exp(-math.exp(middle + sign * 1.959964 * error)) for sign in (-1, 1))
        return PartFigure(30, 100, 100 * math.exp(-math.exp(middle)), low, high)

    step = math.sqrt(2) * 1.959964 * 0.2
    change = trend.test_of_change(incidence(-0.3, 0.2), incidence(-0.3 + step, 0.2))
    assert change.p == pytest.approx(0.05, abs=1e-5)
    assert trend.test_of_change(incidence(-0.3, 0.2), incidence(-0.3, 0.2)).p == pytest.approx(1.0)


def test_the_months_of_one_person_are_not_as_many_persons() -> None:
    # 60 of 100 against 75 of 100 is certain (z = 2,27); when the hundred are the months of twenty persons it is not.
    assert trend.test_of_change(_share(60, 100), _share(75, 100)).certain
    few = [replace(figure, persons=20) for figure in (_share(60, 100), _share(75, 100))]
    assert not trend.test_of_change(*few).certain
    assert f"20{NBSP}personer" in uncertainty(few[0])


def test_the_lowest_is_said_of_what_is_shown_when_a_year_is_hidden() -> None:
    figures = {2020: _share(69, 182), 2021: _share(3, 90).hidden(), 2022: _share(58, 182), 2023: _share(25, 127)}
    assert sentence(_series("work_or_study_at_exit", figures)).endswith(
        "Det är det lägsta av de värden som visas för 2020–2023."
    )


def test_a_hidden_number_is_not_told_in_words_either() -> None:
    hidden = _series("work_or_study_at_exit", {2022: _share(58, 182), 2023: _share(3, 7).hidden()})
    assert sentence(hidden) == "Värdet för 2023 visas inte, för att inga små antal ska röjas."
    after = _series("work_or_study_at_exit", {2022: _share(3, 7).hidden(), 2023: _share(58, 182)})
    assert sentence(after) == (
        f"Andelen var 31,9{NBSP}procent (58 av 182) 2023. Värdet för 2022 visas inte, för att inga små antal ska röjas."
    )


def test_a_year_without_cases_says_so() -> None:
    empty = _series("work_or_study_at_exit", {2023: _share(0, 0)})
    assert sentence(empty) == "Det finns inget värde för 2023: inga avslut att räkna på."


def test_uncertainty_is_told_in_words_and_not_at_all_for_a_hidden_figure() -> None:
    assert uncertainty(_share(25, 127)) == (
        f"Med hänsyn till slumpen ligger andelen mellan 13,7 och 27,4{NBSP}procent (95 procents säkerhet)."
    )
    assert uncertainty(_share(3, 7).hidden()) == ""


@pytest.mark.parametrize(
    ("value", "comparator", "target", "expected"),
    [
        (75, ">=", 75, Status.MET),
        (75, ">", 75, Status.NEARLY),
        (165, "<", 166, Status.MET),
        (166, "<", 166, Status.NEARLY),
        (166, "<=", 166, Status.MET),
        (71.25, ">=", 75, Status.NEARLY),
        (71.24, ">=", 75, Status.NOT_MET),
        (174.3, "<", 166, Status.NEARLY),
        (174.31, "<", 166, Status.NOT_MET),
        (None, ">=", 75, Status.NOT_MEASURED),
        (75, ">=", None, Status.NOT_MEASURED),
    ],
)
def test_the_status_of_a_target(value: float | None, comparator: str, target: float | None, expected: Status) -> None:
    assert status(value, comparator, target) is expected


def test_every_status_has_a_word_and_a_sign_of_its_own() -> None:
    assert len({each.label for each in Status}) == len({each.sign for each in Status}) == len(Status)
    assert "5 procent" in nearly_in_words()


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (Period.year(2023), "2023"),
        (("2024-01-01", "2024-08-31"), "januari–augusti 2024"),
        (("2024-02-01", "2024-02-29"), "februari 2024"),
        (("2023-09-01", "2024-08-31"), "september 2023–augusti 2024"),
        (("2024-01-15", "2024-02-14"), "15 januari 2024–14 februari 2024"),
    ],
)
def test_a_period_is_named_as_short_as_it_can_be(period: Period | tuple[str, str], label: str) -> None:
    if not isinstance(period, Period):
        period = Period(*(dt.date.fromisoformat(day) for day in period))
    assert period.label() == label


def test_a_hidden_figure_keeps_nothing_that_tells_its_size() -> None:
    figure = replace(_share(3, 7), persons=6, flags={"preliminary": 1}, extra={"share": 42.9})
    hidden = figure.hidden().as_json()
    assert hidden == {
        "key": {},
        **dict.fromkeys(["numerator", "denominator", "value", "low", "high", "share", "persons"]),
        "adds_up": True,
        "flags": {},
        "suppressed": True,
    }
