"""The demonstration's reports: an annual report that is decided on and published, and others begun. All of it invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from committees.models import Committee, User
from demo import report_texts
from reporting.documents.actions import render_queued
from reporting.documents.models import BoardReport, Report, ReportPeriod, ReportTemplate
from reporting.documents.templates.storing import deliver_templates
from reporting.documents.work.moving import adjust, approve, decide, move_report
from reporting.documents.work.setting_up import Assignment, set_up_report
from reporting.documents.work.writing import mark_ready, write_text
from reporting.enums import ReportStatus


@dataclass(frozen=True)
class Begun:
    """A report that is set up; a monthly sheet has no period.

    `meetings` by committee; `texts` by part, those in `ready` marked as finished.
    """

    template: str
    period: str
    year: int
    meetings: Mapping[str, dt.date]
    registry_number: str
    texts: Mapping[str, str] = field(default_factory=dict)
    ready: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Decided:
    """A report of one committee that is decided on: § and the day the minutes were adjusted."""

    begun: Begun
    committee: str
    paragraph: str
    adjusted_on: dt.date


ANNUAL = Decided(
    Begun(
        "helarsrapport",
        "helar",
        2024,
        {"SN": dt.date(2025, 3, 4)},
        "SN 2025/31",
        report_texts.ANNUAL,
        frozenset(report_texts.ANNUAL),
    ),
    committee="SN",
    paragraph="22",
    adjusted_on=dt.date(2025, 3, 11),
)
DRAFTS = (
    Begun(
        "delarsrapport",
        "delar",
        2024,
        {"SN": dt.date(2024, 10, 22)},
        "SN 2024/187",
        report_texts.INTERIM,
        frozenset({"handelser-text", "personal-text", "internkontroll-text"}),
    ),
    Begun(
        "samlad-uppfoljning",
        "helar",
        2024,
        {"SN": dt.date(2025, 3, 11), "KUN": dt.date(2025, 3, 18)},
        "KS 2025/44",
        report_texts.JOINT,
    ),
    Begun("manadsblad", "", 2025, {"SN": dt.date(2025, 2, 18)}, "SN 2025/12", report_texts.MONTHLY),
)
_SECRETARY, _HEAD = "sekreterare", "chef"


@transaction.atomic
def add_drafts() -> int:
    """Set up the drafts that are not there and return how many that was.

    The accounts and a snapshot of their periods must be there.
    """
    missing = [begun for begun in DRAFTS if not _is_there(begun)]
    for begun in missing:
        _begin(begun)
    return len(missing)


def add_decided() -> int:
    """Take the annual report the whole way to its publication, and return 1; 0 when it is there already.

    The accounts must be there, a snapshot of its year, and the explanations that it demands. Its PDF is made here, as
    the worker would make it. Raises MoveFault, in Swedish, when the report cannot go on.
    """
    if _is_there(ANNUAL.begun):
        return 0
    deliver_templates()
    secretary, head = (User.objects.get(username=name) for name in (_SECRETARY, _HEAD))
    report = _begin(ANNUAL.begun)
    report = move_report(report, name="review", read_as=report.revision, by=secretary)
    render_queued(Report.objects.get(board_report=report, kind=report.kind, status=ReportStatus.QUEUED))
    report = approve(report, sha256=report.content_sha256, by=head)
    report = move_report(report, name="prepare", read_as=report.revision, by=secretary)
    committee = Committee.objects.get(code=ANNUAL.committee)
    day = ANNUAL.begun.meetings[ANNUAL.committee]
    report = decide(report, committee=committee, on=day, paragraph=ANNUAL.paragraph, by=secretary)
    report = adjust(report, committee=committee, on=ANNUAL.adjusted_on, by=secretary)
    move_report(report, name="publish", read_as=report.revision, by=secretary)
    return 1


def _is_there(begun: Begun) -> bool:
    return BoardReport.objects.filter(registry_number=begun.registry_number).exists()


@transaction.atomic
def _begin(begun: Begun) -> BoardReport:
    """Set the report up and write its texts, each by its writer."""
    deliver_templates()
    secretary = User.objects.get(username=_SECRETARY)
    committees = Committee.objects.in_bulk(list(begun.meetings), field_name="code")
    template = ReportTemplate.objects.get(code=begun.template)
    wanted = Assignment(
        template.versions.order_by("-number")[0],
        {committees[code]: day for code, day in begun.meetings.items()},
        period=ReportPeriod.objects.get(code=begun.period) if begun.period else None,
        year=begun.year,
        registry_number=begun.registry_number,
    )
    report = set_up_report(wanted, by=secretary)
    for code, text in begun.texts.items():
        part = report.parts.select_related("report", "writer").get(code=code)
        by = part.writer or secretary
        written = write_text(part, text=text, read_as=part.revision, by=by)
        if code in begun.ready:
            mark_ready(written, read_as=written.revision, by=by)
    report.refresh_from_db()
    return report
