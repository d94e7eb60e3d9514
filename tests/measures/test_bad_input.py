"""What `measure` and `measure_cases` cannot answer is refused with the reason, and with the exit code that scripts rely on."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from reporting.measures.catalogue import measure, measures
from reporting.measures.reach import tables_behind
from reporting.snapshots.folder import file_hash
from reporting.snapshots.freezing import freeze, write_out
from tests.command_line import run
from tests.snapshots.older import rewritten
from tests.snapshots.rows import ROWS, SNAPSHOT_DAY, deliver, set_up

pytestmark = pytest.mark.of_snapshots

COMMANDS = ("measure", "measure_cases")
FAULTY_INPUT, WRONG_USAGE = 1, 2


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    """A snapshot's folder: two enrolments from March 2023, a referral in May, and what else `tests.snapshots.rows` has."""
    set_up()
    deliver(ROWS)
    deliver({"enrolment": [{"enrolment": "e5", "person": "p1", "unit": "AME", "referred": dt.date(2023, 5, 2)}]})
    write_out(freeze(as_of=SNAPSHOT_DAY), tmp_path / "folder")
    return tmp_path / "folder"


def _refused(code: int, command: str, *words: object) -> str:
    """Run the command, hold that it wrote nothing and left with the code, and return what it said."""
    answer = run(command, *words)
    assert (answer.code, answer.out) == (code, ""), answer
    return answer.err


@pytest.mark.parametrize("command", COMMANDS)
def test_what_does_not_exist_is_refused_with_what_does(folder: Path, command: str) -> None:
    every = {each.code for each in measures()}
    asked = measure("not_returned_within_year")
    here = ("--snapshot", folder)
    assert every <= set(
        _refused(WRONG_USAGE, command, "not_returned", *here).replace(",", " ").replace(".", " ").split()
    )
    said = _refused(WRONG_USAGE, command, asked.code, "--variant", "quarter", *here)
    assert all(name in said for name in asked.variant_names)
    for option in (("--by", "skostorlek"), ("--by", "kon,skostorlek"), ("--where", "skostorlek=42")):
        said = _refused(WRONG_USAGE, command, asked.code, *option, *here)
        assert all(dimension in said for dimension in asked.dimensions)
    assert "högst två" in _refused(WRONG_USAGE, command, asked.code, "--by", "kon,alder,enhet", *here)


@pytest.mark.parametrize("pair", ["ar,manad", "insats,utforare", "kon,kon"])
def test_a_pair_that_makes_no_sense_is_refused_with_those_that_do(folder: Path, pair: str) -> None:
    said = _refused(WRONG_USAGE, "measure", "exit_results", "--by", pair, "--snapshot", folder)
    first = pair.split(",", maxsplit=1)[0]
    assert all(f"{first},{other}" in said for other in ("nyanland", "enhet", "alder"))
    assert pair not in said.split("Par som går:")[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_period_before_the_data_is_refused_with_the_day_they_begin(folder: Path, command: str) -> None:
    said = _refused(FAULTY_INPUT, command, "exit_results", "--year", "2022", "--snapshot", folder)
    assert "Perioden 2022 ligger före uppgifterna i underlaget" in said
    assert "börjar 1 mars 2023" in said
    until = ("--from", "2023-02-01", "--to", "2023-02-28")
    assert "februari 2023 ligger före" in _refused(FAULTY_INPUT, command, "exit_results", *until, "--snapshot", folder)
    from_the_first_day = ("--from", "2023-03-01", "--to", "2023-03-01")
    assert run(command, "exit_results", *from_the_first_day, "--snapshot", folder).code == 0


def test_what_a_measure_reads_is_found_through_the_views() -> None:
    assert tables_behind(measure("exit_results").sql) == {"enrolment", "unit"}
    assert tables_behind(measure("recipients").sql) == {"support_month", "unit", "person"}
    assert "plan" in tables_behind(measure("plan_coverage").sql)
    assert all(tables_behind(each.sql) for each in measures())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_day_after_the_snapshots_is_refused(folder: Path, command: str) -> None:
    said = _refused(FAULTY_INPUT, command, "exit_results", "--as-of", "2024-02-01", "--snapshot", folder)
    assert "2024-01-31" in said
    assert "2024-02-01, som är senare" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_is_no_snapshot_or_of_another_format_is_refused(
    folder: Path, tmp_path: Path, command: str
) -> None:
    assert "är inget underlag" in _refused(FAULTY_INPUT, command, "exit_results", "--snapshot", tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"format": 2}))
    said = _refused(FAULTY_INPUT, command, "exit_results", "--snapshot", folder)
    assert "har format 2" in said
    assert "läser format 1" in said


