"""The evidence an audit used, as its report may tell it: figures protected as all that is published, registers as they were."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from audits.enums import PinnedKind
from audits.models import Audit, PinnedEvidence
from governance.figures import PinnedFigure
from reporting.documents.content import Block, Cell, Chapter, Heading, Table, Text
from reporting.documents.papers import columns
from reporting.documents.pdf import RenderingFault
from reporting.figures.computing import compute_many
from reporting.figures.disclosure.register import RegisterFault
from reporting.figures.model import Period, Request, RequestFault, Result
from reporting.figures.publishing import publish
from reporting.figures.requests import request
from reporting.figures.swedish import date_iso
from reporting.figures.wording import value_in_words
from reporting.snapshots.engine import engine_for
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.models import Snapshot

GONE = "går inte längre att ta fram"
"""What stands for a figure whose snapshot is no more, or whose measure has another definition by now."""

_NO_WORD = "Sägs inte"
_ALL = "Alla"


def evidence_chapter(audit: Audit, numbers: Iterator[int]) -> Chapter:
    """Return the chapter on what the auditors kept, empty before they have decided: then it is for themselves alone.

    Samples and controls are left out: what they showed of cases is told in the auditors' own words. Raises RenderingFault when
    the figures cannot be entered in the register of what has been published.
    """
    kept = list(_kept(audit))
    blocks: list[Block] = []
    measured = [row for row in kept if row.kind == PinnedKind.MEASURE]
    if measured:
        blocks += [Heading("Siffror", "underlag-siffror"), _figures(measured, numbers)]
    registered = [row for row in kept if row.kind in (PinnedKind.DOCUMENT, PinnedKind.FORUM)]
    if registered:
        blocks += [Heading("Styrdokument och forum", "underlag-register"), _registers(registered, numbers)]
    if blocks:
        told = "Här är det som granskarna har stött sig på, bevarat som det var när de använde det."
        blocks.insert(0, Text(told, "lead"))
    return Chapter("underlag", "Underlag", tuple(blocks))


def snapshots_used(audit: Audit) -> list[str]:
    """Return the hashes of the snapshots behind the figures that the report tells."""
    return sorted({row.snapshot.hash for row in _kept(audit) if row.snapshot is not None})


def _kept(audit: Audit) -> Iterator[PinnedEvidence]:
    if audit.decided_on:
        yield from audit.evidence.select_related("body__committee", "snapshot").order_by("question", "pk")


def _figures(rows: list[PinnedEvidence], numbers: Iterator[int]) -> Table:
    public = _published(rows)
    head = columns(("Fråga", 8), ("Mått", 34), ("Organ", 10), ("Period", 18), ("Värde", 15), ("Talar för", 15))
    cells = tuple(cell for row in rows for cell in _figure_rows(row, public))
    days = sorted({row.snapshot.as_of for row in rows if row.snapshot is not None})
    note = (
        f"Uppgifter till och med {', '.join(map(date_iso, days))}. ”Talar för” följer av gränser i ramverket och "
        "avgör ingenting: bedömningen är granskarnas."
    )
    return Table(next(numbers), "underlag", "Siffror som granskarna har stött sig på", head, cells, note=note)


def _figure_rows(row: PinnedEvidence, public: Mapping[tuple[int, Request], Result]) -> Iterator[tuple[Cell, ...]]:
    for place, figure in enumerate(row.figures):
        asked = _request(figure)
        result = public.get((row.snapshot_id or 0, asked)) if asked is not None else None
        value = value_in_words(result.measure, result.total) if result else GONE
        told = result is not None and not result.total.suppressed
        speaks = row.speaks_for if place == 0 and told else ""
        yield (
            Cell(row.question),
            Cell(row.title, small=True),
            Cell(row.body.code if row.body else _ALL),
            Cell(figure.period, small=True),
            Cell(value),
            Cell(speaks or _NO_WORD, small=True),
        )


def _published(rows: list[PinnedEvidence]) -> dict[tuple[int, Request], Result]:
    """Return the figures as they may be published, by snapshot and request; those that there is no way to are left out."""
    asked: dict[int, dict[Request, None]] = defaultdict(dict)
    snapshots: dict[int, Snapshot] = {}
    for row in rows:
        for figure in row.figures if row.snapshot is not None else ():
            wanted = _request(figure)
            if wanted is not None and row.snapshot is not None:
                snapshots[row.snapshot.pk] = row.snapshot
                asked[row.snapshot.pk][wanted] = None
    found: dict[tuple[int, Request], Result] = {}
    for key, requests in asked.items():
        results = _protected(snapshots[key], list(requests))
        found |= {(key, result.request): result for result in results}
    return found


def _protected(snapshot: Snapshot, requests: list[Request]) -> list[Result]:
    try:
        engine = engine_for(snapshot)
        return publish(engine, compute_many(engine, requests))
    except RegisterFault as fault:
        raise RenderingFault(str(fault)) from fault
    except (RequestFault, SnapshotFault):
        return []


def _request(figure: PinnedFigure) -> Request | None:
    """Return the request that the figure answered, None when its measure is no longer counted as it was."""
    where: dict[str, Any] = {**figure.selection, "namnd": [figure.committee]}
    period = Period(dt.date.fromisoformat(figure.start), dt.date.fromisoformat(figure.end))
    try:
        asked = request(figure.measure, period=period, variant=figure.variant or None, where=where)
    except RequestFault:
        return None
    return asked if asked.measure.version == figure.version else None


def _registers(rows: list[PinnedEvidence], numbers: Iterator[int]) -> Table:
    head = columns(("Fråga", 8), ("Underlag", 34), ("Organ", 10), ("Vad registret visade", 48))
    cells = tuple(
        (
            Cell(row.question),
            Cell(row.title, small=True),
            Cell(row.body.code if row.body else _ALL),
            Cell(" ".join(row.content.get("sentences", ())), small=True),
        )
        for row in rows
    )
    return Table(next(numbers), "register", "Styrdokument och forum som granskarna har stött sig på", head, cells)
