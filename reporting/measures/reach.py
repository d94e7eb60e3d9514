"""How far back the data that a measure reads goes."""

from __future__ import annotations

import datetime as dt
import re

from cases.kinds import ColumnType, Kind
from reporting.measures.model import Measure
from reporting.snapshots.engine import Engine
from reporting.snapshots.loading import view_statements
from reporting.snapshots.tables import snapshot_tables

_NAMED = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")


def tables_behind(sql: str) -> frozenset[str]:
    """Return the names of the snapshot's tables that the SQL reads, by itself or through the documented views."""
    tables = {table.name for table in snapshot_tables()}
    seen: set[str] = set()
    waiting = set(_NAMED.findall(sql))
    while waiting:
        name = waiting.pop()
        seen.add(name)
        waiting |= set(_NAMED.findall(view_statements().get(name, ""))) - seen
    return frozenset(seen & tables)


def first_day_of_data(engine: Engine, measure: Measure) -> dt.date | None:
    """Return the first day on which something of what the measure reads has happened; None when nothing has.

    Only rows with a date of their own tell: an enrolment, a support month; not when somebody was born or received.
    """
    behind = tables_behind(measure.sql)
    dated = [table.kind for table in snapshot_tables() if table.kind and table.name in behind and table.kind.own_dates]
    days = (engine.rows(f"SELECT {_first_day(kind)} FROM {kind.table}").fetchone() for kind in dated)
    return min((row[0] for row in days if row and row[0]), default=None)


def _first_day(kind: Kind) -> str:
    years = {field for field in kind.own_dates if kind.column(field).type is ColumnType.YEAR}
    firsts = [f"make_date(min({field}), 1, 1)" if field in years else f"min({field})" for field in kind.own_dates]
    return firsts[0] if len(firsts) == 1 else f"least({', '.join(firsts)})"
