"""What each kind of report shows of the snapshot: its figures as published, its own chapters, and what closes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reporting.documents.annual.criteria import criteria_chapter
from reporting.documents.annual.manifest import manifest_of
from reporting.documents.annual.pages import chapters_of, with_annex
from reporting.documents.annual.questions import series_years
from reporting.documents.annual.report import AnnualReport, annual_report, rows_of
from reporting.documents.annual.setting import Numbering
from reporting.documents.chapters import registered_chapters
from reporting.documents.chosen.asking import Asked, Asking, requests_in
from reporting.documents.chosen.telling import Telling
from reporting.documents.content import LETTER, Block, Chapter, Cover, Document
from reporting.documents.papers import FORMAT, municipality_name
from reporting.documents.parts import indicators
from reporting.documents.quality import quality_chapter
from reporting.documents.so_far.figures import Interim, interim_figures
from reporting.documents.so_far.goals import interim_chapters
from reporting.documents.so_far.monthly import monthly_chapters
from reporting.documents.staff import staff_chapter
from reporting.documents.templates.model import FigureContent
from reporting.documents.work.answering import answers_chapter, places_of
from reporting.documents.work.composition import Composition
from reporting.enums import ReportKind
from reporting.figures.model import Period, Result
from reporting.figures.swedish import date_long, listed, lower_first
from reporting.snapshots.engine import Engine, engine_for
from reporting.snapshots.models import Snapshot


@dataclass(frozen=True)
class Made:
    """A report's figures: chapters in their own order, the manifest, the moment it is dated, and what is added at the end.

    `chosen`: by its code, the blocks of each part whose measures the template chooses. `results`: every published figure.
    """

    document: Document
    manifest: Mapping[str, object]
    moment: dt.datetime
    finish: Callable[[Document], Document]
    chosen: Mapping[str, tuple[Block, ...]]
    results: tuple[Result, ...]


def _asked(composition: Composition, engine: Engine, years: Sequence[int]) -> dict[str, tuple[Asked, ...]]:
    """Return what each part asks for whose measures the template chooses, by the part's code."""
    specs = composition.content.chosen
    if not specs:
        return {}
    codes = composition.codes
    asking = Asking(engine, composition.kind, composition.end, rows_of(engine, codes), indicators(codes, years))
    return {spec.code: asking.of(spec) for spec in specs}


def _told(
    composition: Composition, engine: Engine, asked: Mapping[str, tuple[Asked, ...]], results: Iterable[Result]
) -> dict[str, tuple[Block, ...]]:
    telling = Telling(engine, {result.request: result for result in results}, composition.end.year)
    return {spec.code: telling.blocks(spec, asked[spec.code]) for spec in composition.content.chosen}


def _annual(composition: Composition, snapshot: Snapshot) -> Made:
    year, engine = composition.end.year, engine_for(snapshot)
    asked = _asked(composition, engine, series_years(year))
    report = annual_report(
        committees=composition.committees,
        year=year,
        snapshot=snapshot,
        registry_number=composition.registry_number,
        chosen=list(requests_in(asked.values())),
    )
    results = report.figures.results
    own = Document(_cover(composition, snapshot), chapters_of(report))
    document = _completed(_by_template(own, report, composition), composition, engine, results)
    manifest, finish = manifest_of(report, document), partial(with_annex, report)
    return Made(document, manifest, _moment(snapshot), finish, _told(composition, engine, asked, results), results)


def _by_template(document: Document, report: AnnualReport, composition: Composition) -> Document:
    """Return the document with a criteria map that names the chapters as the template does."""
    told = {result.measure.code for result in report.figures.results if not result.is_empty}
    named = criteria_chapter(report, Numbering(), places_of(composition.content, told, report.indicators))
    chapters = (named if named and one.anchor == named.anchor else one for one in document.chapters)
    return replace(document, chapters=tuple(chapters))


def _interim(composition: Composition, snapshot: Snapshot) -> Made:
    """Return the figures of a part of a year: goals and measures so far with a forecast, and the economy."""
    return _so_far(composition, snapshot, interim_chapters)


def _monthly(composition: Composition, snapshot: Snapshot) -> Made:
    """Return the key figures of a month's sheet: the month, and how things stand so far this year, as a letter."""
    made = _so_far(composition, snapshot, monthly_chapters, by_month=True)
    cover = replace(made.document.cover, facts=_letter_facts(composition, made.document.cover))
    return replace(made, document=replace(made.document, cover=cover, form=LETTER))


