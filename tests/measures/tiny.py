"""A small municipality in memory: an engine made of rows, without files and without the database.

The rows go through the same masking and the same views as those of a snapshot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import cast

import duckdb
import pyarrow as pa

from reporting.snapshots.engine import Engine
from reporting.snapshots.folder import SnapshotFolder
from reporting.snapshots.masking import masked
from reporting.snapshots.tables import SnapshotTable, snapshot_tables

Row = Mapping[str, object]
Rows = Mapping[str, Sequence[Row]]

MUNICIPALITY = "9999"
UNITS = {"AME": "ame", "INT": "integration", "SF": "ekonomiskt_bistand", "SFI": "sfi"}


def organisation() -> dict[str, list[Row]]:
    """Return the reference tables: one unit of each kind, under the committee SN since 2010, and the default limits."""
    limits = {
        "small_number_limit": 5,
        "sfi_start_days": 42,
        "sfi_early_dropout_days": 14,
        "referral_days": 14,
        "plan_days": 30,
    }
    return {
        "municipality": [{"code": MUNICIPALITY, "name": "Exempelstad", **limits}],
        "committee": [{"code": code, "name": code} for code in ("KUN", "SN")],
        "unit": [{"code": code, "name": code, "kind": kind} for code, kind in UNITS.items()],
        "responsibility": [{"unit": unit, "committee": "SN", "start": dt.date(2010, 1, 1)} for unit in UNITS],
    }


def tiny_engine(rows: Rows, as_of: dt.date) -> Engine:
    """Return an engine over the rows of one municipality, by table of the snapshot; a table not named is empty."""
    return tiny_engine_of({MUNICIPALITY: rows}, as_of)


def tiny_engine_of(municipalities: Mapping[str, Rows], as_of: dt.date) -> Engine:
    """Return an engine over the rows of several municipalities, by municipality code and table."""
    connection = duckdb.connect(":memory:")
    for table in snapshot_tables():
        parts = [_part(connection, table, code, rows, as_of) for code, rows in municipalities.items()]
        connection.execute(f"CREATE TABLE {table.name} AS {' UNION ALL '.join(parts)}")
    connection.execute(f"CREATE TABLE clock AS SELECT DATE '{as_of}' AS as_of")
    folders = [SimpleNamespace(hash=f"tiny{code}", municipality=code, rows=0) for code in municipalities]
    return Engine(connection, cast("Sequence[SnapshotFolder]", folders), as_of)


def _part(connection: duckdb.DuckDBPyConnection, table: SnapshotTable, code: str, rows: Rows, as_of: dt.date) -> str:
    delivered = delivered_rows(connection, table, f"delivered_{table.name}_{code}", rows)
    return f"SELECT '{code}' AS kommun, * FROM ({masked(table, delivered, as_of)})"


def delivered_rows(connection: duckdb.DuckDBPyConnection, table: SnapshotTable, name: str, rows: Rows) -> str:
    """Register the table's rows under the name, and return SQL that may stand in FROM and gives them their types.

    Raises KeyError for a column that the table does not have.
    """
    given = rows.get(table.name, ())
    unknown = {column for row in given for column in row} - set(table.names)
    if unknown:
        raise KeyError(f"{table.name} has no column {', '.join(sorted(unknown))}")
    columns = {column: pa.array([_text(row.get(column)) for row in given], pa.string()) for column in table.names}
    connection.register(name, pa.table(columns))
    typed = ", ".join(f"CAST({column} AS {sql_type}) AS {column}" for column, sql_type in table.columns)
    return f"(SELECT {typed} FROM {name})"


def _text(value: object) -> str | None:
    return None if value is None else str(value)
