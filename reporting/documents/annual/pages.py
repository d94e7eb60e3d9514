"""From an annual report's values to its chapters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reporting.documents.annual.activities import activities_chapter
from reporting.documents.annual.background import annex_chapter, method_chapter, organisation_chapter
from reporting.documents.annual.comparison import comparison_chapter
from reporting.documents.annual.criteria import criteria_chapter
from reporting.documents.annual.economy import economy_chapter
from reporting.documents.annual.goals import goals_chapter
from reporting.documents.annual.outcome import outcome_chapter
from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.restated import restatement_chapter
from reporting.documents.annual.routines import routines_chapter
from reporting.documents.annual.setting import Numbering
from reporting.documents.annual.sfi import sfi_chapter
from reporting.documents.annual.summary import summary_chapter
from reporting.documents.annual.support import support_chapter
from reporting.documents.content import Chapter, Document

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


def chapters_of(report: AnnualReport) -> tuple[Chapter, ...]:
    """Return the report's figures chapter by chapter, in the order they have where no template says another; no annex yet."""
    numbers = Numbering()
    return tuple(chapter for make in _CHAPTERS if (chapter := make(report, numbers)))


def with_annex(report: AnnualReport, document: Document) -> Document:
    """Return the document with the annex that lists all of its tables."""
    annex = annex_chapter(report, document.tables, Numbering(tables=len(document.tables)))
    return replace(document, chapters=(*document.chapters, annex))
