"""The month's sheet: the month and the year so far on a page or two, before every meeting."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pypdf import PdfReader, PdfWriter

from reporting.documents.layout import MANIFEST_NAME
from reporting.documents.models import Report
from reporting.figures.swedish import HIDDEN, NO_DENOMINATOR
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from tests.documents.conftest import TARGETS
from tests.factories import deliver, setup_small_municipality
from tests.verapdf import assert_meets_both_standards

pytestmark = pytest.mark.of_snapshots

INDICATOR = "Till arbete eller studier vid avslut"
EXITS = {(2022, 1): (20, 10), (2022, 3): (12, 6), (2023, 1): (20, 5), (2023, 3): (20, 15)}
"""How many ended at KUN's unit in each month, and how many of them went to work."""


def _exits(year: int, month: int, count: int, at_work: int) -> list[dict[str, object]]:
    day = dt.date(year, month, 15)
    return [
        {
            "inskrivning": f"{year}-{month}-{at}",
            "person": f"P{year}-{month}-{at}",
            "enhet": "AME",
            "start": dt.date(year - 1, 10, 1),
            "slut": day,
            "avslutsorsak": "arbete_osubventionerat" if at < at_work else "slutfort_uppdrag",
            "anställning_från": day + dt.timedelta(1) if at < at_work else None,
        }
        for at in range(count)
    ]


def frozen(
    told: Mapping[tuple[int, int], tuple[int, int]],
    *,
    as_of: dt.date = dt.date(2023, 4, 30),
    more: str = "",
    **files: Any,
) -> Snapshot:
    """Freeze a municipality where so many ended in each month, so many of them at work, with `more` TOML and `files`."""
    setup_small_municipality(TARGETS + more)
    rows = [row for (year, month), (count, at_work) in told.items() for row in _exits(year, month, count, at_work)]
    people = [
        {"person": row["person"], "födelsedatum": dt.date(1985, 4, 2), "kön": "K" if at % 2 else "M"}
        for at, row in enumerate(rows)
    ]
    deliver(personer=people, inskrivningar=rows, **files)
    return freeze(as_of=as_of, frozen=False)


def sheet(out: Path, period: str = "2023-03") -> str:
    options = {"committee": "KUN", "year": 2023, "period": period, "out": out}
    call_command("report", "manadsblad", **options, stdout=io.StringIO(), stderr=io.StringIO())
    return " ".join(" ".join(page.extract_text() for page in PdfReader(out).pages).split())


def rows_of(out: Path) -> dict[str, list[str]]:
    """Return the rows of the embedded table of key figures by their first cell."""
    [content] = PdfReader(out).attachments["tabell-01-nyckeltal.csv"]
    lines = content.decode("utf-8-sig").splitlines()
    return {line.split(";")[0]: line.split(";")[1:] for line in lines}


@pytest.mark.django_db
def test_the_month_and_the_year_so_far_stand_beside_the_same_time_last_year_on_at_most_two_pages(
    tmp_path: Path,
) -> None:
    snapshot = frozen(EXITS)
    out = tmp_path / "blad.pdf"
    told = sheet(out)
    rows = rows_of(out)
    assert rows["Nyckeltal"] == [
        "Hittills räknas på", "Mars 2022", "Mars 2023", "Samma tid 2022", "Hittills 2023", "Mål för året, och läget",
    ]  # fmt: skip
    # 6 of 12 and 15 of 20; so far 16 of 32 and 20 of 40.
    assert rows[INDICATOR][1:5] == ["50,0 %", "75,0 %", "50,0 %", "50,0 %"]
    assert rows[INDICATOR][5] == "≥ 40: ✓ Uppfyllt"
    # No cost is delivered, so nobody knows what a result cost.
    assert "Kostnad per resultat" not in rows
    assert len(PdfReader(out).pages) <= 2
    assert "Innehåll" not in told
    for said in ("Månadsblad 2023-03", "Nämnd Kultur- och utbildningsnämnden", "Månad mars 2023", snapshot.short_hash):
        assert said in told
    first = PdfReader(out).pages[0].extract_text()
    assert "Bladet visar läget i arbetsmarknad" in " ".join(first.split())


def month_of(report: Report) -> dict[str, Any]:
    """Return the indicator's figure of March 2023 by itself, as the report's manifest tells it."""
    [figure] = [
        one
        for one in report.manifest["figures"]
        if one["measure"] == "work_or_study_at_exit" and one["period"]["start"] == "2023-03-01" and not one["by"]
    ]
    return dict(figure["total"])


@pytest.mark.django_db
def test_a_month_of_few_is_hidden_beside_a_year_so_far_that_is_told(tmp_path: Path) -> None:
    frozen({**EXITS, (2023, 3): (20, 2)})
    out = tmp_path / "blad.pdf"
    sheet(out)
    # 2 of 20 in March; 7 of 40 so far, and 5 of 20 in the other months, are many enough.
    assert rows_of(out)[INDICATOR][1:5] == ["50,0 %", HIDDEN, "50,0 %", "17,5 %"]
    hidden = month_of(Report.objects.get())
    assert hidden["suppressed"] is True
    assert (hidden["numerator"], hidden["value"]) == (None, None)


