"""The annual chapter on money: sign rule, missing budget, forecast, the year before, joint reports and units that have moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from reporting.documents.annual.economy import economy_chapter
from reporting.documents.annual.report import annual_report
from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Chapter, Table, Text
from reporting.snapshots.freezing import freeze
from tests.documents.work import committee
from tests.factories import deliver, setup_small_municipality

pytestmark = [pytest.mark.django_db, pytest.mark.of_snapshots]

Cells = dict[str, str]
COLUMNS = ("Utfall", "Budget", "Avvikelse", "Helårsprognos", "Samma tid året före")
# A unit that goes from KUN to SN in the middle of June, which as a whole is SN's: its last day is.
MOVED_IN_JUNE = """
[[enhet]]
kod = "UNG"
namn = "Ungdomsenheten"
slag = "ame"
[[enhet.ansvar]]
namnd = "KUN"
fran = 2015-01-01
till = 2024-06-14
[[enhet.ansvar]]
namnd = "SN"
fran = 2024-06-15
"""


def _cost(unit: str, month: str, outcome: int, budget: int | None = None, **told: object) -> dict[str, object]:
    return {"månad": month, "enhet": unit, "slag": "direkt", "utfall": outcome, "budget": budget, **told}


def _chapter(*codes: str, costs: Sequence[dict[str, Any]], more: str = "", **files: Any) -> Chapter:
    """Return the chapter of 2024; one enrolment at INT and one at SFI give each committee something else to report."""
    setup_small_municipality(more)
    people = [{"person": name, "födelsedatum": "1985-05-05", "kön": "K"} for name in ("P1", "P2")]
    enrolments = [
        {"inskrivning": unit, "person": name, "enhet": unit, "start": "2024-02-01", "slut": "2024-06-30"}
        | {"avslutsorsak": "slutfort_uppdrag"}
        for unit, name in (("INT", "P1"), ("UNG" if more else "AME", "P2"))
    ]
    given = {**({"kostnader": costs} if costs else {}), **files}
    deliver(personer=people, inskrivningar=enrolments, **given)
    snapshot = freeze(as_of=dt.date(2025, 1, 31))
    committees = [committee(code) for code in codes]
    return economy_chapter(annual_report(committees=committees, year=2024, snapshot=snapshot), Numbering())


def _lead(chapter: Chapter) -> str:
    [first, *_] = chapter.blocks
    assert isinstance(first, Text)
    return first.text


def _rows(chapter: Chapter, name: str = "ekonomi-enheter") -> dict[str, Cells]:
    [table] = [block for block in chapter.blocks if isinstance(block, Table) and block.name == name]
    return {
        row[0].text: dict(zip(COLUMNS, [cell.text.replace("\u00a0", " ") for cell in row[1:]], strict=True))
        for row in table.rows
    }


def _said(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_plus_is_better_than_budget_and_minus_worse() -> None:
    chapter = _chapter(
        "SN", costs=[_cost("INT", "2024-03", 400_000, 500_000), _cost("SF", "2024-03", 500_000, 400_000)]
    )
    rows = _rows(chapter)
    assert [rows[name]["Avvikelse"] for name in ("Integrationsenheten", "Försörjningsstöd", "Summa")] == [
        "100",
        "−100",
        "0",
    ]
    assert _said(_lead(chapter)) == (
        "Verksamheten kostade 900 tkr. Det är 0 tkr bättre än budget. Plus betyder bättre än budget, minus sämre."
    )


def test_income_lowers_the_cost_and_the_unit_without_budget_deviates_by_all_it_cost() -> None:
    costs = [
        _cost("INT", "2024-03", 900_000, 1_000_000),
        _cost("INT", "2024-03", 200_000, 100_000, slag="forsaljning"),
        _cost("SF", "2024-03", 50_000),
    ]
    rows = _rows(_chapter("SN", costs=costs))
    told = ("Utfall", "Budget", "Avvikelse")
    assert [rows["Integrationsenheten"][name] for name in told] == ["700", "900", "200"]
    # Without a budget of its own a unit has none to show; the total has what there is, and all that was spent.
    assert rows["Försörjningsstöd"]["Utfall"] == "50"
    assert rows["Försörjningsstöd"]["Budget"] == "–"
    assert [rows["Summa"][name] for name in told] == ["750", "900", "150"]


def test_without_any_budget_there_is_nothing_to_stand_against_and_that_is_said() -> None:
    chapter = _chapter("SN", costs=[_cost("INT", "2024-03", 400_000)])
    assert "Det finns ingen budget inläst att ställa det mot." in _lead(chapter)
    total = _rows(chapter)["Summa"]
    assert (total["Utfall"], total["Budget"], total["Avvikelse"]) == ("400", "–", "–")


def test_the_forecast_is_the_latest_and_the_year_before_is_the_same_months() -> None:
    costs = [
        _cost("INT", "2024-01", 400_000, 500_000),
        _cost("INT", "2023-01", 300_000, 300_000),
        _cost("INT", "2022-01", 100_000, 100_000),
    ]
    forecasts = [
        {"år": 2024, "per": per, "enhet": "INT", "slag": "direkt", "prognos": amount}
        for per, amount in (("2024-04-30", 900_000), ("2024-08-31", 450_000))
    ]
    row = _rows(_chapter("SN", costs=costs, prognoser=forecasts))["Integrationsenheten"]
    assert (row["Helårsprognos"], row["Samma tid året före"]) == ("450", "300")


def test_a_cost_of_no_activity_stands_apart_and_both_tables_have_the_same_total() -> None:
    costs = [
        _cost("INT", "2024-03", 100_000, 100_000, insats="introkurs"),
        _cost("INT", "2024-03", 250_000, 200_000, slag="gemensam"),
    ]
    chapter = _chapter("SN", costs=costs)
    by_activity = _rows(chapter, "ekonomi-insatser")
    assert by_activity["Introkurs"]["Utfall"] == "100"
    assert by_activity["Uppgift saknas"]["Utfall"] == "250"
    assert by_activity["Summa"] == _rows(chapter)["Summa"]
    [table] = [one for one in chapter.blocks if isinstance(one, Table) and one.name == "ekonomi-insatser"]
    assert "Uppgift saknas är kostnader som inte hör till någon insats" in table.note


def test_a_unit_that_moves_in_the_year_costs_each_committee_its_own_months_and_a_joint_report_all_of_them() -> None:
    months = [_cost("UNG", f"2024-{number:02}", 10_000, 10_000) for number in range(1, 13)]
    before = [_cost("UNG", "2023-12", 70_000)]
    told = {}
    chapters = _chapter("SN", costs=[*months, *before], more=MOVED_IN_JUNE)
    told["SN"] = _rows(chapters)["Ungdomsenheten"]
    snapshot = freeze(as_of=dt.date(2025, 1, 31))
    for codes in (("KUN",), ("KUN", "SN")):
        report = annual_report(committees=[committee(code) for code in codes], year=2024, snapshot=snapshot)
        told["+".join(codes)] = _rows(economy_chapter(report, Numbering()))["Ungdomsenheten"]
    assert {codes: row["Utfall"] for codes, row in told.items()} == {"KUN": "50", "SN": "70", "KUN+SN": "120"}
    # December is SN's, so is the December it is compared with, although KUN had the unit then.
    before_told = {codes: row["Samma tid året före"] for codes, row in told.items()}
    assert before_told["SN"] == before_told["KUN+SN"] == "70"
    assert before_told["KUN"] == "–"


def test_a_joint_report_adds_the_committees_and_each_alone_has_its_own() -> None:
    costs = [_cost("INT", "2024-03", 300_000, 200_000), _cost("SFI", "2024-03", 100_000, 400_000)]
    chapter = _chapter("KUN", "SN", costs=costs)
    rows = _rows(chapter)
    assert (rows["Summa"]["Utfall"], rows["Summa"]["Avvikelse"]) == ("400", "200")
    assert rows["Integrationsenheten"]["Avvikelse"] == "−100"
    snapshot = freeze(as_of=dt.date(2025, 1, 31))
    alone = economy_chapter(annual_report(committees=[committee("SN")], year=2024, snapshot=snapshot), Numbering())
    assert set(_rows(alone)) == {"Integrationsenheten", "Summa"}
    assert _rows(alone)["Summa"]["Avvikelse"] == "−100"
    assert "Det är 100 tkr sämre än budget." in _said(_lead(alone))


def test_without_costs_the_chapter_says_so() -> None:
    chapter = _chapter("SN", costs=[])
    assert _lead(chapter).startswith("Inga kostnader är inlästa för nämndens enheter det här året")
    assert len(chapter.blocks) == 1
