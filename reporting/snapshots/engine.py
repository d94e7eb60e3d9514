"""The engine that measures ask: DuckDB in memory, filled from snapshot folders, shut off from everything else.

It holds the snapshot's tables under their names, `clock(as_of)`, and the documented views of `views/*.sql`. Every table has the
column `kommun` (the municipality's code), so that the snapshots of several municipalities can be asked together.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings

from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.folder import SnapshotFolder
from reporting.snapshots.masking import masked
from reporting.snapshots.models import Snapshot, short_hash
from reporting.snapshots.tables import SnapshotTable, snapshot_tables

VIEWS = Path(__file__).resolve().parent / "views"

_WARM_ENGINES = 4
_MISSING = "Underlaget saknar "


class Engine:
    """Answers questions about one or several snapshots as of one date. Safe to share between threads."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, folders: Sequence[SnapshotFolder], as_of: dt.date
    ) -> None:
        self._connection = connection
        self.as_of = as_of
        self.hashes: tuple[str, ...] = tuple(folder.hash for folder in folders)
        self.municipalities: tuple[str, ...] = tuple(folder.municipality for folder in folders)

    @classmethod
    def open(cls, folders: Sequence[SnapshotFolder], as_of: dt.date | None = None) -> Engine:
        """Load the folders and lock the engine.

        Without `as_of` it is that of the snapshots, the earliest where they differ; an earlier one masks the rows anew.
        Raises SnapshotFault when it is later than a snapshot's, when two snapshots are of the same municipality, or when there
        is none.
        """
        day = _settled_as_of(folders, as_of)
        connection = duckdb.connect(
            ":memory:",
            config={
                "allow_community_extensions": "false",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            },
        )
        for table in snapshot_tables():
            _load(connection, table, folders, day)
        connection.execute(f"CREATE TABLE clock AS SELECT DATE '{day.isoformat()}' AS as_of")
        connection.execute("SET enable_external_access = false")
        engine = cls(connection, folders, day)
        for script in sorted(VIEWS.glob("*.sql")):
            engine.rows(script.read_text(encoding="utf-8"))
        connection.execute("SET lock_configuration = true")
        return engine

    def rows(self, sql: str, params: Mapping[str, object] | None = None) -> duckdb.DuckDBPyConnection:
        """Run the SQL on a cursor of its own and return it, ready to fetch from (fetchall, fetchmany, df).

        Of `params` only those that the SQL names are given to it. Raises SnapshotFault when the SQL asks for a column that the
        snapshot lacks because it was frozen before the column existed; other faults of the SQL are DuckDB's own.
        """
        cursor = self._connection.cursor()
        given = _named(sql, params) if params else None
        try:
            return cursor.execute(sql, given)
        except duckdb.InvalidInputException as error:
            _, found, rest = str(error).partition(_MISSING)
            if not found:
                raise
            raise SnapshotFault(found + rest.splitlines()[0]) from error

    def close(self) -> None:
        """Let go of the memory. Asking afterwards raises duckdb.ConnectionException."""
        self._connection.close()


def folder_of(snapshot: Snapshot) -> SnapshotFolder:
    """Open a snapshot's folder and check it against what the database remembers of it."""
    return SnapshotFolder.open(Path(settings.SNAPSHOT_ROOT) / snapshot.hash, expected=snapshot.manifest)


def engine_for(snapshot: Snapshot, as_of: dt.date | None = None) -> Engine:
    """Return a warm engine for the snapshot, shared in the process; the least recently used ones are let go.

    The files are checked each time (quickly, when nothing on disk has moved), also when the engine is already warm.
    """
    folder = folder_of(snapshot)
    asked = (folder.path, folder.hash, as_of or folder.as_of)
    with _warm_lock:
        if asked not in _warm:
            _warm[asked] = Engine.open([folder], as_of)
        _warm.move_to_end(asked)
        while len(_warm) > _WARM_ENGINES:
            _warm.popitem(last=False)
        return _warm[asked]


