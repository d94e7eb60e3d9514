"""A report as it reads now: its texts among its figures while it is a draft, and the very document that was frozen after that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError

from committees.models import User
from reporting.documents.content import Block, Chart, Document, Headlines, Table, Text
from reporting.documents.models import BoardReport, DraftFigures, ReportPart
from reporting.documents.publication.keeping import DocumentLost, document_of
from reporting.documents.templates.reading import content_of
from reporting.documents.work.composition import Composition, composition_of
from reporting.documents.work.drafts import Draft, chapters_and_chosen, draft_of, without_figures
from reporting.documents.work.edition import Chosen, anchor_of, with_texts
from reporting.documents.work.looks import Since, look, unread
from reporting.documents.work.policies import may_see_changes, may_see_figures
from reporting.documents.work.quoting import NOT_FOR_READER, FiguresInDraft
from reporting.documents.work.selectors import edition_of_report
from reporting.documents.work.showing import require_rows
from reporting.enums import ReportState, ReportStatus

_UNWRITTEN = (Text("Den här delen är inte färdigskriven.", "note"),)
_IN_PDF = "Siffrorna är låsta. De visas när PDF-filen är klar."


@dataclass(frozen=True)
class Reading:
    """A report as somebody reads it. `draft` is None once the report is frozen."""

    document: Document
    draft: Draft | None = None

    @property
    def is_preliminary(self) -> bool:
        """Whether there are figures in it that may still change."""
        return self.draft is not None and self.draft.figures is not None


def read(report: BoardReport, *, by: User) -> Reading:
    """Return the report as it reads now. A reader who may not see its figures reads the texts."""
    if report.content_sha256:
        return Reading(_frozen(report, by))
    draft = draft_of(report)
    return Reading(_drafted(report, draft, by), draft if may_see_figures(by, report) else Draft())


def record_look(report: BoardReport, reading: Reading, *, by: User) -> Since | None:
    """Record that the report is shown to the reader as it reads, and return what has changed in it since their last visit.

    None for a first visit, for a report that is no draft, and for a reader who may not compare its figures.
    """
    if reading.draft is None or not _may_compare(report, by):
        return None
    return look(report, reading.draft.figures, by=by)


def not_read_yet(report: BoardReport, draft: Draft, parts: Sequence[ReportPart], *, by: User) -> Since | None:
    """Return what the reader would be told had the draft been shown now; None as of `record_look`."""
    return unread(report, draft.figures, by=by, parts=parts) if _may_compare(report, by) else None


def _may_compare(report: BoardReport, by: User) -> bool:
    return report.state in ReportState.in_writing() and may_see_changes(by, report)


def figures_beside(report: BoardReport, code: str, document: Document) -> tuple[Block, ...]:
    """Return the tables, charts and headlines of the chapter that a part stands in, from the report as it reads."""
    content = content_of(report.template_version)
    found = next((one for one in content.chapters if any(part.code == code for part in one.parts)), None)
    if found is None:
        return ()
    anchors = {f"kapitel-{found.code}", *(anchor_of(part.content) for part in found.parts if part.content)}
    chapters = [chapter for chapter in document.chapters if chapter.anchor in anchors]
    return tuple(block for chapter in chapters for block in chapter.blocks if is_figure(block))


def is_figure(block: Block) -> bool:
    """Whether the block shows figures."""
    return isinstance(block, (Table, Chart, Headlines))


def _frozen(report: BoardReport, by: User) -> Document:
    """Return the document that was frozen; until its PDF is made, the texts with the figures the draft had of its snapshot."""
    edition = edition_of_report(report)
    if edition is None or edition.status != ReportStatus.READY:
        draft = draft_of(report)
        return _drafted(report, replace(draft, fault=draft.fault or _IN_PDF), by)
    try:
        return document_of(edition)
    except DocumentLost as lost:
        composition = composition_of(report)
        return _arranged(report, composition, without_figures(composition, str(lost)), by)


def _drafted(report: BoardReport, draft: Draft, by: User) -> Document:
    composition = composition_of(report)
    if not may_see_figures(by, report):
        shown = without_figures(composition, NOT_FOR_READER)
    elif draft.figures is None:
        shown = without_figures(composition, draft.said)
    else:
        shown = chapters_and_chosen(draft.figures)
    return _arranged(report, composition, shown, by, draft.figures)


def _arranged(
    report: BoardReport,
    composition: Composition,
    shown: tuple[Document, Chosen],
    by: User,
    kept: DraftFigures | None = None,
) -> Document:
    """Return the texts among what is shown of the figures; what cannot be set yet is told to be unfinished."""
    figures = FiguresInDraft(report, by=by, kept=kept)
    texts = {code: text if _can_be_set(composition, code, text) else "" for code, text in composition.texts.items()}
    return with_texts(*shown, replace(composition, texts=texts), figures, unwritten=_UNWRITTEN)


def _can_be_set(composition: Composition, code: str, text: str) -> bool:
    """Whether a free table has its rows whole, as it has not while somebody types them."""
    try:
        require_rows(composition.content.part(code), text)
    except ValidationError:
        return False
    return True
