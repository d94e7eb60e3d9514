"""What an engine can be asked for, by name, and how each is made: tables from Parquet files, views from `views/*.sql`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Container, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

import duckdb

from reporting.snapshots.folder import SnapshotFolder
from reporting.snapshots.masking import masked
from reporting.snapshots.models import short_hash
from reporting.snapshots.tables import SnapshotTable, snapshot_tables

VIEWS = Path(__file__).resolve().parent / "views"

MISSING = "Underlaget saknar "
"""How the error begins that an engine raises for what an older snapshot lacks."""

_AS_FROZEN = "_as_frozen"
_FILES = "snapshot_files"
_ASKED_ONCE = frozenset({"support_month"})
"""Tables that are read where they lie: only `aided_months` asks for the months of aid, most of all rows, and it keeps its own."""
_CREATED = re.compile(r"CREATE (?:VIEW|TABLE) (\w+) AS\b")

Ask = Callable[[str, Mapping[str, object]], duckdb.DuckDBPyConnection]
Definition = Callable[[Ask], str]


def connection_to(folders: Sequence[SnapshotFolder], day: dt.date) -> duckdb.DuckDBPyConnection:
    """Return a connection to an empty DuckDB in memory that can read the folders' files and reach nothing else.

    It has `clock` and `snapshot_files(path, kommun)`.
    """
    connection = duckdb.connect(
        ":memory:",
        config={
            "allow_community_extensions": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    files = [(_path(folder, table), folder.municipality) for folder in folders for table in folder.tables]
    connection.execute(f"CREATE TABLE clock AS SELECT DATE '{day.isoformat()}' AS as_of")
    municipalities = ", ".join(sorted(_literal(folder.municipality) for folder in folders))
    connection.execute(f"CREATE TYPE kommun AS ENUM ({municipalities})")
    connection.execute(
        f"CREATE TABLE {_FILES} AS SELECT unnest($1) AS path, CAST(unnest($2) AS kommun) AS kommun",
        [[path for path, _ in files], [code for _, code in files]],
    )
    connection.execute(f"SET allowed_paths = [{', '.join(_literal(path) for path, _ in files)}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def definitions(folders: Sequence[SnapshotFolder], day: dt.date) -> Mapping[str, Definition]:
    """Return, by the name of each table and view, what gives the statement that makes it; the statement may name others of them.

    It is called with a way to ask the engine, when the statement is needed.
    """
    found: dict[str, Definition] = {}
    for table in snapshot_tables():
        found[table.name] = partial(_table, table, folders, day)
        found[f"{table.name}{_AS_FROZEN}"] = partial(_table_as_frozen, table, folders, day)
    for name, sql in view_statements().items():
        found[name] = partial(_view, sql)
    return found


@cache
def view_statements() -> Mapping[str, str]:
    """Return the statement of each documented view, by its name. ValueError when one is no CREATE VIEW or CREATE TABLE."""
    found = {}
    for script in sorted(VIEWS.glob("*.sql")):
        for statement in duckdb.extract_statements(script.read_text(encoding="utf-8")):
            created = _CREATED.search(statement.query)
            if created is None:
                raise ValueError(f"{script.name}: {statement.query}")
            found[created[1]] = statement.query
    return found


def _view(sql: str, _ask: Ask) -> str:
    return sql


def _table(table: SnapshotTable, folders: Sequence[SnapshotFolder], day: dt.date, ask: Ask) -> str:
    """Create the table from all the folders; what an older snapshot lacks stands there as an error that waits to be asked for."""
    without = [folder for folder in folders if table.name not in folder.tables]
    if without:
        return _absent_table(table, without[0])
    absent = _absent_columns(table, folders, ask)
    if absent:
        return _view_with_absent_columns(table, absent)
    relation = "VIEW" if table.name in _ASKED_ONCE else "TABLE"
    return f'CREATE {relation} "{table.name}" AS {_rows(table, folders, day, table.names)}'


def _table_as_frozen(table: SnapshotTable, folders: Sequence[SnapshotFolder], day: dt.date, ask: Ask) -> str:
    """Create the table with nothing where an older snapshot lacks a column; only `_view_with_absent_columns` asks for it."""
    found = set().union(*_columns_by_file(table, folders, ask).values())
    return f'CREATE TABLE "{table.name}{_AS_FROZEN}" AS {_rows(table, folders, day, found)}'


def _rows(table: SnapshotTable, folders: Sequence[SnapshotFolder], day: dt.date, present: Container[str]) -> str:
    """Return a SELECT of the table's rows in all the folders, masked where a snapshot shows a later day than is asked for."""
    columns = ", ".join(
        f'CAST({_column(name) if name in present else "NULL"} AS {sql_type}) AS "{name}"'
        for name, sql_type in table.columns
    )
    files = ", ".join(_literal(path) for path in _paths(table, folders))
    rows = (
        f"SELECT {_FILES}.kommun, {columns} FROM read_parquet([{files}], union_by_name = true, filename = true) AS file "
        f"JOIN {_FILES} ON {_FILES}.path = file.filename"
    )
    if any(folder.as_of > day for folder in folders):
        return masked(table, f"({rows})", day, beside=("kommun",))
    return rows


def _column(name: str) -> str:
    return f'file."{name}"'


def _paths(table: SnapshotTable, folders: Sequence[SnapshotFolder]) -> list[str]:
    return [_path(folder, table.name) for folder in folders]


def _path(folder: SnapshotFolder, table: str) -> str:
    return str(folder.file(table).absolute())


def _columns_by_file(table: SnapshotTable, folders: Sequence[SnapshotFolder], ask: Ask) -> dict[str, set[str]]:
    """Return the names of the columns that each file has, by its path."""
    found: dict[str, set[str]] = {}
    sql = "SELECT file_name, name FROM parquet_schema($files)"
    for path, name in ask(sql, {"files": _paths(table, folders)}).fetchall():
        found.setdefault(path, set()).add(name)
    return found


def _absent_columns(table: SnapshotTable, folders: Sequence[SnapshotFolder], ask: Ask) -> dict[str, SnapshotFolder]:
    """Return the columns that some snapshot lacks, each with one that does."""
    present = _columns_by_file(table, folders, ask)
    absent: dict[str, SnapshotFolder] = {}
    for folder in folders:
        absent |= dict.fromkeys(set(table.names) - present[_path(folder, table.name)], folder)
    return absent


def _absent_table(table: SnapshotTable, folder: SnapshotFolder) -> str:
    columns = ", ".join(f'CAST(NULL AS {sql_type}) AS "{name}"' for name, sql_type in table.columns)
    text = _literal(
        f"{MISSING}tabellen {table.name} ({short_hash(folder.hash)}, per {folder.as_of}): det är äldre än den."
    )
    return f'CREATE VIEW "{table.name}" AS SELECT CAST(NULL AS kommun) AS kommun, {columns} WHERE error({text}) IS NULL'


def _view_with_absent_columns(table: SnapshotTable, absent: Mapping[str, SnapshotFolder]) -> str:
    columns = []
    for name, sql_type in table.columns:
        if name not in absent:
            columns.append(f'"{name}"')
            continue
        folder = absent[name]
        text = _literal(
            f"{MISSING}kolumnen {name} i tabellen {table.name} ({short_hash(folder.hash)}, per {folder.as_of}): "
            "det är äldre än den."
        )
        columns.append(f'CAST(error({text}) AS {sql_type}) AS "{name}"')
    return f'CREATE VIEW "{table.name}" AS SELECT kommun, {", ".join(columns)} FROM {table.name}{_AS_FROZEN}'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
