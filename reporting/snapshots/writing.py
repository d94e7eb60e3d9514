"""Writing a snapshot's folder: sorted Parquet files and the manifest that tells what they hold. Whoever has rows can use it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from reporting.snapshots.canonical import rows_hash, snapshot_hash
from reporting.snapshots.folder import FORMAT, MANIFEST, file_hash
from reporting.snapshots.masking import masked
from reporting.snapshots.tables import SnapshotTable

_ROW_GROUP = 122_880


def write_table(
    engine: duckdb.DuckDBPyConnection, table: SnapshotTable, source: str, folder: Path, *, as_of: dt.date
) -> dict[str, Any]:
    """Write the table's file from `source` (anything that may stand in FROM), masked and sorted; return its manifest entry."""
    target = folder / f"{table.name}.parquet"
    engine.execute(
        f"COPY (SELECT * FROM ({masked(table, source, as_of)}) ORDER BY {table.order}) TO '{quoted(target)}' "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP})"
    )
    count, digest = rows_hash(engine, table.name, table.columns, f"read_parquet('{quoted(target)}')")
    return {"rows": count, "sha256": digest, "file_sha256": file_hash(target)}


def write_manifest(
    folder: Path,
    *,
    as_of: dt.date,
    municipality: str,
    tables: Mapping[str, Mapping[str, Any]],
    latest_delivery: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Write the manifest over the tables' entries and return it; its `snapshot` is the hash that names the snapshot."""
    manifest = {
        "format": FORMAT,
        "snapshot": snapshot_hash(version=FORMAT, as_of=as_of.isoformat(), tables=tables),
        "as_of": as_of.isoformat(),
        "municipality": municipality,
        "latest_delivery": latest_delivery,
        "tables": dict(tables),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return manifest


def quoted(path: Path) -> str:
    """Return the path as it stands between single quotes in SQL."""
    return str(path).replace("'", "''")
