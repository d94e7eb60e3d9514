"""A snapshot folder is trusted only as far as it has been checked: what has been changed is named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.conf import settings

from reporting.snapshots import row_checks
from reporting.snapshots.engine import engine_for, folder_of
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.folder import SnapshotFolder, file_hash
from reporting.snapshots.models import Snapshot

pytestmark = pytest.mark.of_snapshots


@pytest.fixture
def folder(snapshot: Snapshot) -> Path:
    """The snapshot's folder, made writable."""
    path = Path(settings.SNAPSHOT_ROOT) / snapshot.hash
    for file in (path, *path.iterdir()):
        file.chmod(0o755)
    return path


def _edit_manifest(folder: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    edit(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_a_folder_opens_with_its_hash_date_and_municipality(folder: Path, snapshot: Snapshot) -> None:
    opened = SnapshotFolder.open(folder)
    assert (opened.hash, opened.as_of, opened.municipality) == (snapshot.hash, snapshot.as_of, "9999")


def test_a_folder_may_be_moved_and_renamed(folder: Path, snapshot: Snapshot, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "kopia")
    assert SnapshotFolder.open(tmp_path / "kopia").hash == snapshot.hash


@pytest.mark.parametrize("place", [0, 100, -1], ids=["first byte", "in the middle", "last byte"])
def test_a_flipped_bit_is_found_and_its_file_named(folder: Path, snapshot: Snapshot, place: int) -> None:
    engine_for(snapshot)
    path = folder / "enrolment.parquet"
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(SnapshotFault, match=r"enrolment\.parquet har ändrats"):
        engine_for(snapshot)


def test_two_swapped_files_are_found(folder: Path) -> None:
    first, second = folder / "enrolment.parquet", folder / "person.parquet"
    first.rename(folder / "x")
    second.rename(first)
    (folder / "x").rename(second)
    with pytest.raises(SnapshotFault, match=r"(enrolment|person)\.parquet har ändrats"):
        SnapshotFolder.open(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "cost.parquet").unlink()
    with pytest.raises(SnapshotFault, match=r"cost\.parquet saknas"):
        SnapshotFolder.open(folder)


@pytest.mark.parametrize(
    "edit",
    [
        lambda manifest: manifest.update(as_of="2024-06-30"),
        lambda manifest: manifest["tables"]["enrolment"].update(rows=2),
        lambda manifest: manifest["tables"]["enrolment"].update(sha256="0" * 64),
        lambda manifest: manifest["tables"].pop("cost"),
        lambda manifest: manifest.update(snapshot="0" * 64),
    ],
    ids=["date", "rows", "hash of rows", "table left out", "hash"],
)
def test_an_edited_manifest_is_found(folder: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    _edit_manifest(folder, edit)
    with pytest.raises(SnapshotFault, match=r"manifest\.json har ändrats"):
        SnapshotFolder.open(folder)


def test_a_forged_file_with_a_manifest_to_match_is_found_by_what_the_database_remembers(
    folder: Path, snapshot: Snapshot
) -> None:
    path = folder / "enrolment.parquet"
    path.write_bytes((folder / "person.parquet").read_bytes())
    _edit_manifest(folder, lambda manifest: manifest["tables"]["enrolment"].update(file_sha256=file_hash(path)))
    with pytest.raises(SnapshotFault, match=r"manifest\.json har ändrats"):
        folder_of(snapshot)


def _forge(folder: Path, table: str, sql: str) -> None:
    """Change a file's rows and give the manifest the new file's hash, as somebody would who does not want it seen."""
    path = folder / f"{table}.parquet"
    forged = path.with_suffix(".forged")
    source = sql.replace("this", f"read_parquet('{path}')")
    duckdb.execute(f"COPY ({source}) TO '{forged}' (FORMAT parquet)")
    forged.replace(path)
    _edit_manifest(folder, lambda manifest: manifest["tables"][table].update(file_sha256=file_hash(path)))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * REPLACE ('arbete_osubventionerat' AS exit_reason) FROM this",
        "SELECT * FROM this LIMIT 2",
        "SELECT * FROM this ORDER BY enrolment DESC",
        "SELECT * EXCLUDE (study_aid) FROM this",
    ],
    ids=["value", "row left out", "order", "column left out"],
)
def test_forged_rows_are_found_also_when_the_manifest_has_been_made_to_match_the_file(folder: Path, sql: str) -> None:
    SnapshotFolder.open(folder)
    _forge(folder, "enrolment", sql)
    with pytest.raises(SnapshotFault, match=r"raderna i .*enrolment\.parquet är inte de som underlaget frystes med"):
        SnapshotFolder.open(folder)


def test_a_file_that_is_no_parquet_is_named(folder: Path) -> None:
    path = folder / "enrolment.parquet"
    path.write_text("enrolment,person\n")
    _edit_manifest(folder, lambda manifest: manifest["tables"]["enrolment"].update(file_sha256=file_hash(path)))
    with pytest.raises(SnapshotFault, match=r"enrolment\.parquet går inte att läsa som Parquet"):
        SnapshotFolder.open(folder)


def test_a_folder_that_gives_itself_out_for_another_municipality_is_refused(folder: Path) -> None:
    _edit_manifest(folder, lambda manifest: manifest.update(municipality="9998"))
    with pytest.raises(SnapshotFault, match="säger en annan kommun"):
        SnapshotFolder.open(folder)


def test_the_rows_of_a_folder_are_hashed_once_and_by_later_processes_not_at_all(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_checks, "_found_right", set())
    SnapshotFolder.open(folder)
    monkeypatch.setattr(row_checks, "rows_hash", None)
    SnapshotFolder.open(folder)
    monkeypatch.setattr(row_checks, "_found_right", set())
    SnapshotFolder.open(folder)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "går inte att läsa som JSON"),
        ("[1]", "ingen innehållsförteckning"),
        ('{"format": 2}', "läser format 1"),
        ('{"format": 1}', "är skadad"),
        ('{"format": 1, "as_of": "2024-01-31", "tables": []}', "är skadad"),
        ('{"format": 1, "as_of": "x", "municipality": "1", "tables": {}}', "är skadad"),
    ],
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(SnapshotFault, match=words):
        SnapshotFolder.open(tmp_path)


def test_a_folder_that_is_no_snapshot_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SnapshotFault, match=r"är inget underlag: filen manifest\.json saknas"):
        SnapshotFolder.open(tmp_path)
    with pytest.raises(SnapshotFault, match="är inget underlag"):
        SnapshotFolder.open(tmp_path / "finns-inte")


def test_a_table_name_cannot_lead_out_of_the_folder(folder: Path) -> None:
    _edit_manifest(folder, lambda manifest: manifest["tables"].update({"../x": manifest["tables"]["cost"]}))
    with pytest.raises(SnapshotFault, match="är skadad"):
        SnapshotFolder.open(folder)
