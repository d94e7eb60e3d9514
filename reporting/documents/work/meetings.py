"""The committees' meetings: which one a report is in time for, and keeping them and the municipality's lead times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from committees.actions.changes import log_change, log_changes
from committees.models import Committee, User
from committees.permissions import Permission, access_of
from committees.views.guards import refuse
from reporting.documents.models import BoardReport, BoardReportCommittee, Meeting, MunicipalLeadTimes, ReportPeriod
from reporting.documents.templates.model import LeadTimes
from reporting.documents.work.lead_times import municipal_lead_times
from reporting.documents.work.schedule import MEETING_YEARS, schedule_before, span_of, statutory_due
from reporting.enums import ReportKind, ReportState


@dataclass
class MeetingShown:
    """A day a committee meets, and the reports that go there. `meeting` is None when only a report says so."""

    day: dt.date
    committee: Committee
    meeting: Meeting | None = None
    reports: list[BoardReport] = field(default_factory=list)

    @property
    def has_sheet(self) -> bool:
        """Whether a monthly sheet goes there."""
        return any(report.kind == ReportKind.MONTHLY for report in self.reports)


def meetings_of(user: User, year: int) -> list[MeetingShown]:
    """Return the year's meetings of the committees whose reports the user writes, in order. Costs three queries."""
    codes = access_of(user).committees_with(Permission.WRITE_REPORTS)
    found: dict[tuple[int, dt.date], MeetingShown] = {}
    for meeting in Meeting.objects.filter(committee__code__in=codes, day__year=year).select_related("committee"):
        found[meeting.committee_id, meeting.day] = MeetingShown(meeting.day, meeting.committee, meeting)
    reports = BoardReport.objects.visible_to(user).exclude(state=ReportState.WITHDRAWN).values("pk")
    going = BoardReportCommittee.objects.filter(report__in=reports, committee__code__in=codes, meeting_on__year=year)
    for one in going.select_related("committee", "report").order_by("report"):
        key = (one.committee_id, one.meeting_on)
        found.setdefault(key, MeetingShown(one.meeting_on, one.committee)).reports.append(one.report)
    return sorted(found.values(), key=lambda shown: (shown.day, shown.committee.name))


def proposed_meetings(
    committees: Sequence[Committee], *, period: ReportPeriod | None, year: int, leads: LeadTimes, today: dt.date
) -> Mapping[Committee, dt.date]:
    """Return for each committee that has one the next meeting a report is in time for; the first of them when all have been.

    In time: the figures stop after the period's end, and a statutory report comes before the law's last day. Every meeting is in
    time for a monthly sheet (no `period`).
    """
    found: dict[Committee, dt.date] = {}
    for meeting in Meeting.objects.filter(committee__in=committees).select_related("committee").order_by("day"):
        if not _is_in_time(meeting.day, period=period, year=year, leads=leads):
            continue
        first = found.setdefault(meeting.committee, meeting.day)
        if first < today <= meeting.day:
            found[meeting.committee] = meeting.day
    return found


def _is_in_time(day: dt.date, *, period: ReportPeriod | None, year: int, leads: LeadTimes) -> bool:
    if period is None:
        return True
    end = span_of(period, year).end
    if period.statutory and day > statutory_due(end):
        return False
    return schedule_before(day, leads).data_stop > end


@transaction.atomic
def add_meeting(committee: Committee, day: dt.date, *, by: User) -> Meeting:
    """Enter a meeting in the calendar. Raises PermissionDenied, or ValidationError when it is there already or mistyped."""
    _require(committee, by)
    if day.year not in MEETING_YEARS:
        raise ValidationError({"day": f"Året ska vara mellan {MEETING_YEARS[0]} och {MEETING_YEARS[-1]}."})
    meeting, created = Meeting.objects.get_or_create(committee=committee, day=day)
    if not created:
        raise ValidationError({"day": f"Sammanträdet {day.isoformat()} i {committee.name} finns redan."})
    log_change(committee, field="sammanträde", before="", after=day, by=by)
    return meeting


@transaction.atomic
def remove_meeting(meeting: Meeting, *, by: User) -> None:
    """Take a meeting out of the calendar; reports that go there keep their date. Raises PermissionDenied."""
    _require(meeting.committee, by)
    log_change(meeting.committee, field="sammanträde", before=meeting.day, after="", by=by)
    meeting.delete()


@transaction.atomic
def set_lead_times(leads: LeadTimes, *, by: User) -> None:
    """Set the municipality's lead times. Raises PermissionDenied, or ValidationError when they are not in order."""
    if not access_of(by).may(Permission.MAKE_REPORTS):
        raise refuse(Permission.MAKE_REPORTS)
    wanted = asdict(leads)
    if list(wanted.values()) != sorted(wanted.values(), reverse=True):
        raise ValidationError("Stoppen ska komma i ordning: datastopp först, sedan textstopp, beredning och utskick.")
    before = asdict(municipal_lead_times())
    stored, _ = MunicipalLeadTimes.objects.update_or_create(pk=1, defaults=wanted)
    log_changes(stored, before=before, after=wanted, by=by)


def _require(committee: Committee, by: User) -> None:
    if not access_of(by).may_for(Permission.MAKE_REPORTS, [committee.code]):
        raise refuse(Permission.MAKE_REPORTS)
