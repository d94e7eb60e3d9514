"""A draft shows its figures as they are now, says that they may change, and tells each reader what has changed since last."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import cast

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cases.disposal.proposing import propose
from cases.enums import DisposalArea
from cases.models import Disposal
from committees.actions.changes import log_change
from committees.enums import Role
from committees.models import User
from committees.permissions import ROLE_PERMISSIONS, Permission
from governance.models import Target
from reporting.documents.content import Chapter, Cover, Document, Prose, Text
from reporting.documents.disposing import DisposedDraftFigures
from reporting.documents.models import BoardReport, DraftLook
from reporting.documents.templates.storing import deliver_templates
from reporting.documents.work.drafts import WAITING, draft_of, make_draft_figures
from reporting.documents.work.edition import edition_with_texts
from reporting.documents.work.looks import VISIT
from reporting.documents.work.moving import move_report
from reporting.documents.work.quoting import NoFigures, listed_figures
from reporting.documents.work.reading import read, record_look
from reporting.documents.work.writing import write_text
from reporting.figures.disclosure.register import Register
from reporting.figures.publishing import REGISTER
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot
from tests.command_line import run
from tests.documents import work
from tests.documents.conftest import TARGETS, deliver_exits, exits
from tests.factories import setup_small_municipality

pytestmark = [pytest.mark.django_db, pytest.mark.of_snapshots]

THEN, NOW = dt.date(2023, 9, 30), dt.date(2023, 10, 31)
QUOTED = "Hittills gick {{mått:work_or_study_at_exit}} vidare."


@pytest.fixture
def secretary(db: None) -> User:
    setup_small_municipality(work.CALENDAR + TARGETS)
    deliver_templates()
    return work.secretary_of("KUN")


@pytest.fixture
def report(secretary: User) -> BoardReport:
    """A draft of the committee's interim report, with a text that quotes a figure, and no data yet."""
    return work.interim(secretary, meetings={work.committee("KUN"): dt.date(2023, 10, 24)}, year=2023)


@pytest.fixture
def snapshot(report: BoardReport) -> Snapshot:
    """Twelve of forty went to lasting work; three of them were women."""
    deliver_exits(exits(2023, work=12, other=28, women=3))
    return freeze(as_of=THEN, frozen=False)


def newer() -> Snapshot:
    """What is known a month later: eight of the same exits were to work, too."""
    deliver_exits(exits(2023, work=20, other=20, women=3))
    return freeze(as_of=NOW, frozen=False)


