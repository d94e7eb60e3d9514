"""The engine: as of a date, of one municipality or several, shut off from the world."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from reporting.snapshots.engine import Engine, engine_for, folder_of
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.folder import SnapshotFolder
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot, snapshot_named
from reporting.snapshots.tables import snapshot_tables
from tests.snapshots.older import rewritten
from tests.snapshots.rows import SNAPSHOT_DAY

pytestmark = pytest.mark.of_snapshots

EARLIER = dt.date(2023, 8, 31)


def _of_municipality(code: str) -> dict[str, str]:
    return {"municipality": f"SELECT * REPLACE ('{code}' AS code) FROM this"}


def test_it_holds_every_table_with_the_municipality_on_each_row(snapshot: Snapshot) -> None:
    engine = engine_for(snapshot)
    for table in snapshot_tables():
        found = engine.rows(f'SELECT * FROM "{table.name}"')
        assert [column[0] for column in found.description] == ["kommun", *table.names]
        assert {row[0] for row in found.fetchall()} <= {"9999"}
    assert engine.rows("SELECT as_of FROM clock").fetchall() == [(SNAPSHOT_DAY,)]
    assert (engine.as_of, engine.hashes) == (SNAPSHOT_DAY, (snapshot.hash,))


def test_an_earlier_day_gives_what_a_snapshot_of_that_day_gives(snapshot: Snapshot) -> None:
    then = engine_for(freeze(as_of=EARLIER))
    later = engine_for(snapshot, EARLIER)
    for table in snapshot_tables():
        sql = f'SELECT * FROM "{table.name}" ORDER BY ALL'
        assert later.rows(sql).fetchall() == then.rows(sql).fetchall()
    assert later.rows("SELECT count(*) FROM enrolment WHERE ended IS NOT NULL").fetchall() == [(0,)]


def test_a_later_day_than_the_snapshots_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(SnapshotFault, match="kan inte användas för 2024-02-01"):
        engine_for(snapshot, SNAPSHOT_DAY + dt.timedelta(days=1))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM read_text('/etc/hostname')",
        "ATTACH 'x.duckdb'",
        "COPY person TO 'person.csv'",
        "LOAD httpfs",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET threads = 1",
    ],
)
def test_it_reaches_no_file_no_network_and_no_setting(snapshot: Snapshot, sql: str) -> None:
    with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException), match=r"disabled|locked|runtime"):
        engine_for(snapshot).rows(sql)


def test_only_the_parameters_that_are_asked_for_are_given(snapshot: Snapshot) -> None:
    rows = engine_for(snapshot).rows("SELECT $a + $b", {"a": 1, "b": 2, "c": 3})
    assert rows.fetchall() == [(3,)]


def test_several_threads_may_ask_at_once(snapshot: Snapshot) -> None:
    engine = engine_for(snapshot)
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(
            lambda number: engine.rows("SELECT count(*) + $n FROM enrolment", {"n": number}).fetchall(), range(40)
        )
        assert [answer[0][0] for answer in answers] == [3 + number for number in range(40)]


def test_a_warm_engine_is_used_again(snapshot: Snapshot) -> None:
    assert engine_for(snapshot) is engine_for(snapshot)
    assert engine_for(snapshot) is not engine_for(snapshot, EARLIER)


def test_snapshots_of_two_municipalities_are_asked_together(snapshot: Snapshot, tmp_path: Path) -> None:
    own = folder_of(snapshot)
    other = SnapshotFolder.open(rewritten(own.path, tmp_path / "other", _of_municipality("9998")))
    engine = Engine.open([own, other])
    counts = engine.rows("SELECT kommun, count(*) FROM enrolment GROUP BY kommun ORDER BY kommun").fetchall()
    assert counts == [("9998", 3), ("9999", 3)]
    assert engine.municipalities == ("9999", "9998")


def test_two_snapshots_of_one_municipality_are_refused(snapshot: Snapshot) -> None:
    with pytest.raises(SnapshotFault, match="samma kommun"):
        Engine.open([folder_of(snapshot), folder_of(freeze(as_of=EARLIER))])
    with pytest.raises(SnapshotFault, match="inget underlag"):
        Engine.open([])


def test_with_different_days_the_earliest_holds_for_all(snapshot: Snapshot, tmp_path: Path) -> None:
    then = folder_of(freeze(as_of=EARLIER))
    earlier = rewritten(then.path, tmp_path / "other", _of_municipality("9998"))
    engine = Engine.open([folder_of(snapshot), SnapshotFolder.open(earlier)])
    ended = engine.rows("SELECT count(*) FROM enrolment WHERE ended IS NOT NULL").fetchall()
    assert (engine.as_of, ended) == (EARLIER, [(0,)])


def test_a_column_that_an_older_snapshot_lacks_is_named_when_it_is_asked_for(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    without = {"activity": "SELECT * EXCLUDE (hours_per_week) FROM this"}
    older = rewritten(folder_of(snapshot).path, tmp_path / "older", without)
    engine = Engine.open([SnapshotFolder.open(older)])
    assert engine.rows("SELECT enrolment FROM activity").fetchall() == [("e1",)]
    with pytest.raises(SnapshotFault, match=r"^Underlaget saknar kolumnen hours_per_week i tabellen activity"):
        engine.rows("SELECT sum(hours_per_week) FROM activity")


def test_what_is_derived_from_a_lacking_column_can_be_asked_for_all_else(snapshot: Snapshot, tmp_path: Path) -> None:
    without = {"enrolment": "SELECT * EXCLUDE (study_aid, assessed) FROM this"}
    engine = Engine.open([SnapshotFolder.open(rewritten(folder_of(snapshot).path, tmp_path / "older", without))])
    assert engine.rows("SELECT enrolment, ended FROM joined_enrolments WHERE ended IS NOT NULL").fetchall() == [
        ("e1", dt.date(2023, 9, 1))
    ]
    assert engine.rows("SELECT count(*) FROM enrolments_of_present_persons").fetchall() == [(2,)]
    with pytest.raises(SnapshotFault, match=r"saknar kolumnen study_aid i tabellen enrolment"):
        engine.rows("SELECT study_aid FROM joined_enrolments")
    with pytest.raises(SnapshotFault, match=r"saknar kolumnen study_aid i tabellen enrolment"):
        engine.rows("SELECT category FROM exits")


def test_a_table_that_an_older_snapshot_lacks_is_named_and_never_counted_as_empty(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    older = rewritten(folder_of(snapshot).path, tmp_path / "older", {"visit": ""})
    engine = Engine.open([SnapshotFolder.open(older)])
    with pytest.raises(SnapshotFault, match=r"^Underlaget saknar tabellen visit"):
        engine.rows("SELECT count(*) FROM visit")


def test_other_faults_of_the_sql_are_not_dressed_up(snapshot: Snapshot) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="egen text"):
        engine_for(snapshot).rows("SELECT error('egen text')")


def test_the_latest_snapshot_has_the_highest_day_and_then_is_the_newest(snapshot: Snapshot) -> None:
    freeze(as_of=EARLIER)
    assert latest_snapshot() == snapshot


def test_a_snapshot_is_found_by_the_beginning_of_its_hash(snapshot: Snapshot) -> None:
    assert snapshot_named(snapshot.hash[:8]) == snapshot
    with pytest.raises(SnapshotFault, match="minst 4 tecken"):
        snapshot_named(snapshot.hash[:3])
    with pytest.raises(SnapshotFault, match="inget underlag"):
        snapshot_named("zzzz")
    Snapshot.objects.create(hash=snapshot.hash[:10], as_of=EARLIER, manifest={})
    with pytest.raises(SnapshotFault, match="Flera underlag"):
        snapshot_named(snapshot.hash[:8])
