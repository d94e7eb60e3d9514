"""Freezing: from the current rows of the database to a snapshot that never changes again.

The rows are copied out in bulk to a private folder, typed and masked as of the date by DuckDB, sorted, written as Parquet and
hashed: one table while the next is copied out. The finished folder gets its name, the hash, by one rename: killed at any moment
nothing half stands under such a name.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from cases.bulk import copy_out
from cases.deliveries.locking import wait_for_turn
from cases.models import Delivery, Disposal
from committees.models import Municipality, User
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.folder import MANIFEST, SnapshotFolder
from reporting.snapshots.models import Snapshot
from reporting.snapshots.tables import SnapshotTable, snapshot_tables
from reporting.snapshots.writing import quoted, write_manifest, write_table

UNFINISHED = ".nytt-"
DISCARDED = ".bort-"

_MEMORY = "1GB"
_THREADS = 2
_FORGOTTEN_AFTER = dt.timedelta(days=1)


def freeze(*, as_of: dt.date, label: str = "", frozen: bool = True, by: User | None = None) -> Snapshot:
    """Take a snapshot of what was known on `as_of` and return it; the same data and date give the same snapshot.

    A provisional one (`frozen=False`) becomes frozen when it is frozen later; nothing makes a frozen one provisional, and a
    label once frozen stays. Raises SnapshotFault when the date lies ahead, no municipality is set up or nothing had happened by
    the date, SnapshotDisposed when just these rows have been frozen before and disposed of.
    """
    if as_of > timezone.localdate():
        raise SnapshotFault(f"Det går inte att frysa per {as_of}: dagen har inte varit än.")
    municipality = Municipality.objects.order_by("id").first()
    if municipality is None:
        raise SnapshotFault(
            "Kommunen är inte upplagd än. Läs in kommunens inställningar först: setup_municipality kommun.toml."
        )
    with snapshot_root() as root, _work_folder(root) as work:
        tables, delivery, disposals = _write(work, as_of)
        manifest = write_manifest(
            work / "folder",
            as_of=as_of,
            municipality=municipality.code,
            tables=tables,
            latest_delivery={"id": delivery.pk, "at": delivery.at.isoformat()} if delivery else None,
        )
        disposed = Snapshot.objects.filter(hash=manifest["snapshot"], disposal__isnull=False).first()
        if disposed is not None:
            disposed.require_kept()
        folder = _publish(work / "folder", root, manifest)
        try:
            return _remember(folder, disposals, delivery=delivery, label=label, frozen=frozen, by=by)
        except SnapshotFault:
            _discard(root, folder.hash)
            raise


@contextlib.contextmanager
def snapshot_root() -> Iterator[Path]:
    """Give the folder of snapshots to one process at a time, swept of what killed processes left behind."""
    root = Path(settings.SNAPSHOT_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _sweep(root)
        yield root


def discard_folder(value: str) -> None:
    """Remove the folder of a snapshot that the database has let go of; it loses its name before its files."""
    with snapshot_root() as root:
        _discard(root, value)


def _discard(root: Path, value: str) -> None:
    folder = root / value
    if folder.exists() and not Snapshot.objects.kept().filter(hash=value).exists():
        discarded = root / f"{DISCARDED}{value}"
        folder.rename(discarded)
        discarded.chmod(0o700)
        shutil.rmtree(discarded)


def _sweep(root: Path) -> None:
    for path in root.iterdir():
        if path.name.startswith((UNFINISHED, DISCARDED)) or _is_forgotten(path):
            path.chmod(0o700)
            shutil.rmtree(path)


def _is_forgotten(path: Path) -> bool:
    """Whether it is a whole snapshot that no row came to know of, or one disposed of: its process was killed between the two.

    The first only after a day, since the row may stand in another's transaction that is not committed yet.
    """
    if path.name.startswith(".") or not path.is_dir():
        return False
    if Snapshot.objects.filter(hash=path.name, disposal__isnull=False).exists():
        return True
    age = timezone.now() - dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC)
    return age > _FORGOTTEN_AFTER and not Snapshot.objects.filter(hash=path.name).exists()


@contextlib.contextmanager
def _work_folder(root: Path) -> Iterator[Path]:
    work = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=root))
    try:
        (work / "folder").mkdir()
        yield work
    finally:
        shutil.rmtree(work)


@contextlib.contextmanager
def _one_moment() -> Iterator[None]:
    """Read all tables as of one moment, also while a delivery is taken beside."""
    isolate = connection.vendor == "postgresql" and not connection.in_atomic_block
    with transaction.atomic():
        if isolate:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _write(work: Path, as_of: dt.date) -> tuple[dict[str, dict[str, Any]], Delivery | None, int]:
    """Write every table's file and return what the manifest says of them, the latest delivery in them and `_disposals` then."""
    # The sort spills to the work folder when memory is short.
    spill = str(work / "spill")
    with (
        duckdb.connect(
            ":memory:", config={"threads": _THREADS, "memory_limit": _MEMORY, "temp_directory": spill}
        ) as engine,
        ThreadPoolExecutor(max_workers=1) as writer,
    ):
        writing = {}
        with _one_moment():
            delivery, disposals = Delivery.objects.order_by("-id").first(), _disposals()
            for table in snapshot_tables():
                copy_out(str(table.source().query), work / f"{table.name}.csv")
                writing[table.name] = writer.submit(_write_table, engine, table, work, as_of)
        written = {name: future.result() for name, future in writing.items()}
    if not any(dated for _, dated in written.values()):
        raise SnapshotFault(f"Det går inte att frysa per {as_of}: inga inlästa uppgifter är så gamla.")
    return {name: entry for name, (entry, _) in written.items()}, delivery, disposals