_warm: OrderedDict[tuple[Path, str, dt.date], Engine] = OrderedDict()
_warm_lock = threading.Lock()


def _settled_as_of(folders: Sequence[SnapshotFolder], as_of: dt.date | None) -> dt.date:
    if not folders:
        raise SnapshotFault("Det finns inget underlag att räkna på.")
    municipalities = [folder.municipality for folder in folders]
    if len(set(municipalities)) < len(municipalities):
        raise SnapshotFault("Två av underlagen gäller samma kommun. Ange ett underlag för varje kommun.")
    earliest = min(folders, key=lambda folder: folder.as_of)
    if as_of is not None and as_of > earliest.as_of:
        raise SnapshotFault(
            f"Underlaget {short_hash(earliest.hash)} visar vad som var känt {earliest.as_of}. "
            f"Det kan inte användas för {as_of}, som är senare."
        )
    return as_of or earliest.as_of


def _load(
    connection: duckdb.DuckDBPyConnection, table: SnapshotTable, folders: Sequence[SnapshotFolder], day: dt.date
) -> None:
    """Create the table from all the folders; what an older snapshot lacks stands there as an error that waits to be asked for."""
    without = [folder for folder in folders if table.name not in folder.tables]
    if without:
        connection.execute(_absent_table(table, without[0]))
        return
    absent: dict[str, SnapshotFolder] = {}
    parts = []
    for folder in folders:
        source = f"read_parquet({_literal(str(folder.file(table.name)))})"
        present = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
        absent |= {name: folder for name in table.names if name not in present}
        rows = _typed(table, source, present)
        if folder.as_of > day:
            rows = masked(table, f"({rows})", day)
        parts.append(f"SELECT {_literal(folder.municipality)} AS kommun, * FROM ({rows})")
    name = f"{table.name}_as_frozen" if absent else table.name
    connection.execute(f'CREATE TABLE "{name}" AS {" UNION ALL BY NAME ".join(parts)}')
    if absent:
        connection.execute(_view_with_absent_columns(table, absent))


def _typed(table: SnapshotTable, source: str, present: set[str]) -> str:
    columns = [
        f'CAST("{name}" AS {sql_type}) AS "{name}"' if name in present else f'CAST(NULL AS {sql_type}) AS "{name}"'
        for name, sql_type in table.columns
    ]
    return f"SELECT {', '.join(columns)} FROM {source}"


def _absent_table(table: SnapshotTable, folder: SnapshotFolder) -> str:
    columns = ", ".join(f'CAST(NULL AS {sql_type}) AS "{name}"' for name, sql_type in table.columns)
    text = _literal(
        f"{_MISSING}tabellen {table.name} ({short_hash(folder.hash)}, per {folder.as_of}): det är äldre än den."
    )
    return (
        f'CREATE VIEW "{table.name}" AS SELECT CAST(NULL AS VARCHAR) AS kommun, {columns} WHERE error({text}) IS NULL'
    )


def _view_with_absent_columns(table: SnapshotTable, absent: Mapping[str, SnapshotFolder]) -> str:
    columns = []
    for name, sql_type in table.columns:
        if name not in absent:
            columns.append(f'"{name}"')
            continue
        folder = absent[name]
        text = _literal(
            f"{_MISSING}kolumnen {name} i tabellen {table.name} ({short_hash(folder.hash)}, per {folder.as_of}): "
            "det är äldre än den."
        )
        columns.append(f'CAST(error({text}) AS {sql_type}) AS "{name}"')
    return f'CREATE VIEW "{table.name}" AS SELECT kommun, {", ".join(columns)} FROM {table.name}_as_frozen'


def _named(sql: str, params: Mapping[str, object]) -> dict[str, Any]:
    wanted = _parameters_of(sql)
    return {name: value for name, value in params.items() if name in wanted}


@lru_cache(maxsize=256)
def _parameters_of(sql: str) -> frozenset[str]:
    """The same few texts are asked with again and again, and parsing one takes a tenth of the time of running it."""
    return frozenset(name for statement in duckdb.extract_statements(sql) for name in statement.named_parameters)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
