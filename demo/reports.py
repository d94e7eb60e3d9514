"""The demonstration's reports on their way: an interim report half written, a joint follow-up begun. All of it invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from committees.models import Committee, User
from reporting.documents.models import BoardReport, ReportPart, ReportPeriod, ReportTemplate
from reporting.documents.templates.storing import deliver_templates
from reporting.documents.work.setting_up import Assignment, set_up_report
from reporting.documents.work.writing import mark_ready, write_text
from reporting.enums import ReportState


@dataclass(frozen=True)
class Begun:
    """A report that has been set up. `meetings` by committee; `texts` by part, those in `ready` marked as finished."""

    template: str
    period: str
    year: int
    meetings: Mapping[str, dt.date]
    registry_number: str
    texts: Mapping[str, str] = field(default_factory=dict)
    ready: frozenset[str] = frozenset()


_CONTROLLED = (
    "Kontrollen av genomförandeplaner är gjord för första halvåret.\n\n"
    "- Avvikelserna är genomgångna med enhetscheferna.\n- Nästa kontroll görs i december."
)
_WITH_FIGURES = (
    "\n\nVid periodens slut hade {{mått:plan_coverage}} av deltagarna en giltig plan, "
    "{{mått:plan_coverage; visa=antal}}."
)

REPORTS = (
    Begun(
        "delarsrapport",
        "delar",
        2024,
        {"SN": dt.date(2024, 10, 22)},
        "SN 2024/187",
        {
            "handelser-text": "Ansvaret för arbetsmarknad och integration flyttades till socialnämnden den 1 januari "
            "(KF 2023-10-25 § 190). Under våren har enheterna fått gemensamma lokaler och en gemensam ingång för den som "
            "söker stöd.\n\nDelegationsordningen är omarbetad (SN 2024-03-19 § 11).",
            "personal-text": "Två tjänster på arbetsmarknadsenheten var vakanta under våren och tillsattes i augusti.",
            "internkontroll-text": _CONTROLLED,
            "framat-text": "Höstens viktigaste fråga är hur uppföljningen ska gå till när flera enheter möter samma person.",
        },
        frozenset({"handelser-text", "personal-text", "internkontroll-text"}),
    ),
    Begun(
        "samlad-uppfoljning",
        "helar",
        2024,
        {"SN": dt.date(2025, 3, 11), "KUN": dt.date(2025, 3, 18)},
        "KS 2025/31",
        {
            "samverkan-text": "Nämnderna har haft två gemensamma möten under året. Ansvaret för den som läser sfi och "
            "samtidigt har ekonomiskt bistånd är beskrivet i en gemensam rutin."
        },
    ),
)
_SECRETARY = "sekreterare"


@transaction.atomic
def add_reports() -> int:
    """Set up the reports that are not there and return how many that was. The accounts and the calendar must be there."""
    deliver_templates()
    secretary = User.objects.get(username=_SECRETARY)
    there = set(BoardReport.objects.values_list("registry_number", flat=True))
    missing = [begun for begun in REPORTS if begun.registry_number not in there]
    for begun in missing:
        _add(begun, secretary)
    return len(missing)


@transaction.atomic
def refer_to_figures() -> None:
    """Let a text refer to figures of its report, where it stands as it was added. There must be a snapshot of the period."""
    parts = ReportPart.objects.filter(code="internkontroll-text", text=_CONTROLLED)
    for part in parts.filter(report__state=ReportState.DRAFT).select_related("report", "writer"):
        by = part.writer or User.objects.get(username=_SECRETARY)
        written = write_text(part, text=_CONTROLLED + _WITH_FIGURES, read_as=part.revision, by=by)
        mark_ready(written, read_as=written.revision, by=by)


def _add(begun: Begun, secretary: User) -> None:
    committees = Committee.objects.in_bulk(list(begun.meetings), field_name="code")
    template = ReportTemplate.objects.get(code=begun.template)
    report = set_up_report(
        Assignment(
            template.versions.order_by("-number")[0],
            {committees[code]: day for code, day in begun.meetings.items()},
            period=ReportPeriod.objects.get(code=begun.period),
            year=begun.year,
            registry_number=begun.registry_number,
        ),
        by=secretary,
    )
    for code, text in begun.texts.items():
        part = report.parts.select_related("report").get(code=code)
        part = write_text(part, text=text, read_as=part.revision, by=part.writer or secretary)
        if code in begun.ready:
            mark_ready(part, read_as=part.revision, by=part.writer or secretary)
