"""From an annual report's values to its document and its PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from reporting.documents.annual.activities import activities_chapter
from reporting.documents.annual.background import annex_chapter, method_chapter, organisation_chapter
from reporting.documents.annual.goals import goals_chapter
from reporting.documents.annual.manifest import manifest_of
from reporting.documents.annual.outcome import outcome_chapter
from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.setting import Numbering, listed
from reporting.documents.annual.sfi import sfi_chapter
from reporting.documents.annual.summary import summary_chapter
from reporting.documents.annual.support import support_chapter
from reporting.documents.content import Chapter, Cover, Document
from reporting.documents.layout import pdf_of
from reporting.figures.swedish import date_long

_CHAPTERS: tuple[Callable[[AnnualReport, Numbering], Chapter | None], ...] = (
    summary_chapter,
    goals_chapter,
    outcome_chapter,
    activities_chapter,
    support_chapter,
    sfi_chapter,
    organisation_chapter,
    method_chapter,
)


def document_of(report: AnnualReport) -> Document:
    """Return the report's content, chapter by chapter."""
    numbers = Numbering()
    chapters = [chapter for make in _CHAPTERS if (chapter := make(report, numbers))]
    tables = tuple(table for chapter in chapters for table in chapter.tables)
    chapters.append(annex_chapter(report, tables, numbers))
    return Document(_cover(report), tuple(chapters))


def render(report: AnnualReport) -> bytes:
    """Return the report as a PDF: the same report gives the same bytes. Raises RenderingFault when it cannot be set well."""
    document = document_of(report)
    return pdf_of(document, manifest_of(report, document), moment=moment_of(report))


def moment_of(report: AnnualReport) -> dt.datetime:
    """Return the report's own date: that of what it knows, so that it never depends on the day it is rendered."""
    return dt.datetime.combine(report.as_of, dt.time(12), tzinfo=dt.UTC)


def _cover(report: AnnualReport) -> Cover:
    order = report.order
    name = "Samlad uppföljning" if order.is_joint else "Helårsrapport"
    snapshot = f"{order.snapshot[:4]}…{order.snapshot[-4:]}"
    return Cover(
        title=f"{name} {order.year}",
        subject="Arbetsmarknad, sfi och ekonomiskt bistånd",
        committees=_names(name for _, name in order.committees),
        municipality=report.municipality,
        registry_number=order.registry_number,
        version=str(order.version),
        date=date_long(report.as_of),
        as_of=date_long(report.as_of),
        snapshot=snapshot,
    )


def _names(names: Iterable[str]) -> str:
    found = list(names)
    return listed([found[0], *(name[:1].lower() + name[1:] for name in found[1:])])
