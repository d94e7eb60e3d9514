"""The kortversion: a report on just one page for the meeting, of the same parts as the report itself."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from reporting.documents.annual.manifest import tables_of
from reporting.documents.content import (
    LETTER,
    Block,
    Box,
    Boxes,
    Cell,
    Chapter,
    Column,
    Document,
    Headlines,
    Prose,
    Table,
    Text,
)
from reporting.documents.layout import Edition
from reporting.documents.pdf import RenderingFault
from reporting.documents.publication.memo import (
    letter_cover,
    letter_manifest,
    names_of_committees,
    shown_proposal,
)
from reporting.documents.work.composition import Composition
from reporting.documents.work.markdown import html_of
from reporting.documents.work.references import Quotables
from reporting.enums import ReportKind
from reporting.figures.model import PartFigure
from reporting.figures.swedish import NO_DENOMINATOR, date_long, listed
from reporting.figures.wording import part_in_words
from reporting.measures.catalogue import measure

_EXPLANATIONS = "forklaringar"
_SO_FAR = "delar-indikatorer"
_SO_FAR_COLUMNS = (0, 3, 4, 5)
_ECONOMY = "budget_outcome"
_ECONOMY_PARTS = ("outcome", "budget", "deviation")
_MOST_FIGURES = 8
_MISSED = {
    ReportKind.ANNUAL: "Mål som inte nåddes",
    ReportKind.INTERIM: "Mål som inte nås hittills",
    ReportKind.MONTHLY: "Mål som inte nås hittills",
}


@dataclass(frozen=True)
class Room:
    """How much of what may be long gets room: missed targets, characters of each explanation, sentences of the proposal."""

    explanations: int
    characters: int
    figures: int
    sentences: int
    letters: int


_ROOMS = (
    Room(6, 240, 8, 8, 600),
    Room(5, 140, 8, 6, 300),
    Room(4, 90, 6, 5, 200),
    Room(3, 60, 4, 4, 160),
    Room(1, 40, 2, 2, 120),
)
"""Tried in order until everything stands on one page."""


def brief_edition(composition: Composition, edition: Edition) -> Edition:
    """Return the brief of a report's edition, on one page. Raises RenderingFault when it cannot be set on one."""
    for room in _ROOMS:
        made = _made(composition, edition, room)
        if _pages(made.pdf()) == 1:
            return made
    raise RenderingFault("Kortversionen ryms inte på en sida. Korta rapportens titel eller nämndernas namn.")


def _made(composition: Composition, edition: Edition, room: Room) -> Edition:
    cover = letter_cover(composition, edition, "Kortversion", _facts(composition, edition))
    chapters = [chapter for chapter in _chapters(composition, edition, room) if chapter.blocks]
    document = Document(cover, tuple(chapters), LETTER)
    figures: list[Mapping[str, object]] = [one for one in _figures(edition) if not one["by"]]
    manifest = {**letter_manifest(edition, ReportKind.BRIEF, figures), "tables": tables_of(document)}
    return replace(edition, document=document, manifest=manifest)


def _pages(pdf: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(pdf)).pages)


def _facts(composition: Composition, edition: Edition) -> tuple[tuple[str, str], ...]:
    told = (
        ("Nämnd", names_of_committees(composition)),
        ("Diarienummer", composition.registry_number),
        ("Gäller", f"{date_long(composition.start)}–{date_long(composition.end)}"),
        ("Uppgifter till och med", edition.document.cover.as_of),
    )
    return tuple((name, value) for name, value in told if value)


def _chapters(composition: Composition, edition: Edition, room: Room) -> Iterator[Chapter]:
    yield Chapter("nyckeltal", "Det viktigaste", tuple(_key_figures(edition.document, room)), runs_on=True)
    yield Chapter("missade", _MISSED[composition.kind], (_missed(composition, edition.document, room),), runs_on=True)
    yield Chapter("ekonomi", "Ekonomi", (Text(_economy(composition, edition)),), runs_on=True)
    yield Chapter("beslut", "Förslag till beslut", tuple(_proposal(composition, edition, room)), runs_on=True)


