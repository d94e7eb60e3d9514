"""After files with personal numbers have come in, or been refused, the numbers are nowhere to be found."""

import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from reporting.snapshots.freezing import freeze
from tests.command_line import Answer, run
from tests.factories import coordination_number, person_number, setup_small_municipality, write_files

pytestmark = pytest.mark.django_db

WOMAN = person_number(date(1991, 3, 14), 238)
MAN = person_number(date(1979, 11, 30), 119)
NEWCOMER = coordination_number(date(1988, 6, 2), 455)
NUMBERS = (WOMAN, MAN, NEWCOMER)
FORMS = [
    form for number in NUMBERS for form in (number[2:], f"{number[2:8]}-{number[8:]}", f"{number[2:8]}+{number[8:]}")
]
STAY = {"enhet": "AME", "uppstartsmöte": "2023-01-02", "start": "2023-01-10"}


@pytest.fixture(autouse=True)
def _everything_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    setup_small_municipality()


def _files(folder: Path) -> None:
    write_files(
        folder,
        personer=[{"person": WOMAN, "mottagen": "2022-01-01"}, {"person": f"{MAN[:8]}-{MAN[8:]}", "skyddad": True}],
        inskrivningar=[
            STAY | {"inskrivning": "I1", "person": f"{WOMAN[2:8]}-{WOMAN[8:]}"},
            STAY | {"inskrivning": "I2", "person": NEWCOMER},
        ],
        stodmanader=[{"hushåll": "H1", "person": MAN[2:], "månad": "2023-01", "belopp": "100", "roll": "huvudsokande"}],
    )


def _in_database() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from (str(row) for row in cursor.fetchall())


def _in_files(root: Path) -> Iterator[str]:
    for path in root.rglob("*"):
        yield str(path)
        if path.suffix == ".parquet":
            yield str(pq.read_table(path).to_pylist())
        elif path.is_file():
            yield path.read_text(encoding="utf-8", errors="replace")


def _found(texts: Iterator[str]) -> list[str]:
    return [form for text in texts for form in FORMS if form in text]


def _said(answer: Answer, caplog: pytest.LogCaptureFixture) -> Iterator[str]:
    yield from (answer.out, answer.err, caplog.text)


def test_numbers_that_were_taken_are_in_no_table_snapshot_log_or_message(
    tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    _files(tmp_path)
    answer = run("import_files", tmp_path, "--format", "json")
    assert answer.code == 0, answer.err
    freeze(as_of=date(2024, 1, 31))
    assert _found(_in_database()) == []
    assert _found(_in_files(Path(settings.SNAPSHOT_ROOT))) == []
    assert _found(_in_files(Path(settings.MEDIA_ROOT))) == []
    assert _found(_said(answer, caplog)) == []


@pytest.mark.parametrize("form", ["text", "json"])
def test_numbers_in_every_wrong_place_are_in_no_fault_report(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, form: str
) -> None:
    wrong = f"{WOMAN[2:11]}{(int(WOMAN[-1]) + 1) % 10}"
    write_files(
        tmp_path,
        personer=[{"person": wrong}, {"person": MAN, "födelsedatum": WOMAN, "kön": NEWCOMER, MAN: "extra"}],
        inskrivningar=[
            STAY | {"inskrivning": MAN, "person": WOMAN, "anvisare": f"{MAN[2:8]}-{MAN[8:]}"},
            STAY | {"inskrivning": "I2", "person": MAN, "start": WOMAN, "enhet": NEWCOMER[2:]},
        ],
        uppfoljningar=[{"inskrivning": MAN[2:], "datum": MAN, "form": f"samtal med {WOMAN}"}],
    )
    (tmp_path / f"{MAN}.csv").write_text("x", encoding="utf-8")
    answer = run("import_files", tmp_path, "--format", form)
    assert answer.code == 1
    assert _found(_said(answer, caplog)) == []
    assert wrong not in answer.out + answer.err + caplog.text
    assert _found(_in_database()) == []
