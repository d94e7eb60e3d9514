"""The way of a report to its decision: who takes which step, what is frozen, and what is then never changed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from committees.enums import Role
from committees.models import Change, User
from committees.revising import Overtaken
from committees.workflows import MoveFault
from reporting.documents.models import BoardReport, ReportPart
from reporting.documents.work.moving import adjust, approve, decide, move_report, moves_open_to
from reporting.documents.work.setting_up import set_up_correction
from reporting.documents.work.writing import mark_ready, write_text
from reporting.enums import ReportState
from tests.documents import work
from tests.web.town import person

DECIDED = dt.date(2024, 10, 22)


@pytest.fixture
def secretary(db: None) -> User:
    work.prepare()
    return work.secretary_of("SN")


@pytest.fixture
def manager(secretary: User) -> User:
    return work.manager_of("SN")


@pytest.fixture
def written(secretary: User, manager: User) -> BoardReport:
    report = work.interim(secretary)
    work.write_all(report, secretary)
    work.snapshot()
    return report


@pytest.fixture
def reviewed(written: BoardReport, secretary: User) -> BoardReport:
    return work.as_if_made(move_report(written, name="review", read_as=written.revision, by=secretary))


@pytest.fixture
def prepared(reviewed: BoardReport, secretary: User, manager: User) -> BoardReport:
    approved = approve(reviewed, sha256=reviewed.content_sha256, by=manager)
    return move_report(approved, name="prepare", read_as=approved.revision, by=secretary)


def names(user: User, report: BoardReport) -> list[str]:
    return [move.name for move in moves_open_to(user, report)]


def test_a_report_that_is_not_finished_says_what_is_missing(secretary: User, manager: User) -> None:
    report = work.interim(secretary)
    with pytest.raises(MoveFault, match="Läget i korthet"):
        move_report(report, name="review", read_as=report.revision, by=secretary)


def test_a_report_is_not_frozen_on_data_that_end_before_its_period(secretary: User, manager: User) -> None:
    report = work.interim(secretary)
    work.write_all(report, secretary)
    work.snapshot(dt.date(2024, 8, 30))
    with pytest.raises(MoveFault, match="31 augusti 2024"):
        move_report(report, name="review", read_as=report.revision, by=secretary)


def test_reviewing_freezes_texts_snapshot_and_template(reviewed: BoardReport, secretary: User) -> None:
    assert reviewed.snapshot is not None
    assert reviewed.snapshot.frozen
    assert len(reviewed.content_sha256) == 64
    part = work.part(reviewed, "ekonomi-text")
    with pytest.raises(MoveFault, match="låsta"):
        write_text(part, text="I sista stund", read_as=part.revision, by=secretary)


def test_the_whole_way_is_walked_and_kept(prepared: BoardReport, secretary: User, manager: User) -> None:
    sn = work.committee("SN")
    report = decide(prepared, committee=sn, on=DECIDED, paragraph="§ 87", by=secretary)
    assert report.state == ReportState.DECIDED
    report = adjust(report, committee=sn, on=dt.date(2024, 10, 29), by=secretary)
    for name in ("publish", "archive"):
        report = move_report(report, name=name, read_as=report.revision, by=secretary)
    assert report.state == ReportState.ARCHIVED
    meeting = report.meetings.get()
    assert (meeting.approved_by, meeting.approved_sha256) == (manager, report.content_sha256)
    assert (meeting.decided_on, meeting.paragraph, meeting.adjusted_on) == (DECIDED, "87", dt.date(2024, 10, 29))
    logged = [change.after for change in Change.objects.of(report).filter(field="state").order_by("pk")]
    assert logged == [
        "Utkast", "Granskad", "Godkänd", "Beredd", "Beslutad", "Justerad", "Publicerad", "Arkiverad",
    ]  # fmt: skip
    assert moves_open_to(secretary, report) == ()


def test_each_takes_only_the_steps_that_are_theirs(reviewed: BoardReport, secretary: User, manager: User) -> None:
    assert names(secretary, reviewed) == ["reopen", "withdraw"]
    assert names(manager, reviewed) == ["approve", "return"]
    assert names(person("revisorn", Role.AUDITOR, "SN"), reviewed) == []
    assert names(person("enhetschefen", Role.MANAGER, "SN", "AME"), reviewed) == []
    with pytest.raises(MoveFault, match="behörigheten"):
        approve(reviewed, sha256=reviewed.content_sha256, by=secretary)


def test_of_two_who_approve_the_second_is_told(reviewed: BoardReport, manager: User) -> None:
    other = work.manager_of("SN", name="biträdande chefen")
    approve(reviewed, sha256=reviewed.content_sha256, by=manager)
    with pytest.raises(MoveFault, match="läget är nu ”Godkänd”"):
        approve(reviewed, sha256=reviewed.content_sha256, by=other)


def test_what_is_approved_is_what_was_read(reviewed: BoardReport, secretary: User, manager: User) -> None:
    read = reviewed.content_sha256
    draft = move_report(reviewed, name="reopen", read_as=reviewed.revision, why="Fel siffra", by=secretary)
    part = work.part(draft, "ekonomi-text")
    part = write_text(part, text="Rättad text", read_as=part.revision, by=secretary)
    mark_ready(part, read_as=part.revision, by=secretary)
    again = move_report(draft, name="review", read_as=draft.revision, by=secretary)
    with pytest.raises(MoveFault, match="har ändrats sedan du läste"):
        approve(again, sha256=read, by=manager)


def test_the_same_text_again_has_the_same_hash(reviewed: BoardReport, secretary: User, manager: User) -> None:
    draft = move_report(reviewed, name="return", read_as=reviewed.revision, why="Läs en gång till", by=manager)
    assert (draft.snapshot, draft.content_sha256) == (None, "")
    again = move_report(draft, name="review", read_as=draft.revision, by=secretary)
    assert again.content_sha256 == reviewed.content_sha256


def test_a_text_changed_behind_the_reports_back_stops_it(reviewed: BoardReport, manager: User) -> None:
    ReportPart.objects.filter(report=reviewed, code="ekonomi-text").update(text="Smygändrad")
    with pytest.raises(MoveFault, match="stämmer inte med det som låstes"):
        approve(reviewed, sha256=reviewed.content_sha256, by=manager)


def test_of_two_who_move_the_report_at_once_one_is_told(written: BoardReport, secretary: User) -> None:
    move_report(written, name="withdraw", read_as=written.revision, why="Ändrad ordning", by=secretary)
    with pytest.raises(MoveFault, match="Tillbakadragen"):
        move_report(written, name="review", read_as=written.revision, by=secretary)


def test_a_step_taken_on_an_old_page_is_told(reviewed: BoardReport, secretary: User) -> None:
    with pytest.raises(Overtaken):
        move_report(reviewed, name="reopen", read_as=reviewed.revision - 1, why="Fel", by=secretary)
    assert BoardReport.objects.get(pk=reviewed.pk).state == ReportState.REVIEWED


def test_a_report_that_is_referred_back_loses_its_approval_but_not_its_trace(
    prepared: BoardReport, secretary: User
) -> None:
    with pytest.raises(MoveFault, match="Skriv varför"):
        move_report(prepared, name="refer_back", read_as=prepared.revision, by=secretary)
    draft = move_report(prepared, name="refer_back", read_as=prepared.revision, why="SN § 80", by=secretary)
    assert draft.state == ReportState.DRAFT
    assert draft.meetings.get().approved_by is None
    kept = Change.objects.of(draft).filter(field="godkännande", after="").get()
    assert prepared.content_sha256 in kept.before
    assert kept.why == "SN § 80"


@pytest.mark.django_db
def test_who_had_decided_on_a_joint_report_that_another_refers_back_decides_anew_on_what_it_becomes() -> None:
    work.prepare()
    both, heads = work.secretary_of("SN", "KUN"), work.manager_of("SN", "KUN")
    report = work.joint(both)
    work.write_all(report, both)
    work.snapshot(dt.date(2025, 1, 31))
    report = work.as_if_made(move_report(report, name="review", read_as=report.revision, by=both))
    report = approve(report, sha256=report.content_sha256, by=heads)
    report = move_report(report, name="prepare", read_as=report.revision, by=both)
    read = report.content_sha256
    report = decide(report, committee=work.committee("SN"), on=dt.date(2025, 3, 11), paragraph="31", by=both)
    draft = move_report(report, name="refer_back", read_as=report.revision, why="KUN § 40", by=both)
    assert [(meeting.decided_on, meeting.paragraph) for meeting in draft.meetings.all()] == [(None, ""), (None, "")]
    kept = Change.objects.of(draft).get(field="beslut, Socialnämnden", after="")
    assert kept.before == f"2025-03-11 § 31: {read}"
    assert kept.why == "KUN § 40"


@pytest.mark.parametrize(
    ("step", "said"), [("refer_back", "Rapporten är ett utkast igen sedan"), ("withdraw", "Rapporten drogs tillbaka")]
)
def test_a_page_says_first_why_the_report_did_not_go_on(
    client: Client, prepared: BoardReport, secretary: User, step: str, said: str
) -> None:
    client.force_login(secretary)
    address = reverse("report_work", args=[prepared.pk])
    assert "Skäl: " not in client.get(address).content.decode().split("<dl")[0]
    move_report(prepared, name=step, read_as=prepared.revision, why="Nämnden vill se mer.", by=secretary)
    above = client.get(address).content.decode().split("<dl")[0]
    assert said in above
    assert f"({secretary.username}). Skäl: Nämnden vill se mer." in above


def test_a_decision_has_a_paragraph_and_a_day_that_has_been(prepared: BoardReport, secretary: User) -> None:
    sn = work.committee("SN")
    with pytest.raises(ValidationError, match="paragraf"):
        decide(prepared, committee=sn, on=DECIDED, paragraph=" § ", by=secretary)
    with pytest.raises(ValidationError, match="i förväg"):
        decide(prepared, committee=sn, on=dt.date(2999, 1, 1), paragraph="1", by=secretary)
    with pytest.raises(ValidationError, match="31 augusti 2024"):
        decide(prepared, committee=sn, on=dt.date(2024, 8, 30), paragraph="1", by=secretary)


def test_a_recorded_decision_changes_only_with_a_reason(prepared: BoardReport, secretary: User) -> None:
    sn = work.committee("SN")
    report = decide(prepared, committee=sn, on=DECIDED, paragraph="78", by=secretary)
    with pytest.raises(ValidationError, match="redan antecknat"):
        decide(report, committee=sn, on=DECIDED, paragraph="87", by=secretary)
    report = decide(report, committee=sn, on=DECIDED, paragraph="87", why="Omkastade siffror", by=secretary)
    assert (report.state, report.meetings.get().paragraph) == (ReportState.DECIDED, "87")


def test_a_joint_report_is_approved_and_decided_when_every_committee_has(secretary: User) -> None:
    both = person("gemensam", Role.SECRETARY, "SN")
    from committees.actions.people import assign_role

    assign_role(person=both, role=Role.SECRETARY, committee=work.committee("KUN"))
    report = work.joint(both)
    work.write_all(report, both)
    work.snapshot(dt.date(2025, 1, 31))
    report = work.as_if_made(move_report(report, name="review", read_as=report.revision, by=both))
    of_sn, of_kun = work.manager_of("SN"), work.manager_of("KUN", name="skolchefen")
    report = approve(report, sha256=report.content_sha256, by=of_sn)
    assert report.state == ReportState.REVIEWED
    with pytest.raises(MoveFault, match="redan godkänd, av chefen"):
        approve(report, sha256=report.content_sha256, by=of_sn)
    report = approve(report, sha256=report.content_sha256, by=of_kun)
    assert report.state == ReportState.APPROVED
    report = move_report(report, name="prepare", read_as=report.revision, by=both)
    of_committee = work.person_in("nämndsekreterare", "KUN")
    report = decide(report, committee=work.committee("SN"), on=dt.date(2025, 3, 11), paragraph="31", by=both)
    assert report.state == ReportState.PREPARED
    with pytest.raises(MoveFault):
        decide(report, committee=work.committee("SN"), on=dt.date(2025, 3, 11), paragraph="32", by=of_committee)
    report = decide(report, committee=work.committee("KUN"), on=dt.date(2025, 3, 18), paragraph="14", by=of_committee)
    assert report.state == ReportState.DECIDED


def test_what_was_decided_stays_and_a_correction_is_a_new_version(prepared: BoardReport, secretary: User) -> None:
    sn = work.committee("SN")
    meetings = {sn: dt.date(2024, 12, 10)}
    with pytest.raises(ValidationError, match="Bara en beslutad"):
        set_up_correction(prepared, meetings=meetings, why="Fel", by=secretary)
    decided = decide(prepared, committee=sn, on=DECIDED, paragraph="87", by=secretary)
    second = set_up_correction(decided, meetings=meetings, why="Sena avslut", by=secretary)
    assert (second.version, second.corrects, second.state) == (2, decided, ReportState.DRAFT)
    part = work.part(second, "ekonomi-text")
    assert part.text == "Text om ekonomi-text."
    write_text(part, text="Rättat", read_as=part.revision, by=secretary)
    assert work.part(decided, "ekonomi-text").text == "Text om ekonomi-text."
    with pytest.raises(ValidationError, match="redan en ny version"):
        set_up_correction(decided, meetings=meetings, why="Igen", by=secretary)


def test_a_correction_that_was_withdrawn_does_not_stand_in_the_way_of_another(
    prepared: BoardReport, secretary: User, client: Client
) -> None:
    sn = work.committee("SN")
    meetings = {sn: dt.date(2024, 12, 10)}
    decided = decide(prepared, committee=sn, on=DECIDED, paragraph="87", by=secretary)
    second = set_up_correction(decided, meetings=meetings, why="Sena avslut", by=secretary)
    move_report(second, name="withdraw", read_as=second.revision, why="Felet fanns inte.", by=secretary)
    client.force_login(secretary)
    page = reverse("report_work", args=[decided.pk])
    assert "rättas av" not in client.get(page).content.decode()
    third = set_up_correction(decided, meetings=meetings, why="Fler sena avslut", by=secretary)
    assert (third.version, third.corrects) == (3, decided)
    assert "version 3" in client.get(page).content.decode()


def test_two_corrections_of_one_report_are_refused_by_the_database(prepared: BoardReport, secretary: User) -> None:
    sn = work.committee("SN")
    decided = decide(prepared, committee=sn, on=DECIDED, paragraph="87", by=secretary)
    second = set_up_correction(decided, meetings={sn: dt.date(2024, 12, 10)}, why="Sena avslut", by=secretary)
    second.pk, second.version = None, 3
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)


def test_a_draft_is_seen_by_those_who_write_and_a_decided_report_by_those_who_see_its_figures(
    prepared: BoardReport, secretary: User
) -> None:
    auditor = person("revisorn", Role.AUDITOR, "SN")
    other = person("andra", Role.SECRETARY, "KUN")
    assert not BoardReport.objects.visible_to(auditor).exists()
    assert not BoardReport.objects.visible_to(other).exists()
    decide(prepared, committee=work.committee("SN"), on=DECIDED, paragraph="87", by=secretary)
    assert BoardReport.objects.visible_to(auditor).get() == prepared
    assert not BoardReport.objects.visible_to(other).exists()


def test_who_makes_another_committees_reports_moves_nothing(reviewed: BoardReport) -> None:
    other = person("andra", Role.SECRETARY, "KUN")
    with pytest.raises(MoveFault, match="behörigheten"):
        move_report(reviewed, name="reopen", read_as=reviewed.revision, why="Därför", by=other)
    with pytest.raises(PermissionDenied):
        set_up_correction(reviewed, meetings={}, why="Därför", by=other)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": ReportState.APPROVED, "content_sha256": ""},
        {"state": ReportState.DRAFT},
        {"text_stop": dt.date(2024, 1, 1)},
        {"end": dt.date(2023, 1, 1)},
    ],
)
def test_the_database_refuses_a_report_that_does_not_hang_together(
    reviewed: BoardReport, fields: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BoardReport.objects.filter(pk=reviewed.pk).update(**fields)
