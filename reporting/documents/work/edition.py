"""A report on its way as a document: its texts among its figures, with a manifest that names what was frozen."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from reporting.documents.annual import Edition, annual_report, edition_of
from reporting.documents.annual.manifest import tables_of
from reporting.documents.annual.report import ReportFault, rows_of
from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Cover, Document, Prose
from reporting.documents.interim import interim_chapter, interim_figures
from reporting.documents.models import BoardReport
from reporting.documents.papers import FORMAT, municipality_name
from reporting.documents.templates.model import FigureContent
from reporting.documents.templates.reading import content_of
from reporting.documents.work.markdown import FiguresShown, html_of, references_in
from reporting.documents.work.policies import codes_of
from reporting.documents.work.references import Quotables, ReferenceFault, recorded
from reporting.documents.work.selectors import ChapterShown, chapters_of
from reporting.documents.written import Figures, WrittenChapter, WrittenPart, arranged
from reporting.enums import ReportKind
from reporting.figures.swedish import date_long, listed, lower_first
from reporting.snapshots.engine import engine_for
from reporting.snapshots.models import Snapshot

_ANCHORS = {
    FigureContent.SUMMARY: "aret",
    FigureContent.GOALS: "mal",
    FigureContent.ORGANISATION: "ansvar",
    FigureContent.OUTCOME: "resultat",
    FigureContent.ACTIVITIES: "insatser",
    FigureContent.SUPPORT: "bistand",
    FigureContent.SFI: "sfi",
    FigureContent.ROUTINES: "rutiner",
    FigureContent.METHOD: "metod",
}
"""Where in the annual report each of the template's figures stands."""
_TOP_HEADING = 3
"""The level of a text's own first heading where the text alone is a chapter; under a part's heading it is one more."""


def edition_with_texts(report: BoardReport, snapshot: Snapshot) -> Edition:
    """Return the report set in pages: for a year and for a part of one with the figures of it, else with what
    has been written.

    Raises ReportFault when the snapshot has nothing of the year, or a text refers to a figure that the report does not have.
    """
    edition = _MADE.get(report.kind, _without_figures)(report, snapshot)
    quotables = Quotables.of(_figures_in(edition), end=report.end, codes=codes_of(report))
    cover = replace(edition.document.cover, title=report.title, subject=content_of(report.template_version).covers)
    try:
        document = arranged(replace(edition.document, cover=cover), list(_written(report, quotables.shown)))
        references = recorded({part.code: references_in(part.text) for part in report.parts.all()}, quotables)
    except ReferenceFault as fault:
        raise ReportFault(f"En text hänvisar till en siffra som rapporten inte har. {fault}") from fault
    texts = {part.code: hashlib.sha256(part.text.encode()).hexdigest() for part in report.parts.order_by("code")}
    version = report.template_version
    facts = {
        "title": report.title,
        "period": {"start": report.start.isoformat(), "end": report.end.isoformat()},
        "report_version": report.version,
        "template": {"code": version.template.code, "number": version.number, "sha256": version.sha256},
        "texts": texts,
        "content": report.content_sha256,
        **({"references": references} if references else {}),
    }
    return replace(edition, document=document, manifest={**edition.manifest, **facts})


def figures_of(report: BoardReport, snapshot: Snapshot) -> Sequence[Mapping[str, Any]]:
    """Return the figures that the report publishes from the snapshot, as its manifest has them, whatever its texts say.

    Raises ReportFault as `edition_with_texts` does.
    """
    return _figures_in(_MADE.get(report.kind, _without_figures)(report, snapshot))


def _figures_in(edition: Edition) -> Sequence[Mapping[str, Any]]:
    return cast("Sequence[Mapping[str, Any]]", edition.manifest["figures"])


def _figures(report: BoardReport, snapshot: Snapshot) -> Edition:
    return edition_of(
        annual_report(
            committees=tuple(report.committees.all()),
            year=report.end.year,
            snapshot=snapshot,
            registry_number=report.registry_number,
        )
    )


def _interim(report: BoardReport, snapshot: Snapshot) -> Edition:
    """Return the edition of a part of a year: goals and measures so far, with a forecast."""
    edition, codes = _without_figures(report, snapshot), codes_of(report)
    engine = engine_for(snapshot)
    found = interim_figures(engine, codes, report.end, rows_of(engine, codes))
    if not found.rows:
        return edition
    document = replace(edition.document, chapters=(interim_chapter(found, Numbering()),))
    measures = {result.measure.code: result.measure.version for result in found.results}
    facts = {
        "measures": [{"code": code, "version": version} for code, version in sorted(measures.items())],
        "figures": [result.as_json() for result in found.results],
        "tables": tables_of(document),
    }
    return replace(edition, document=document, manifest={**edition.manifest, **facts})


def _without_figures(report: BoardReport, snapshot: Snapshot) -> Edition:
    """Return an edition that has a cover and a manifest, and no chapters yet."""
    committees = list(report.committees.all())
    first, *others = sorted(committee.name for committee in committees)
    cover = Cover(
        title=report.title,
        subject="",
        committees=listed([first, *map(lower_first, others)]),
        municipality=municipality_name(),
        registry_number=report.registry_number,
        version="1",
        date=date_long(snapshot.as_of),
        as_of=date_long(snapshot.as_of),
        snapshot=snapshot.short_hash,
        keywords=f"{report.get_kind_display().lower()}, uppföljning, arbetsmarknad, sfi, ekonomiskt bistånd",
    )
    manifest: dict[str, object] = {
        "format": FORMAT,
        "kind": report.kind,
        "municipality": cover.municipality,
        "committees": sorted(committee.code for committee in committees),
        "year": report.end.year,
        "registry_number": report.registry_number,
        "version": 1,
        "snapshot": snapshot.hash,
        "as_of": snapshot.as_of.isoformat(),
        "measures": [],
        "figures": [],
        "tables": [],
    }
    moment = dt.datetime.combine(snapshot.as_of, dt.time(12), tzinfo=dt.UTC)
    return Edition(Document(cover, ()), manifest, moment)


_MADE: Mapping[str, Callable[[BoardReport, Snapshot], Edition]] = {
    ReportKind.ANNUAL: _figures,
    ReportKind.INTERIM: _interim,
}


def _written(report: BoardReport, figures: FiguresShown) -> Iterator[WrittenChapter]:
    for chapter in chapters_of(report):
        yield WrittenChapter(f"kapitel-{chapter.spec.code}", chapter.spec.heading, tuple(_pieces(chapter, figures)))


def _pieces(chapter: ChapterShown, figures: FiguresShown) -> Iterator[WrittenPart | Figures]:
    filled = [one for one in chapter.parts if one.spec.content is not None or (one.part and one.part.text)]
    top = _TOP_HEADING if len(filled) == 1 else _TOP_HEADING + 1
    for one in filled:
        if one.spec.content is not None:
            yield Figures(_ANCHORS[one.spec.content])
        elif one.part is not None:
            html = html_of(one.part.text, top=top, links=False, figures=figures)
            yield WrittenPart(one.spec.heading, Prose(html))
