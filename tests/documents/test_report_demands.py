"""What a report demands, and what other rooms tell in it: explanations or a printed reason, control, every kind by command."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from committees.models import Committee, User
from committees.workflows import MoveFault
from governance.actions.actions import Promise
from governance.actions.explanations import Answer, explain
from governance.enums import Cause, ControlOccasion, ControlOutcome, Frequency, PlanState, RiskCategory
from governance.models import Control, ControlPlan, ControlResult, Indicator, Risk
from reporting.documents.chapters import Subject, registered_chapters
from reporting.documents.content import Table, Text
from reporting.documents.models import BoardReport, Report
from reporting.documents.templates.model import FigureContent
from reporting.documents.work.demands import demands_of, unmet, waive
from reporting.documents.work.edition import edition_with_texts
from reporting.documents.work.moving import approve, move_report
from reporting.enums import ReportKind, ReportState
from reporting.figures.model import Period
from reporting.snapshots.models import Snapshot
from tests.documents import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(committees: list[Committee]) -> User:
    """The secretary of both committees, with their calendar and templates."""
    del committees
    work.prepare()
    return work.secretary_of("SN", "KUN")


@pytest.fixture
def report(secretary: User) -> BoardReport:
    """The joint report of 2023, in which a target is missed, with all of its texts."""
    made = work.joint(secretary, 2023)
    work.write_all(made, secretary)
    return made


def test_a_report_goes_nowhere_without_an_explanation_of_a_missed_target(
    client: Client, report: BoardReport, provisional: Snapshot, secretary: User
) -> None:
    with pytest.raises(MoveFault, match="”Till arbete eller studier vid avslut” i Kultur- och utbildningsnämnden"):
        move_report(report, name="review", read_as=report.revision, by=secretary)

    client.force_login(secretary)
    page = client.get(reverse("report_work", args=[report.pk])).content.decode()
    assert "Utfall att förklara" in page
    [demand] = demands_of(report, snapshot=provisional, user=secretary)
    assert (demand.part.value, demand.waiver) == ("30,0\u00a0%", None)

    kun = Committee.objects.get(code="KUN")
    promise = Promise(title="Fler platser", cause=Cause.TARGET, owner=secretary, due=dt.date(2024, 6, 30))
    answer = Answer(text="Få platser.", promise=promise)
    explain(Indicator.objects.get(code="vidare"), committee=kun, period=Period.year(2023), answer=answer, by=secretary)
    moved = move_report(report, name="review", read_as=report.revision, by=secretary)
    assert moved.state == ReportState.REVIEWED


def test_all_that_is_wanting_is_told_at_once(client: Client, secretary: User, provisional: Snapshot) -> None:
    del provisional
    report = work.joint(secretary, 2023)
    client.force_login(secretary)
    address = reverse("report_work_move", args=[report.pk, "review"])
    faults = client.post(address, {"read_as": report.revision}).context["form"].non_field_errors()
    assert len(faults) == 2
    assert faults[0].startswith("Rapporten är inte färdigskriven.")
    assert "”Till arbete eller studier vid avslut” i Kultur- och utbildningsnämnden" in faults[1]


def test_a_secretary_goes_on_without_for_a_reason_that_is_printed(
    client: Client, report: BoardReport, provisional: Snapshot, secretary: User
) -> None:
    [demand] = demands_of(report, snapshot=provisional, user=secretary)
    with pytest.raises(PermissionDenied):
        waive(report, demand, reason="Det går bra ändå.", by=work.manager_of("SN", "KUN"))
    with pytest.raises(ValidationError, match="Skriv varför"):
        waive(report, demand, reason="  ", by=secretary)

    client.force_login(secretary)
    address = reverse("report_work_waive", args=[report.pk, demand.part.key])
    assert "Gå vidare utan förklaring" in client.get(address).content.decode()
    client.post(address, {"reason": "Enheten har bytt nämnd."})
    assert unmet(demands_of(report, snapshot=provisional, user=secretary)) == []
    edition = edition_with_texts(report, provisional)
    [table] = [one for one in edition.document.tables if one.name == "utan-forklaring"]
    assert [cell.text for cell in table.rows[0]][2] == "Enheten har bytt nämnd."

    frozen = move_report(report, name="review", read_as=report.revision, by=secretary)
    assert "Rapporten är låst" in client.post(address, {"reason": "Ett annat skäl."}).content.decode()
    frozen.waivers.update(reason="Ett annat skäl.")
    with pytest.raises(MoveFault, match="stämmer inte"):
        approve(frozen, sha256=frozen.content_sha256, by=work.manager_of("SN", "KUN", name="en annan chef"))


def test_the_interim_report_tells_what_the_controls_have_shown_so_far(committees: list[Committee]) -> None:
    kun, sn = sorted(committees, key=lambda one: one.code)
    plan = ControlPlan.objects.create(
        committee=sn, year=2024, state=PlanState.DECIDED, decided_on=dt.date(2023, 12, 12), paragraph="§ 140"
    )
    risk = Risk.objects.create(
        plan=plan,
        number=1,
        category=RiskCategory.choices[0][0],
        description="Planer saknas",
        probability=3,
        consequence=4,
    )
    Risk.objects.create(
        plan=plan,
        number=2,
        category=RiskCategory.choices[0][0],
        description="Sena beslut",
        probability=1,
        consequence=2,
    )
    controls = [
        Control.objects.create(risk=risk, title=title, frequency=Frequency.HALF_YEARLY)
        for title in ("Stickprov av planer", "Genomgång av avslut")
    ]
    told = {"performed_on": dt.date(2024, 8, 20), "occasion": ControlOccasion.INTERIM}
    ControlResult.objects.create(
        control=controls[0],
        outcome=ControlOutcome.SERIOUS,
        checked=20,
        deviations=7,
        comment="Sju saknade plan.",
        **told,
    )
    so_far = Subject(ReportKind.INTERIM, (sn,), dt.date(2024, 1, 1), dt.date(2024, 8, 31))
    [chapter] = registered_chapters([FigureContent.CONTROLS], so_far)
    lead = next(block.text for block in chapter.blocks if isinstance(block, Text))
    assert "Av planens 2 kontroller är 1 genomförd, och 1 visade avvikelser." in lead
    table, deviations = [block for block in chapter.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row][2:] for row in table.rows] == [
        ["Stickprov av planer", "Varje halvår", "Allvarlig avvikelse"],
        ["Genomgång av avslut", "Varje halvår", "Inget än"],
    ]
    assert [cell.text for cell in deviations.rows[0]][1:3] == [
        "7 av 20 kontrollerade avvek. Sju saknade plan.",
        "Ingen åtgärd är beslutad",
    ]
    assert any(isinstance(block, Text) and "risk 2, Sena beslut" in block.text for block in chapter.blocks)

    at_year_end = {"performed_on": dt.date(2024, 12, 10), "occasion": ControlOccasion.ANNUAL}
    ControlResult.objects.create(control=controls[0], outcome=ControlOutcome.PASSED, **at_year_end)
    ControlResult.objects.create(control=controls[1], outcome=ControlOutcome.NOT_DONE, **at_year_end)
    whole_year = Subject(ReportKind.ANNUAL, (sn,), dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    [chapter] = registered_chapters([FigureContent.CONTROLS], whole_year)
    lead = next(block.text for block in chapter.blocks if isinstance(block, Text))
    assert "Av planens 2 kontroller är 1 genomförd, och 1 visade avvikelser." in lead
    table = next(block for block in chapter.blocks if isinstance(block, Table))
    assert [column.heading for column in table.columns][-2:] == ["Delår", "Helår"]

    [empty] = registered_chapters(
        [FigureContent.CONTROLS], Subject(ReportKind.INTERIM, (kun,), so_far.start, so_far.end)
    )
    assert "ingen beslutad internkontrollplan" in empty.blocks[0].text  # type: ignore[union-attr]  # it is a text


@pytest.mark.of_snapshots
@pytest.mark.parametrize(
    ("kind", "options", "title"),
    [
        (ReportKind.INTERIM, {"period": "Delårsrapport"}, "Delårsrapport 2023"),
        (ReportKind.MONTHLY, {"period": "2023-10"}, "Månadsblad 2023-10"),
    ],
)
def test_the_command_makes_reports_of_a_part_of_a_year(
    secretary: User, provisional: Snapshot, tmp_path: Path, kind: str, options: dict[str, str], title: str
) -> None:
    del secretary, provisional
    out = tmp_path / "rapport.pdf"
    call_command("report", kind, "--committee", "KUN", "--year", "2023", "--out", str(out), **options)
    told = "\n".join(page.extract_text() for page in PdfReader(out).pages)
    assert title in told
    assert "Ekonomi" in told
    report = Report.objects.get()
    assert report.kind == kind
    assert report.manifest["figures"]
    assert all(figure["variant"] != "calendar_year" for figure in report.manifest["figures"])
