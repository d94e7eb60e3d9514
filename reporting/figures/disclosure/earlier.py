"""Which earlier publications hang together with a new one, and what their questions give in its data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any

from reporting.figures.computing import compute
from reporting.figures.disclosure.families import family_of
from reporting.figures.disclosure.register import Entry, request_of
from reporting.figures.disclosure.remembering import Pair
from reporting.figures.model import Figure, Period, Request, RequestFault, Result
from reporting.measures.dimensions import Dimension
from reporting.snapshots.engine import Engine
from reporting.snapshots.faults import SnapshotFault

_MUNICIPALITY = Dimension.MUNICIPALITY.value


def related(engine: Engine, results: Sequence[Result], entries: Iterable[Entry]) -> list[Pair]:
    """Return the published results that count the same cases as the new ones, for days that overlap, with their new answers.

    What cannot be asked of the new data (a measure that is gone, a unit that is not in it) says nothing of it and is left out.
    """
    windows: dict[str, set[Period]] = defaultdict(set)
    for result in results:
        windows[family_of(result.measure.code)].add(result.request.cohort)
    # The same tables are published version after version: each question is asked of the new data once.
    answer = cache(partial(_answer, engine))
    return [pair for entry in entries for pair in _pairs(engine, entry, windows, answer)]


def _pairs(
    engine: Engine, entry: Entry, windows: Mapping[str, set[Period]], answer: Callable[[Request], Result | None]
) -> Iterator[Pair]:
    if not set(entry.municipalities) & set(engine.municipalities):
        return
    for document in entry.documents:
        if family_of(document["measure"]) not in windows:
            continue
        asked = _asked(document)
        if asked is None or not _overlaps(asked.cohort, windows[family_of(asked.measure.code)]):
            continue
        public = _own_part(entry.result_of(document), entry.municipalities, engine.municipalities)
        again = answer(_narrowed(asked, entry.municipalities, engine.municipalities)) if public else None
        if public is not None and again is not None:
            yield again, public


def _asked(document: Mapping[str, Any]) -> Request | None:
    try:
        return request_of(document)
    except RequestFault:
        return None


def _answer(engine: Engine, asked: Request) -> Result | None:
    try:
        return compute(engine, asked)
    except (RequestFault, SnapshotFault):
        return None


def _overlaps(window: Period, others: Iterable[Period]) -> bool:
    return any(window.start <= other.end and other.start <= window.end for other in others)


def _narrowed(asked: Request, municipalities: Sequence[str], present: Sequence[str]) -> Request:
    """Narrow the question to the municipalities it was asked of, where the data has more of them."""
    where = dict(asked.where)
    if set(present) <= set(municipalities) or _MUNICIPALITY in where:
        return asked
    where[_MUNICIPALITY] = tuple(sorted(set(municipalities) & set(present)))
    return replace(asked, where=tuple(sorted(where.items())))


def _own_part(public: Result, municipalities: Sequence[str], present: Sequence[str]) -> Result | None:
    """Return the part of a published result that is of municipalities in the data, None when there is no such part."""
    chosen = set(dict(public.request.where).get(_MUNICIPALITY, municipalities))
    if chosen <= set(present):
        return public
    if _MUNICIPALITY not in public.by:
        return None
    groups = tuple(group for group in public.groups if group.key[_MUNICIPALITY] in present)
    return replace(public, total=_saying_nothing(public.total), groups=groups, excluded={})


def _saying_nothing(figure: Figure) -> Figure:
    """The figure without any number, and not as a hidden one: it is of others as well."""
    parts, within = (
        {
            name: replace(part, numerator=None, denominator=None, persons=None, suppressed=False)
            for name, part in found.items()
        }
        for found in (figure.parts, figure.within)
    )
    return replace(
        figure,
        numerator=None,
        denominator=None,
        persons=None,
        suppressed=False,
        flags={},
        parts=parts,
        within=within,
    )
