"""Snapshot folders on disk, without a database: of the town, and of a municipality with every worked example in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pyarrow as pa

from reporting.measures.catalogue import measures
from reporting.snapshots.folder import SnapshotFolder
from reporting.snapshots.tables import SnapshotTable, snapshot_tables
from reporting.snapshots.writing import write_manifest, write_table
from tests.measures.examples import examples_of
from tests.measures.tiny import Row, Rows, organisation

AS_OF = dt.date(2024, 12, 31)


_KEYS = ("person", "enrolment", "household", "support_case", "referral", "participation", "unit", "activity_type")
"""The columns that get the example's number before them, so that no two examples have anything in common."""


def every_example() -> Rows:
    """Return the rows of every worked example of every definition, side by side in one municipality."""
    together: dict[str, list[Row]] = {name: list(rows) for name, rows in organisation().items()}
    examples = [example for measure in measures() for example in examples_of(measure)]
    for number, example in enumerate(examples):
        for table, rows in example.rows.items():
            if table in {"municipality", "committee", "population"}:
                continue
            keys = (*_KEYS, "code")
            together.setdefault(table, []).extend(
                {name: f"{number}_{value}" if name in keys and value else value for name, value in row.items()}
                for row in rows
            )
    return together


def write_folder(root: Path, code: str, rows: Rows, as_of: dt.date = AS_OF) -> SnapshotFolder:
    """Write the rows as a snapshot of a municipality with that code."""
    folder = root / code
    folder.mkdir(parents=True)
    with duckdb.connect(":memory:") as connection:
        entries = {}
        for table in snapshot_tables():
            source = _registered(connection, table, rows, code)
            entries[table.name] = write_table(connection, table, source, folder, as_of=as_of)
        write_manifest(folder, as_of=as_of, municipality=code, tables=entries)
    return SnapshotFolder.open(folder)


def _registered(connection: duckdb.DuckDBPyConnection, table: SnapshotTable, rows: Rows, code: str) -> str:
    given = [{**row, "code": code} if table.name == "municipality" else row for row in rows.get(table.name, ())]
    texts = {name: pa.array([_text(row.get(name)) for row in given], pa.string()) for name in table.names}
    connection.register(f"given_{table.name}", pa.table(texts))
    typed = ", ".join(f'CAST("{column}" AS {sql_type}) AS "{column}"' for column, sql_type in table.columns)
    return f"(SELECT {typed} FROM given_{table.name})"


def _text(value: object) -> str | None:
    return None if value is None else str(value)
