"""What earlier reports said, what is known now, and why it differs; nothing small is told by the difference."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

import pytest

from committees.models import Committee
from reporting.documents.actions import make_report
from reporting.documents.annual import annual_report
from reporting.documents.content import Document, Text
from reporting.enums import ReportKind
from reporting.figures.requests import request
from reporting.figures.restating import Differences, differences, differences_in_words
from reporting.snapshots.engine import engine_for
from reporting.snapshots.freezing import freeze
from tests.documents.conftest import deliver_exits, exits
from tests.documents.editions import annual_edition

pytestmark = pytest.mark.of_snapshots

CODE = "work_or_study_at_exit"


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tested is what the next report says of this one, not how this one looks."""

    def page_of(_document: Document, manifest: Mapping[str, object], *, moment: dt.datetime) -> bytes:
        return f"%PDF-1.7 {moment} {json.dumps(manifest)}".encode()

    monkeypatch.setattr("reporting.documents.layout.pdf_of", page_of)


@pytest.mark.django_db
def test_the_first_report_says_that_nothing_was_said_before(committees: list[Committee]) -> None:
    snapshot = freeze(as_of=dt.date(2024, 1, 31), frozen=False)
    edition = annual_edition(committees, snapshot)
    [chapter] = [one for one in edition.document.chapters if one.anchor == "omraknat"]
    [lead] = chapter.blocks
    assert isinstance(lead, Text)
    assert lead.text.startswith("Ingen tidigare rapport")


@pytest.mark.django_db
@pytest.mark.usefixtures("_quick")
def test_late_exits_and_a_correction_are_told_and_the_small_one_stays_hidden(committees: list[Committee]) -> None:
    first = freeze(as_of=dt.date(2023, 1, 31), frozen=False)
    make_report(kind=ReportKind.ANNUAL, committees=committees, year=2022, snapshot=first)
    late = exits(2022, work=25, other=35, women=60)
    corrected = {**exits(2021, work=20, other=30, women=50)[0], "avslutsorsak": "slutfort_uppdrag"}
    deliver_exits([*late[50:], *late[20:25], corrected])
    second = freeze(as_of=dt.date(2024, 1, 31), frozen=False)
    report = annual_report(committees=committees, year=2023, snapshot=second)
    found = {(one.now.measure.code, one.now.period.end.year): one for one in report.restatement.changed}
    # Five of the fifty had other outcomes, ten came late: 25 of 60 went to work or studies instead of 20 of 50.
    why = "Ärenden som levererades senare (10) och som har rättats eller fått ett annat utfall (5)."
    assert found[CODE, 2022].why == why
    assert found[CODE, 2021].now.total.suppressed
    assert found[CODE, 2021].why == "Ärenden som har rättats eller fått ett annat utfall."
    assert (CODE, 2020) not in found
    edition = annual_edition(committees, second)
    table = next(one for one in edition.document.tables if one.name == "andrat-sedan-tidigare")
    told = [[cell.text for cell in row] for row in table.rows]
    assert ["2022", "Helårsrapport 2022, version 1", "40,0\u00a0% (20 av 50)", "41,7\u00a0% (25 av 60)", why] in [
        row[1:] for row in told
    ]
    assert ["2021", "40,0\u00a0% (20 av 50)", ".."] in [[row[1], *row[3:5]] for row in told]


@pytest.mark.django_db
def test_a_case_is_late_settled_corrected_or_gone(committees: list[Committee]) -> None:
    then = engine_for(freeze(as_of=dt.date(2022, 3, 31), frozen=False))
    deliver_exits(exits(2022, work=20, other=33, women=50)[50:])
    now = engine_for(freeze(as_of=dt.date(2024, 1, 31), frozen=False))
    # In March none of 2022's enrolments had ended, so none was an exit; three were delivered later.
    assert differences(then, now, request(CODE, year=2022)) == Differences(came=53, settled=0, changed=0, gone=0)
    assert differences(now, then, request(CODE, year=2022)) == Differences(came=0, settled=0, changed=0, gone=53)
    assert differences(then, now, request(CODE, year=2021)) == Differences(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("found", "limit", "said"),
    [
        (Differences(7, 0, 0, 0), 5, "Ärenden som levererades senare (7)."),
        (Differences(7, 0, 2, 0), 5, "Ärenden som levererades senare och som har rättats eller fått ett annat utfall."),
        (Differences(7, 0, 0, 0), None, "Ärenden som levererades senare."),
        (
            Differences(0, 6, 0, 8),
            5,
            "Ärenden vars uppföljning då inte var klar (6) och som har tagits bort eller inte längre räknas (8).",
        ),
        (Differences(0, 0, 0, 0), 5, "Ärendena är desamma; något annat i underlaget har ändrats."),
    ],
)
def test_why_is_told_with_numbers_only_where_none_of_them_is_small(
    found: Differences, limit: int | None, said: str
) -> None:
    assert differences_in_words(found, limit=limit) == said
