"""A report as a document: its texts among its figures, as its template says, with a manifest that names what it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from reporting.documents.annual.manifest import tables_of
from reporting.documents.annual.report import ReportFault
from reporting.documents.chapters import numbered_in_order
from reporting.documents.content import Block, Cell, Chapter, Document, Table
from reporting.documents.layout import Edition
from reporting.documents.models import BoardReport
from reporting.documents.papers import columns
from reporting.documents.templates.model import ChapterSpec, FigureContent
from reporting.documents.work.composition import Composition, composition_of
from reporting.documents.work.figures import MADE, Made
from reporting.documents.work.markdown import FiguresShown
from reporting.documents.work.references import Quotables, ReferenceFault, recorded
from reporting.documents.work.showing import references_in_part, row_faults, written_blocks
from reporting.documents.written import Figures, WrittenChapter, WrittenPart, arranged
from reporting.figures.swedish import date_long
from reporting.snapshots.models import Snapshot

_ANCHORS = {FigureContent.SUMMARY: "aret", FigureContent.ORGANISATION: "ansvar"}
"""Where those stand that have another name in the template than in the document."""
Chosen = Mapping[str, Sequence[Block]]
"""The blocks of parts that choose what they show, by the part's code."""
_ON_GOALS = (FigureContent.GOALS.value, FigureContent.SO_FAR.value)
"""The chapters that tell how the goals stand: of a year, and of a part of one."""
_TOP_HEADING = 3
"""The level of a text's own first heading where the text alone is a chapter; under a part's heading it is one more."""


def edition_with_texts(report: BoardReport, snapshot: Snapshot) -> Edition:
    """Return the report on its way set in pages. Raises as `edition_of_composition` does."""
    return edition_of_composition(composition_of(report), snapshot)


def figures_of(report: BoardReport, snapshot: Snapshot) -> Sequence[Mapping[str, Any]]:
    """Return the figures that the report publishes from the snapshot, as its manifest has them, whatever its texts say.

    Raises ReportFault as `edition_of_composition` does.
    """
    composition = composition_of(report)
    return figures_in(made_without_texts(composition, snapshot))


def edition_of_composition(composition: Composition, snapshot: Snapshot) -> Edition:
    """Return the report set in pages, every kind the same way: figures, texts, chapters of the apps above, annex, manifest.

    Raises ReportFault when the snapshot has nothing of the period, a text refers to a figure that the report does not have, or a
    free table has a row that does not fill its columns.
    """
    unfinished = [
        fault for part in composition.content.texts for fault in row_faults(part, composition.texts.get(part.code, ""))
    ]
    if unfinished:
        raise ReportFault(" ".join(unfinished))
    made = made_without_texts(composition, snapshot)
    if not composition.texts and not made.manifest["figures"]:
        raise ReportFault(_nothing_to_tell(composition))
    quotables = Quotables.of(figures_in(made), end=composition.end, codes=composition.codes)
    try:
        whole = with_texts(made.document, made.chosen, composition, quotables.shown)
        references = recorded(_asked_in(composition), quotables)
    except ReferenceFault as fault:
        raise ReportFault(f"En text hänvisar till en siffra som rapporten inte har. {fault}") from fault
    document = made.finish(whole)
    facts = {**_facts(composition), "tables": tables_of(document)}
    if references:
        facts["references"] = references
    return Edition(document, {**made.manifest, **facts}, made.moment)


def _asked_in(composition: Composition) -> dict[str, list[str]]:
    """Return what the references of each part ask for, by the part's code."""
    return {code: references_in_part(composition.content.part(code), text) for code, text in composition.texts.items()}


def made_without_texts(composition: Composition, snapshot: Snapshot) -> Made:
    """Return all that the report shows besides what is written in it: its figures, and the chapters of the apps above."""
    return MADE[composition.kind](composition, snapshot)


def with_texts(
    document: Document,
    chosen: Chosen,
    composition: Composition,
    figures: FiguresShown,
    *,
    unwritten: Sequence[Block] = (),
) -> Document:
    """Return the report's figures and texts arranged as its template says, its tables and charts numbered in that order.

    `chosen`: the blocks of parts that choose what they show, by the part's code. `figures` gives what stands for a reference,
    `unwritten` what stands where a text is to come.
    """
    written = list(_written(composition, chosen, figures, unwritten))
    cover = replace(document.cover, title=composition.title, subject=composition.content.covers)
    chapters = tuple(_with_waived(document.chapters, composition))
    return numbered_in_order(arranged(replace(document, cover=cover, chapters=chapters), written))


def _with_waived(chapters: Sequence[Chapter], composition: Composition) -> Iterator[Chapter]:
    """Yield the chapters, the one on goals with the outcomes that nobody has explained, and why the report goes on."""
    head = columns(("Indikator", 34), ("Nämnd", 22), ("Skäl till att förklaring saknas", 44))
    rows = tuple((Cell(one.name), Cell(one.committee), Cell(one.reason)) for one in composition.waived)
    table = Table(0, "utan-forklaring", "Utfall som inte är förklarade", head, rows)
    for chapter in chapters:
        told = rows and chapter.anchor in _ON_GOALS
        yield replace(chapter, blocks=(*chapter.blocks, table)) if told else chapter


def _nothing_to_tell(composition: Composition) -> str:
    names = " och ".join(committee.name for committee in composition.committees)
    return (
        f"Det finns inga uppgifter till och med {date_long(composition.end)} som {names} ansvarar för i underlaget. Ingen "
        "rapport har gjorts. Kontrollera perioden, nämnderna och vilka filer som har lästs in."
    )


def _facts(composition: Composition) -> dict[str, object]:
    version = composition.template
    return {
        "title": composition.title,
        "period": {"start": composition.start.isoformat(), "end": composition.end.isoformat()},
        "report_version": composition.version,
        "template": {"code": version.template.code, "number": version.number, "sha256": version.sha256},
        "texts": {code: hashlib.sha256(text.encode()).hexdigest() for code, text in composition.texts.items()},
        "content": composition.content_sha256,
    }


def figures_in(made: Made) -> Sequence[Mapping[str, Any]]:
    """Return the figures as the manifest has them."""
    return cast("Sequence[Mapping[str, Any]]", made.manifest["figures"])


def anchor_of(content: FigureContent) -> str:
    """Return the anchor of the chapter that has the content."""
    return _ANCHORS.get(content, content.value)


def _written(
    composition: Composition, chosen: Chosen, figures: FiguresShown, unwritten: Sequence[Block]
) -> Iterator[WrittenChapter]:
    for chapter in composition.content.chapters:
        pieces = tuple(_pieces(chapter, composition.texts, chosen, figures, unwritten))
        yield WrittenChapter(f"kapitel-{chapter.code}", chapter.heading, pieces)


def _pieces(
    chapter: ChapterSpec, texts: Mapping[str, str], chosen: Chosen, figures: FiguresShown, unwritten: Sequence[Block]
) -> Iterator[WrittenPart | Figures]:
    filled = [
        part for part in chapter.parts if part.content is not None or part.chooses or texts.get(part.code) or unwritten
    ]
    top = _TOP_HEADING if len(filled) == 1 else _TOP_HEADING + 1
    for part in filled:
        if part.content is not None:
            yield Figures(anchor_of(part.content), part.heading)
            continue
        text = texts.get(part.code, "")
        to_come = unwritten if part.is_written else ()
        own = written_blocks(part, text, top=top, figures=figures) if text else to_come
        yield WrittenPart(part.heading, (*chosen.get(part.code, ()), *own))
