"""The reports that somebody still has something to do with: what the next step is, by when, and the texts it waits for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from committees.models import User
from committees.permissions import Permission, access_of
from reporting.documents.models import BoardReport, ReportPart
from reporting.documents.templates.reading import content_of
from reporting.documents.work.moving import WORKFLOW
from reporting.documents.work.selectors import is_owed
from reporting.enums import ReportState

_ENDED = (ReportState.ARCHIVED, ReportState.WITHDRAWN)
_STOPS = {
    ReportState.DRAFT: "text_stop",
    ReportState.REVIEWED: "preparation",
    ReportState.APPROVED: "preparation",
}
"""The stop by which the next step has to be taken, in the states before a committee has the report."""


@dataclass(frozen=True)
class UnderWay:
    """A report on its way as its writers' list shows it.

    `step` is the label of the step that takes it on, `by` the day by which that should be done (None once all committees have
    decided), `owed` the texts that a draft still waits for and `own` those of them that fall to the reader: as the named writer,
    or because nobody is named.
    """

    report: BoardReport
    step: str
    by: dt.date | None
    owed: int
    own: int


def under_way(user: User) -> list[UnderWay]:
    """Return the reports that the user writes for and that are neither archived nor withdrawn, the most urgent first.

    Costs three queries. A correction stands for the report that it corrects.
    """
    codes = access_of(user).committees_with(Permission.WRITE_REPORTS)
    own = BoardReport.objects.filter(committees__code__in=codes)
    reports = (
        BoardReport.objects.visible_to(user).uncorrected().exclude(state__in=_ENDED).filter(pk__in=own.values("pk"))
    )
    found = reports.select_related("template_version__template").prefetch_related("meetings__committee", "parts")
    rows = [_row(report, user) for report in found.defer("snapshot__manifest")]
    return sorted(rows, key=lambda row: (row.by is None, row.by or row.report.end, row.report.title, row.report.pk))


def _row(report: BoardReport, user: User) -> UnderWay:
    owed = _owed(report) if report.state in ReportState.in_writing() else []
    own = [part for part in owed if part.writer_id in (None, user.pk)]
    onward = WORKFLOW.onward(report.state)
    return UnderWay(report, onward.label if onward else "", _by(report), len(owed), len(own))


def _by(report: BoardReport) -> dt.date | None:
    stop = _STOPS.get(ReportState(report.state))
    if stop is not None:
        day: dt.date = getattr(report, stop)
        return day
    return min((one.meeting_on for one in report.meetings.all() if one.decided_on is None), default=None)


def _owed(report: BoardReport) -> list[ReportPart]:
    content = content_of(report.template_version)
    unfinished = (part for part in report.parts.all() if part.ready_by_id is None)
    return [part for part in unfinished if is_owed(content.part(part.code), begun=bool(part.text))]
