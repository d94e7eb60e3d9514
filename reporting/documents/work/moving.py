"""The way of a report: draft, reviewed, approved, prepared, decided, adjusted, published, archived; sent back or withdrawn."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from committees.actions.changes import log_change
from committees.actions.saving import required
from committees.models import Committee, User
from committees.permissions import Permission
from committees.revising import revise
from committees.workflows import Move, MoveFault, Workflow, states
from reporting.documents.actions import queue_edition
from reporting.documents.models import BoardReport, BoardReportCommittee, Publication
from reporting.documents.parts import CannotTell
from reporting.documents.publication.archive import archive_report
from reporting.documents.publication.memo import proposal_faults, proposal_of
from reporting.documents.publication.publishing import publish_report
from reporting.documents.work.composition import composition_of
from reporting.documents.work.content import fingerprint_of, is_unchanged
from reporting.documents.work.demands import demands_of, unmet
from reporting.documents.work.policies import held_for_report, held_for_some, own_committees
from reporting.documents.work.selectors import edition_of_report, missing_parts
from reporting.enums import ReportState, ReportStatus
from reporting.figures.swedish import date_long
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot

_S = ReportState
_MAKE, _APPROVE = Permission.MAKE_REPORTS, Permission.APPROVE_REPORTS

WORKFLOW = Workflow(
    "board_report",
    "Nämndens rapport",
    ReportState,
    ReportState.DRAFT,
    (
        Move("review", "Lås och lämna till godkännande", states(_S.DRAFT), _S.REVIEWED, _MAKE),
        Move("approve", "Godkänn", states(_S.REVIEWED), _S.APPROVED, _APPROVE),
        Move("return", "Skicka tillbaka till skribenterna", states(_S.REVIEWED), _S.DRAFT, _APPROVE, asks_why=True),
        Move("reopen", "Öppna för ändringar", states(_S.REVIEWED, _S.APPROVED), _S.DRAFT, _MAKE, asks_why=True),
        Move("prepare", "Markera som beredd", states(_S.APPROVED), _S.PREPARED, _MAKE),
        Move("refer_back", "Återremittera", states(_S.PREPARED), _S.DRAFT, _MAKE, asks_why=True),
        Move("decide", "Anteckna beslut", states(_S.PREPARED), _S.DECIDED, _MAKE),
        Move("adjust", "Anteckna justering", states(_S.DECIDED), _S.ADJUSTED, _MAKE),
        Move("publish", "Publicera", states(_S.ADJUSTED), _S.PUBLISHED, _MAKE),
        Move("archive", "Arkivera", states(_S.PUBLISHED), _S.ARCHIVED, _MAKE),
        Move(
            "withdraw",
            "Dra tillbaka",
            states(_S.DRAFT, _S.REVIEWED, _S.APPROVED, _S.PREPARED),
            _S.WITHDRAWN,
            _MAKE,
            asks_why=True,
        ),
    ),
)
BY_COMMITTEE = frozenset({"approve", "decide", "adjust"})
"""Moves that each committee of a report makes for itself; the report has moved when all have."""


def moves_open_to(user: User, report: BoardReport) -> tuple[Move, ...]:
    """Return the moves the user may make with the report now."""
    whole = WORKFLOW.open_to(report.state, held_for_report(user, report))
    parts = WORKFLOW.open_to(report.state, held_for_some(user, report))
    return tuple(move for move in WORKFLOW.moves if move in (parts if move.name in BY_COMMITTEE else whole))


@transaction.atomic
def move_report(report: BoardReport, *, name: str, read_as: int, by: User, why: str = "") -> BoardReport:
    """Take the report a step on its way and return it fresh. Reviewing freezes it; going back to a draft thaws it.

    Raises MoveFault, in Swedish, when state, person, reason or content is wanting, and Overtaken when somebody else moved it
    since `read_as`. The steps that each committee makes have verbs of their own: approve, decide, adjust.
    """
    if name in BY_COMMITTEE:
        raise MoveFault("Steget tas för varje nämnd för sig.")
    report = _held(report)
    move = WORKFLOW.check(name, state=report.state, held=held_for_report(by, report), why=why)
    if move.name == "review":
        return _frozen(report, move, read_as=read_as, by=by)
    if move.target == ReportState.DRAFT:
        return _thawed(report, move, read_as=read_as, by=by, why=why)
    if move.target != ReportState.WITHDRAWN:
        _check_unchanged(report)
    moved = _moved(report, move, read_as=read_as, by=by, why=why)
    if move.name == "publish":
        publish_report(moved, by=by)
    if move.name == "archive":
        archive_report(Publication.objects.get(report=moved))
    return moved


@transaction.atomic
def approve(report: BoardReport, *, sha256: str, by: User) -> BoardReport:
    """Approve what was read, for the committees whose department the person heads; return the report fresh.

    `sha256` is the hash of what was read, and is kept with the approval. When every committee's is there the report is approved.
    Raises MoveFault, in Swedish, when the content is another, its PDF is not made, or somebody else has approved already.
    """
    report = _held(report)
    move = WORKFLOW.check("approve", state=report.state, held=held_for_some(by, report))
    _check_unchanged(report)
    if sha256 != report.content_sha256:
        raise MoveFault("Rapporten har ändrats sedan du läste den. Läs den på nytt innan du godkänner.")
    _check_edition(report)
    mine = own_committees(by, report, Permission.APPROVE_REPORTS)
    waiting = report.meetings.filter(committee__in=mine, approved_by__isnull=True)
    names = ", ".join(meeting.committee.name for meeting in waiting.select_related("committee"))
    if not waiting.update(approved_by=by, approved_at=timezone.now(), approved_sha256=sha256):
        first = report.meetings.filter(committee__in=mine).select_related("approved_by").first()
        raise MoveFault(f"Rapporten är redan godkänd, av {first.approved_by if first else 'någon annan'}.")
    log_change(report, field="godkännande", before="", after=f"{names}: {sha256}", by=by)
    if report.meetings.filter(approved_by__isnull=True).exists():
        return revise(report, read_as=report.revision)
    return _moved(report, move, read_as=report.revision, by=by)


@transaction.atomic
def decide(
    report: BoardReport, *, committee: Committee, on: dt.date, paragraph: str, by: User, why: str = ""
) -> BoardReport:
    """Record a committee's decision on the report, its day and §; return the report fresh, decided when all committees have.

    A decision that stands already is changed only with a reason, and not once the minutes are adjusted. Raises MoveFault or
    ValidationError, in Swedish.
    """
    report = _held(report)
    state = ReportState.PREPARED if report.state == ReportState.DECIDED else report.state
    move = WORKFLOW.check("decide", state=state, held=_held_for(by, report, committee))
    _check_unchanged(report)
    meeting = report.meetings.select_related("committee").get(committee=committee)
    _check_day("on", on, not_before=report.end, what="Beslutet")
    if meeting.adjusted_on is not None:
        raise ValidationError("Protokollet är justerat, och beslutet kan inte ändras längre.")
    if meeting.decided_on is not None and not why.strip():
        raise ValidationError({"why": "Beslutet är redan antecknat. Skriv varför det ändras."})
    section = required(paragraph, "paragraph", "Ange paragrafen.").removeprefix("§").strip()
    before = _decision(meeting)
    meeting.decided_on, meeting.paragraph = on, required(section, "paragraph", "Ange paragrafens nummer.")
    meeting.save(update_fields=["decided_on", "paragraph"])
    log_change(report, field=f"beslut, {committee.name}", before=before, after=_decision(meeting), by=by, why=why)
    if report.state == ReportState.DECIDED or report.meetings.filter(decided_on__isnull=True).exists():
        return revise(report, read_as=report.revision)
    return _moved(report, move, read_as=report.revision, by=by)


@transaction.atomic
def adjust(report: BoardReport, *, committee: Committee, on: dt.date, by: User) -> BoardReport:
    """Record the day a committee's minutes were adjusted; return the report fresh, adjusted when all committees' are."""
    report = _held(report)
    move = WORKFLOW.check("adjust", state=report.state, held=_held_for(by, report, committee))
    meeting = report.meetings.get(committee=committee)
    _check_day("on", on, not_before=meeting.decided_on or report.end, what="Justeringen")
    log_change(report, field=f"justering, {committee.name}", before=meeting.adjusted_on, after=on, by=by)
    meeting.adjusted_on = on
    meeting.save(update_fields=["adjusted_on"])
    if report.meetings.filter(adjusted_on__isnull=True).exists():
        return revise(report, read_as=report.revision)
    return _moved(report, move, read_as=report.revision, by=by)


def _held(report: BoardReport) -> BoardReport:
    """Return the report as it stands, held for the transaction: of two who move it at once one waits."""
    return BoardReport.objects.select_for_update().get(pk=report.pk)


def _held_for(user: User, report: BoardReport, committee: Committee) -> frozenset[Permission]:
    """Return the permission to keep the report's minutes when the user has it for that committee."""
    may = committee in own_committees(user, report, Permission.MAKE_REPORTS)
    return frozenset({Permission.MAKE_REPORTS}) if may else frozenset()


