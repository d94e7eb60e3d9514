"""What earlier publications have told and hidden, noted in the table of counts of a new one."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from reporting.figures.disclosure.neighbours import Counts, are_neighbours
from reporting.figures.disclosure.places import Place, Slice, is_within
from reporting.figures.disclosure.table import CellKey, CountTable
from reporting.figures.model import Figure, Period, Result

Pair = tuple[Result, Result]
"""An earlier result counted again in the present data, and as it was published."""


class Counted(Protocol):
    """A publication that has been counted (`counting.Publication`)."""

    table: CountTable

    @property
    def counts(self) -> Mapping[tuple[Hashable, str], Counts]:
        """The counts by family and name, and where each stands."""

    def cells_of(self, result: Result, figure: Figure) -> Mapping[str, CellKey]:
        """Return the counts that the figure tells."""

    def cell_of_reason(self, result: Result, reason: str, count: int) -> CellKey:
        """Return how many were left out for a reason."""

    def place_of(self, result: Result, figure: Figure) -> Place:
        """Return whose and which cases the figure counts."""

    def complement_of(self, result: Result) -> str:
        """Return what those are called who are in the denominator but not in the numerator."""


def remember(publication: Counted, again: Result, public: Result) -> None:
    """Note what the earlier result told and what it hid. `again` is the same question, counted in the present data."""
    now = {frozenset(figure.key.items()): figure for figure in again.groups}
    figures = [(again.total, public.total)]
    figures += [(now[key], one) for one in public.groups if (key := frozenset(one.key.items())) in now]
    for figure, shown in figures:
        cells = publication.cells_of(again, figure)
        if shown.suppressed:
            _withhold(publication.table, tuple(dict.fromkeys(cells.values())))
        else:
            _tell(publication, again, figure, shown)
    for reason, count in public.excluded.items():
        here = again.excluded.get(reason)
        if here is not None:
            cell = publication.cell_of_reason(again, reason, here)
            if count is None:
                _withhold(publication.table, (cell,))
            else:
                _tell_count(publication, cell, count)


def _withhold(table: CountTable, display: tuple[CellKey, ...]) -> None:
    """Note that a figure has been hidden: the same figure stays hidden, and what it would tell is a secret."""
    found = table.displays.get(display)
    if found is not None:
        table.displays[display] = replace(found, withheld=True)
    for cell in display:
        table.cells[cell].withheld = True


def _tell(publication: Counted, again: Result, figure: Figure, shown: Figure) -> None:
    told = {"numerator": shown.numerator, "denominator": shown.denominator, "persons": shown.persons}
    for name, cell in publication.cells_of(again, figure).items():
        number = told[name]
        if number is not None:
            _tell_count(publication, cell, int(number))
    place = publication.place_of(again, figure)
    complements = publication.counts.get((place.universe, publication.complement_of(again)), {})
    rest = complements.get((place.days, place.split))
    if rest is not None and shown.numerator is not None and shown.denominator is not None:
        _tell_count(publication, rest, int(shown.denominator) - int(shown.numerator))


def _tell_count(publication: Counted, cell: CellKey, told: int) -> None:
    """Note that a count has been told as so much: it is known when it still is so, and else must not be told to be nearly so.

    Nor must the same count for neighbouring days, or, where it still is nearly so, for a wider or narrower selection.
    """
    cells = publication.table.cells
    if cells[cell].value == told:
        cells[cell].told = True
    else:
        cells[cell].near |= {(told, told)}
    universe, name, days, split = _where(cell)
    is_close = cells[cell].is_close
    for (other_days, other_split), other in publication.counts[universe, name].items():
        if other_split == split:
            near = are_neighbours(days, other_days)
        else:
            near = is_close and days == other_days and _are_nested(split, other_split)
        if near:
            cells[other].near |= {(told, told)}


def _are_nested(one: Slice, other: Slice) -> bool:
    return is_within(one, other) or is_within(other, one)


def _where(cell: CellKey) -> tuple[Hashable, str, Period, Slice]:
    """Where the count stands; of two counts that should have been the same one wears the other's key."""
    place: Any = cell
    while place[0] == "other":
        place = place[1]
    universe, name, days, split = place
    return universe, name, days, split