@pytest.mark.django_db
def test_a_month_of_few_cannot_be_reckoned_from_an_earlier_sheet_and_this_one(tmp_path: Path) -> None:
    frozen({**EXITS, (2023, 3): (20, 3)})
    out = tmp_path / "blad.pdf"
    sheet(out, "2023-01")
    assert rows_of(out)[INDICATOR][4] == "25,0 %"
    sheet(out)
    # January's sheet told 5 of 20, so 8 of 40 would tell that they were 3 in March.
    assert rows_of(out)[INDICATOR][2] == HIDDEN
    assert rows_of(out)[INDICATOR][4] == HIDDEN


@pytest.mark.django_db
def test_a_month_in_which_nobody_ended_says_so(tmp_path: Path) -> None:
    frozen({key: value for key, value in EXITS.items() if key != (2023, 3)})
    out = tmp_path / "blad.pdf"
    sheet(out)
    assert rows_of(out)[INDICATOR][1:5] == ["50,0 %", NO_DENOMINATOR, "50,0 %", "25,0 %"]


@pytest.mark.django_db
def test_in_january_the_month_is_the_year_so_far(tmp_path: Path) -> None:
    frozen(EXITS)
    out = tmp_path / "blad.pdf"
    sheet(out, "2023-01")
    assert rows_of(out)[INDICATOR][1:5] == ["50,0 %", "25,0 %", "50,0 %", "25,0 %"]


@pytest.mark.django_db
def test_many_key_figures_go_over_to_the_second_page_and_leave_the_first_one_full(tmp_path: Path) -> None:
    one = '[[indikator]]\nkod = "till-{0:02}"\nnamn = "Går vidare, {0:02}"\nmal = ["KUN-1"]\nmatt = "work_or_study_at_exit"\n'
    frozen(EXITS, more="".join(one.format(at) for at in range(22)))
    out = tmp_path / "blad.pdf"
    sheet(out)
    first, second = (page.extract_text() for page in PdfReader(out).pages)
    assert "Går vidare, 00" in first
    assert "Går vidare, 21" in second
    assert INDICATOR in rows_of(out)


@pytest.mark.django_db
@pytest.mark.parametrize(("period", "tells"), [("2023-03", True), ("2023-12", False)])
def test_the_year_s_costs_are_carried_on_only_while_some_of_the_year_is_left(
    tmp_path: Path, period: str, *, tells: bool
) -> None:
    months = [f"2023-{month:02}" for month in range(1, 13)]
    costs = [{"månad": month, "enhet": "AME", "slag": "direkt", "utfall": "100000"} for month in months]
    frozen(EXITS, as_of=dt.date(2024, 1, 31), kostnader=costs)
    told = sheet(tmp_path / "blad.pdf", period)
    assert "Utfall mot budget till och med" in told
    assert ("omräknat till helår" in told) is tells


@pytest.mark.django_db
def test_what_is_counted_on_a_longer_time_has_no_month(tmp_path: Path) -> None:
    frozen(EXITS)
    sheet(tmp_path / "blad.pdf")
    of_months = [one for one in Report.objects.get().manifest["figures"] if one["period"]["start"].endswith("-03-01")]
    assert of_months
    assert all("cohort" not in one for one in of_months)
    assert "budget_outcome" not in {one["measure"] for one in of_months}


def verified(path: Path) -> tuple[int, dict[str, Any]]:
    """Return the exit code of `verify_report` and its answer."""
    told, code = io.StringIO(), 0
    try:
        call_command("verify_report", str(path), format="json", stdout=told, stderr=io.StringIO())
    except SystemExit as left:
        code = int(str(left.code))
    return code, json.loads(told.getvalue())


def changed(sheet_of_month: Path, out: Path) -> None:
    """Write the sheet again with one more at work in March, in its manifest."""
    reader, writer = PdfReader(sheet_of_month), PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    for name, [content] in reader.attachments.items():
        inside = content
        if name == MANIFEST_NAME:
            manifest = json.loads(content)
            for figure in manifest["figures"]:
                if figure["measure"] == "work_or_study_at_exit" and figure["period"]["start"] == "2023-03-01":
                    figure["total"]["numerator"] += 1
            inside = json.dumps(manifest).encode()
        writer.add_attachment(name, inside)
    writer.write(out)


@pytest.mark.django_db
def test_the_sheet_agrees_with_its_snapshot_and_a_changed_month_is_named(tmp_path: Path) -> None:
    frozen(EXITS)
    out, other = tmp_path / "blad.pdf", tmp_path / "annat.pdf"
    sheet(out)
    code, found = verified(out)
    assert (code, found["agrees"], found["faults"]) == (0, True, [])
    changed(out, other)
    code, found = verified(other)
    assert (code, found["agrees"]) == (1, False)
    assert any("täljare 16 i rapporten, 15 i underlaget" in fault for fault in found["faults"]), found["faults"]


@pytest.mark.django_db
@pytest.mark.verapdf
@pytest.mark.slow
def test_verapdf_finds_both_standards_met_by_a_month_s_sheet(
    tmp_path: Path, verapdf: list[str], record_property: Callable[[str, object], None]
) -> None:
    frozen(EXITS)
    out = tmp_path / "blad.pdf"
    sheet(out)
    papers = {"manadsblad": out.read_bytes()}
    assert_meets_both_standards(papers, "a month", folder=tmp_path, verapdf=verapdf, record=record_property)