def _letter_facts(composition: Composition, cover: Cover) -> tuple[tuple[str, str], ...]:
    """Return what the head of a report without a cover tells: all that a cover does."""
    told = (
        ("Nämnd", cover.committees),
        ("Diarienummer", cover.registry_number),
        ("Månad", Period(composition.start, composition.end).label()),
        ("Uppgifter till och med", cover.as_of),
        ("Underlag", cover.snapshot),
        ("Omfattning", composition.content.covers),
    )
    return tuple((name, value) for name, value in told if value)


def _so_far(
    composition: Composition,
    snapshot: Snapshot,
    chapters_of: Callable[[Interim, Numbering], tuple[Chapter, ...]],
    *,
    by_month: bool = False,
) -> Made:
    engine, codes = engine_for(snapshot), composition.codes
    asked = _asked(composition, engine, [composition.end.year])
    requests = list(requests_in(asked.values()))
    found = interim_figures(engine, codes, composition.end, rows_of(engine, codes), requests, by_month=by_month)
    measures = {result.measure.code: result.measure.version for result in found.results}
    manifest = _manifest(composition, snapshot) | {
        "measures": [{"code": code, "version": version} for code, version in sorted(measures.items())],
        "figures": [result.as_json() for result in found.results],
    }
    own = Document(_cover(composition, snapshot), chapters_of(found, Numbering()))
    document = _completed(own, composition, engine, found.results)
    chosen = _told(composition, engine, asked, found.chosen)
    return Made(document, manifest, _moment(snapshot), lambda whole: whole, chosen, found.results)


def _completed(document: Document, composition: Composition, engine: Engine, results: Iterable[Result]) -> Document:
    """Return the document with every other chapter that the template has a place for, here and from the apps above."""
    wanted = [part.content for part in composition.content.parts if part.content is not None]
    told = {result.measure.code for result in results if not result.is_empty}
    standing = {chapter.anchor for chapter in document.chapters}
    own = (
        make(composition, engine, told)
        for content, make in _CHAPTERS.items()
        if content in wanted and content.value not in standing
    )
    return replace(document, chapters=(*document.chapters, *own, *registered_chapters(wanted, composition.subject)))


def _staff(composition: Composition, engine: Engine, _told: Collection[str]) -> Chapter:
    return staff_chapter(engine, composition.codes, Period(composition.start, composition.end), Numbering())


def _quality(composition: Composition, engine: Engine, _told: Collection[str]) -> Chapter:
    return quality_chapter(engine, Period(composition.start, composition.end), Numbering())


def _criteria(composition: Composition, _engine: Engine, told: Collection[str]) -> Chapter:
    return answers_chapter(composition, told, Numbering())


_CHAPTERS: Mapping[FigureContent, Callable[[Composition, Engine, Collection[str]], Chapter]] = {
    FigureContent.STAFF: _staff,
    FigureContent.QUALITY: _quality,
    FigureContent.CRITERIA: _criteria,
}
"""The chapters that every kind of report makes the same way, from the snapshot and the measures that it has figures of."""


def _cover(composition: Composition, snapshot: Snapshot) -> Cover:
    first, *others = sorted(committee.name for committee in composition.committees)
    return Cover(
        title=composition.title,
        subject="",
        committees=listed([first, *map(lower_first, others)]),
        municipality=municipality_name(),
        registry_number=composition.registry_number,
        version="1",
        date=date_long(snapshot.as_of),
        as_of=date_long(snapshot.as_of),
        snapshot=snapshot.short_hash,
        keywords=f"{composition.kind.label.lower()}, uppföljning, arbetsmarknad, sfi, ekonomiskt bistånd",
    )


def _manifest(composition: Composition, snapshot: Snapshot) -> dict[str, object]:
    return {
        "format": FORMAT,
        "kind": composition.kind.value,
        "municipality": municipality_name(),
        "committees": composition.codes,
        "year": composition.end.year,
        "registry_number": composition.registry_number,
        "version": 1,
        "snapshot": snapshot.hash,
        "as_of": snapshot.as_of.isoformat(),
    }


def _moment(snapshot: Snapshot) -> dt.datetime:
    """Return when a report is dated: as what it knows, never as the day it is rendered."""
    return dt.datetime.combine(snapshot.as_of, dt.time(12), tzinfo=dt.UTC)


MADE: Mapping[ReportKind, Callable[[Composition, Snapshot], Made]] = {
    ReportKind.ANNUAL: _annual,
    ReportKind.INTERIM: _interim,
    ReportKind.MONTHLY: _monthly,
}
"""What makes the figures of each kind that is written from a template."""
