"""Freezing: the same data and date give the same hash, what is frozen stays, and nothing half is left."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.conf import settings
from django.db import connection
from django.db.models import ProtectedError

from cases.kinds import KINDS
from cases.models import Enrolment
from reporting.documents.models import Report
from reporting.snapshots import freezing
from reporting.snapshots.engine import engine_for
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.folder import SnapshotFolder
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import SmallNumberLimit, Snapshot
from reporting.snapshots.tables import snapshot_tables
from tests.snapshots.rows import ROWS, SNAPSHOT_DAY, deliver, set_up

NEXT_DAY = dt.date(2024, 2, 1)


def _root() -> Path:
    return Path(settings.SNAPSHOT_ROOT)


def _field(text: str | None) -> str:
    return "-" if text is None else f"{len(text.encode())}:{text}"


def _hash_by_hand(table: str, rows: list[list[str | None]]) -> str:
    """The documented canonical form, written out a second time."""
    columns = next(found.columns for found in snapshot_tables() if found.name == table)
    head = json.dumps([table, [list(column) for column in columns]], ensure_ascii=False, separators=(",", ":"))
    body = "".join("".join(_field(value) for value in row) + "\n" for row in rows)
    return hashlib.sha256(f"{head}\n{body}".encode()).hexdigest()


def test_the_hash_is_of_the_canonical_rows_on_every_database(snapshot: Snapshot) -> None:
    unknown = [None] * 4
    enrolments = [
        ["e1", "p1", "AME", *unknown, None, "2023-03-01", "2023-09-01", "studier", *unknown],
        ["e2", "p2", "AME", *unknown, None, "2023-03-01", None, None, *unknown],
        ["e4", "p2", "AME", *unknown, None, None, None, None, *unknown],
    ]
    costs: list[list[str | None]] = [["2023-12-01", "AME", None, "direkt", "", "1200.50", None]]
    tables = snapshot.manifest["tables"]
    assert tables["enrolment"] == tables["enrolment"] | {
        "rows": 3,
        "sha256": _hash_by_hand("enrolment", enrolments),
    }
    assert tables["cost"]["sha256"] == _hash_by_hand("cost", costs)
    assert tables["pause"]["sha256"] == _hash_by_hand("pause", [])


def test_an_empty_text_is_not_the_same_as_unknown(delivered: None) -> None:
    first = freeze(as_of=SNAPSHOT_DAY)
    deliver({"cost": [ROWS["cost"][0] | {"account": None}]})
    assert freeze(as_of=SNAPSHOT_DAY).hash != first.hash


def test_the_order_in_which_rows_came_does_not_matter(municipality: None) -> None:
    deliver(ROWS)
    first = freeze(as_of=SNAPSHOT_DAY)
    for kind in KINDS:
        kind.model._default_manager.all().delete()
    deliver({table: reversed(rows) for table, rows in reversed(ROWS.items())})
    assert freeze(as_of=SNAPSHOT_DAY) == first


def test_events_after_the_day_do_not_change_the_hash(delivered: None) -> None:
    first = freeze(as_of=SNAPSHOT_DAY)
    Enrolment.objects.filter(enrolment="e2").update(ended=dt.date(2024, 12, 24), exit_reason="studier")
    Enrolment.objects.filter(enrolment="e3").update(referred=dt.date(2025, 1, 1))
    deliver({"support_month": [{"household": "h", "person": "p1", "unit": "SFI", "month": NEXT_DAY, "amount": "10"}]})
    assert freeze(as_of=SNAPSHOT_DAY) == first


def test_another_day_is_another_snapshot_even_when_nothing_happened_between(delivered: None) -> None:
    assert freeze(as_of=SNAPSHOT_DAY).hash != freeze(as_of=SNAPSHOT_DAY - dt.timedelta(days=1)).hash


def test_a_changed_limit_is_another_snapshot(snapshot: Snapshot) -> None:
    SmallNumberLimit.objects.create(measure="sfi_dropout", value=10)
    assert freeze(as_of=SNAPSHOT_DAY).hash != snapshot.hash


def test_a_correction_makes_a_new_snapshot_and_leaves_the_old_one_as_it_was(snapshot: Snapshot) -> None:
    folder = _root() / snapshot.hash
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    deliver({"enrolment": [ROWS["enrolment"][0] | {"exit_reason": "franvaro"}]})
    corrected = freeze(as_of=SNAPSHOT_DAY)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    sql = "SELECT exit_reason FROM enrolment WHERE enrolment = 'e1'"
    assert engine_for(snapshot).rows(sql).fetchall() == [("studier",)]
    assert engine_for(corrected).rows(sql).fetchall() == [("franvaro",)]


def test_freezing_twice_writes_the_same_bytes(snapshot: Snapshot, settings: Any, tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in (_root() / snapshot.hash).iterdir()}
    settings.SNAPSHOT_ROOT = tmp_path
    freeze(as_of=SNAPSHOT_DAY)
    second = {path.name: path.read_bytes() for path in (tmp_path / snapshot.hash).iterdir()}
    assert second == first


def test_the_manifest_says_what_is_in_the_snapshot(snapshot: Snapshot) -> None:
    manifest = json.loads((_root() / snapshot.hash / "manifest.json").read_text())
    assert manifest == snapshot.manifest
    assert (manifest["as_of"], manifest["municipality"]) == ("2024-01-31", "9999")
    assert manifest["latest_delivery"]["id"] == snapshot.latest_delivery_id
    assert set(manifest["tables"]) == {table.name for table in snapshot_tables()}
    assert manifest["tables"]["enrolment"]["rows"] == 3


def test_a_provisional_snapshot_that_is_frozen_is_the_same_and_stays(delivered: None) -> None:
    provisional = freeze(as_of=SNAPSHOT_DAY, frozen=False)
    frozen = freeze(as_of=SNAPSHOT_DAY, label="Årsbokslut")
    assert (frozen.pk, frozen.frozen, frozen.label) == (provisional.pk, True, "Årsbokslut")
    again = freeze(as_of=SNAPSHOT_DAY, label="Annat", frozen=False)
    assert (again.frozen, again.label) == (True, "Årsbokslut")


def test_a_frozen_snapshot_cannot_be_deleted(snapshot: Snapshot) -> None:
    with pytest.raises(ProtectedError):
        snapshot.delete()
    with pytest.raises(ProtectedError):
        Snapshot.objects.all().delete()
    assert Snapshot.objects.get() == snapshot


def test_a_snapshot_that_a_report_rests_on_cannot_be_deleted(delivered: None) -> None:
    provisional = freeze(as_of=SNAPSHOT_DAY, frozen=False)
    Report.objects.create(kind="helarsrapport", year=2023, snapshot=provisional)
    with pytest.raises(ProtectedError):
        provisional.delete()


def test_the_files_of_a_frozen_snapshot_are_read_only(snapshot: Snapshot) -> None:
    folder = _root() / snapshot.hash
    assert [path.name for path in (folder, *folder.iterdir()) if path.stat().st_mode & 0o222] == []


@pytest.mark.parametrize(
    ("as_of", "words"),
    [(dt.date(2100, 1, 1), "har inte varit än"), (dt.date(2001, 1, 1), "inga inlästa uppgifter är så gamla")],
)
def test_a_day_that_cannot_be_frozen_is_refused(delivered: None, as_of: dt.date, words: str) -> None:
    with pytest.raises(SnapshotFault, match=words):
        freeze(as_of=as_of)
    assert not Snapshot.objects.exists()
    assert [path.name for path in _root().glob("*")] in ([], [".lock"])


@pytest.mark.django_db
def test_without_a_municipality_the_user_is_told_what_to_do() -> None:
    with pytest.raises(SnapshotFault, match=r"setup_municipality kommun\.toml"):
        freeze(as_of=SNAPSHOT_DAY)


def test_text_of_any_kind_comes_through_unchanged(municipality: None) -> None:
    odd = 'åäö "citat", komma;\nny rad \\N 字'
    deliver({"activity": ROWS["activity"], "follow_up": [_follow_up("a", odd), _follow_up("b", ""), _follow_up("c")]})
    rows = engine_for(freeze(as_of=SNAPSHOT_DAY)).rows("SELECT form FROM follow_up ORDER BY enrolment").fetchall()
    assert rows == [(odd,), ("",), (None,)]


def _follow_up(enrolment: str, form: str | None = None) -> dict[str, Any]:
    return {"enrolment": enrolment, "held": dt.date(2023, 1, 1), "kind": "uppfoljning", "form": form}


def test_a_changed_file_is_not_taken_for_the_same_snapshot(snapshot: Snapshot) -> None:
    path = _root() / snapshot.hash / "enrolment.parquet"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(SnapshotFault, match=r"enrolment\.parquet"):
        freeze(as_of=SNAPSHOT_DAY)


def test_what_a_killed_process_left_is_swept_away(delivered: None) -> None:
    half = _root() / f"{freezing.UNFINISHED}half"
    half.mkdir(parents=True)
    (half / "enrolment.csv").write_text("e1")
    forgotten = _root() / ("0" * 64)
    forgotten.mkdir()
    os.utime(forgotten, (0, 0))
    snapshot = freeze(as_of=SNAPSHOT_DAY)
    assert {path.name for path in _root().iterdir()} == {".lock", snapshot.hash}


def _frozen_until(step: int) -> int:
    """Freeze in a process of its own that kills itself at its step-th touch of the folder; return how it ended."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    left = step

    def kill_when_due(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event in {"open", "os.rename", "os.chmod", "os.remove"} and str(_root()) in str(arguments[0]):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    if connection.vendor == "postgresql":
        # The parent's connection must neither be used nor closed from here.
        connection.inherited = connection.connection  # type: ignore[attr-defined]
        connection.connection = None
    sys.addaudithook(kill_when_due)
    try:
        freeze(as_of=SNAPSHOT_DAY)
    finally:
        os._exit(0)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_it_leaves_no_half_snapshot_under_its_name() -> None:
    set_up()
    deliver(ROWS)
    outcomes = set()
    for step in (1, 5, 20, 45, 60, 75, 90, 100, 110, 120, 1000):
        outcomes.add(_frozen_until(step))
        for path in _root().iterdir():
            if not path.name.startswith("."):
                assert SnapshotFolder.open(path).hash == path.name
    assert outcomes == {0, signal.SIGKILL}
    assert freeze(as_of=SNAPSHOT_DAY).frozen


def test_a_table_larger_than_one_batch_has_the_hash_of_all_its_rows(municipality: None) -> None:
    from reporting.snapshots.canonical import rows_hash

    table = next(found for found in snapshot_tables() if found.name == "committee")
    numbers = [f"{number:07}" for number in range(250_001)]
    with duckdb.connect(":memory:") as engine:
        source = "(SELECT format('{:07d}', range) AS code, NULL::VARCHAR AS name FROM range(250001))"
        assert rows_hash(engine, table.name, table.columns, source) == (
            250_001,
            _hash_by_hand("committee", [[number, None] for number in numbers]),
        )
