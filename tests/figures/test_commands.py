"""What scripts rely on: the keys, columns and exit codes of `measure`, `measure_cases` and `measures`."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from reporting.management.commands.measures import Command as Catalogue
from reporting.measures.catalogue import measures
from reporting.snapshots.freezing import freeze, write_out
from reporting.snapshots.models import Snapshot
from tests.command_line import run
from tests.snapshots.rows import deliver, set_up

pytestmark = pytest.mark.of_snapshots

AS_OF = dt.date(2024, 1, 31)


@pytest.fixture
def snapshot(db: None) -> Snapshot:
    """Six exits in 2023 of which two to work; one case in the system is called like a formula."""
    set_up()
    keys = ["=1+1", "e2", "e3", "e4", "e5", "e6"]
    reasons = ["arbete_osubventionerat", "arbete_subventionerat", "franvaro", "flyttat", "ovrigt", "studier"]
    people = [
        {"person": f"p{number}", "birth_date": dt.date(1980 + number, 1, 1), "sex": "KM"[number % 2]}
        for number in range(6)
    ]
    enrolments = [
        {
            "enrolment": key,
            "person": f"p{number}",
            "unit": "AME",
            "start": dt.date(2022, 9, 1),
            "ended": dt.date(2023, 2 + number, 28),
            "exit_reason": reasons[number],
        }
        for number, key in enumerate(keys)
    ]
    activities = [{"enrolment": "e2", "activity_type": "kurs", "start": dt.date(2022, 9, 1)}]
    deliver({"person": people, "enrolment": enrolments, "activity": activities})
    return freeze(as_of=AS_OF)


def _run(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def _json(*words: str) -> Any:
    return json.loads(_run(*words, "--format", "json"))


@contextmanager
def _refused(code: int, *said: str) -> Iterator[None]:
    with pytest.raises(CommandError) as caught:
        yield
    assert caught.value.returncode == code
    assert all(text in str(caught.value) for text in said), str(caught.value)


def test_measure_writes_the_agreed_keys(snapshot: Snapshot) -> None:
    document = _json("measure", "work_or_study_at_exit", "--year", "2023", "--by", "insats")
    assert {name: value for name, value in document.items() if name not in {"groups", "total"}} == {
        "measure": "work_or_study_at_exit",
        "version": 1,
        "variant": "kolada",
        "unit": "percent",
        "better": "higher",
        "period": {"start": "2023-01-01", "end": "2023-12-31"},
        "as_of": "2024-01-31",
        "snapshot": snapshot.hash,
        "by": ["insats"],
        "excluded": {},
    }
    total = document["total"]
    assert {name: total[name] for name in total if name not in {"value", "low", "high"}} == {
        "key": {},
        "numerator": 2,
        "denominator": 6,
        "persons": 6,
        "adds_up": True,
        "flags": {"duration_unknown": 2},
        "suppressed": False,
    }
    assert total["value"] == pytest.approx(100 / 3)
    assert [(group["key"], group["numerator"], group["denominator"]) for group in document["groups"]] == [
        ({"insats": "kurs"}, 1, 1),
        ({"insats": None}, 1, 5),
    ]


def test_what_was_left_out_is_counted_by_reason(snapshot: Snapshot) -> None:
    document = _json("measure", "work_or_study_at_exit", "--variant", "resident")
    assert (document["total"]["denominator"], document["excluded"]) == (5, {"moved": 1})


def test_a_distribution_has_a_group_for_each_category(snapshot: Snapshot) -> None:
    groups = _json("measure", "exit_results", "--year", "2023")["groups"]
    assert [(group["key"], group["numerator"], group["denominator"]) for group in groups] == [
        ({"category": category}, count, 6) for category, count in zip("ABCDE", (2, 0, 0, 0, 4), strict=True)
    ]


def test_conditions_on_one_dimension_are_alternatives_and_on_several_all_hold(snapshot: Snapshot) -> None:
    def cases(*where: str) -> int:
        words = [word for condition in where for word in ("--where", condition)]
        return int(_json("measure", "exit_results", *words)["total"]["denominator"])

    assert cases("kon=K") == 3
    assert cases("kon=K", "kon=M") == 6
    assert cases("kon=K", "manad=2023-02") == 1


def test_a_period_of_ones_own_is_counted_to_its_last_day(snapshot: Snapshot) -> None:
    document = _json("measure", "exit_results", "--from", "2023-02-28", "--to", "2023-03-28")
    assert document["period"] == {"start": "2023-02-28", "end": "2023-03-28"}
    assert document["total"]["denominator"] == 2


def test_an_earlier_as_of_date_shows_what_was_known_then(snapshot: Snapshot) -> None:
    words = ["measure", "exit_results", "--year", "2023", "--as-of", "2023-04-30"]
    assert _json(*words)["total"]["denominator"] == 3


def test_a_snapshot_is_named_by_the_beginning_of_its_hash(snapshot: Snapshot) -> None:
    assert _json("measure", "exit_results", "--snapshot", snapshot.hash[:12])["snapshot"] == snapshot.hash


def test_a_snapshot_folder_needs_no_database(
    snapshot: Snapshot, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    folder = tmp_path / "folder"
    write_out(snapshot, folder)
    with django_db_blocker.block():
        document = _json("measure", "exit_results", "--snapshot", str(folder))
        cases = _json("measure_cases", "exit_results", "--snapshot", str(folder))
        assert _json("measures")
    assert (document["snapshot"], document["total"]["denominator"], len(cases)) == (snapshot.hash, 6, 6)


def test_an_empty_period_is_a_dash_with_a_reason_and_no_error(snapshot: Snapshot) -> None:
    out, told = io.StringIO(), io.StringIO()
    before = ("--from", "2022-09-01", "--to", "2022-12-31")
    call_command("measure", "work_or_study_at_exit", *before, "--format", "json", stdout=out, stderr=told)
    total = json.loads(out.getvalue())["total"]
    assert (total["value"], total["denominator"]) == (None, 0)
    assert "inga avslut" in told.getvalue()
    told = io.StringIO()
    call_command("measure", "work_or_study_at_exit", "--year", "2031", stdout=io.StringIO(), stderr=told)
    assert "börjar efter" in told.getvalue()


def test_the_table_is_written_for_a_swedish_reader(snapshot: Snapshot) -> None:
    text = _run("measure", "work_or_study_at_exit", "--by", "kon")
    assert "Kvinna" in text
    assert "33,3\u00a0%" in text
    assert "31 januari 2024" in text
    assert "längd" in text


def test_csv_has_a_row_for_each_group_and_the_total(snapshot: Snapshot) -> None:
    rows = list(csv.DictReader(io.StringIO(_run("measure", "work_or_study_at_exit", "--by", "kon", "--format", "csv"))))
    assert [(row["row"], row["kon"], row["numerator"], row["denominator"]) for row in rows] == [
        ("group", "K", "1", "3"),
        ("group", "M", "1", "3"),
        ("total", "", "2", "6"),
    ]


def test_cases_have_the_agreed_columns_and_no_cell_is_a_formula(snapshot: Snapshot) -> None:
    text = _run("measure_cases", "work_or_study_at_exit", "--format", "csv")
    columns = text.splitlines()[0].split(",")
    assert ",".join(columns[:12]) == (
        "unit_key,person_key,attribution_date,in_population,reason,met,category,days,event,amount,units,flags"
    )
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["unit_key"] for row in rows] == ["'=1+1", "e2", "e3", "e4", "e5", "e6"]
    assert (rows[1]["met"], rows[1]["insats"], rows[1]["flags"]) == ("true", "kurs", "duration_unknown")
    assert rows[1]["attribution_date"] == "2023-03-28"


def test_cases_as_json_are_one_object_each(snapshot: Snapshot) -> None:
    rows = _json("measure_cases", "work_or_study_at_exit", "--where", "insats=kurs")
    assert [(row["unit_key"], row["in_population"], row["met"], row["insats"]) for row in rows] == [
        ("e2", True, True, "kurs")
    ]


def test_the_catalogue_lists_every_measure() -> None:
    listed = _json("measures")
    assert [each["code"] for each in listed] == [each.code for each in measures()]
    first = next(each for each in listed if each["code"] == "not_returned_within_year")
    assert {"kolada", "full_year", "period", "kolada+resident"} <= set(first["variants"])
    assert (first["version"], first["unit"]) == (1, "percent")
    assert "kon" in first["dimensions"]
    assert "exit_results (version 1)" in _run("measures")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["finns_ej"], "exit_results"),
        (["exit_results", "--variant", "fel"], "standard"),
        (["exit_results", "--by", "skostorlek"], "nyanland"),
        (["exit_results", "--by", "ar,manad"], "ar,kon"),
        (["exit_results", "--where", "kon=X"], "K, M"),
        (["exit_results", "--where", "insats=simning"], "kurs"),
        (["exit_results", "--engine", "abakus"], "duckdb, spark"),
        (["exit_results", "--from", "2023-01-01"], "--to"),
        (["exit_results", "--from", "2023-02-01", "--to", "2023-01-01"], "slutar"),
        (["exit_results", "--year", "2023", "--from", "2023-01-01", "--to", "2023-02-01"], "inte båda"),
    ],
)
def test_wrong_usage_ends_with_2_and_names_what_exists(snapshot: Snapshot, words: list[str], said: str) -> None:
    with _refused(2, said):
        _run("measure", *words)


@pytest.mark.parametrize("words", [["--year", "20x"], ["--as-of", "igår"], ["--where", "kon"]])
def test_what_cannot_be_read_is_refused(words: list[str]) -> None:
    with pytest.raises(CommandError, match="”"):
        _run("measure", "exit_results", *words)


def test_an_option_given_twice_is_heard_twice(snapshot: Snapshot, tmp_path: Path) -> None:
    write_out(snapshot, tmp_path / "ett")
    write_out(snapshot, tmp_path / "två")
    with _refused(1, "samma kommun"):
        _run("measure", "exit_results", "--snapshot", str(tmp_path / "ett"), "--snapshot", str(tmp_path / "två"))
    assert _json("measure", "work_or_study_at_exit", "--by", "kon", "--by", "alder")["by"] == ["kon", "alder"]


def test_publish_hides_small_numbers_everywhere(snapshot: Snapshot) -> None:
    document = _json("measure", "work_or_study_at_exit", "--variant", "resident", "--by", "kon", "--publish")
    hidden = [document["total"], *document["groups"]]
    for name in ("numerator", "denominator", "value", "low", "high", "persons"):
        assert [figure[name] for figure in hidden] == [None, None, None]
    assert all(figure["suppressed"] for figure in hidden)
    assert document["excluded"] == {"moved": None}
    assert "33,3" not in _run("measure", "work_or_study_at_exit", "--publish")


def test_the_figures_inside_a_figure_are_in_every_format(snapshot: Snapshot) -> None:
    parts = _json("measure", "participants")["total"]["parts"]
    assert (parts["active"]["numerator"], parts["active"]["persons"], parts["exits"]["value"]) == (6, 6, 6)
    table = _run("measure", "participants")
    assert "Slutade: 6." in table
    assert "På arbetsplats: 0,0" in table
    rows = list(csv.DictReader(io.StringIO(_run("measure", "participants", "--format", "csv"))))
    assert {row["row"]: row["numerator"] for row in rows}["total exits"] == "6"
    share = _json("measure", "time_to_work", "--year", "2022")["total"]["parts"]["730"]
    assert (share["numerator"], share["denominator"], share["at_risk"]) == (2, 6, 0)


def test_publish_hides_the_small_figures_inside_a_figure(snapshot: Snapshot) -> None:
    total = _json("measure", "participants", "--publish")["total"]
    assert (total["parts"]["active"]["value"], total["parts"]["active"]["suppressed"]) == (6, False)
    incidence = _json("measure", "time_to_work", "--year", "2022", "--publish")["total"]
    assert (incidence["suppressed"], incidence["numerator"]) == (True, None)
    assert [part["suppressed"] for part in incidence["parts"].values()][-1]


def test_cases_are_not_published(snapshot: Snapshot) -> None:
    with _refused(2, "publiceras inte"):
        _run("measure_cases", "exit_results", "--publish")


def test_a_snapshot_that_cannot_be_used_ends_with_1(snapshot: Snapshot, tmp_path: Path) -> None:
    with _refused(1, "ffffffff"):
        _run("measure", "exit_results", "--snapshot", "ffffffff")
    with _refused(1):
        _run("measure", "exit_results", "--snapshot", str(tmp_path))
    with _refused(1, "Mappen"):
        _run("measure", "exit_results", "--snapshot", str(tmp_path / "finns_ej"))
    with _refused(1, "senare"):
        _run("measure", "exit_results", "--as-of", "2025-01-01")
    folder = tmp_path / "folder"
    write_out(snapshot, folder)
    (folder / "enrolment.parquet").chmod(0o644)
    (folder / "enrolment.parquet").write_bytes(b"changed")
    with _refused(1, "enrolment.parquet"):
        _run("measure", "exit_results", "--snapshot", str(folder))


def test_without_any_snapshot_the_way_to_one_is_told(db: None) -> None:
    with _refused(1, "import_files"):
        _run("measure", "exit_results")


def test_a_reader_who_has_read_enough_gets_no_traceback(project_root: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "manage.py", "measures"],
            cwd=project_root,
            env={**os.environ, "DEBUG": "on"},
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["freeze"], "detta saknas: --as-of"),
        (["freeze", "--as-of=31/1 2024"], "--as-of: ”31/1 2024” är inget datum."),
        (["measure", "exit_results", "--year", "20233"], "--year: ”20233” är inget år."),
        (["measure", "exit_results", "--format", "xml"], "--format kan inte vara 'xml'"),
    ],
)
def test_a_call_that_cannot_be_understood_is_answered_in_swedish(words: list[str], said: str) -> None:
    answer = run(*words)
    assert answer.code == 2
    assert said in answer.err
    assert "argument" not in answer.err
    assert "error" not in answer.err
    assert answer.out == ""


def test_a_freezing_that_cannot_be_done_is_told_without_the_name_of_an_exception(snapshot: Snapshot) -> None:
    answer = run("freeze", "--as-of=1999-01-01")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("Det går inte att frysa per 1999-01-01")


@pytest.mark.django_db
def test_a_database_without_tables_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask_a_table_that_is_not_there(*_: object, **options: object) -> None:
        del options
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM finns_inte")

    monkeypatch.setattr(Catalogue, "handle", ask_a_table_that_is_not_there)
    answer = run("measures")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "Databasen är inte upplagd än. Kör först: python manage.py migrate\n"