def _disposals() -> int:
    """How many disposals have been carried out: when they are more afterwards, what was read may hold what is to be gone."""
    return Disposal.objects.filter(carried_out_at__isnull=False).count()


def _write_table(
    engine: duckdb.DuckDBPyConnection, table: SnapshotTable, work: Path, as_of: dt.date
) -> tuple[dict[str, Any], bool]:
    """Write the table's file and return its manifest entry, and whether any of its rows says that something had happened."""
    source = work / f"{table.name}.csv"
    entry = write_table(engine, table, _csv(source, table), work / "folder", as_of=as_of)
    source.unlink()
    return entry, bool(_dated_rows(engine, table, work))


def _dated_rows(engine: duckdb.DuckDBPyConnection, table: SnapshotTable, work: Path) -> int:
    """Return how many rows say that something had happened: of those without any date nothing can be said."""
    events = [column.field for column in table.kind.columns if column.known_from == column.field] if table.kind else []
    if not events:
        return 0
    dated = " OR ".join(f'"{field}" IS NOT NULL' for field in events)
    path = quoted(work / "folder" / f"{table.name}.parquet")
    found = engine.execute(f"SELECT count(*) FROM read_parquet('{path}') WHERE {dated}").fetchone()
    return int(found[0]) if found else 0


def _csv(path: Path, table: SnapshotTable) -> str:
    columns = ", ".join(f"'{name}': '{sql_type}'" for name, sql_type in table.columns)
    return (
        f"read_csv('{quoted(path)}', auto_detect=false, header=true, delim=',', quote='\"', escape='\"', nullstr='', "
        f"allow_quoted_nulls=false, columns={{{columns}}})"
    )


def _publish(folder: Path, root: Path, manifest: dict[str, Any]) -> SnapshotFolder:
    """Give the written folder its name, or find the one that stands there already and is whole."""
    target = root / str(manifest["snapshot"])
    if target.exists():
        return SnapshotFolder.open(target)
    for path in folder.iterdir():
        path.chmod(0o444)
        _to_disk(path)
    _to_disk(folder)
    folder.rename(target)
    _to_disk(root)
    return SnapshotFolder.open(target, expected=manifest)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remember(
    folder: SnapshotFolder, disposals: int, *, delivery: Delivery | None, label: str, frozen: bool, by: User | None
) -> Snapshot:
    with transaction.atomic():
        wait_for_turn()
        if _disposals() != disposals:
            raise SnapshotFault("Uppgifter gallrades medan underlaget togs. Ta underlaget igen.")
        snapshot, _ = Snapshot.objects.select_for_update().get_or_create(
            hash=folder.hash,
            defaults={"as_of": folder.as_of, "manifest": dict(folder.manifest), "latest_delivery": delivery, "by": by},
        )
        if frozen and not snapshot.frozen:
            snapshot.frozen, snapshot.label, snapshot.by = True, label, by
            snapshot.save(update_fields=["frozen", "label", "by"])
            folder.path.chmod(0o555)
    return snapshot


def keep(snapshot: Snapshot, *, by: User | None = None) -> None:
    """Make a provisional snapshot frozen just as it is, because a report is to rest on it; nothing happens to a frozen one."""
    with transaction.atomic():
        current = Snapshot.objects.select_for_update().get(pk=snapshot.pk)
        current.require_kept()
        if not current.frozen:
            current.frozen, current.by = True, by
            current.save(update_fields=["frozen", "by"])
            (Path(settings.SNAPSHOT_ROOT) / current.hash).chmod(0o555)
    snapshot.refresh_from_db(fields=["frozen", "by"])


def check_target(target: Path) -> None:
    """Raise SnapshotFault unless `target` can become a copy of a snapshot: it is new, empty or a snapshot already."""
    if target.is_dir() and (not any(target.iterdir()) or (target / MANIFEST).is_file()):
        return
    if target.exists():
        raise SnapshotFault(f"{target} finns redan och är inget underlag. Ange en ny eller tom mapp.")


def write_out(snapshot: Snapshot, target: Path) -> None:
    """Copy the snapshot's folder to `target`, which gets it whole; an older copy there is replaced.

    Raises SnapshotFault when the target is something else or cannot be written.
    """
    check_target(target)
    snapshot.require_kept()
    source = SnapshotFolder.open(Path(settings.SNAPSHOT_ROOT) / snapshot.hash, expected=snapshot.manifest)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=target.parent) as work:
            copy = Path(work) / "copy"
            copy.mkdir()
            for path in sorted(source.path.iterdir()):
                shutil.copyfile(path, copy / path.name)
            if target.exists():
                target.rename(Path(work) / "replaced")
            copy.rename(target)
    except OSError as error:
        raise SnapshotFault(
            f"Underlaget är fryst, men det går inte att skriva till {target}: {error.strerror}."
        ) from error
