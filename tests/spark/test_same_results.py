"""Spark gives what DuckDB gives, to the last case: every measure, every variant, over every worked example at once."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from reporting.figures.cases import case_rows
from reporting.figures.computing import compute
from reporting.figures.judging import judged_rows
from reporting.figures.model import Request
from reporting.figures.requests import request
from reporting.measures.catalogue import measures
from reporting.snapshots.engine import Engine

pytestmark = pytest.mark.slow

VARIANTS = [
    (measure.code, variant + narrowed)
    for measure in measures()
    for variant in measure.variants
    for narrowed in ("", *(f"+{name}" for name in measure.filters))
]
SPLITS = [
    ("exit_results", ("utforare",), {"insats": ("", "kurs")}),
    ("work_or_study_at_exit", ("kommun", "kon"), {}),
    ("participants", ("insats", "ar"), {}),
    ("cost_per_result", ("insats", "kon"), {}),
    ("budget_outcome", ("namnd", "manad"), {}),
    ("time_to_work", ("alder", "nyanland"), {}),
    ("follow_up_compliance", ("ar", "grund"), {"kon": ("K",)}),
    ("sfi_not_started", ("anvisare",), {"kommun": ("1001", "1002")}),
]


@pytest.mark.parametrize(("code", "variant"), VARIANTS)
def test_every_case_is_judged_the_same(by_duckdb: Engine, by_spark: Engine, code: str, variant: str) -> None:
    asked = request(code, year=2023, variant=variant)
    expected, found = judged_rows(by_duckdb, asked), judged_rows(by_spark, asked)
    assert found.columns == expected.columns
    names = sorted(expected.columns)
    sql = f"SELECT {', '.join(names)} FROM judged ORDER BY kommun, unit_key"
    theirs = found.rows(sql)
    for at, row in enumerate(expected.rows(sql)):
        differing = [name for name, one, other in zip(names, row, theirs[at], strict=True) if not _same(one, other)]
        assert differing == [], (row, theirs[at])
    assert len(theirs) == expected.rows("SELECT count(*) FROM judged")[0][0] > 0


@pytest.mark.parametrize(("code", "by", "where"), SPLITS, ids=[f"{code} {by}" for code, by, _ in SPLITS])
def test_figures_and_case_lists_are_the_same(
    by_duckdb: Engine, by_spark: Engine, code: str, by: tuple[str, ...], where: dict[str, tuple[str, ...]]
) -> None:
    asked = request(code, year=2023, by=by, where=where)
    assert _document(by_spark, asked) == _document(by_duckdb, asked)
    listed = [
        case_rows(engine, asked, limit=300, offset=7, order="-attribution_date") for engine in (by_duckdb, by_spark)
    ]
    assert listed[0] == listed[1]
    assert listed[0].total > 0


def _document(engine: Engine, asked: Request) -> str:
    document: dict[str, Any] = compute(engine, asked).as_json()
    assert document["groups"]
    return json.dumps(document, sort_keys=True)


def _same(one: object, other: object) -> bool:
    """Whether two values are the same; of numbers with a fraction only rounding may differ, since sums come in another order."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-9)
    return type(one) is type(other) and one == other
