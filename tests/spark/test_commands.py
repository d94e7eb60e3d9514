"""`--engine spark` from the command line: the same output, and plain words when something is missing or goes wrong."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from reporting.figures.computing import compute
from reporting.figures.requests import request
from reporting.snapshots.engine import Engine
from reporting.snapshots.faults import EngineFault, SnapshotFault
from reporting.snapshots.folder import SnapshotFolder
from tests.command_line import run
from tests.figures.town import town_rows
from tests.snapshots.older import rewritten
from tests.spark.folders import write_folder

EARLIER = dt.date(2023, 6, 30)


def test_without_the_packages_the_file_that_lists_them_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("engine", "session"):
        monkeypatch.delitem(sys.modules, f"reporting.snapshots.spark.{name}", raising=False)
    for name in ("pyspark", "py4j"):
        monkeypatch.setitem(sys.modules, name, None)
    told = run("measure", "exit_results", "--year", 2023, "--engine", "spark", "--snapshot", tmp_path)
    assert told.code == 2
    assert "pip install -r requirements-spark.txt" in told.err
    assert told.out == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ["measure", "exit_results", "--by", "kommun", "--format", "json"],
        ["measure", "time_to_work", "--by", "kon,alder", "--publish"],
        ["measure_cases", "sfi_not_started", "--where", "kommun=1001", "--format", "csv"],
        ["measure", "recipients", "--by", "alder", "--as-of", str(EARLIER), "--format", "csv"],
    ],
    ids=" ".join,
)
def test_the_commands_print_the_same_of_two_folders(
    spark: None, folders: Sequence[SnapshotFolder], words: list[str]
) -> None:
    asked = [*words, "--year", "2023", "--snapshot", *(str(folder.path) for folder in folders)]
    expected, found = run(*asked), run(*asked, "--engine", "spark")
    assert (found.code, found.out, found.err) == (expected.code, expected.out, expected.err)
    assert found.code == 0
    assert len(found.out.splitlines()) > 5


@pytest.mark.slow
@pytest.mark.parametrize("name", ["enrolment", "support_case", "sfi_participation", "cost", "activity"])
def test_an_earlier_day_shows_what_was_known_then(spark: None, folders: Sequence[SnapshotFolder], name: str) -> None:
    then = _by_spark(folders, EARLIER)
    known = Engine.open(folders, EARLIER)
    columns = [each[0] for each in known.rows(f"SELECT * FROM {name} LIMIT 0").description]
    sql = f"SELECT {', '.join(columns)} FROM {name} ORDER BY {', '.join(columns)}"
    assert then.rows(sql).fetchall() == known.rows(sql).fetchall()
    assert then.as_of == EARLIER


@pytest.mark.slow
def test_what_an_older_snapshot_lacks_is_named_also_where_there_are_no_rows(spark: None, tmp_path: Path) -> None:
    folder = write_folder(tmp_path, "1003", town_rows())
    select = {
        "activity": "SELECT * EXCLUDE (hours_per_week) FROM this WHERE false",
        "enrolment": "SELECT * EXCLUDE (study_aid) FROM this",
        "visit": "",
    }
    older = _by_spark([SnapshotFolder.open(rewritten(folder.path, tmp_path / "older", select))])
    assert older.rows("SELECT count(*) FROM activities WHERE workplace").fetchone() == (0,)
    assert compute(older, request("workplace_share", year=2023)).total.denominator == 60
    with pytest.raises(SnapshotFault, match=r"^Underlaget saknar kolumnen study_aid i tabellen enrolment"):
        compute(older, request("exit_results", year=2023))
    with pytest.raises(SnapshotFault, match=r"^Underlaget saknar kolumnen hours_per_week i tabellen activity"):
        older.rows("SELECT sum(hours_per_week) FROM activities")
    with pytest.raises(SnapshotFault, match=r"^Underlaget saknar tabellen visit"):
        older.keep("judged", "SELECT kommun, month FROM visits")


@pytest.mark.slow
def test_what_spark_cannot_do_is_told_in_swedish(by_spark: Engine) -> None:
    with pytest.raises(EngineFault, match=r"^Spark kunde inte räkna: .*nonsens"):
        by_spark.rows("SELECT nonsens FROM enrolments")
    with pytest.raises(EngineFault, match=r"^Spark kunde inte räkna: "):
        by_spark.rows("SELECT CAST(name AS INTEGER) FROM units").fetchall()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"PATH": "/nonexistent", "SPARK_MASTER": "local[1]"}, "behöver Java 17"),
        ({"PATH": os.environ["PATH"], "SPARK_MASTER": "spark://"}, "Spark startar inte på spark://"),
    ],
    ids=["no Java", "no such cluster"],
)
def test_a_machine_where_spark_cannot_start_is_told_why(
    spark: None, project_root: Path, folders: Sequence[SnapshotFolder], environment: Mapping[str, str], said: str
) -> None:
    names = ("SECRET_KEY", "PERSON_KEY", "DATABASE_URL", "DEBUG")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    words = ["measure", "exit_results", "--year", "2023", "--engine", "spark", "--snapshot", str(folders[0].path)]
    told = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=project_root,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout) == (2, "")
    assert said in told.stderr
    assert "Traceback" not in told.stderr
    assert len(told.stderr.splitlines()) == 1


def _by_spark(folders: Sequence[SnapshotFolder], as_of: dt.date | None = None) -> Engine:
    from reporting.snapshots.spark.engine import SparkEngine

    return SparkEngine.open(folders, as_of)