def _moved(report: BoardReport, move: Move, *, read_as: int, by: User, why: str = "", **fields: object) -> BoardReport:
    after = ReportState(move.target)
    moved = revise(report, read_as=read_as, state=after, **fields)
    log_change(report, field="state", before=report.get_state_display(), after=after.label, by=by, why=why)
    return moved


def _frozen(report: BoardReport, move: Move, *, read_as: int, by: User) -> BoardReport:
    """Freeze the report and order its PDF. Raises MoveFault that names all that is wanting: texts, data, explanations."""
    faults = _unwritten(report)
    snapshot = latest_snapshot()
    if snapshot is None or snapshot.as_of < report.end:
        until = date_long(report.end)
        raise MoveFault(*faults, f"Det finns inget underlag som når till periodens slut, {until}. Läs in det först.")
    if faults := [*faults, *_unexplained(report, snapshot, by)]:
        raise MoveFault(*faults)
    content = fingerprint_of(report, snapshot=snapshot.hash)
    moved = _moved(report, move, read_as=read_as, by=by, snapshot=snapshot, content_sha256=content)
    queue_edition(moved, snapshot=snapshot, by=by)
    return moved


def _unwritten(report: BoardReport) -> list[str]:
    """Return, in Swedish, which texts are wanting, and what keeps the proposed decision from being carried out."""
    faults = []
    if missing := missing_parts(report):
        listed = ", ".join(f"”{one.spec.heading}”" for one in missing)
        faults.append(f"Rapporten är inte färdigskriven. Det som saknas är: {listed}.")
    if wrong := proposal_faults(proposal_of(composition_of(report))):
        faults.append(f"Förslaget till beslut går inte att verkställa som det står. {' '.join(wrong)}")
    return faults


