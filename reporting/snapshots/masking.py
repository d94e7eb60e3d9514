"""What was known on a day: the one home of the as-of rule (measures.md rule 2).

An event after the as-of date, and what hangs on it, is empty; a row whose own dates all lie after it is not seen; a month has
happened when its last day has, a year when its 31 December has. Which columns are events stands in `cases.kinds`. The same SQL
serves at freezing and when an engine is opened with an earlier as-of date; masking twice is the same as masking once with the
earlier date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from cases.kinds import Column, ColumnType, Kind
from reporting.snapshots.tables import SnapshotTable


def masked(table: SnapshotTable, source: str, as_of: dt.date, *, beside: Sequence[str] = ()) -> str:
    """Return a SELECT of the table's columns from `source` (anything that may stand in FROM), as known on the as-of date.

    `beside`: columns of `source` that stand before the table's own.
    """
    columns = [f'source."{name}"' for name in beside]
    if table.kind is None:
        columns += [f'source."{name}"' for name in table.names]
        return f"SELECT {', '.join(columns)} FROM {source} AS source"
    kind, day = table.kind, f"DATE '{as_of.isoformat()}'"
    columns += [_known(kind, column, day) for column in kind.columns]
    return f"SELECT {', '.join(columns)} FROM {source} AS source{_seen(kind, day)}"


def known_day(kind: Kind, field: str) -> str:
    """Return SQL for the day on which the field's date, month or year has happened."""
    column = kind.column(field)
    value = f'source."{field}"'
    if column.type is ColumnType.MONTH:
        return f"last_day({value})"
    if column.type is ColumnType.YEAR:
        return f"make_date({value}, 12, 31)"
    return value


def _known(kind: Kind, column: Column, day: str) -> str:
    value = f'source."{column.field}"'
    if column.known_from is None:
        return value
    known = known_day(kind, column.known_from)
    if column.months_after:
        known = f"CAST({known} + INTERVAL {column.months_after} MONTH AS DATE)"
    return f'CASE WHEN {known} > {day} THEN NULL ELSE {value} END AS "{column.field}"'


def _seen(kind: Kind, day: str) -> str:
    if not kind.own_dates:
        return ""
    known = [f"{known_day(kind, field)} <= {day}" for field in kind.own_dates]
    empty = " AND ".join(f'source."{field}" IS NULL' for field in kind.own_dates)
    return f" WHERE {' OR '.join(known)} OR ({empty})"