def _key_figures(document: Document, room: Room) -> Iterator[Block]:
    """Yield the report's own headlines, or else the first rows of its table of what has happened so far."""
    found = next((one for chapter in document.chapters for one in chapter.blocks if isinstance(one, Headlines)), None)
    if found is not None and found.headlines:
        yield found
        return
    table = _table(document, _SO_FAR)
    if table is None:
        yield Text("Rapporten har inga siffror ur underlaget.")
        return
    columns = tuple(table.columns[at] for at in _SO_FAR_COLUMNS)
    widths = (40, 20, 16, 24)
    rows = tuple(tuple(row[at] for at in _SO_FAR_COLUMNS) for row in table.rows[: min(room.figures, _MOST_FIGURES)])
    narrowed = tuple(Column(one.heading, width, one.numeric) for one, width in zip(columns, widths, strict=True))
    yield Table(1, table.name, table.caption, narrowed, rows)


def _missed(composition: Composition, document: Document, room: Room) -> Block:
    """Return the outcomes that are to be explained, each with what the committee says and does."""
    if composition.kind == ReportKind.MONTHLY:
        return Text("Utfall förklaras i delårsrapporten och helårsrapporten.")
    table = _table(document, _EXPLANATIONS)
    if table is None or not table.rows:
        return Text("Inget utfall kräver förklaring.")
    waived = {one.name: one.reason for one in composition.waived}
    items = [_explained(row, waived, room.characters) for row in table.rows[: room.explanations]]
    left = len(table.rows) - len(items)
    more = (f"Ytterligare {left} förklaras i rapporten.",) if left else ()
    return Boxes((Box("Utfall som ska förklaras", (), (*items, *more)),))


def _explained(row: tuple[Cell, ...], waived: Mapping[str, str], characters: int) -> str:
    """Return what is said of an outcome; where nothing is, the reason the report goes on without, by the outcome's name."""
    name, outcome, why, action = (cell.text for cell in row[:4])
    if action == NO_DENOMINATOR:
        reason = _shortened(waived[name], characters) if name in waived else ""
        return f"{name}: {outcome}. Förklaring saknas{f': {reason}' if reason else '.'}"
    return f"{name}: {outcome}. {_shortened(why, characters)} Åtgärd: {_shortened(action, characters)}"


def _shortened(text: str, characters: int) -> str:
    if len(text) <= characters:
        return text
    return f"{text[:characters].rsplit(' ', 1)[0].rstrip(',.;:')}\u2026"


def _economy(composition: Composition, edition: Edition) -> str:
    """Return outcome, budget and deviation of the period in a line."""
    end = composition.end.isoformat()
    found = [one for one in _figures(edition) if one["measure"] == _ECONOMY and one["period"]["end"] == end]
    totals = [
        one["total"] for one in found if not one["by"] and one["period"]["start"] == composition.start.isoformat()
    ]
    if not totals:
        return "Uppgifter om ekonomin saknas i underlaget."
    labels = {part.name: part for part in measure(_ECONOMY).parts}
    told = totals[0].get("parts", {})
    said = [
        f"{labels[name].label.lower()} {part_in_words(labels[name].unit, _part(told[name]))}"
        for name in _ECONOMY_PARTS
        if name in told
    ]
    line = listed(said)
    return f"{line[:1].upper()}{line[1:]}."


def _part(told: Mapping[str, Any]) -> PartFigure:
    return PartFigure(told["numerator"], told["denominator"], told["value"], suppressed=told["suppressed"])


def _proposal(composition: Composition, edition: Edition, room: Room) -> Iterator[Block]:
    sentences = shown_proposal(composition)
    kept = [_shortened(one, room.letters) for one in sentences[: room.sentences]]
    numbered = "\n".join(f"{at}. {one}" for at, one in enumerate(kept, start=1))
    shown = Quotables.of(_figures(edition), end=composition.end, codes=composition.codes).shown
    yield Prose(html_of(numbered, links=False, figures=shown))
    if len(sentences) > len(kept):
        yield Text(f"Förslaget har {len(sentences)} punkter. Alla står i tjänsteskrivelsen.", "note")


def _figures(edition: Edition) -> list[Mapping[str, Any]]:
    return cast("list[Mapping[str, Any]]", edition.manifest.get("figures", []))


def _table(document: Document, name: str) -> Table | None:
    return next((table for table in document.tables if table.name == name), None)
