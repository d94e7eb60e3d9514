"""Process control: limits and signals as reckoned by hand, and the series they are told of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from reporting.figures.computing import compute_many
from reporting.figures.model import Period
from reporting.figures.process import Control, Rule, Signal, control, control_in_words
from reporting.figures.steps import _ONE_MONTH_EACH, Step, has_limits, labels_of, series_by, steps_of, stretches
from reporting.measures.catalogue import measure, measures
from reporting.snapshots.engine import Engine
from tests.figures.town import town

STEADY = (10.0, 12.0, 11.0, 13.0) * 3
"""Mean 138/12 = 11,5. Ranges 2 1 2 3 2 1 2 3 2 1 2, together 21 over 11: mean 1,909."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return town()


def _control(values: Sequence[float | None], **bounds: float | None) -> Control:
    found = control([str(at) for at in range(len(values))], values, **bounds)
    assert found is not None
    return found


def test_the_limits_are_those_reckoned_by_hand() -> None:
    found = _control(STEADY)
    assert found.mean == pytest.approx(11.5)
    assert found.mean_range == pytest.approx(21 / 11)
    assert found.low == pytest.approx(11.5 - 2.66 * 21 / 11)
    assert found.high == pytest.approx(11.5 + 2.66 * 21 / 11)
    assert found.range_limit == pytest.approx(3.267 * 21 / 11)
    assert found.signals == ()


def test_eleven_values_are_too_few_also_among_twelve_places() -> None:
    assert control([""] * 11, STEADY[:11]) is None
    assert control([""] * 12, (*STEADY[:11], None)) is None


def test_values_that_never_stand_beside_each_other_have_no_ranges() -> None:
    assert control([""] * 24, (5.0, None) * 12) is None


def test_a_limit_never_passes_what_the_measure_can_be() -> None:
    assert _control([value - 10 for value in STEADY]).low == 0
    assert _control([value + 85 for value in STEADY], ceiling=100.0).high == 100


def test_a_value_outside_the_limits_is_a_signal_and_so_are_the_leaps_to_and_from_it() -> None:
    # With 40 in the middle: ranges 20 + 28 + 29 over 12 = 6,42; mean 178/13 = 13,69; limits up to 30,76 and 20,96.
    found = _control((*STEADY[:6], 40.0, *STEADY[6:]))
    assert found.signals == (Signal(Rule.JUMP, 5, 6), Signal(Rule.ABOVE, 6, 6), Signal(Rule.JUMP, 6, 7))


def test_eight_in_a_row_on_one_side_are_a_signal_and_seven_are_not() -> None:
    # Mean 11 and ranges of 2 with one of 6: 34/15 = 2,27, so that nothing is outside 5–17.
    eight = (10.0, 8.0) * 4 + (14.0, 12.0) * 4
    assert _control(eight).signals == (Signal(Rule.RUN_BELOW, 0, 7), Signal(Rule.RUN_ABOVE, 8, 15))
    assert _control(eight[1:-1]).signals == ()


def test_a_gap_ends_a_run_and_has_no_range() -> None:
    found = _control((10.0, 8.0) * 2 + (None,) + (10.0, 8.0) * 2 + (14.0, 12.0) * 4)
    assert [signal.rule for signal in found.signals] == [Rule.RUN_ABOVE]
    assert found.ranges[4:6] == (None, None)
    assert found.measured == 16


def test_a_value_on_the_mean_is_on_neither_side() -> None:
    found = _control((10.0, 8.0) * 2 + (11.0,) + (10.0, 8.0) * 2 + (14.0, 12.0) * 4)
    assert found.mean == 11
    assert [signal.rule for signal in found.signals] == [Rule.RUN_ABOVE]


def test_values_that_are_all_alike_have_no_signals() -> None:
    assert _control((7.0,) * 12).signals == ()
    assert _control((0.1,) * 12).signals == ()


