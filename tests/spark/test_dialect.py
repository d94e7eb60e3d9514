"""DuckDB's SQL in Spark's words: what each difference between the two becomes."""

from __future__ import annotations

import datetime as dt

import pytest

from reporting.figures.dimensions import judged_rows_sql
from reporting.measures.catalogue import measures
from reporting.measures.model import Measure
from reporting.snapshots.loading import view_statements
from reporting.snapshots.spark.dialect import duckdb_row, duckdb_type, statement

_DAYS = ("period_start", "period_end", "cohort_start", "cohort_end", "as_of", "looked_at", "month_end")


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: measure.code)
def test_every_measure_can_be_said_in_sparks_words(measure: Measure) -> None:
    for variant in measure.variants:
        days = dict.fromkeys(_DAYS, dt.date(2023, 12, 31))
        said = statement(judged_rows_sql(measure), {**days, **measure.params_for(variant)})
        assert "$" not in said.select
        assert "QUALIFY" not in said.select
        assert "persons" in said.tables


@pytest.mark.parametrize("name", view_statements())
def test_every_view_can_be_said_in_sparks_words(name: str) -> None:
    said = statement(view_statements()[name])
    assert said.creates == name
    assert said.is_table == view_statements()[name].lstrip().partition("CREATE ")[2].startswith("TABLE")


@pytest.mark.parametrize(
    ("duckdb", "spark"),
    [
        ("SELECT * REPLACE (unnest(x) AS x) FROM t", "SELECT * EXCEPT (x), EXPLODE(x) AS x FROM t"),
        ("SELECT grouping(a, b, c)", "SELECT (GROUPING(c) + GROUPING(b) * 2 + GROUPING(a) * 4)"),
        ("SELECT max_by(unit, month)", "SELECT MAX_BY(unit, month) FILTER(WHERE NOT unit IS NULL)"),
        ("SELECT fsum(x) FILTER (a)", "SELECT CAST(SUM(CAST(x AS DECIMAL(38, 12))) FILTER(WHERE a) AS DOUBLE)"),
        ("SELECT histogram(d) FILTER (a)", "SELECT NAMED_STRUCT('histogram', COLLECT_LIST(d) FILTER(WHERE a))"),
        ("SELECT list(x)", "SELECT CASE WHEN SIZE(COLLECT_LIST(x)) > 0 THEN COLLECT_LIST(x) END"),
        ("SELECT list_position(x, NULL)", "SELECT CASE WHEN EXISTS(x, one -> one IS NULL) THEN 1 END"),
        ("SELECT list_has_any(x, y), len(x)", "SELECT ARRAYS_OVERLAP(x, y), SIZE(x)"),
        ("SELECT error('saknas'), CAST(NULL AS kommun)", "SELECT RAISE_ERROR('saknas'), CAST(NULL AS STRING)"),
        ("SELECT x FROM t ORDER BY x", "SELECT x FROM t ORDER BY x NULLS LAST"),
    ],
)
def test_where_the_two_differ_spark_is_told_what_duckdb_means(duckdb: str, spark: str) -> None:
    assert statement(duckdb).select == spark


def test_values_stand_in_the_text_and_cannot_break_out_of_it() -> None:
    wild = "x') OR '\\' = ('"
    said = statement("SELECT ?, list_contains(CAST(? AS VARCHAR[]), n)", [dt.date(2024, 2, 29), [wild]])
    assert "CAST('2024-02-29' AS DATE)" in said.select
    assert r"ARRAY('x\') OR \'\\\' = (\'')" in said.select.replace("\\'\\", "\\'\\")
    with pytest.raises(KeyError):
        statement("SELECT $day", {"days": 1})


def test_the_files_of_a_table_and_a_table_by_another_name_are_read_under_theirs() -> None:
    asked: list[tuple[str, ...]] = []

    def named(paths: tuple[str, ...]) -> str:
        asked.append(paths)
        return "files_1"

    sql = "CREATE TABLE person AS SELECT * FROM read_parquet(['/a/x.parquet', '/b/x.parquet'], filename = true) AS file"
    said = statement(sql, files=named)
    assert asked == [("/a/x.parquet", "/b/x.parquet")]
    assert (said.select, said.creates, said.is_table) == ("SELECT * FROM files_1 AS file", "person", True)
    assert statement("SELECT 1 AS a FROM judged", tables={"judged": "judged_7"}).select == "SELECT 1 AS a FROM judged_7"


def test_chosen_columns_and_errors_that_wait_are_told_beside_the_statement() -> None:
    said = statement("SELECT COLUMNS(lambda name: name IN ('a', 'b')) FROM (SELECT error('saknas') AS a FROM t)")
    assert (said.only, said.errors) == (frozenset({"a", "b"}), frozenset({"saknas"}))
    assert said.select.startswith("SELECT * FROM (")


def test_rows_and_types_come_back_as_duckdbs() -> None:
    assert duckdb_type("array<string>") == "VARCHAR[]"
    assert [duckdb_type(name) for name in ("int", "bigint", "date", "decimal(12,2)")] == [
        "INTEGER",
        "BIGINT",
        "DATE",
        "DECIMAL(12,2)",
    ]
    assert duckdb_row((1, None, ["x"])) == (1, None, ["x"])
