"""The demonstration municipality reproduces what is published for a real one, through the real commands.

The numbers are Kolada's (U40455) and those of KPMG's audit of 2024; the measures read the frozen folders, without a database.
"""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from demo.generate import generate
from demo.management.commands.demo import report_arguments
from tests.demonstration import Demonstration

_FREEZINGS = ("2024-01-31", "2024-08-31", "2025-01-31")


def measure(
    demonstration: Demonstration, code: str, year: int, *options: str, as_of: str = _FREEZINGS[0]
) -> dict[str, Any]:
    """Return what `measure` says of a year in the snapshot frozen as of that day."""
    out = StringIO()
    folder = demonstration.snapshot(as_of)
    call_command("measure", code, f"--year={year}", f"--snapshot={folder}", "--format=json", *options, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def of(figure: dict[str, Any]) -> tuple[int, int]:
    """Return a figure as numerator and denominator."""
    return figure["numerator"], figure["denominator"]


def categories(result: dict[str, Any]) -> dict[str, int]:
    """Return a distribution's numerators by category."""
    return {group["key"]["category"]: group["numerator"] for group in result["groups"]}


def enrolments_with_absence(folder: Path, enrolment: str) -> Path:
    """Write the demonstration's enrolments with one exit changed to absence, and return the file."""
    generate(folder)
    path = folder / "inskrivningar.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    (changed,) = (row for row in rows if row["inskrivning"] == enrolment)
    changed |= {"avslutsorsak": "franvaro", "anställning_från": "", "anställning_till": ""}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize("as_of", _FREEZINGS)
def test_the_series_to_work_or_study_is_the_published_one(demonstration: Demonstration, as_of: str) -> None:
    series = [
        of(measure(demonstration, "work_or_study_at_exit", year, as_of=as_of)["total"]) for year in range(2019, 2024)
    ]
    assert series == [(115, 289), (69, 182), (61, 172), (58, 182), (25, 127)]


def test_of_the_25_of_2023_21_went_to_work_and_4_to_studies(demonstration: Demonstration) -> None:
    assert of(measure(demonstration, "work_at_exit", 2023)["total"]) == (21, 127)
    assert of(measure(demonstration, "study_at_exit", 2023)["total"]) == (4, 127)


def test_the_four_who_went_to_studies_are_published_by_decision_but_never_split(demonstration: Demonstration) -> None:
    total = measure(demonstration, "study_at_exit", 2023, "--publish")["total"]
    assert (total["suppressed"], total["numerator"]) == (False, 4)
    split = measure(demonstration, "study_at_exit", 2023, "--publish", "--by=kon")
    assert [group["numerator"] for group in split["groups"]] == [None] * len(split["groups"])


def test_results_at_exit_shift_from_work_to_other_authorities_and_other_reasons(demonstration: Demonstration) -> None:
    first, last = (categories(measure(demonstration, "exit_results", year)) for year in (2019, 2023))
    shares = {code: (100 * first[code] / 289, 100 * last[code] / 127) for code in "ABCDE"}
    assert sum(first.values()) == 289
    assert sum(last.values()) == 127
    assert sum(shares[code][1] - shares[code][0] for code in "AB") < -15
    assert all(shares[code][1] > shares[code][0] + 5 for code in "CE")


def test_seventy_per_cent_had_not_returned_in_2023_and_eighty_one_the_year_before(demonstration: Demonstration) -> None:
    last = measure(demonstration, "not_returned_within_year", 2023, "--variant=full_year")
    before = measure(demonstration, "not_returned_within_year", 2022, "--variant=full_year")
    numerator, denominator = of(last["total"])
    assert denominator - numerator == 38
    assert round(last["total"]["value"]) == 70
    assert round(before["total"]["value"]) == 81
    assert last["cohort"] == {"start": "2022-01-01", "end": "2022-12-31"}


def test_long_term_support_moves_around_its_target_of_166(demonstration: Demonstration) -> None:
    persons = [measure(demonstration, "long_term_support", year)["total"]["value"] for year in (2021, 2022, 2023)]
    assert persons == sorted(persons, reverse=True)
    assert persons[1] > 166 > persons[2]
    assert all(abs(value - 166) <= 8 for value in persons)


def test_a_sixth_of_the_sfi_participations_of_2023_ended_by_dropout(demonstration: Demonstration) -> None:
    assert round(measure(demonstration, "sfi_dropout", 2023)["total"]["value"]) == 17


def test_half_of_the_dropouts_left_for_work_or_placement_and_a_quarter_for_private_reasons(
    demonstration: Demonstration,
) -> None:
    result = measure(demonstration, "sfi_dropout_reasons", 2023)
    reasons = categories(result)
    dropouts = result["total"]["denominator"]
    assert dropouts == measure(demonstration, "sfi_dropout", 2023)["total"]["numerator"]
    assert round(100 * (reasons["arbete"] + reasons["praktik"]) / dropouts) == 49
    assert round(100 * reasons["privata_skal"] / dropouts) == 24


def test_the_cost_is_told_by_activity_and_adds_up_to_the_total(demonstration: Demonstration) -> None:
    result = measure(demonstration, "cost_per_participant", 2023, "--by=insats")
    assert len(result["groups"]) > 3
    amounts = sum(group["numerator"] for group in result["groups"])
    assert amounts == pytest.approx(result["total"]["numerator"], abs=0.5)


def test_the_labour_market_of_2023_belongs_to_one_committee_and_of_2024_to_the_other(
    demonstration: Demonstration,
) -> None:
    old = measure(demonstration, "work_or_study_at_exit", 2023, "--where=namnd=KUN", as_of=_FREEZINGS[2])
    new = measure(demonstration, "work_or_study_at_exit", 2024, "--where=namnd=SN", as_of=_FREEZINGS[2])
    assert of(old["total"]) == (25, 127)
    assert (
        new["total"]["denominator"]
        == measure(demonstration, "exit_results", 2024, as_of=_FREEZINGS[2])["total"]["denominator"]
    )


@pytest.mark.slow
def test_loading_the_demonstration_again_adds_nothing(demonstration: Demonstration, tmp_path: Path) -> None:
    folders = sorted(path.name for path in demonstration.snapshots.iterdir())
    again = tmp_path / "again.pdf"
    demonstration.run("demo", "--out", str(again))
    assert sorted(path.name for path in demonstration.snapshots.iterdir()) == folders
    assert again.read_bytes() == demonstration.report.read_bytes()


@pytest.mark.slow
def test_one_exit_changed_from_work_to_absence_is_one_case_less_and_the_old_report_stays(
    demonstration: Demonstration, tmp_path: Path
) -> None:
    with demonstration.copy(tmp_path / "copy") as copy:
        old = copy.snapshot(_FREEZINGS[0])
        cases = copy.json("measure_cases", "work_at_exit", "--year=2023", f"--snapshot={old}")
        changed = next(case["unit_key"] for case in cases if case["met"])
        copy.run("import_files", f"inskrivningar={enrolments_with_absence(tmp_path, changed)}")
        new = copy.snapshots / copy.json("freeze", f"--as-of={_FREEZINGS[0]}")["snapshot"]
        assert new != old
        question = ("work_or_study_at_exit", "--year=2023")
        assert of(copy.json("measure", *question, f"--snapshot={new}")["total"]) == (24, 127)
        assert of(copy.json("measure", *question, f"--snapshot={old}")["total"]) == (25, 127)
        again = tmp_path / "again.pdf"
        copy.run("report", *report_arguments(old.name, again))
        assert again.read_bytes() == demonstration.report.read_bytes()


def test_every_role_has_a_log_in(demonstration: Demonstration) -> None:
    for username in ("sekreterare", "revisor", "chef", "systemforvaltare", "administrator"):
        assert username in demonstration.printed