def test_the_last_stretches_are_whole_and_over() -> None:
    assert stretches(Step.MONTH, dt.date(2024, 2, 28), 2) == (
        Period(dt.date(2023, 12, 1), dt.date(2023, 12, 31)),
        Period(dt.date(2024, 1, 1), dt.date(2024, 1, 31)),
    )
    assert stretches(Step.MONTH, dt.date(2024, 2, 29), 1) == (Period(dt.date(2024, 2, 1), dt.date(2024, 2, 29)),)
    assert stretches(Step.QUARTER, dt.date(2024, 5, 15), 2)[-1] == Period(dt.date(2024, 1, 1), dt.date(2024, 3, 31))
    assert stretches(Step.YEAR, dt.date(2023, 12, 31), 3) == tuple(Period.year(year) for year in (2021, 2022, 2023))


def test_a_measure_that_looks_at_other_days_than_the_period_has_no_months() -> None:
    returned = measure("not_returned_within_year")
    assert steps_of(returned, "kolada") == (Step.YEAR,)
    assert steps_of(returned, "period+resident") == (Step.YEAR, Step.QUARTER, Step.MONTH)


def test_limits_are_told_only_where_values_do_not_share_their_cases() -> None:
    assert has_limits(measure("work_or_study_at_exit"), "kolada", Step.MONTH)
    assert not has_limits(measure("participants"), "standard", Step.MONTH)
    assert has_limits(measure("participants"), "standard", Step.YEAR)
    assert not has_limits(measure("very_long_term_support"), "standard", Step.YEAR)
    assert not has_limits(measure("long_term_support"), "rolling", Step.MONTH)


def test_every_measure_has_a_series_by_year() -> None:
    assert all(steps_of(each, name)[0] is Step.YEAR for each in measures() for name in each.variant_names)


def test_a_series_by_month_is_the_measure_for_each_month(engine: Engine) -> None:
    results = series_by(engine, measure("work_or_study_at_exit"), Step.MONTH, end=dt.date(2024, 1, 15), count=12)
    assert labels_of(results, Step.MONTH)[::11] == ("2023-01", "2023-12")
    # Sixty exits, five each month; see the town.
    assert [result.total.denominator for result in results] == [5] * 12


@pytest.mark.parametrize(("code", "variant"), sorted(_ONE_MONTH_EACH))
def test_months_taken_from_one_split_are_those_judged_one_by_one(engine: Engine, code: str, variant: str) -> None:
    last, women = dt.date(2023, 7, 31), {"kon": "K"}
    found = series_by(engine, measure(code), Step.MONTH, end=last, count=9, variant=variant, where=women)
    alone = compute_many(engine, [result.request for result in found])
    assert [replace(result.total, key={}).as_json() for result in found] == [
        replace(result.total, key={}).as_json() for result in alone
    ]
    assert [dict(result.excluded) for result in found] == [dict(result.excluded) for result in alone]
    assert any(result.total.denominator for result in found)


NAMES = tuple(f"månad {at}" for at in range(1, 18))


def _said(values: Sequence[float | None]) -> str:
    return control_in_words(_control(values), measure("work_or_study_at_exit"), NAMES, Step.MONTH)


def test_usual_variation_is_called_usual() -> None:
    assert _said(STEADY) == (
        "De 12 månaderna varierar kring 11,5\u00a0procent. Vanlig variation är mellan 6,4 och 16,6\u00a0procent. "
        "Inget värde avviker från det vanliga: skillnaderna mellan månaderna kan vara slump."
    )


def test_each_signal_is_told_once() -> None:
    said = _said((*STEADY[:6], 40.0, *STEADY[6:]))
    assert said.endswith("Över det vanliga: månad 7.")
    shifted = _said((10.0, 8.0) * 4 + (14.0, 12.0) * 4)
    assert "Från månad 1 till månad 8 ligger 8 månader i rad under medelvärdet: nivån verkar ha ändrats." in shifted


def test_a_gap_is_told() -> None:
    assert _said((*STEADY, None)).endswith("Värden som saknas eller inte visas är inte med.")
