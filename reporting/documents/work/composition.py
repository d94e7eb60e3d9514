"""What a report is made of, as one plain value: from it alone, and a snapshot, every edition of every kind follows."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from committees.models import Committee
from reporting.documents.annual.report import ReportFault
from reporting.documents.chapters import Subject
from reporting.documents.models import BoardReport, ReportPeriod, ReportTemplateVersion
from reporting.documents.templates.model import TemplateContent
from reporting.documents.templates.reading import content_of
from reporting.documents.templates.storing import deliver_templates
from reporting.documents.work.schedule import Span, span_of
from reporting.enums import ReportKind
from reporting.snapshots.models import Snapshot


@dataclass(frozen=True)
class Waived:
    """An outcome that the report goes on without an explanation of, and why."""

    name: str
    committee: str
    reason: str


@dataclass(frozen=True)
class Composition:
    """A report's template, committees, period and texts (by the part's code), and the reasons printed where a demand was waived.

    `content_sha256` is empty until the report is frozen. `version` is the board report's, 1 for one without texts, and
    `prepared_on` the day it is prepared for the committee, which one that is not in the calendar lacks.
    """

    kind: ReportKind
    title: str
    template: ReportTemplateVersion
    committees: tuple[Committee, ...]
    start: dt.date
    end: dt.date
    registry_number: str = ""
    period_code: str = ""
    version: int = 1
    prepared_on: dt.date | None = None
    content_sha256: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    waived: tuple[Waived, ...] = ()

    @property
    def content(self) -> TemplateContent:
        """What the template's version says."""
        return content_of(self.template)

    @property
    def codes(self) -> list[str]:
        """The committees' codes, in order."""
        return sorted(committee.code for committee in self.committees)

    @property
    def subject(self) -> Subject:
        """What its chapters are to tell of."""
        return Subject(self.kind, self.committees, self.start, self.end)


def composition_of(report: BoardReport) -> Composition:
    """Return what a report on its way is made of, as it now stands."""
    meetings = sorted(report.meetings.select_related("committee"), key=lambda meeting: meeting.committee.code)
    return Composition(
        kind=ReportKind(report.kind),
        title=report.title,
        template=report.template_version,
        committees=tuple(meeting.committee for meeting in meetings),
        start=report.start,
        end=report.end,
        registry_number=report.registry_number,
        period_code=report.period_code,
        version=report.version,
        prepared_on=report.preparation,
        content_sha256=report.content_sha256,
        texts={part.code: part.text for part in report.parts.order_by("code")},
        waived=tuple(Waived(one.name, one.committee, one.reason) for one in report.waivers.all()),
    )


def figures_only(
    kind: str,
    committees: Sequence[Committee],
    year: int,
    *,
    period: str = "",
    registry_number: str = "",
    snapshot: Snapshot,
) -> Composition:
    """Return a report without texts, from the municipality's newest template of the kind.

    `period`: a reporting period's code or name; for a monthly sheet the month as "2023-08". Without it the statutory interim
    period, and the last whole month of the year that the snapshot knows. Raises ReportFault, in Swedish.
    """
    kind = ReportKind(kind)
    template = _template(kind, joint=len(committees) > 1)
    chosen = tuple(sorted(committees, key=lambda committee: committee.code))
    title, code, span = _period(kind, content_of(template), year, period, snapshot)
    return Composition(kind, title, template, chosen, span.start, span.end, registry_number, code)


def _template(kind: ReportKind, *, joint: bool) -> ReportTemplateVersion:
    """Return the newest version of the kind's template: the one for several committees where there are several and it exists."""
    deliver_templates()
    newest = ReportTemplateVersion.objects.filter(template__kind=kind).order_by("template__code", "-number")
    latest = {version.template_id: version for version in reversed(list(newest.select_related("template")))}
    return min(latest.values(), key=lambda version: (content_of(version).joint != joint, version.template.code))


def _period(
    kind: ReportKind, content: TemplateContent, year: int, wanted: str, snapshot: Snapshot
) -> tuple[str, str, Span]:
    """Return the report's title, its period's code and its days."""
    if kind == ReportKind.ANNUAL:
        return f"{content.title} {year}", "", Span(dt.date(year, 1, 1), dt.date(year, 12, 31))
    if kind == ReportKind.MONTHLY:
        span = _month(year, wanted, snapshot)
        return f"{content.title} {span.end:%Y-%m}", f"{span.end:%Y-%m}", span
    period = _interim_period(wanted)
    return f"{period.name} {year}", period.code, span_of(period, year)


def _interim_period(wanted: str) -> ReportPeriod:
    periods = list(ReportPeriod.objects.filter(kind=ReportKind.INTERIM).order_by("-statutory", "end"))
    named = [one for one in periods if not wanted or wanted.lower() in {one.code.lower(), one.name.lower()}]
    if named:
        return named[0]
    if not periods:
        raise ReportFault("Kommunens kalender har ingen period för delårsrapporter. Lägg till den i kommun.toml.")
    known = ", ".join(f"{one.code} ({one.name})" for one in periods)
    raise ReportFault(f"Det finns ingen delårsperiod som heter ”{wanted}”. De som finns är: {known}.")


def _month(year: int, wanted: str, snapshot: Snapshot) -> Span:
    if not wanted:
        month = max((end for end in _month_ends(year) if end <= snapshot.as_of), default=None)
        if month is None:
            raise ReportFault(f"Underlaget når inte till slutet av någon månad {year}. Välj ett annat år.")
        return Span(month.replace(day=1), month)
    found = next((end for end in _month_ends(year) if wanted in {f"{end:%Y-%m}", f"{end:%m}"}), None)
    if found is None:
        raise ReportFault(f"Månaden ”{wanted}” går inte att tyda. Skriv den som {year}-08.")
    return Span(found.replace(day=1), found)


def _month_ends(year: int) -> Iterator[dt.date]:
    for month in range(1, 13):
        yield dt.date(year, month, calendar.monthrange(year, month)[1])
