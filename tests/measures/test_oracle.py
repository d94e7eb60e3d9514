"""The SQL of each measure and a second reading in plain Python agree, row by row, on invented case histories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.enums import ExitReason
from reporting.figures.cases import case_rows
from reporting.figures.computing import compute
from reporting.figures.model import Period
from reporting.figures.requests import request
from reporting.measures.catalogue import measure, measures
from tests.measures import aid_histories, duration_histories, histories, routine_histories
from tests.measures.oracle import aid, durations, labour_market, routines, several, sfi, sfi_results, support, workplace
from tests.measures.oracle.cost import Total, cost_totals
from tests.measures.oracle.rules import Judged, age_group, by_key, committee_on, known, newly_arrived
from tests.measures.tiny import tiny_engine

Oracle = Callable[..., list[Judged]]
Readings = dict[tuple[str, str], Oracle]

LABOUR_MARKET: Readings = {("exit_results", "standard"): labour_market.exit_results} | {
    (code, variant): partial(labour_market.work_or_study, categories=categories, variant=variant)
    for code, categories, variants in (
        ("work_or_study_at_exit", "AB", ("kolada", "resident", "unsubsidised")),
        ("work_at_exit", "A", ("kolada", "resident", "unsubsidised")),
        ("study_at_exit", "B", ("kolada", "resident")),
    )
    for variant in variants
}
LABOUR_MARKET[("workplace_share", "standard")] = workplace.workplace_share
LABOUR_MARKET[("time_to_work", "standard")] = durations.time_to_work
RETURNS: Readings = {
    ("not_returned_within_year", variant + narrowed): partial(support.not_returned, variant=variant + narrowed)
    for variant in ("kolada", "full_year", "period")
    for narrowed in ("", "+resident")
}
LONG_TERM: Readings = {
    ("long_term_support", variant): partial(support.long_term_support, variant=variant)
    for variant in ("standard", "rolling")
}
SFI: Readings = {
    ("sfi_dropout", "participants"): partial(sfi.sfi_dropout, variant="participants"),
    ("sfi_dropout", "ended"): partial(sfi.sfi_dropout, variant="ended"),
    ("sfi_dropout_reasons", "standard"): sfi.sfi_dropout_reasons,
    ("sfi_not_started", "standard"): sfi.sfi_not_started,
}
FAMILIES: dict[str, tuple[Readings, st.SearchStrategy[histories.Rows]]] = {
    "labour market": (LABOUR_MARKET, histories.labour_market()),
    "returns": (RETURNS, histories.support_cases()),
    "long-term support": (LONG_TERM, histories.support_months()),
    "SFI": (SFI, histories.sfi()),
    "SFI results": (sfi_results.READINGS, aid_histories.courses()),
    "aid": (aid.READINGS, aid_histories.aid()),
    "referrals": ({("referral_lead_time", "standard"): durations.referral_lead_time}, duration_histories.referrals()),
    "applications": (
        {("application_to_decision", "standard"): durations.application_to_decision},
        duration_histories.applications(),
    ),
    "routines": (routines.READINGS, routine_histories.routines()),
}
COSTS = {"cost_per_participant": "persons", "cost_per_participant_day": "days", "cost_per_result": "results"}
PAID = {"standard": False, "standard+without_refugees": True}
PERIODS = st.one_of(
    st.sampled_from([Period.year(2022), Period.year(2023), Period.year(2024)]),
    st.sampled_from(
        [Period(dt.date(2023, 1, 1), dt.date(2023, 8, 31)), Period(dt.date(2023, 3, 15), dt.date(2024, 1, 10))]
    ),
)
quick = settings(
    max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
thorough = settings(quick, max_examples=200)


@pytest.mark.parametrize("family", FAMILIES)
@quick
@given(data=st.data(), as_of=histories.AS_OF, period=PERIODS)
def test_the_sql_and_the_oracle_agree(family: str, data: st.DataObject, as_of: dt.date, period: Period) -> None:
    _agree(family, data, as_of, period)


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
@thorough
@given(data=st.data(), as_of=histories.AS_OF, period=PERIODS)
def test_the_sql_and_the_oracle_agree_on_many_histories(
    family: str, data: st.DataObject, as_of: dt.date, period: Period
) -> None:
    _agree(family, data, as_of, period)


def test_every_variant_has_a_second_reading() -> None:
    read = {pair for readings, _ in FAMILIES.values() for pair in readings}
    offered = {(one.code, variant) for one in measures() for variant in one.variant_names}
    costs = {(code, variant) for code in COSTS for variant in ("standard", "net_of_grants")}
    assert read | costs | {("support_paid", variant) for variant in PAID} | set(several.READINGS) == offered


@quick
@given(rows=histories.labour_market(), as_of=histories.AS_OF, period=PERIODS)
def test_costs_agree_with_a_count_day_by_day(rows: histories.Rows, as_of: dt.date, period: Period) -> None:
    _costs_agree(rows, as_of, period)


@pytest.mark.slow
@thorough
@given(rows=histories.labour_market(), as_of=histories.AS_OF, period=PERIODS)
def test_costs_agree_with_a_count_day_by_day_on_many_histories(
    rows: histories.Rows, as_of: dt.date, period: Period
) -> None:
    _costs_agree(rows, as_of, period)


@quick
@given(rows=aid_histories.aid(), as_of=histories.AS_OF, period=PERIODS)
def test_what_was_paid_agrees_with_a_sum_by_hand(rows: histories.Rows, as_of: dt.date, period: Period) -> None:
    engine = tiny_engine(rows, as_of)
    for variant, without_refugees in PAID.items():
        paid = aid.support_paid(rows, as_of, period.start, period.end, without_refugees=without_refugees)
        result = compute(engine, request("support_paid", period=period, variant=variant))
        assert result.total.numerator == pytest.approx(paid.amount)
        assert result.total.denominator == len(paid.adults)
        assert sum(count or 0 for count in result.excluded.values()) == paid.left_out
        inhabitants = _inhabitants(rows, as_of, period)
        expected = pytest.approx(paid.amount / inhabitants) if inhabitants and paid.adults else None
        assert result.total.extra["per_inhabitant"] == expected


def _inhabitants(rows: histories.Rows, as_of: dt.date, period: Period) -> int | None:
    """Those of the last 31 December in or before the period, when that day has come."""
    day = next(day for year in (0, 1) if (day := dt.date(period.end.year - year, 12, 31)) <= period.end)
    known = {row["year"]: int(row["inhabitants"]) for row in rows["population"]}
    return known.get(day.year) if day <= as_of else None


def _agree(family: str, data: st.DataObject, as_of: dt.date, period: Period) -> None:
    readings, strategy = FAMILIES[family]
    rows = data.draw(strategy)
    engine = tiny_engine(rows, as_of)
    for (code, variant), oracle in readings.items():
        table = case_rows(engine, request(code, period=period, variant=variant))
        listed = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        judged = sorted(map(_judged, listed))
        cases = oracle(rows, as_of, period.start, period.end)
        expected = sorted(map(_plain, cases))
        assert (code, variant, judged) == (code, variant, expected)
        codes = {one.reason for one in cases}.union(*(one.flags for one in cases))
        assert codes <= {*measure(code).words, *ExitReason.values}, "a reason without words for its readers"
        for row in listed:
            _assert_dimensions(row, rows, as_of)


def _assert_dimensions(row: dict[str, Any], rows: histories.Rows, as_of: dt.date) -> None:
    """Committee, age and newly arrived are those of the attribution date."""
    day = row["attribution_date"]
    person = by_key(known(rows, as_of)["person"], "person")[row["person_key"]]
    found = (row["namnd"], row["alder"], row["nyanland"])
    expected = (committee_on(rows, row["enhet"], day), age_group(person, day), newly_arrived(person, day))
    assert (row["unit_key"], day, found) == (row["unit_key"], day, expected)


def _judged(row: dict[str, Any]) -> tuple[str, ...]:
    names = ("unit_key", "person_key", "enhet", "attribution_date", "in_population", "reason", "met", "category")
    timed = (row["days"], row["event"]) if row["event"] else (None, None)
    return (*(str(row[name]) for name in names), *map(str, timed), ",".join(sorted(row["flags"] or ())))


def _plain(one: Judged) -> tuple[str, ...]:
    values = (
        one.key,
        one.person,
        one.unit,
        one.date,
        one.counts,
        one.reason,
        one.met,
        one.category,
        one.days,
        one.event,
    )
    return (*map(str, values), ",".join(sorted(one.flags)))


def _costs_agree(rows: histories.Rows, as_of: dt.date, period: Period) -> None:
    engine = tiny_engine(rows, as_of)
    for code, variant in product(COSTS, ("standard", "net_of_grants")):
        counted = COSTS[code]
        whole, by_activity = cost_totals(rows, as_of, period.start, period.end, variant=variant)
        result = compute(engine, request(code, period=period, variant=variant, by=["insats"]))
        assert result.total.numerator == pytest.approx(whole.cost)
        assert result.total.denominator == _count(whole, counted)
        found = {figure.key["insats"]: (figure.numerator, figure.denominator) for figure in result.groups}
        expected: dict[str | None, object] = {
            name: (pytest.approx(total.cost), _count(total, counted))
            for name, total in by_activity.items()
            if total.days or total.cost or name in found
        }
        assert {name: figure for name, figure in found.items() if any(figure) or name in expected} == expected


def _count(total: Total, counted: str) -> int:
    value = getattr(total, counted)
    return value if isinstance(value, int) else len(value)
