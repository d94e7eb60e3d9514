"""Live evidence: what the figures speak for is shown to the auditors, and what is used is kept with its snapshot."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from audits.actions.evidence import pin_evidence
from audits.actions.samples import SampleOrder, draw_sample, mark_case
from audits.documents.evidence import evidence_chapter
from audits.documents.papers import report_pdf
from audits.enums import AuditState, Mark, PinnedKind, SampleRule
from audits.frameworks.model import MeasureEvidence
from audits.frameworks.reading import content_of
from audits.models import Audit, PinnedEvidence
from audits.selectors.evidence import Evidence, evidence_of
from audits.selectors.measured import series_of
from audits.selectors.overview import overview
from committees.models import Unit
from governance.actions.control import add_control, add_risk, begin_plan
from governance.actions.forums import add_forum, note_meeting
from governance.enums import ControlOccasion, ControlOutcome, DocumentKind
from governance.models import ControlResult, SteeringDocument
from reporting.figures.model import Period
from reporting.snapshots.freezing import freeze
from tests.audits.building import FIVE_GRADES, Reviewers, committee, reviewers
from tests.web.town import build_town

pytestmark = pytest.mark.django_db

FRAMEWORK = (
    FIVE_GRADES.replace("follow_up_compliance", "work_or_study_at_exit")
    .replace("minst = 90", 'minst = 0\n[[avsnitt.fragor.underlag]]\nslag = "styrdokument"\ndokumentslag = "rutin"', 1)
    .replace('[[avsnitt.fragor.underlag.regler]]\ntalar_for = "Svag"\n', "", 1)
)


def test_a_kept_figure_stays_when_newer_data_come_and_only_auditors_see_evidence() -> None:
    snapshot = build_town()
    town = reviewers(FRAMEWORK)
    client = Client()
    client.force_login(town.expert)
    page = reverse("audit_evidence", args=[town.audit.pk, "1"])
    shown = client.get(page).content.decode()
    assert "Underlaget talar för <strong>God</strong>" in shown
    assert "Inget sådant styrdokument finns i registret." in shown
    pin = reverse("audit_evidence_pin", args=[town.audit.pk, "1"])
    assert client.post(pin, {"key": f"0-{town.body('SN').pk}"}).status_code == 302
    kept = PinnedEvidence.objects.get()
    before = kept.content
    freeze(as_of=date(2025, 3, 31), label="Senare")
    kept.refresh_from_db()
    assert (kept.content, kept.snapshot) == (before, snapshot)
    assert (kept.measure, kept.speaks_for, kept.by) == ("work_or_study_at_exit", "God", town.expert)
    client.force_login(town.elected)
    assert "Du ser inte siffran" in client.get(page).content.decode()
    assert before["sentences"][0] not in client.get(page).content.decode()
    client.force_login(town.secretary)
    assert client.get(page).status_code == 404
    town.move("cancel")
    client.force_login(town.expert)
    client.post(pin, {"key": f"0-{town.body('SN').pk}"})
    assert PinnedEvidence.objects.count() == 1


REGISTERS = """
[[avsnitt.fragor.underlag]]
slag = "styrdokument"
dokumentslag = "rutin"
[[avsnitt.fragor.underlag]]
slag = "forum"
beskrivning = "Möten om sfi"
ord = ["sfi"]
[[avsnitt.fragor.underlag]]
slag = "kontroll"
beskrivning = "Kontroll av remisser"
ord = ["remiss"]
[[avsnitt.fragor.underlag]]
slag = "stickprov"
matt = "work_or_study_at_exit"
kriterier = ["Planen är daterad"]
beskrivning = "Ärenden med plan"
"""
WITH_REGISTERS = FIVE_GRADES.replace(
    """slag = "matt"
