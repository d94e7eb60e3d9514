"""An import that is killed leaves nothing half done, and two at once wait for each other."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, transaction

from cases.deliveries.locking import wait_for_turn
from cases.kinds import KINDS
from tests.demonstration import database_of_its_own
from tests.factories import SMALL_MUNICIPALITY, write_files

ROOT = Path(__file__).resolve().parents[2]
ROWS = 2_000

Rows = dict[str, list[tuple[object, ...]]]


def _start(database: Path, *arguments: object) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SNAPSHOT_ROOT": str(database.parent / "snapshots"),
        "MEDIA_ROOT": str(database.parent / "media"),
        "DEBUG": "on",
    }
    return subprocess.Popen(_command(*arguments), env=environment, cwd=ROOT)


def _command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "tests.cases.interrupted", *map(str, arguments)]


def _stored(database: Path) -> Rows:
    tables = ["cases_delivery", "cases_deliveredfile", "cases_deliverywarning"]
    tables += [kind.model._meta.db_table for kind in KINDS]
    with closing(sqlite3.connect(database)) as rows:
        return {table: rows.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in tables}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that has a first delivery in it, and the files of a second that changes every row."""
    tmp_path = tmp_path_factory.mktemp("prepared")
    (tmp_path / "kommun.toml").write_text(SMALL_MUNICIPALITY, encoding="utf-8")
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    months = [f"{1990 + number // 12 % 30}-{number % 12 + 1:02}" for number in range(ROWS)]
    rows = [{"hushåll": "H", "person": f"P{n // 360}", "månad": month, "belopp": n} for n, month in enumerate(months)]
    people = [{"person": f"P{n}", "födelsedatum": "1980-01-01", "kön": "K"} for n in range(ROWS // 360 + 1)]
    write_files(tmp_path / "first", personer=people, stodmanader=rows)
    write_files(tmp_path / "second", personer=people, stodmanader=[row | {"belopp": 7} for row in rows])
    database = tmp_path / "db.sqlite3"
    assert _start(database, "prepare", tmp_path).wait() == 0
    assert len(_stored(database)["cases_supportmonth"]) == ROWS
    return tmp_path


@pytest.fixture
def database(prepared: Path, tmp_path: Path) -> Path:
    """A copy of what was prepared, to be spoilt."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return tmp_path / "db.sqlite3"


@pytest.fixture
def installation(prepared: Path, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an installation with the first delivery in it, on the database that the tests run on."""
    with database_of_its_own(tmp_path, os.environ.get("DATABASE_URL", "")) as environment:
        environment |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECOND_ROWS": str(ROWS - 1),
        }  # one amount is the same
        assert _run(environment, "prepare", prepared) == 0
        yield environment


def _run(environment: dict[str, str], *arguments: object) -> int:
    return subprocess.run(_command(*arguments), env=environment, cwd=ROOT, check=False).returncode


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("action", ["kill_imports", "kill_workers"])
def test_what_is_killed_a_hundred_times_in_two_ways_is_every_time_wholly_there_or_not_at_all(
    installation: dict[str, str], prepared: Path, action: str
) -> None:
    assert _run(installation, action, prepared, 50) == 0


@pytest.mark.slow
def test_of_two_imports_of_the_same_files_at_once_one_finds_nothing_new(database: Path) -> None:
    both = [_start(database, "take", database.parent / "second") for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    after = _stored(database)
    assert len(after["cases_delivery"]) == 2
    assert len(after["cases_supportmonth"]) == 2 * ROWS - 1


@pytest.mark.django_db(transaction=True)
def test_who_has_the_turn_keeps_it_to_the_end_of_the_transaction() -> None:
    if connection.vendor == "sqlite":
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    got_it = threading.Event()

    def take_turn() -> None:
        with transaction.atomic():
            wait_for_turn()
            got_it.set()
        connection.close()

    other = threading.Thread(target=take_turn)
    with transaction.atomic():
        wait_for_turn()
        other.start()
        assert not got_it.wait(0.3)
    assert got_it.wait(10)
    other.join()
