"""The chapter on staff: whose units, which months, what is hidden for few, and the year before beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Chapter, Table, Text
from reporting.documents.staff import staff_chapter
from reporting.figures.model import Period
from reporting.snapshots.engine import engine_for
from reporting.snapshots.freezing import freeze
from tests.factories import deliver, setup_small_municipality

pytestmark = [pytest.mark.django_db, pytest.mark.of_snapshots]

YEAR = Period.year(2024)
# A unit that is SN's from 15 June, and so for the whole of June: a month belongs to who has its last day.
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


def _month(unit: str, month: str, **told: object) -> dict[str, object]:
    return {"månad": month, "enhet": unit, **told}


def _year(unit: str, year: int, **told: object) -> list[dict[str, object]]:
    return [_month(unit, f"{year}-{number:02}", **told) for number in range(1, 13)]


def _chapter(rows: Sequence[dict[str, Any]], *codes: str, more: str = "", period: Period = YEAR) -> Chapter:
    setup_small_municipality(more)
    deliver(personal=rows)
    snapshot = freeze(as_of=dt.date(2025, 1, 31))
    return staff_chapter(engine_for(snapshot), codes or ("SN",), period, Numbering())


def _table(chapter: Chapter) -> Table:
    [table] = [block for block in chapter.blocks if isinstance(block, Table)]
    return table


def _rows(chapter: Chapter) -> dict[str, dict[str, str]]:
    table = _table(chapter)
    heads = [column.heading for column in table.columns]
    return {row[0].text: dict(zip(heads, [cell.text for cell in row], strict=True)) for row in table.rows}


def test_counts_are_of_the_last_month_means_of_the_months_and_those_who_left_are_added_up() -> None:
    rows = [
        _month("INT", "2024-01", tillsvidareanställda=20, årsarbetare=18.0, sjukfrånvaro=4.0, slutat=1)
        | {"sjukfrånvaro_lång": 1.0},
        _month("INT", "2024-02", tillsvidareanställda=22, årsarbetare=19.0, sjukfrånvaro=7.0, slutat=2)
        | {"sjukfrånvaro_lång": 2.0},
        _month("INT", "2024-03", slutat=0),
    ]
    row = _rows(_chapter(rows))["Integrationsenheten"]
    assert row["Anställda"] == "22"
    assert row["Årsarbetare"] == "18,5"
    assert row["Sjukfrånvaro, procent"] == "5,5"
    assert row["Varav lång, procent"] == "1,5"
    assert row["Slutat"] == "3"
    assert (row["Anställda året före"], row["Sjukfrånvaro året före"]) == ("–", "–")


def test_the_year_before_is_the_same_months_and_those_alone() -> None:
    before = [
        _month("INT", "2023-01", tillsvidareanställda=30, sjukfrånvaro=2.0),
        _month("INT", "2023-02", tillsvidareanställda=40, sjukfrånvaro=4.0),
        _month("INT", "2023-12", tillsvidareanställda=90, sjukfrånvaro=90.0),
    ]
    now = [_month("INT", f"2024-0{number}", tillsvidareanställda=25, sjukfrånvaro=5.0) for number in (1, 2)]
    row = _rows(_chapter([*before, *now]))["Integrationsenheten"]
    assert (row["Anställda"], row["Anställda året före"]) == ("25", "40")
    assert (row["Sjukfrånvaro, procent"], row["Sjukfrånvaro året före"]) == ("5,0", "3,0")


@pytest.mark.parametrize(("employees", "shown"), [(10, ".."), (11, "6,0"), (None, "..")])
def test_sick_leave_of_at_most_ten_or_of_nobody_knows_how_many_is_hidden(employees: int | None, shown: str) -> None:
    row = _rows(_chapter(_year("INT", 2024, tillsvidareanställda=employees, sjukfrånvaro=6.0, sjukfrånvaro_lång=6.0)))
    told = row["Integrationsenheten"]
    assert told["Sjukfrånvaro, procent"] == told["Varav lång, procent"] == shown


def test_a_unit_that_was_small_one_of_the_months_hides_its_sick_leave_and_each_year_hides_its_own() -> None:
    grew = [
        _month("INT", "2024-01", tillsvidareanställda=9, sjukfrånvaro=50.0),
        _month("INT", "2024-02", tillsvidareanställda=30, sjukfrånvaro=4.0),
        _month("INT", "2023-01", tillsvidareanställda=30, sjukfrånvaro=3.0),
    ]
    shrank = [
        _month("SF", "2024-01", tillsvidareanställda=30, sjukfrånvaro=8.0),
        _month("SF", "2023-01", tillsvidareanställda=10, sjukfrånvaro=40.0),
    ]
    rows = _rows(_chapter([*grew, *shrank]))
    sick = ("Sjukfrånvaro, procent", "Sjukfrånvaro året före")
    assert [rows["Integrationsenheten"][name] for name in sick] == ["..", "3,0"]
    assert [rows["Försörjningsstöd"][name] for name in sick] == ["8,0", ".."]


def test_a_unit_that_moves_in_the_year_stands_with_each_committee_for_its_own_months() -> None:
    rows = [_month("UNG", f"2024-{number:02}", tillsvidareanställda=number, slutat=1) for number in range(1, 13)]
    setup_small_municipality(MOVED_IN_JUNE)
    deliver(personal=[*rows, _month("UNG", "2023-07", tillsvidareanställda=77)])
    engine = engine_for(freeze(as_of=dt.date(2025, 1, 31)))
    first, second, both = (
        _rows(staff_chapter(engine, codes, YEAR, Numbering()))["Ungdomsenheten"]
        for codes in (("KUN",), ("SN",), ("KUN", "SN"))
    )
    assert (first["Anställda"], first["Slutat"]) == ("5", "5")
    assert (second["Anställda"], second["Slutat"]) == ("12", "7")
    assert (both["Anställda"], both["Slutat"]) == ("12", "12")
    # What it was the year before is told also where another committee had the unit then.
    assert (first["Anställda året före"], second["Anställda året före"]) == ("–", "77")


def test_a_joint_report_has_every_unit_once_and_a_committee_only_its_own() -> None:
    units = {"AME": "Arbetsmarknadsenheten", "INT": "Integrationsenheten", "SFI": "Svenska för invandrare"}
    rows = [row for unit in units for row in _year(unit, 2024, tillsvidareanställda=12, slutat=1)]
    setup_small_municipality()
    deliver(personal=rows)
    engine = engine_for(freeze(as_of=dt.date(2025, 1, 31)))
    together = staff_chapter(engine, ("KUN", "SN"), YEAR, Numbering())
    assert [row[0].text for row in _table(together).rows] == sorted(units.values())
    assert {row["Slutat"] for row in _rows(together).values()} == {"12"}
    alone = staff_chapter(engine, ("KUN",), YEAR, Numbering())
    assert [row[0].text for row in _table(alone).rows] == ["Svenska för invandrare"]


def test_two_units_of_one_name_are_two_rows() -> None:
    same = MOVED_IN_JUNE.replace("Ungdomsenheten", "Integrationsenheten")
    rows = [
        _month("INT", "2024-12", tillsvidareanställda=20, slutat=1),
        _month("UNG", "2024-12", tillsvidareanställda=30, slutat=2),
    ]
    table = _table(_chapter(rows, more=same))
    assert [(row[1].text, row[-1].text) for row in table.rows] == [("20", "1"), ("30", "2")]


def test_a_part_of_the_year_tells_its_own_months() -> None:
    rows = _year("INT", 2024, tillsvidareanställda=20, slutat=1)
    period = Period(dt.date(2024, 1, 1), dt.date(2024, 8, 31))
    chapter = _chapter(rows, period=period)
    assert _rows(chapter)["Integrationsenheten"]["Slutat"] == "8"
    assert _table(chapter).caption.endswith("januari–augusti 2024")


def test_what_is_not_delivered_is_said_and_zero_is_a_number() -> None:
    row = _rows(_chapter([_month("INT", "2024-01", tillsvidareanställda=20, slutat=0)]))["Integrationsenheten"]
    assert (row["Slutat"], row["Årsarbetare"], row["Sjukfrånvaro, procent"]) == ("0", "–", "–")


def test_without_staff_the_chapter_says_so() -> None:
    [said] = _chapter(_year("SFI", 2024, tillsvidareanställda=20)).blocks
    assert isinstance(said, Text)
    assert said.text == "Inga uppgifter om personal är inlästa för nämndens enheter under perioden."


def test_the_note_names_the_rule_and_what_long_sick_leave_is() -> None:
    note = _table(_chapter(_year("INT", 2024, tillsvidareanställda=20))).note
    assert "4 kap. 1 a § lagen (1997:614) om kommunal redovisning" in note
    assert "60 dagar i följd eller mer" in note
    assert "högst 10 anställda" in note