def shown(client: Client, report: BoardReport, user: User) -> str:
    client.force_login(user)
    answer = client.get(reverse("report_work_reading", args=[report.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def on_another_day(report: BoardReport) -> None:
    """Let the last looks have been in an earlier visit."""
    DraftLook.objects.filter(report=report).update(seen_at=timezone.now() - 2 * VISIT)


def the_worker_works(monkeypatch: pytest.MonkeyPatch) -> str:
    """Let a worker do all that waits, and return what it says."""
    # A worker lets go of its connections now and then; here the test goes on with them.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    return run("db_worker", "--batch", "--interval", "0", "--no-startup-delay").out


def waiting_tasks() -> int:
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY).count()


def test_a_draft_waits_for_its_figures_and_then_shows_them_as_preliminary(
    client: Client, secretary: User, report: BoardReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Det finns inget underlag än" in shown(client, report, secretary)
    assert waiting_tasks() == 0
    deliver_exits(exits(2023, work=12, other=28, women=3))
    snapshot = freeze(as_of=THEN, frozen=False)
    page = shown(client, report, secretary)
    assert "Siffrorna räknas om ur underlaget av den 30 september 2023" in page
    assert WAITING in page
    address = reverse("report_work_reading", args=[report.pk])
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 204
    [ordered] = DBTaskResult.objects.all()
    ordered.claim("killed")
    assert "Avbrutna arbeten som tas om: 1." in the_worker_works(monkeypatch)
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    write_text(work.part(report, "mal-text"), text=QUOTED, read_as=1, by=secretary)
    page = shown(client, report, secretary)
    assert "Preliminära siffror ur underlaget av den 30 september 2023" in page
    assert "Siffrorna räknas" not in page
    assert "Hittills gick 30,0\u00a0% vidare." in page
    assert "30,0\u00a0%</td>" in page
    # What nobody has been told is registered nowhere; what is frozen later is, and is then the very same.
    register = Register(Path(settings.SNAPSHOT_ROOT) / REGISTER)
    assert not register.entries()
    edition = edition_with_texts(report, snapshot)
    assert register.entries()
    drafted = read(report, by=secretary).document
    assert [table.rows for table in drafted.tables] == [table.rows for table in edition.document.tables]


def test_a_reader_is_told_what_a_new_delivery_changed_and_one_who_has_read_it_is_not(
    client: Client, secretary: User, report: BoardReport, snapshot: Snapshot
) -> None:
    make_draft_figures(report)
    assert "Sedan du senast läste" not in shown(client, report, secretary)
    later = newer()
    make_draft_figures(report)
    on_another_day(report)
    told = "<td>30,0\u00a0% (12 av 40)</td><td>50,0\u00a0% (20 av 40)</td><td>"
    manager = work.manager_of("KUN")
    overview = reverse("report_work", args=[report.pk])
    client.force_login(secretary)
    assert told in client.get(overview).content.decode()
    page = shown(client, report, secretary)
    assert told in page
    assert "kan inte läsas längre" not in page
    assert Snapshot.objects.filter(pk=snapshot.pk).exists()
    # A reload is the same visit; who had read nothing before is told nothing.
    assert told in shown(client, report, secretary)
    assert "Sedan du senast läste" not in shown(client, report, manager)
    on_another_day(report)
    assert "Sedan du senast läste" not in shown(client, report, secretary)
    part = work.part(report, "mal-text")
    write_text(part, text=QUOTED, read_as=part.revision, by=secretary)
    assert "har 1 text ändrats" in shown(client, report, manager)
    assert "Sedan du senast läste" not in shown(client, report, secretary)
    assert latest_snapshot() == later


def test_figures_are_made_again_only_when_what_they_follow_from_has_changed(
    secretary: User, report: BoardReport, snapshot: Snapshot
) -> None:
    first = make_draft_figures(report)
    assert not draft_of(report).is_being_made
    log_change(work.committee("KUN"), field="name", before="Förr", after="Nu", by=secretary)
    assert draft_of(report).is_being_made
    assert waiting_tasks() == 1
    assert make_draft_figures(report) == first
    assert not draft_of(report).is_being_made
    Target.objects.filter(year=2023).update(value=20)
    log_change(Target.objects.get(year=2023), field="value", before=40, after=20, by=secretary)
    second = make_draft_figures(report)
    assert second is not None
    assert second != first
    # Nobody has read the first ones, so they are let go.
    assert list(report.draft_figures.all()) == [second]


def test_what_a_small_number_hides_is_hidden_in_the_draft_and_in_its_texts(
    client: Client, secretary: User, report: BoardReport
) -> None:
    deliver_exits(exits(2023, work=3, other=37, women=20))
    freeze(as_of=THEN, frozen=False)
    write_text(work.part(report, "mal-text"), text=QUOTED, read_as=1, by=secretary)
    page = shown(client, report, secretary)
    assert "Hittills gick .. vidare." in page
    assert "7,5" not in page
    kept = report.draft_figures.get()
    told = [figure for figure in kept.figures if figure["measure"] == "work_or_study_at_exit"]
    assert {(one["total"]["numerator"], one["total"]["value"]) for one in told if one["total"]["suppressed"]} == {
        (None, None)
    }


def test_what_a_disposal_takes_the_draft_lets_go_of(secretary: User, report: BoardReport, snapshot: Snapshot) -> None:
    make_draft_figures(report)
    proposal = propose(DisposalArea.LABOUR_MARKET, dt.date(2023, 12, 31))
    follower = DisposedDraftFigures()
    assert follower.goes_with(proposal) == [f"Preliminära siffror i utkastet ”{report.title}”"]
    disposal = Disposal.objects.create(
        area=proposal.area, last_day=proposal.last_day, body="Nämnden", decided_on=NOW, paragraph="1",
        persons=len(proposal.persons), fingerprint=proposal.fingerprint, proposed={}, recorded_by=secretary,
    )  # fmt: skip
    Snapshot.objects.filter(pk=snapshot.pk).update(disposal=disposal)
    assert follower.faults(disposal) == [f"Preliminära siffror finns kvar i utkastet ”{report.title}”."]
    follower.disposed(disposal, proposal)
    assert follower.faults(disposal) == []
    assert not report.draft_figures.exists()


def test_a_frozen_report_shows_what_was_frozen(client: Client, secretary: User, report: BoardReport) -> None:
    deliver_exits(exits(2023, work=20, other=20, women=20))
    freeze(as_of=THEN, frozen=False)
    work.write_all(report, secretary)
    report.refresh_from_db()
    frozen = move_report(report, name="review", read_as=report.revision, by=secretary)
    assert "De visas när PDF-filen är klar" in shown(client, frozen, secretary)
    cover = Cover(report.title, "Ämne", "Nämnden", "Kommunen", "", "1", "", "", "")
    work.as_if_made(frozen, Document(cover, (Chapter("mal", "Mål", (Text("Det som låstes."),)),)))
    page = shown(client, frozen, secretary)
    assert "Det som låstes." in page
    assert "Låst: siffror och texter ändras inte." in page
    assert "reliminär" not in page


def test_what_cannot_be_made_is_told_and_not_tried_again_and_again(
    client: Client, secretary: User, report: BoardReport, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    annual = work.joint(work.secretary_of("SN", "KUN"), year=2023)
    kept = make_draft_figures(annual)
    assert kept is not None
    assert "året är inte slut då" in kept.fault
    assert not draft_of(annual).is_being_made
    assert "året är inte slut då" in shown(client, annual, secretary)
    # Work that cuts off every worker is given up.
    draft_of(report)
    ordered = DBTaskResult.objects.get()
    for _ in range(3):
        ordered.claim("killed")
    the_worker_works(monkeypatch)
    draft = draft_of(report)
    assert "avbrutits 3 gånger" in draft.fault
    assert not draft.is_being_made


def test_figures_are_listed_without_asking_the_snapshot_and_only_to_who_may_see_them(
    secretary: User, report: BoardReport, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_text(work.part(report, "mal-text"), text=QUOTED, read_as=1, by=secretary)
    # A snapshot of that name is nowhere, so whoever asks it is refused.
    Snapshot.objects.filter(pk=snapshot.pk).update(hash="0" * 64)
    report = BoardReport.objects.get(pk=report.pk)
    assert "30,0\u00a0%" in {row.one.value for _, rows in listed_figures(report, by=secretary) for row in rows}
    held = ROLE_PERMISSIONS[Role.SECRETARY] - {Permission.SEE_FIGURES}
    monkeypatch.setitem(cast("dict[Role, frozenset[Permission]]", ROLE_PERMISSIONS), Role.SECRETARY, held)
    reader = User.objects.get(pk=secretary.pk)
    reading = read(report, by=reader)
    blocks = [block for chapter in reading.document.chapters for block in chapter.blocks]
    assert reading.document.tables == ()
    assert "Hittills gick [siffran visas inte för dig] vidare." in "".join(
        block.html for block in blocks if isinstance(block, Prose)
    )
    assert record_look(report, reading, by=reader) is None
    with pytest.raises(NoFigures, match="får se nämndens alla siffror"):
        listed_figures(report, by=reader)
