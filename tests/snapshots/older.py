"""Snapshot folders as another version of the product would have written them: whole and true, with other tables or columns."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from reporting.snapshots.canonical import rows_hash, snapshot_hash
from reporting.snapshots.folder import file_hash
from reporting.snapshots.tables import snapshot_tables


def rewritten(source: Path, target: Path, select: Mapping[str, str]) -> Path:
    """Copy the folder with the tables in `select` as those SELECTs from `this` give them, and without those that have none."""
    shutil.copytree(source, target)
    target.chmod(0o755)
    manifest = json.loads((target / "manifest.json").read_text())
    for table, sql in select.items():
        path = target / f"{table}.parquet"
        path.unlink()
        if not sql:
            del manifest["tables"][table]
            continue
        manifest["tables"][table] = _write(source / path.name, path, table, sql)
    [(manifest["municipality"],)] = duckdb.read_parquet(str(target / "municipality.parquet")).project("code").fetchall()
    seal(target, manifest)
    return target


def seal(folder: Path, manifest: dict[str, Any]) -> None:
    """Write the manifest with the hash that its tables give."""
    manifest["snapshot"] = snapshot_hash(version=1, as_of=manifest["as_of"], tables=manifest["tables"])
    (folder / "manifest.json").unlink()
    (folder / "manifest.json").write_text(json.dumps(manifest))


def _write(source: Path, path: Path, table: str, sql: str) -> dict[str, object]:
    declared = dict(next(found.columns for found in snapshot_tables() if found.name == table))
    with duckdb.connect(":memory:", config={"threads": 1}) as engine:
        engine.read_parquet(str(source)).create_view("this")
        engine.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet)")
        columns = [(name, declared[name]) for name in engine.read_parquet(str(path)).columns]
        rows, digest = rows_hash(engine, table, columns, f"read_parquet('{path}')")
    return {"rows": rows, "sha256": digest, "file_sha256": file_hash(path)}
