"""Chapters that the apps above reporting give to reports: each registers what it can tell of, found as Django's admin is.

A template names the content and the app makes the chapter, of plain values that may stand in a paper for everybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from committees.models import Committee
from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Block, Chapter, Chart, Document, Table, Text
from reporting.documents.parts import discover
from reporting.documents.templates.model import FigureContent
from reporting.enums import ReportKind


@dataclass(frozen=True)
class Subject:
    """What a chapter is to tell of: which committees, from one day to another, and the kind of report that asks."""

    kind: ReportKind
    committees: tuple[Committee, ...]
    start: dt.date
    end: dt.date

    @property
    def is_whole_year(self) -> bool:
        """Whether the report tells of a whole year."""
        return self.kind == ReportKind.ANNUAL


BlockSource = Callable[[Subject, Numbering], Sequence[Block]]
"""From what is asked to the blocks of a chapter; nothing where there is nothing to tell."""

_sources: dict[FigureContent, tuple[str, str, BlockSource]] = {}


def register_chapter(content: FigureContent, *, title: str, nothing: str, source: BlockSource) -> None:
    """Let templates show the content. `nothing` is what the chapter says, in Swedish, where the source has nothing to tell."""
    _sources[content] = (title, nothing, source)


def registered_chapters(contents: Sequence[FigureContent], subject: Subject) -> Iterator[Chapter]:
    """Yield the chapters of those contents that an app gives, in the order asked; a content stands under its own name."""
    discover()
    for content in contents:
        if content in _sources:
            title, nothing, source = _sources[content]
            blocks = tuple(source(subject, Numbering())) or (Text(nothing),)
            yield Chapter(content.value, title, blocks, runs_on=True)


def numbered_in_order(document: Document) -> Document:
    """Return the document with its tables and charts numbered in the order they stand."""
    numbers = Numbering()
    chapters = (
        replace(one, blocks=tuple(_numbered(block, numbers) for block in one.blocks)) for one in document.chapters
    )
    return replace(document, chapters=tuple(chapters))


def _numbered(block: Block, numbers: Numbering) -> Block:
    if isinstance(block, Table):
        return replace(block, number=numbers.table())
    if isinstance(block, Chart):
        return replace(block, number=numbers.chart())
    return block
