"""What was known on a day: a second reading of measures.md rule 2, in plain Python, on generated rows of every kind."""

from __future__ import annotations

import calendar
import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis.strategies import randoms

from cases.kinds import ENROLMENTS, KINDS, SFI_PARTICIPATIONS, Column, ColumnType, Kind
from reporting.snapshots.masking import masked
from reporting.snapshots.tables import SnapshotTable, snapshot_tables

Row = dict[str, Any]

DAY = dt.date(2024, 2, 28)
TABLES = {table.kind: table for table in snapshot_tables() if table.kind is not None}
rows_of_every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
drawn = given(draw=randoms(use_true_random=True))
few = settings(max_examples=3, deadline=None)
_DATED = {ColumnType.DATE, ColumnType.MONTH}


def _some_date(draw: random.Random) -> dt.date:
    return DAY + dt.timedelta(days=draw.choice([0, 1, -1, draw.randint(-800, 800)]))


def _some_value(column: Column, draw: random.Random) -> object:
    values: dict[ColumnType, Callable[[], object]] = {
        ColumnType.MONTH: lambda: _some_date(draw).replace(day=1),
        ColumnType.DATE: lambda: _some_date(draw),
        ColumnType.YEAR: lambda: draw.randint(2021, 2026),
        ColumnType.YES_NO: lambda: draw.random() < 0.5,
    }
    if draw.random() < 0.25:
        return None
    if column.type.sql == "VARCHAR":
        return draw.choice("abc")
    return values.get(column.type, lambda: draw.randint(0, 9))()


def _some_rows(kind: Kind, draw: random.Random, count: int = 40) -> list[Row]:
    return [{column.field: _some_value(column, draw) for column in kind.columns} for _ in range(count)]


def _asked(table: SnapshotTable, rows: list[Row], *days: dt.date) -> list[tuple[Any, ...]]:
    """Mask the rows by the product's SQL, once for each day, one after the other."""
    with duckdb.connect(":memory:") as connection:
        types = ", ".join(f'"{name}" {sql_type}' for name, sql_type in table.columns)
        connection.execute(f"CREATE TABLE given ({types})")
        marks = ", ".join("?" * len(table.columns))
        connection.executemany(
            f"INSERT INTO given VALUES ({marks})", [[row[name] for name in table.names] for row in rows]
        )
        sql = "given"
        for day in days:
            sql = f"({masked(table, sql, day)})"
        return sorted(connection.execute(f"SELECT * FROM {sql}").fetchall(), key=repr)


def _happened_on(kind: Kind, field: str, row: Row) -> dt.date | None:
    value = row[field]
    if value is None:
        return None
    if kind.column(field).type is ColumnType.YEAR:
        return dt.date(value, 12, 31)
    day: dt.date = value
    if kind.column(field).type is ColumnType.MONTH:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def _months_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _is_known(kind: Kind, column: Column, row: Row, day: dt.date) -> bool:
    happened = _happened_on(kind, column.known_from, row) if column.known_from else None
    return happened is None or _months_later(happened, column.months_after) <= day


def _expected(kind: Kind, rows: list[Row], day: dt.date) -> list[tuple[Any, ...]]:
    result = []
    for row in rows:
        own = [_happened_on(kind, field, row) for field in kind.own_dates]
        if own and not all(date is None for date in own) and not any(date and date <= day for date in own):
            continue
        known = [row[column.field] if _is_known(kind, column, row, day) else None for column in kind.columns]
        result.append(tuple(known))
    return sorted(result, key=repr)


def _comparable(rows: list[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    return sorted(
        tuple("" if v is None else str(float(v)) if not isinstance(v, (str, dt.date)) else str(v) for v in row)
        for row in rows
    )


def _scrambled(kind: Kind, rows: list[Row], draw: random.Random) -> list[Row]:
    """Move every event after the day to another date after it, and change what hangs on such events."""
    result = []
    for row in rows:
        changed = dict(row)
        for column in kind.columns:
            if _is_known(kind, column, row, DAY):
                continue
            if column.type in _DATED:
                later = DAY + dt.timedelta(days=draw.randint(40, 900))
                changed[column.field] = later.replace(day=1) if column.type is ColumnType.MONTH else later
            elif column.type is ColumnType.YEAR:
                changed[column.field] = draw.randint(2025, 2030)
            else:
                changed[column.field] = _some_value(column, draw)
        result.append(changed)
    return result


@rows_of_every_kind
@few
@drawn
def test_a_row_shows_what_was_known_on_the_day(kind: Kind, draw: random.Random) -> None:
    rows = _some_rows(kind, draw)
    assert _comparable(_asked(TABLES[kind], rows, DAY)) == _comparable(_expected(kind, rows, DAY))


@rows_of_every_kind
@few
@drawn
def test_what_happened_after_the_day_leaves_no_trace(kind: Kind, draw: random.Random) -> None:
    rows = _some_rows(kind, draw)
    assert _asked(TABLES[kind], _scrambled(kind, rows, draw), DAY) == _asked(TABLES[kind], rows, DAY)


@rows_of_every_kind
@few
@drawn
def test_an_earlier_day_asked_of_a_later_snapshot_is_that_earlier_day(kind: Kind, draw: random.Random) -> None:
    rows = _some_rows(kind, draw)
    earlier = DAY - dt.timedelta(days=200)
    assert _asked(TABLES[kind], rows, DAY, earlier) == _asked(TABLES[kind], rows, earlier)


def _row(kind: Kind, **values: object) -> Row:
    return dict.fromkeys(kind.fields) | values


@pytest.mark.parametrize(
    ("ended", "seen"), [(dt.date(2024, 2, 28), "studier"), (dt.date(2024, 2, 29), None)], ids=["on the day", "after"]
)
def test_an_exit_reason_is_known_from_the_day_of_the_exit(ended: dt.date, seen: str | None) -> None:
    row = _row(ENROLMENTS, enrolment="e", start=dt.date(2023, 1, 1), ended=ended, exit_reason="studier")
    table = TABLES[ENROLMENTS]
    assert _asked(table, [row], DAY)[0][table.names.index("exit_reason")] == seen


def test_a_result_after_a_year_is_known_on_the_last_of_february_when_the_course_ended_on_a_leap_day() -> None:
    row = _row(SFI_PARTICIPATIONS, start=dt.date(2023, 1, 1), ended=dt.date(2024, 2, 29), after_year="arbete")
    table = TABLES[SFI_PARTICIPATIONS]
    column = table.names.index("after_year")
    assert _asked(table, [row], dt.date(2025, 2, 27))[0][column] is None
    assert _asked(table, [row], dt.date(2025, 2, 28))[0][column] == "arbete"


def test_a_referral_that_has_neither_begun_nor_a_date_is_seen() -> None:
    assert len(_asked(TABLES[ENROLMENTS], [_row(ENROLMENTS, enrolment="e")], DAY)) == 1
