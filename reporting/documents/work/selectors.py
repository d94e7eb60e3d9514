"""What is read of reports on their way: the calendar of a year, what a report is made of, what it still lacks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from committees.models import Committee, User
from committees.permissions import Permission, access_of
from reporting.documents.models import BoardReport, BoardReportCommittee, Report, ReportPart, ReportPeriod
from reporting.documents.templates.model import ChapterSpec, PartSpec
from reporting.documents.templates.reading import content_of
from reporting.documents.work.schedule import end_of, statutory_due
from reporting.enums import ReportState, ReportStatus


@dataclass(frozen=True)
class PartShown:
    """A part of a report: what the template says of it, and, for a text, what has been written."""

    spec: PartSpec
    part: ReportPart | None = None

    @property
    def standing(self) -> str:
        """How far the text has come, in a word."""
        if self.part is None:
            return "Ur underlaget"
        if self.part.ready_by_id is not None:
            return "Klar"
        if self.part.text:
            return "Påbörjad"
        return "Saknas" if self.spec.required else "Tom, behövs inte"

    @property
    def is_missing(self) -> bool:
        """Whether the report cannot go on without it: a text that must be there or has been begun, and is not ready."""
        if self.part is None or self.part.ready_by_id is not None:
            return False
        return is_owed(self.spec, begun=bool(self.part.text))


def is_owed(spec: PartSpec, *, begun: bool) -> bool:
    """Whether a text has to be finished before the report goes on: when it must be there, or has been begun."""
    return spec.required or begun


@dataclass(frozen=True)
class ChapterShown:
    """A chapter with its parts."""

    spec: ChapterSpec
    parts: tuple[PartShown, ...]


def chapters_of(report: BoardReport) -> tuple[ChapterShown, ...]:
    """Return the report's chapters in the order of the template it began with. Costs one query."""
    return _chapters(report, _parts(report))


def written_of(report: BoardReport) -> tuple[ChapterShown, ...]:
    """Return all that is written: the report's chapters, and its memo last. Costs one query."""
    parts = _parts(report)
    memo = _memo(report, parts)
    return (*_chapters(report, parts), *([memo] if memo else []))


def _parts(report: BoardReport) -> Mapping[str, ReportPart]:
    return {part.code: part for part in report.parts.select_related("writer", "ready_by", "written_by")}


def _chapters(report: BoardReport, written: Mapping[str, ReportPart]) -> tuple[ChapterShown, ...]:
    return tuple(
        ChapterShown(chapter, tuple(PartShown(spec, written.get(spec.code)) for spec in chapter.parts))
        for chapter in content_of(report.template_version).chapters
    )


def _memo(report: BoardReport, written: Mapping[str, ReportPart]) -> ChapterShown | None:
    memo = content_of(report.template_version).memo
    if not memo:
        return None
    spec = ChapterSpec("tjansteskrivelse", "Tjänsteskrivelse", memo)
    return ChapterShown(spec, tuple(PartShown(part, written.get(part.code)) for part in memo))


def missing_parts(report: BoardReport) -> tuple[PartShown, ...]:
    """Return the texts the report cannot be approved without and that are not ready."""
    return tuple(part for chapter in written_of(report) for part in chapter.parts if part.is_missing)


def edition_of_report(report: BoardReport) -> Report | None:
    """Return the PDF, made or on its way, of a frozen report's content; None while it is a draft."""
    if not report.content_sha256:
        return None
    editions = report.editions.filter(kind=report.kind)
    newest = editions.defer("manifest").order_by("-pk").first()
    ready = editions.filter(status=ReportStatus.READY, manifest__content=report.content_sha256)
    return newest if newest is None or newest.status != ReportStatus.READY else ready.order_by("-pk").first()


@dataclass(frozen=True)
class PeriodDue:
    """A committee's report of a period in a year: the report when it is set up, and the law's last day where there is one."""

    committee: Committee
    period: ReportPeriod
    year: int
    end: dt.date
    due: dt.date | None
    report: BoardReport | None


def calendar_of(user: User, year: int) -> list[PeriodDue]:
    """Return what the user's committees are to report of the year, in order of the periods' ends."""
    codes = access_of(user).committees_with(Permission.WRITE_REPORTS)
    committees = list(Committee.objects.filter(code__in=codes).order_by("name"))
    set_up = BoardReport.objects.visible_to(user).filter(start__year=year).exclude(state=ReportState.WITHDRAWN)
    # A committee may have a report of its own and be in a joint one of the same period; of versions the latest stands.
    reports = list(set_up.exclude(period_code="").order_by("pk").prefetch_related("meetings"))
    corrected = {report.corrects_id for report in reports}
    found: dict[tuple[int, str], list[BoardReport | None]] = {}
    for report in reports:
        for meeting in report.meetings.all():
            if report.pk not in corrected:
                found.setdefault((meeting.committee_id, report.period_code), []).append(report)
    rows = [
        PeriodDue(
            committee,
            period,
            year,
            end := end_of(period, year),
            statutory_due(end) if period.statutory else None,
            report,
        )
        for period in ReportPeriod.objects.all()
        for committee in committees
        for report in found.get((committee.pk, period.code), [None])
    ]
    return sorted(rows, key=lambda row: (row.end, row.committee.name))


STOPS_AHEAD = {
    "data_stop": (ReportState.DRAFT,),
    "text_stop": (ReportState.DRAFT,),
    "preparation": (ReportState.DRAFT, ReportState.REVIEWED, ReportState.APPROVED),
    "dispatch": ReportState.open(),
    "due": ReportState.open(),
}
"""The states in which each stop on a report's way is still ahead."""


def meetings_ahead(user: User, committees: Sequence[Committee]) -> QuerySet[BoardReportCommittee]:
    """Return these committees' parts in the reports that lie open, of those whose reports the user writes."""
    own = access_of(user).committees_with(Permission.WRITE_REPORTS)
    reports = BoardReport.objects.visible_to(user).open().values("pk")
    return BoardReportCommittee.objects.filter(report__in=reports, committee__in=committees, committee__code__in=own)
