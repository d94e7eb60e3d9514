"""Setting up a report from a template: its period, its committees' meetings, the stops before them and its parts.

A draft's meetings can be moved: a meeting is called off, or the committee refers the report back to the next one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from committees.actions.changes import log_change
from committees.enums import Role
from committees.models import Committee, RoleAssignment, User
from committees.permissions import Permission, access_of
from committees.revising import revise
from committees.views.guards import refuse
from reporting.documents.models import (
    BoardReport,
    BoardReportCommittee,
    PartText,
    ReportPart,
    ReportPeriod,
    ReportTemplateVersion,
)
from reporting.documents.templates.model import TemplateContent, Writer
from reporting.documents.templates.reading import content_of
from reporting.documents.work.lead_times import lead_times_of
from reporting.documents.work.policies import require_draft, require_secretary
from reporting.documents.work.schedule import (
    STATUTORY_ENDS,
    Span,
    month_before,
    schedule_before,
    span_of,
    statutory_due,
)
from reporting.enums import ReportKind, ReportState
from reporting.figures.swedish import date_long

_ROLES = {Writer.SECRETARY: Role.SECRETARY, Writer.MANAGER: Role.MANAGER}


@dataclass(frozen=True)
class Assignment:
    """A report that is to be written: from which template, to which meetings, of which period and year.

    A monthly sheet has no `period`: it is about the last whole month before its figures stop.
    """

    template_version: ReportTemplateVersion
    meetings: Mapping[Committee, dt.date]
    period: ReportPeriod | None = None
    year: int = 0
    registry_number: str = ""

    def span(self, data_stop: dt.date) -> Span:
        """Return the days the report is about, when its figures stop on that day."""
        if self.period is not None:
            return span_of(self.period, self.year)
        return month_before(data_stop)


@transaction.atomic
def set_up_report(assignment: Assignment, *, by: User) -> BoardReport:
    """Set the report up and return it: a draft with its parts, each with its writer where there is only one to choose.

    Raises PermissionDenied for who may not make reports for all of the committees, and ValidationError, in Swedish, when the
    template does not fit, a meeting is too near the end of the period or too late for the law, or the report is there already.
    """
    if not access_of(by).may_for(Permission.MAKE_REPORTS, [committee.code for committee in assignment.meetings]):
        raise refuse(Permission.MAKE_REPORTS)
    content = content_of(assignment.template_version)
    _check_template(assignment, content)
    schedule = schedule_before(min(assignment.meetings.values()), lead_times_of(content))
    span = assignment.span(schedule.data_stop)
    _check_stops(span, schedule.data_stop)
    due = _due(assignment, span)
    _check_new(assignment, content, span)
    report = BoardReport.objects.create(
        template_version=assignment.template_version,
        kind=content.kind,
        title=_title(assignment, content, span),
        period_code=assignment.period.code if assignment.period else "",
        start=span.start,
        end=span.end,
        registry_number=assignment.registry_number.strip(),
        due=due,
        created_by=by,
        **vars(schedule),
    )
    _add_meetings(report, assignment.meetings)
    _add_parts(report, content, by=by)
    log_change(report, field="state", before="", after=report.get_state_display(), by=by)
    return report


@transaction.atomic
def set_up_correction(report: BoardReport, *, meetings: Mapping[Committee, dt.date], why: str, by: User) -> BoardReport:
    """Set up the next version of a report that has been decided on, with its texts, and return it as a draft.

    What was decided on stays as it is. A correction that was withdrawn keeps its number. Raises ValidationError, in Swedish,
    without a reason, when the report has not been decided on, or when a correction of it is there already.
    """
    require_secretary(report, by=by)
    if not why.strip():
        raise ValidationError({"why": "Skriv vad som ska rättas och varför."})
    if report.state not in ReportState.decided_on():
        raise ValidationError("Bara en beslutad rapport rättas med en ny version. Den här kan fortfarande ändras.")
    if report.correction is not None:
        raise ValidationError("Det finns redan en ny version som rättar den här rapporten.")
    leads = lead_times_of(content_of(report.template_version))
    corrected = BoardReport.objects.create(
        template_version=report.template_version,
        kind=report.kind,
        title=report.title,
        period_code=report.period_code,
        start=report.start,
        end=report.end,
        registry_number=report.registry_number,
        version=1 + max([report.version, *report.corrections.values_list("version", flat=True)]),
        corrects=report,
        created_by=by,
        **vars(schedule_before(min(meetings.values()), leads)),
    )
    _add_meetings(corrected, meetings)
    for part in report.parts.order_by("pk"):
        copied = ReportPart.objects.create(report=corrected, code=part.code, writer=part.writer, text=part.text)
        if part.text:
            PartText.objects.create(part=copied, number=1, text=part.text, by=by)
    log_change(corrected, field="state", before="", after=corrected.get_state_display(), by=by, why=why)
    return corrected


@transaction.atomic
def reschedule(
    report: BoardReport,
    *,
    meetings: Mapping[Committee, dt.date],
    registry_number: str,
    read_as: int,
    by: User,
    why: str = "",
) -> BoardReport:
    """Give a draft other meetings, with the stops before them, and its registry number; return it fresh.

    What the report is about stays. Raises PermissionDenied, MoveFault when the report is no longer a draft, ValidationError, in
    Swedish, when a meeting is too near the end of the period, or beyond the law's last day and no reason is given, and Overtaken.
    """
    require_secretary(report, by=by)
    require_draft(report)
    before = {meeting.committee: meeting.meeting_on for meeting in report.meetings.select_related("committee")}
    days = {committee: meetings.get(committee, day) for committee, day in before.items()}
    schedule = schedule_before(min(days.values()), lead_times_of(content_of(report.template_version)))
    _check_stops(Span(report.start, report.end), schedule.data_stop)
    if report.due and days != before and max(days.values()) > report.due and not why.strip():
        raise ValidationError({"why": f"{_too_late(report.due)} Skriv varför det ändå blir så."})
    number = registry_number.strip()
    changed = revise(report, read_as=read_as, registry_number=number, **vars(schedule))
    log_change(report, field="diarienummer", before=report.registry_number, after=number, by=by, why=why)
    for meeting in report.meetings.select_related("committee"):
        field, day = f"sammanträde, {meeting.committee.name}", days[meeting.committee]
        log_change(report, field=field, before=meeting.meeting_on, after=day, by=by, why=why)
        meeting.meeting_on = day
        meeting.save(update_fields=["meeting_on"])
    return changed


def _check_template(assignment: Assignment, content: TemplateContent) -> None:
    if not assignment.meetings:
        raise ValidationError({"committees": "Välj minst en nämnd."})
    if content.joint and len(assignment.meetings) < 2:
        raise ValidationError({"committees": "En samlad uppföljning behöver minst två nämnder."})
    if not content.joint and len(assignment.meetings) > 1:
        raise ValidationError({"committees": f"Mallen ”{content.title}” är för en nämnd. Välj mallen för flera."})
    period = assignment.period
    if content.kind == ReportKind.MONTHLY:
        if period is not None:
            raise ValidationError({"period": "Ett månadsblad följer sammanträdet och har ingen rapportperiod."})
    elif period is None or period.kind != content.kind:
        wanted = ReportKind(content.kind).label.lower()
        raise ValidationError({"period": f"Välj en rapportperiod för {wanted}."})


def _check_stops(span: Span, data_stop: dt.date) -> None:
    if data_stop <= span.end:
        raise ValidationError(
            {
                "meeting": f"Sammanträdet ligger för nära periodens slut: datastoppet skulle bli {date_long(data_stop)}, "
                f"men perioden slutar {date_long(span.end)}. Välj ett senare sammanträde eller kortare tider."
            }
        )


def _due(assignment: Assignment, span: Span) -> dt.date | None:
    """Return when the council and the auditors must have the statutory interim report, None for other reports."""
    if assignment.period is None or not assignment.period.statutory:
        return None
    if f"{span.end:%m-%d}" not in STATUTORY_ENDS:
        raise ValidationError(
            {
                "period": "Den lagstadgade delårsrapporten ska sluta 06-30, 07-31 eller 08-31 (LKBR 13 kap. 1 §), men perioden "
                f"slutar {date_long(span.end)}. Rätta rapportperioden."
            }
        )
    due = statutory_due(span.end)
    if max(assignment.meetings.values()) > due:
        raise ValidationError({"meeting": _too_late(due)})
    return due


def _too_late(due: dt.date) -> str:
    return (
        "Sammanträdet är för sent: den lagstadgade delårsrapporten ska vara hos fullmäktige och "
        f"revisorerna senast {date_long(due)} (kommunallagen 11 kap. 16 §)."
    )


def _check_new(assignment: Assignment, content: TemplateContent, span: Span) -> None:
    wanted = {committee.pk for committee in assignment.meetings}
    same = BoardReport.objects.filter(kind=content.kind, start=span.start, end=span.end)
    for report in same.exclude(state=ReportState.WITHDRAWN).prefetch_related("meetings"):
        if {meeting.committee_id for meeting in report.meetings.all()} == wanted:
            raise ValidationError(f"Rapporten finns redan: ”{report.title}”. Den går att öppna i kalendern.")


def _title(assignment: Assignment, content: TemplateContent, span: Span) -> str:
    if assignment.period is None:
        return f"{content.title} {span.end:%Y-%m}"
    name = content.title if content.joint else assignment.period.name
    return f"{name} {assignment.year}"


def _add_meetings(report: BoardReport, meetings: Mapping[Committee, dt.date]) -> None:
    BoardReportCommittee.objects.bulk_create(
        BoardReportCommittee(report=report, committee=committee, meeting_on=day) for committee, day in meetings.items()
    )


def _add_parts(report: BoardReport, content: TemplateContent, *, by: User) -> None:
    only = {writer: _only_one(report, role) for writer, role in _ROLES.items()}
    only[Writer.SECRETARY] = by
    ReportPart.objects.bulk_create(
        ReportPart(report=report, code=spec.code, writer=only[spec.writer]) for spec in content.texts
    )


def _only_one(report: BoardReport, role: Role) -> User | None:
    """Return the one person who has the role for the report's committees; None when there are none or several."""
    holding = RoleAssignment.objects.in_force(timezone.localdate()).filter(
        committee__in=report.committees.all(), role=role, unit__isnull=True, user__is_active=True
    )
    people = User.objects.filter(pk__in=holding.values("user"))
    return people.get() if people.count() == 1 else None
