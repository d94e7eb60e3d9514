"""Whether the rows in a folder's files are those that the snapshot's name was made of.

A file's own hash says that it is the file the manifest speaks of, but whoever changes a row can write the new file's hash there
too. The hash of the rows is what names the snapshot. Hashing takes a second or two a million rows, so what has been found right
is remembered by its content: in the process, and for others as an empty file in SNAPSHOT_ROOT/.checked.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings

from reporting.snapshots.canonical import rows_hash
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.tables import snapshot_tables

_CHECKED = ".checked"
_ROWS = "rows_of_file"

_found_right: set[str] = set()
_lock = threading.Lock()


def check_rows(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Check the rows of every file in the folder against the manifest, whose file hashes already hold.

    Raises SnapshotFault, naming the file, when the rows or the municipality are others than the manifest says.
    """
    told = json.dumps([manifest["municipality"], manifest["tables"]], sort_keys=True)
    content = hashlib.sha256(told.encode()).hexdigest()
    if _is_remembered(content):
        return
    with duckdb.connect(":memory:", config={"threads": 1}) as engine:
        for name, entry in manifest["tables"].items():
            _check_table(engine, folder / f"{name}.parquet", name, entry)
        _check_municipality(engine, folder / "municipality.parquet", manifest["municipality"])
    _remember(content)


def _check_municipality(engine: duckdb.DuckDBPyConnection, path: Path, code: str) -> None:
    if not path.exists() or engine.read_parquet(str(path)).project("code").fetchall() != [(code,)]:
        raise SnapshotFault(f"Underlaget är skadat: {path.with_name('manifest.json')} säger en annan kommun än {path}.")


def _check_table(engine: duckdb.DuckDBPyConnection, path: Path, name: str, entry: Mapping[str, Any]) -> None:
    try:
        rows = engine.read_parquet(str(path))
        rows.create_view(_ROWS, replace=True)
        found = rows_hash(engine, name, _columns_of(rows, name), _ROWS)
    except duckdb.Error as error:
        raise SnapshotFault(f"Underlaget är skadat: filen {path} går inte att läsa som Parquet.") from error
    if found != (entry.get("rows"), entry.get("sha256")):
        raise SnapshotFault(
            f"Underlaget är skadat: raderna i {path} är inte de som underlaget frystes med. Kontrollsumman stämmer inte."
        )


def _columns_of(rows: duckdb.DuckDBPyRelation, name: str) -> list[tuple[str, str]]:
    """The file's own columns: an older snapshot was hashed without those that have come since."""
    declared = dict(next((table.columns for table in snapshot_tables() if table.name == name), ()))
    found = zip(rows.columns, rows.types, strict=True)
    return [(column, declared.get(column, str(sql_type))) for column, sql_type in found]


def _is_remembered(content: str) -> bool:
    with _lock:
        return content in _found_right or (Path(settings.SNAPSHOT_ROOT) / _CHECKED / content).exists()


def _remember(content: str) -> None:
    with _lock:
        _found_right.add(content)
    place = Path(settings.SNAPSHOT_ROOT) / _CHECKED
    try:
        place.mkdir(parents=True, exist_ok=True)
        (place / content).touch()
    except OSError:
        # Where nothing can be kept, the next process checks again.
        return
