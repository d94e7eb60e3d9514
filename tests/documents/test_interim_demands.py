"""What an interim report demands: explanations of what is missed so far, told apart from those of the year."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from committees.enums import Role
from committees.models import Committee, User
from committees.workflows import MoveFault
from governance.actions.actions import Promise, move_action
from governance.actions.explanations import Answer, explain
from governance.enums import Cause
from governance.models import Action, Explanation, Indicator
from reporting.documents.content import Boxes, Table
from reporting.documents.models import BoardReport
from reporting.documents.parts import CannotTell
from reporting.documents.publication.brief import brief_edition
from reporting.documents.work.composition import composition_of
from reporting.documents.work.demands import demands_of, demands_seen, waive
from reporting.documents.work.edition import edition_with_texts
from reporting.documents.work.moving import move_report
from reporting.enums import ReportState
from reporting.figures.model import Period
from reporting.snapshots.models import Snapshot
from tests.documents import work
from tests.web.town import person

pytestmark = pytest.mark.django_db

AUGUST = Period(dt.date(2023, 1, 1), dt.date(2023, 8, 31))
SAID = "Platserna för språkpraktik räckte inte."


@pytest.fixture
def secretary(committees: list[Committee]) -> User:
    """The secretary of both committees, with their calendar and templates."""
    del committees
    work.prepare()
    return work.secretary_of("SN", "KUN")


@pytest.fixture
def report(secretary: User) -> BoardReport:
    """KUN's interim report per 31 August 2023, by when 30 % had gone on to work or studies and the target is 40."""
    made = work.interim(secretary, meetings={work.committee("KUN"): dt.date(2023, 10, 24)}, year=2023)
    work.write_all(made, secretary)
    return made


def _explain(by: User, period: Period = AUGUST, text: str = SAID) -> Explanation:
    promise = Promise(title="Fler platser", cause=Cause.TARGET, owner=by, due=dt.date(2024, 6, 30))
    return explain(
        Indicator.objects.get(code="vidare"),
        committee=work.committee("KUN"),
        period=period,
        answer=Answer(text=text, promise=promise),
        by=by,
    )


def _table(report: BoardReport, snapshot: Snapshot, name: str) -> Table:
    document = edition_with_texts(report, snapshot).document
    return next(table for table in document.tables if table.name == name)


def test_an_interim_report_goes_nowhere_without_an_explanation(
    client: Client, report: BoardReport, provisional: Snapshot, secretary: User
) -> None:
    [demand] = demands_of(report, snapshot=provisional, user=secretary)
    assert demand.part.value == "30,0\u00a0%"
    assert demand.part.url.endswith("/KUN/2023/8/")
    with pytest.raises(MoveFault, match="”Till arbete eller studier vid avslut” i Kultur- och utbildningsnämnden"):
        move_report(report, name="review", read_as=report.revision, by=secretary)

    client.force_login(secretary)
    page = client.get(demand.part.url).content.decode()
    assert "Förklara utfallet januari–augusti 2023" in page
    answer = {"text": SAID, "reason_for_none": "Platserna är fler från september.", "read_as": 0}
    assert client.post(demand.part.url, answer).status_code == 302
    assert demands_of(report, snapshot=provisional, user=secretary) == []
    assert move_report(report, name="review", read_as=report.revision, by=secretary).state == ReportState.REVIEWED


def test_what_is_said_of_august_is_pinned_as_an_interim_report_counts_and_is_not_said_of_the_year(
    client: Client, report: BoardReport, provisional: Snapshot, secretary: User
) -> None:
    given = _explain(secretary)
    assert given.figure is not None
    assert (given.figure["start"], given.figure["end"]) == ("2023-01-01", "2023-08-31")
    year = work.joint(secretary, 2023)
    [demand] = demands_of(year, snapshot=provisional, user=secretary)
    assert [(one.text, one.period) for one in demand.part.before] == [(SAID, "januari–augusti 2023")]
    client.force_login(secretary)
    listed = client.get(reverse("steering_explanations"), {"namnd": "KUN", "ar": "2023"}).content.decode()
    assert "januari–augusti 2023" in listed


def test_the_report_prints_what_is_said_beside_the_last_time_and_what_became_of_it(
    report: BoardReport, provisional: Snapshot, secretary: User
) -> None:
    april = _explain(secretary, Period(dt.date(2023, 1, 1), dt.date(2023, 4, 30)), "Verksamheten flyttade.")
    assert isinstance(april.action, Action)
    move_action(april.action, name="start", by=secretary)
    [missing] = [row for row in _table(report, provisional, "forklaringar").rows if row[2].text == "Saknas"]
    assert missing[1].text == "30,0\u00a0%, mål ≥\u00a040"
    assert missing[4].text.startswith("Januari–april 2023: Verksamheten flyttade. Fler platser, klar senast 2024-06-30")
    assert "pågår" in missing[4].text

    _explain(secretary)
    [told] = _table(report, provisional, "forklaringar").rows
    assert told[2].text == SAID
    assert told[3].text.startswith("Fler platser, klar senast 2024-06-30")


def test_a_reason_for_going_without_is_printed_in_an_interim_report_too(
    report: BoardReport, provisional: Snapshot, secretary: User
) -> None:
    [demand] = demands_of(report, snapshot=provisional, user=secretary)
    waive(report, demand, reason="Enheten är nedlagd.", by=secretary)
    [row] = _table(report, provisional, "utan-forklaring").rows
    assert row[2].text == "Enheten är nedlagd."
    brief = brief_edition(composition_of(report), edition_with_texts(report, provisional)).document
    [box] = next(block for chapter in brief.chapters for block in chapter.blocks if isinstance(block, Boxes)).boxes
    assert box.items[0].endswith("30,0\u00a0%, mål ≥\u00a040. Förklaring saknas: Enheten är nedlagd.")
    assert move_report(report, name="review", read_as=report.revision, by=secretary).state == ReportState.REVIEWED


def test_what_somebody_may_not_see_is_not_taken_for_explained(report: BoardReport, provisional: Snapshot) -> None:
    steward = person("förvaltaren", Role.DATA_STEWARD)
    with pytest.raises(CannotTell, match="Kultur- och utbildningsnämnden"):
        demands_of(report, snapshot=provisional, user=steward)
    assert demands_seen(report, snapshot=provisional, user=steward) == []


def test_a_committee_without_the_unit_owes_nothing(provisional: Snapshot, secretary: User) -> None:
    other = work.interim(secretary, meetings={work.committee("SN"): dt.date(2023, 10, 24)}, year=2023)
    assert demands_of(other, snapshot=provisional, user=secretary) == []
