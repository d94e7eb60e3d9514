"""A snapshot on disk: a folder with a manifest and one Parquet file a table.

Whoever reads it meets the data only through `SnapshotFolder.open`, which trusts nothing that it has not checked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporting.snapshots.canonical import snapshot_hash
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.row_checks import check_rows

FORMAT = 1
MANIFEST = "manifest.json"

_checked: dict[tuple[str, int, int, int], str] = {}
_checked_lock = threading.Lock()


@dataclass(frozen=True)
class SnapshotFolder:
    """A checked snapshot folder."""

    path: Path
    hash: str
    as_of: dt.date
    municipality: str
    manifest: Mapping[str, Any]

    @classmethod
    def open(cls, path: Path | str, expected: Mapping[str, Any] | None = None) -> SnapshotFolder:
        """Read the folder's manifest and check every file against it.

        `expected` is the manifest the database remembers; without it the rows are hashed too, since a changed file may have
        been given a manifest to match. Raises SnapshotFault, naming the file, when the folder is no snapshot, is of another
        format, lacks a file or holds a changed one.
        """
        folder = Path(path)
        manifest = _read_manifest(folder)
        _check_manifest(folder, manifest, expected)
        for table, entry in manifest["tables"].items():
            _check_file(folder / f"{table}.parquet", entry["file_sha256"])
        if expected is None:
            check_rows(folder, manifest)
        return cls(
            path=folder,
            hash=manifest["snapshot"],
            as_of=dt.date.fromisoformat(manifest["as_of"]),
            municipality=manifest["municipality"],
            manifest=manifest,
        )

    @classmethod
    def open_all(cls, paths: Sequence[Path | str]) -> list[SnapshotFolder]:
        """Open several, as `open` does, as many at a time as there are processors: checking is most of the work."""
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            return list(pool.map(cls.open, paths))

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables it holds."""
        return tuple(self.manifest["tables"])

    @property
    def rows(self) -> int:
        """How many rows it has in all."""
        return sum(int(entry["rows"]) for entry in self.manifest["tables"].values())

    def file(self, table: str) -> Path:
        """The Parquet file of a table."""
        return self.path / f"{table}.parquet"


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise SnapshotFault(f"{folder} är inget underlag: filen {MANIFEST} saknas.") from None
    except OSError as error:
        raise SnapshotFault(f"{path} går inte att läsa: {error.strerror}.") from error
    except ValueError:
        raise SnapshotFault(f"{path} är skadad: den går inte att läsa som JSON.") from None
    if not isinstance(manifest, dict) or "format" not in manifest:
        raise SnapshotFault(f"{path} är ingen innehållsförteckning för ett underlag.")
    if manifest["format"] != FORMAT:
        raise SnapshotFault(
            f"{path} har format {manifest['format']}; den här versionen av Utfall läser format {FORMAT}."
        )
    return manifest


def _check_manifest(folder: Path, manifest: dict[str, Any], expected: Mapping[str, Any] | None) -> None:
    path = folder / MANIFEST
    if expected is not None and manifest != expected:
        raise SnapshotFault(f"{path} har ändrats sedan underlaget togs.")
    try:
        computed = snapshot_hash(version=FORMAT, as_of=manifest["as_of"], tables=manifest["tables"])
        dt.date.fromisoformat(manifest["as_of"])
        complete = isinstance(manifest["municipality"], str) and all(
            isinstance(entry["file_sha256"], str) and table.isidentifier()
            for table, entry in manifest["tables"].items()
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        complete = False
    if not complete:
        raise SnapshotFault(f"{path} är skadad: uppgifter saknas eller är fel skrivna.")
    if computed != manifest.get("snapshot"):
        raise SnapshotFault(f"{path} har ändrats: kontrollsumman stämmer inte med innehållet.")


def _check_file(path: Path, expected: str) -> None:
    try:
        status = path.stat()
        seen = (str(path.resolve()), status.st_mtime_ns, status.st_ctime_ns, status.st_size)
        with _checked_lock:
            found = _checked.get(seen)
        if found is None:
            found = file_hash(path)
            with _checked_lock:
                _checked[seen] = found
    except FileNotFoundError:
        raise SnapshotFault(f"Underlaget är skadat: filen {path} saknas.") from None
    except OSError as error:
        raise SnapshotFault(f"{path} går inte att läsa: {error.strerror}.") from error
    if found != expected:
        raise SnapshotFault(f"Underlaget är skadat: filen {path} har ändrats sedan underlaget togs.")
