"""Publishing a report that has been decided on: its address, and what stands at it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.text import slugify

from committees.models import User
from committees.workflows import MoveFault
from reporting.documents import storage
from reporting.documents.models import BoardReport, Publication, Report
from reporting.documents.publication.keeping import DocumentLost, document_of
from reporting.documents.work.policies import codes_of
from reporting.documents.work.selectors import edition_of_report
from reporting.enums import ReportKind, ReportState, ReportStatus

PUBLIC = (ReportState.PUBLISHED, ReportState.ARCHIVED)
"""The states in which everybody may read a report."""


def published() -> QuerySet[Publication]:
    """Return what everybody may read, the newest year first and of each report the latest version first."""
    return Publication.objects.filter(report__state__in=PUBLIC).select_related(
        "report__template_version", "edition__snapshot"
    )


def later_version(publication: Publication) -> Publication | None:
    """Return the latest published version of the same report, None when it is this one."""
    later = published().filter(year=publication.year, name=publication.name, version__gt=publication.version)
    return later.order_by("-version").first()


def moment_of(edition: Report) -> dt.datetime:
    """Return the moment that a report's other files are dated: that of its PDF, which is what its figures know."""
    return dt.datetime.combine(edition.snapshot.as_of, dt.time(12), tzinfo=dt.UTC)


def facts_of(publication: Publication) -> dict[str, object]:
    """Return what the report is, for whoever takes it as data."""
    report, edition = publication.report, publication.edition
    return {
        "title": report.title,
        "kind": report.kind,
        "municipality": edition.manifest.get("municipality", ""),
        "committees": [meeting.committee.name for meeting in report.meetings.select_related("committee")],
        "period": {"start": report.start.isoformat(), "end": report.end.isoformat()},
        "registry_number": report.registry_number,
        "version": publication.version,
        "decisions": [
            {"committee": meeting.committee.name, "date": str(meeting.decided_on), "paragraph": meeting.paragraph}
            for meeting in report.meetings.select_related("committee")
        ],
        "as_of": edition.snapshot.as_of.isoformat(),
        "snapshot": edition.snapshot.hash,
        "pdf_sha256": edition.sha256,
        "measures": edition.manifest.get("measures", []),
        "figures": edition.manifest.get("figures", []),
    }


@transaction.atomic
def publish_report(report: BoardReport, *, by: User) -> Publication:
    """Give the report its public address and return it; the address of what it corrects, in its own version.

    Raises MoveFault, in Swedish, when the PDF that was decided on, or the document it was made from, is not whole.
    """
    edition = decided_edition(report)
    corrected = Publication.objects.filter(report=report.corrects).first() if report.corrects else None
    year, name = (corrected.year, corrected.name) if corrected else (report.end.year, _free_name(report))
    return Publication.objects.create(
        report=report, edition=edition, year=year, name=name, version=report.version, by=by
    )


def decided_edition(report: BoardReport) -> Report:
    """Return the PDF of a frozen report. Raises MoveFault when it, or the document it was made from, is not whole."""
    edition = edition_of_report(report)
    if edition is None or edition.status != ReportStatus.READY or not storage.is_whole(edition.sha256):
        raise MoveFault("Rapportens PDF finns inte kvar som den beslutades. Tala med den som sköter systemet.")
    try:
        document_of(edition)
    except DocumentLost as lost:
        raise MoveFault(str(lost)) from lost
    return edition


def _free_name(report: BoardReport) -> str:
    """Return a name that no other report of the year has: template, month where it is not the whole year, committees."""
    month = "" if report.kind == ReportKind.ANNUAL else date_format(report.end, "F")
    code = report.template_version.template.code
    wanted = slugify(" ".join([code, month, *codes_of(report)]))
    taken = set(Publication.objects.filter(year=report.end.year, version=report.version).values_list("name", flat=True))
    return next(name for name in _numbered(wanted, len(taken) + 1) if name not in taken)


def _numbered(name: str, most: int) -> list[str]:
    return [name, *(f"{name}-{number}" for number in range(2, most + 2))]
