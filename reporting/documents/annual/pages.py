"""From an annual report's values to its document and its PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from reporting.documents.annual.activities import activities_chapter
from reporting.documents.annual.background import annex_chapter, method_chapter, organisation_chapter
from reporting.documents.annual.comparison import comparison_chapter
from reporting.documents.annual.criteria import criteria_chapter
from reporting.documents.annual.economy import economy_chapter
from reporting.documents.annual.goals import goals_chapter
from reporting.documents.annual.manifest import manifest_of
from reporting.documents.annual.outcome import outcome_chapter
from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.restated import restatement_chapter
from reporting.documents.annual.routines import routines_chapter
from reporting.documents.annual.setting import Numbering
from reporting.documents.annual.sfi import sfi_chapter
from reporting.documents.annual.summary import summary_chapter
from reporting.documents.annual.support import support_chapter
from reporting.documents.content import Chapter, Cover, Document
from reporting.documents.layout import pdf_of
from reporting.figures.swedish import date_long, listed, lower_first

_CHAPTERS: tuple[Callable[[AnnualReport, Numbering], Chapter | None], ...] = (
    summary_chapter,
    goals_chapter,
    organisation_chapter,
    outcome_chapter,
    activities_chapter,
    support_chapter,
    sfi_chapter,
    routines_chapter,
    economy_chapter,
    comparison_chapter,
    restatement_chapter,
    criteria_chapter,
    method_chapter,
)
_SUBJECTS = ((("resultat", "insatser"), "arbetsmarknad"), (("sfi",), "sfi"), (("bistand",), "ekonomiskt bistånd"))
"""What the chapters are about, in the order the cover says it."""


def document_of(report: AnnualReport) -> Document:
    """Return the report's figures chapter by chapter, in the order they have where no template says another; no annex yet."""
    numbers = Numbering()
    chapters = tuple(chapter for make in _CHAPTERS if (chapter := make(report, numbers)))
    return Document(_cover(report, chapters), chapters)


def with_annex(report: AnnualReport, document: Document) -> Document:
    """Return the document with the annex that lists all of its tables."""
    annex = annex_chapter(report, document.tables, Numbering(tables=len(document.tables)))
    return replace(document, chapters=(*document.chapters, annex))


@dataclass(frozen=True)
class Edition:
    """A report set in pages: its document, its manifest, and the moment it is dated."""

    document: Document
    manifest: Mapping[str, object]
    moment: dt.datetime

    def numbered(self, version: int) -> Edition:
        """Return it as another version of the same content."""
        cover = replace(self.document.cover, version=str(version))
        return replace(
            self, document=replace(self.document, cover=cover), manifest={**self.manifest, "version": version}
        )

    def pdf(self) -> bytes:
        """Return its PDF: the same edition gives the same bytes. Raises RenderingFault when it cannot be set well."""
        return pdf_of(self.document, self.manifest, moment=self.moment)


def edition_of(report: AnnualReport) -> Edition:
    """Return the report set in pages, dated as what it knows: it never depends on the day it is rendered."""
    document = with_annex(report, document_of(report))
    moment = dt.datetime.combine(report.as_of, dt.time(12), tzinfo=dt.UTC)
    return Edition(document, manifest_of(report, document), moment)


def render(report: AnnualReport) -> bytes:
    """Return the report as a PDF. Raises RenderingFault when it cannot be set well."""
    return edition_of(report).pdf()


def _cover(report: AnnualReport, chapters: tuple[Chapter, ...]) -> Cover:
    order = report.order
    name = "Samlad uppföljning" if order.is_joint else "Helårsrapport"
    snapshot = f"{order.snapshot[:4]}…{order.snapshot[-4:]}"
    return Cover(
        title=f"{name} {order.year}",
        subject=f"Helårsrapport om {_subjects(chapters)}",
        committees=_names(name for _, name in order.committees),
        municipality=report.municipality,
        registry_number=order.registry_number,
        version=str(order.version),
        date=date_long(report.as_of),
        as_of=date_long(report.as_of),
        snapshot=snapshot,
    )


def _subjects(chapters: tuple[Chapter, ...]) -> str:
    """Return in words what the chapters are about."""
    found = [word for keys, word in _SUBJECTS if any(chapter.anchor in keys for chapter in chapters)]
    return listed(found) if found else "arbete, sfi och ekonomiskt bistånd"


def _names(names: Iterable[str]) -> str:
    found = list(names)
    return listed([found[0], *(lower_first(name) for name in found[1:])])