def _forge(folder: Path) -> None:
    """Make the person who left studies an exit to work, and the manifest say that the file is as it should be."""
    path = folder / "enrolment.parquet"
    sql = "SELECT * REPLACE (CASE WHEN ended IS NOT NULL THEN 'arbete_osubventionerat' END AS exit_reason) FROM this"
    forged = path.with_suffix(".forged")
    source = sql.replace("this", f"read_parquet('{path}')")
    duckdb.execute(f"COPY ({source}) TO '{forged}' (FORMAT parquet)")
    forged.replace(path)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["tables"]["enrolment"]["file_sha256"] = file_hash(path)
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_snapshot_whose_hash_is_wrong_is_refused(folder: Path, tmp_path: Path, command: str) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    renamed = shutil.copytree(folder, tmp_path / "renamed")
    (renamed / "manifest.json").write_text(json.dumps(manifest | {"snapshot": "0" * 64}))
    assert "kontrollsumman stämmer inte" in _refused(FAULTY_INPUT, command, "exit_results", "--snapshot", renamed)
    _forge(folder)
    said = _refused(FAULTY_INPUT, command, "exit_results", "--snapshot", folder)
    assert f"raderna i {folder / 'enrolment.parquet'} är inte de som underlaget frystes med" in said


def test_a_folder_that_cannot_be_read_is_refused_without_a_traceback(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    (folder / "manifest.json").mkdir()
    assert "går inte att läsa" in _refused(FAULTY_INPUT, "measure", "exit_results", "--snapshot", folder)


@pytest.mark.parametrize("command", COMMANDS)
def test_only_the_measures_that_need_what_an_older_snapshot_lacks_refuse(
    folder: Path, tmp_path: Path, command: str
) -> None:
    older = rewritten(
        folder,
        tmp_path / "older",
        {
            "enrolment": "SELECT * EXCLUDE (study_aid, assessed, start_meeting) FROM this",
            "activity": "SELECT * EXCLUDE (workplace, hours_per_week) FROM this",
            "person": "SELECT * EXCLUDE (ground) FROM this",
        },
    )
    day = ("--from", "2023-06-01", "--to", "2023-06-30", "--snapshot", older)
    lacking = {
        "assessment_before_start": "assessed",
        "referral_lead_time": "start_meeting",
        "low_hours": "hours_per_week",
        "workplace_share": "workplace",
        "participants": "workplace",
    }
    for code, what in lacking.items():
        first = ("--from", "2023-03-01", "--to", "2024-01-31", "--snapshot", older)
        said = _refused(FAULTY_INPUT, command, code, *first)
        assert "Underlaget saknar" in said
        assert what in said
    for code in ("plan_coverage", "follow_up_compliance", "recipients", "cost_per_participant"):
        assert run(command, code, *day).code == 0
    split = (
        (command, "plan_coverage", *day, "--by", "grund")
        if command == "measure"
        else (command, "plan_coverage", *day, "--where", "grund=kvot")
    )
    assert "saknar kolumnen ground" in _refused(FAULTY_INPUT, *split)


def test_the_snapshot_of_today_and_one_from_before_a_column_differ_only_where_it_matters(
    folder: Path, tmp_path: Path
) -> None:
    older = rewritten(folder, tmp_path / "older", {"person": "SELECT * EXCLUDE (ground) FROM this"})
    asked = ("plan_coverage", "--as-of", str(dt.date(2023, 6, 30)), "--from", "2023-06-01", "--to", "2023-06-30")
    both = [
        json.loads(run("measure", *asked, "--snapshot", place, "--format", "json").out) for place in (folder, older)
    ]
    for document in both:
        del document["snapshot"]
    assert both[0] == both[1]
    assert both[0]["total"]["denominator"]
