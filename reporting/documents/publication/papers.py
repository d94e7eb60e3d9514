"""The papers that are made with a report's PDF: its memo and its brief, known by the register as the report is."""

from __future__ import annotations

from reporting.documents.layout import Edition
from reporting.documents.models import BoardReport, Report
from reporting.documents.publication.brief import brief_edition
from reporting.documents.publication.memo import memo_edition
from reporting.documents.work.composition import Composition
from reporting.enums import ReportKind, ReportStatus

PAPERS = (ReportKind.MEMO, ReportKind.BRIEF)


def papers_of(composition: Composition, edition: Edition) -> list[tuple[ReportKind, Edition]]:
    """Return the papers that go with the report's edition; none for a report whose template has no memo.

    Raises RenderingFault when one cannot be set.
    """
    memo = memo_edition(composition, edition)
    if memo is None:
        return []
    return [(ReportKind.MEMO, memo), (ReportKind.BRIEF, brief_edition(composition, edition))]


def made_with(report: BoardReport) -> dict[str, Report]:
    """Return the finished papers of the report's frozen content by kind, the newest of each."""
    if not report.content_sha256:
        return {}
    made = report.editions.filter(kind__in=PAPERS, status=ReportStatus.READY, manifest__content=report.content_sha256)
    return {paper.kind: paper for paper in made.order_by("pk")}