matt = "follow_up_compliance"
[[avsnitt.fragor.underlag.regler]]
talar_for = "God"
minst = 90
[[avsnitt.fragor.underlag.regler]]
talar_for = "Svag"
""",
    REGISTERS.removeprefix("\n[[avsnitt.fragor.underlag]]\n"),
)


def shown(town: Reviewers) -> list[Evidence]:
    """What the expert is shown beside the first question."""
    question = content_of(town.fresh().framework_version).question("1")
    assert question is not None
    return evidence_of(town.fresh(), question, town.expert)


def said(town: Reviewers, kind: PinnedKind, code: str) -> dict[str, tuple[str, ...]]:
    """The sentences of one kind about one body, by title."""
    return {one.title: one.sentences for one in shown(town) if one.kind == kind and one.body == town.body(code)}


def a_routine(title: str, decided_by: str | None = "SN", **fields: Any) -> None:
    """A routine for the labour market unit, which SN has answered for since 2024 and KUN before that."""
    made = SteeringDocument.objects.create(
        title=title,
        kind=DocumentKind.ROUTINE,
        decided_by=committee(decided_by) if decided_by else None,
        decided_by_name="" if decided_by else "Kommunfullmäktige",
        **fields,
    )
    made.committees.add(committee("SN"))
    made.units.add(Unit.objects.get(code="AME"))


def test_documents_that_are_missing_undated_too_old_or_decided_by_the_wrong_body_are_told() -> None:
    town = reviewers(WITH_REGISTERS)
    a_routine("Ny rutin", decided_on=date(2024, 3, 19))
    a_routine("Odaterad rutin", decided_on=None)
    a_routine("Gammal rutin", decided_by=None, decided_on=date(2022, 3, 22))
    a_routine("Annans rutin", decided_by="KUN", decided_on=date(2024, 2, 1))
    told = said(town, PinnedKind.DOCUMENT, "SN")
    both = "Vid den granskade periodens slut, 2024-12-31, och i dag: "
    assert told["Ny rutin"] == (f"{both}inga brister i registret.",)
    assert "saknar datum" in told["Odaterad rutin"][0]
    assert "Arbetsmarknadsenheten hör till socialnämnden sedan 2024-01-01" in told["Gammal rutin"][0]
    assert "det är socialnämnden som ansvarar" in told["Annans rutin"][0]
    assert said(town, PinnedKind.DOCUMENT, "KUN") == {"Rutin": ("Inget sådant styrdokument finns i registret.",)}


def test_documents_are_held_against_the_organisation_of_the_audited_period_and_that_of_today() -> None:
    town = reviewers(WITH_REGISTERS)
    Audit.objects.update(period_start=date(2023, 1, 1), period_end=date(2023, 12, 31))
    a_routine("Gammal rutin", decided_by="KUN", decided_on=date(2022, 3, 22))
    a_routine("Ny rutin", decided_on=date(2024, 3, 19))
    told = said(town, PinnedKind.DOCUMENT, "SN")
    then, now = "Vid den granskade periodens slut, 2023-12-31", "I dag"
    assert told["Gammal rutin"] == (
        f"{then}: inga brister i registret.",
        f"{now}: beslutat 2022-03-22, men Arbetsmarknadsenheten hör till socialnämnden sedan 2024-01-01.",
        f"{now}: kultur- och utbildningsnämnden beslutade, men det är socialnämnden som ansvarar.",
    )
    assert told["Ny rutin"] == (
        f"{then}: dokumentet gällde inte än. Det gäller från 2024-03-19.",
        f"{now}: inga brister i registret.",
    )


def test_only_the_forums_and_controls_that_the_question_is_about_are_shown_with_what_they_showed() -> None:
    town = reviewers(WITH_REGISTERS)
    for name in ("Samverkan AME och SFI", "Föreningsrådet"):
        forum = add_forum(
            committees=[committee("SN")], by=town.secretary, name=name, interval_months=12, start=date(2024, 1, 1)
        )
        note_meeting(forum, held_on=date(2024, 5, 2), minutes="", by=town.secretary)
    plan = begin_plan(committee=committee("SN"), year=2024, by=town.secretary)
    about = {"category": "cooperation", "probability": 2, "consequence": 4}
    for description in ("Remisser blir liggande", "Lokalerna räcker inte"):
        risk = add_risk(plan, by=town.secretary, description=description, **about)
        control = add_control(risk, by=town.secretary, title=f"Kontroll: {description}", frequency="yearly")
        ControlResult.objects.create(
            control=control,
            occasion=ControlOccasion.ANNUAL,
            performed_on=date(2024, 11, 5),
            checked=40,
            deviations=3,
            outcome=ControlOutcome.MINOR,
        )
    forums = said(town, PinnedKind.FORUM, "SN")
    assert list(forums) == ["Samverkan AME och SFI"]
    assert forums["Samverkan AME och SFI"][0] == "Senaste mötet hölls 2024-05-02."
    assert said(town, PinnedKind.FORUM, "KUN") == {"Möten om sfi": ("Inget sådant forum finns i registret.",)}
    assert said(town, PinnedKind.CONTROL, "SN") == {
        "Kontroll: Remisser blir liggande": ("2024-11-05: mindre avvikelse, 3 avvikelser av 40 kontrollerade.",)
    }


def test_samples_show_what_they_found_and_figures_year_by_year_in_the_period_and_since() -> None:
    build_town()
    town = reviewers(WITH_REGISTERS)
    (wanted,) = [one for one in shown(town) if one.kind == PinnedKind.SAMPLE]
    assert (wanted.title, wanted.sentences) == ("Ärenden med plan", ("Inget stickprov är draget.",))
    order = SampleOrder(
        title="Planer",
        question="1",
        measure="work_or_study_at_exit",
        period=Period.year(2024),
        criteria=("Planen är daterad",),
        rule=SampleRule.NUMBER,
        number=2,
        committees=["SN"],
    )
    sample = draw_sample(audit=town.fresh(), order=order, by=town.expert)
    for item, mark in zip(sample.items.all(), (Mark.MET, Mark.NOT_MET), strict=True):
        marks = {one.pk: mark.value for one in sample.criteria.all()}
        mark_case(item=item, marks=marks, comment="", read_as=item.revision, by=town.expert)
    (found,) = [one for one in shown(town) if one.kind == PinnedKind.SAMPLE]
    assert found.sentences[1].startswith("Planen är daterad: 1 av 2 uppfyller det inte. Bland alla ärenden är det 50,0")
    kept = pin_evidence(audit=town.fresh(), question="1", key=found.key, by=town.expert)
    assert (kept.kind, kept.body, kept.content["sentences"]) == (PinnedKind.SAMPLE, None, list(found.sentences))
    audit = town.fresh()
    for first, last, years in (
        ("2023-01-01", "2024-12-31", ["2023-01-01", "2023-01-01", "2024-01-01"]),
        ("2022-01-01", "2022-12-31", ["2022-01-01", "2023-01-01", "2024-01-01"]),
        ("2023-07-01", "2024-06-30", ["2023-07-01"]),
    ):
        audit.period_start, audit.period_end = date.fromisoformat(first), date.fromisoformat(last)
        series = series_of(MeasureEvidence("work_or_study_at_exit"), audit, committee("SN"), sample.snapshot)
        assert [figure.start for figure in series.figures] == years
        assert series.whole.end == last


def test_a_small_number_that_the_auditors_used_stands_in_no_published_report() -> None:
    build_town()
    text = FRAMEWORK.replace(
        'matt = "work_or_study_at_exit"', 'matt = "work_or_study_at_exit"\nurval = { enhet = ["AME"] }'
    )
    town = reviewers(text)
    a_routine("Odaterad rutin", decided_on=None)
    audit = town.fresh()
    for one in shown(town):
        if one.body == town.body("SN"):
            pin_evidence(audit=audit, question="1", key=one.key, by=town.expert)
    kept = PinnedEvidence.objects.get(kind=PinnedKind.MEASURE)
    assert (kept.figures[0].numerator, kept.figures[0].in_words) == (3, "25,0\u00a0%")
    assert evidence_chapter(audit, iter(range(9))).blocks == ()
    town.prepare(AuditState.PUBLISHED)
    (figures, registers) = evidence_chapter(town.fresh(), iter(range(1, 9))).tables
    assert [cell.text for cell in figures.rows[0]] == ["1", kept.title, "SN", "2024", "..", "Sägs inte"]
    assert "saknar datum" in registers.rows[0][3].text
    report = PdfReader(BytesIO(report_pdf(town.fresh())))
    attached = b"".join(content for contents in report.attachments.values() for content in contents)
    told = "\n".join([*(page.extract_text() for page in report.pages), attached.decode(), json.dumps(overview())])
    assert "Siffror som granskarna har stött sig på" in told
    assert kept.snapshot is not None
    assert kept.snapshot.hash in told
    assert not re.search(r"25[,.]0", told)


def test_a_figure_that_is_not_small_is_told_with_what_it_speaks_for_the_same_each_time() -> None:
    build_town()
    town = reviewers(FRAMEWORK.replace("work_or_study_at_exit", "participants"))
    kept = pin_evidence(audit=town.fresh(), question="1", key=f"0-{town.body('SN').pk}", by=town.expert)
    town.prepare(AuditState.DECIDED)
    first, second = (evidence_chapter(town.fresh(), iter(range(9))).tables for _ in range(2))
    assert [cell.text for cell in first[0].rows[0]] == ["1", kept.title, "SN", "2024", "12", "God"]
    assert first == second