def _unexplained(report: BoardReport, snapshot: Snapshot, by: User) -> list[str]:
    """Return, in Swedish, which outcomes have neither an explanation nor a reason to go on without one."""
    try:
        owing = unmet(demands_of(report, snapshot=snapshot, user=by))
    except CannotTell as fault:
        return [f"{fault} Den som får se dem lämnar rapporten till godkännande."]
    if not owing:
        return []
    listed = ", ".join(f"”{one.part.name}” i {one.part.committee}" for one in owing)
    wanted = "Skriv en förklaring med en åtgärd, eller ange ett skäl till att rapporten får gå vidare utan."
    return [f"Utfall som missar målet eller har försämrats är inte förklarade: {listed}. {wanted}"]


def _thawed(report: BoardReport, move: Move, *, read_as: int, by: User, why: str) -> BoardReport:
    """Open the report again: approvals and decisions are taken away, and a PDF that waits to be made is not made."""
    _forget_what_was_said(report, why=why, by=by)
    report.editions.filter(status=ReportStatus.QUEUED).update(
        status=ReportStatus.FAILED,
        error="Rapporten öppnades för ändringar innan PDF-filen var gjord.",
        finished_at=timezone.now(),
    )
    return _moved(report, move, read_as=read_as, by=by, why=why, snapshot=None, content_sha256="")


def _forget_what_was_said(report: BoardReport, *, why: str, by: User) -> None:
    """Take approvals and decisions away, since they were of another text than what will be; the log keeps them.

    A committee of a joint report may have decided before another one referred it back.
    """
    for meeting in report.meetings.filter(approved_by__isnull=False).select_related("committee", "approved_by"):
        before = f"{meeting.committee.name}, {meeting.approved_by}: {meeting.approved_sha256}"
        log_change(report, field="godkännande", before=before, after="", by=by, why=why)
    for meeting in report.meetings.filter(decided_on__isnull=False).select_related("committee"):
        before = f"{_decision(meeting)}: {report.content_sha256}"
        log_change(report, field=f"beslut, {meeting.committee.name}", before=before, after="", by=by, why=why)
    report.meetings.update(approved_by=None, approved_at=None, approved_sha256="", decided_on=None, paragraph="")


def _check_unchanged(report: BoardReport) -> None:
    if not is_unchanged(report):
        raise MoveFault("Rapportens innehåll stämmer inte med det som låstes. Tala med den som sköter systemet.")


def _check_edition(report: BoardReport) -> None:
    """Refuse to go on without the PDF of just this content: it is what the committee is sent."""
    edition = edition_of_report(report)
    if edition is None or edition.status in {ReportStatus.QUEUED, ReportStatus.RENDERING}:
        raise MoveFault("Rapportens PDF är inte klar än. Vänta tills den är det, och läs den innan du godkänner.")
    if edition.status == ReportStatus.FAILED:
        raise MoveFault(
            f"Rapportens PDF kunde inte göras. {edition.error} Sekreteraren får öppna rapporten och rätta felet."
        )


def _check_day(field: str, day: dt.date, *, not_before: dt.date, what: str) -> None:
    if day > timezone.localdate():
        raise ValidationError({field: f"{what} kan inte antecknas i förväg."})
    if day < not_before:
        raise ValidationError({field: f"{what} kan inte vara före {date_long(not_before)}."})


def _decision(meeting: BoardReportCommittee) -> str:
    return f"{meeting.decided_on.isoformat()} § {meeting.paragraph}" if meeting.decided_on else ""
