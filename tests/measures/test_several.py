"""Measures with several figures: the SQL and a second reading agree, row by row, and the parts are what the rows add up to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporting.figures.cases import case_rows
from reporting.figures.computing import compute
from reporting.figures.model import Period
from reporting.figures.requests import request
from reporting.measures.catalogue import measure
from reporting.measures.inner import Counting
from tests.measures import histories
from tests.measures.oracle import several
from tests.measures.tiny import tiny_engine

PERIODS = st.sampled_from(
    [Period.year(2022), Period.year(2023), Period(dt.date(2023, 1, 1), dt.date(2023, 8, 31)),
     Period(dt.date(2023, 3, 15), dt.date(2024, 2, 29))]
)  # fmt: skip
quick = settings(
    max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
thorough = settings(quick, max_examples=200)


@st.composite
def volumes(draw: st.DrawFn) -> histories.Rows:
    """Enrolments with activities of every sort, visits, costs with and without a budget, and forecasts."""
    rows = draw(histories.labour_market())
    for kind in rows["activity_type"]:
        kind["assesses_work_capacity"] = kind["code"] == "B"
    for activity in rows["activity"]:
        activity["workplace"] = draw(st.sampled_from([None, True, False]))
    months = [dt.date(2023, month, 1) for month in range(1, 13)] + [dt.date(2024, 2, 1)]
    chosen = draw(st.sets(st.tuples(st.sampled_from(months), st.sampled_from(["AME", "INT"])), max_size=4))
    rows["visit"] = [
        {"month": month, "unit": unit, "activity_type": "C", "visits": draw(st.integers(0, 50))}
        for month, unit in sorted(chosen)
    ]
    for cost in rows["cost"]:
        cost["budget"] = draw(st.sampled_from([None, 0, 400]))
        cost["month"] = draw(st.sampled_from([cost["month"], dt.date(2022, 2, 1), dt.date(2023, 2, 1)]))
    rows["forecast"] = [
        {
            "year": draw(st.sampled_from([2022, 2023, 2023])),
            "made": draw(st.sampled_from([dt.date(2023, 4, 30), dt.date(2023, 8, 31), dt.date(2024, 1, 15)])),
            "unit": draw(st.sampled_from(["AME", "INT"])),
            "activity_type": draw(st.sampled_from([None, "A"])),
            "kind": draw(st.sampled_from(["direkt", "forsaljning", "statsbidrag"])),
            "forecast": number,
        }
        for number in range(draw(st.integers(0, 5)))
    ]
    return rows


FAMILIES: dict[str, tuple[tuple[str, ...], st.SearchStrategy[histories.Rows]]] = {
    "volumes": (("participants", "budget_outcome"), volumes()),
    "SFI": (("sfi_reach",), histories.sfi()),
}


@pytest.mark.parametrize("family", FAMILIES)
@quick
@given(data=st.data(), as_of=histories.AS_OF, period=PERIODS)
def test_the_sql_and_the_oracle_agree(family: str, data: st.DataObject, as_of: dt.date, period: Period) -> None:
    _agree(family, data, as_of, period)


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
@thorough
@given(data=st.data(), as_of=histories.AS_OF, period=PERIODS)
def test_they_agree_on_many_histories(family: str, data: st.DataObject, as_of: dt.date, period: Period) -> None:
    _agree(family, data, as_of, period)


def _agree(family: str, data: st.DataObject, as_of: dt.date, period: Period) -> None:
    codes, strategy = FAMILIES[family]
    rows = data.draw(strategy)
    engine = tiny_engine(rows, as_of)
    for (code, variant), oracle in several.READINGS.items():
        if code not in codes:
            continue
        question = request(code, period=period, variant=variant)
        table = case_rows(engine, question)
        listed = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        expected = oracle(rows, as_of, period.start, period.end)
        columns = [part.count.column for part in measure(code).parts]
        found = {row["unit_key"]: _marks(row, columns) for row in listed}
        assert len(found) == len(listed), "a key stands twice"
        assert (code, variant, found) == (code, variant, {key: _plain(row, columns) for key, row in expected.items()})
        assert {row["reason"] for row in listed} <= set(measure(code).words)
        _assert_parts_are_their_rows(code, compute(engine, question).total.parts, listed)


def _marks(row: dict[str, Any], columns: list[str]) -> dict[str, object]:
    named = {"counts": row["in_population"], "reason": row["reason"], "date": row["attribution_date"]}
    return named | {column: _number(row[column]) for column in columns}


def _plain(row: several.Marks, columns: list[str]) -> dict[str, object]:
    return {name: _number(row[name]) for name in ("counts", "reason", "date", *columns)}


def _number(value: object) -> object:
    return float(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _assert_parts_are_their_rows(code: str, parts: Any, listed: list[dict[str, Any]]) -> None:
    ways: dict[Counting, Callable[[str], float]] = {
        Counting.CASES: lambda column: sum(bool(row[column]) for row in listed if row["in_population"]),
        Counting.PERSONS: lambda column: len(
            {row["person_key"] for row in listed if row["in_population"] and row[column]}
        ),
        Counting.SUM: lambda column: sum(float(row[column] or 0) for row in listed if row["in_population"]),
    }
    for part in measure(code).parts:
        assert (parts[part.name].numerator or 0) == pytest.approx(ways[part.count.how](part.count.column))
        if part.of:
            assert parts[part.name].denominator == ways[part.of.how](part.of.column)
