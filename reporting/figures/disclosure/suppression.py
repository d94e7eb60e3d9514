"""What to hide: the small numbers, then as little more as keeps them hidden.

First what a single sum would tell (a quick look), then what the attacker of `auditing` finds, each time hiding the lightest thing
that holds the found count; last, whatever turned out not to be needed is shown again. The same publication gives the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reporting.figures.disclosure.auditing import Attacker, Narrowed, Part, Target
from reporting.figures.disclosure.table import Cell, CellKey, CountTable, DisplayKey, Relation

_TRIED_AGAIN = 40


@dataclass(frozen=True)
class Suppression:
    """What is hidden. `primary`: because it tells a small number; `secondary`: so that the primary stays hidden."""

    primary: frozenset[DisplayKey]
    secondary: frozenset[DisplayKey]

    @property
    def hidden(self) -> frozenset[DisplayKey]:
        """Everything that is hidden."""
        return self.primary | self.secondary


def suppress(table: CountTable) -> Suppression:
    """Decide what to hide. Afterwards `narrowed(table, result.hidden)` finds nothing."""
    return _Search(table).run()


def narrowed(table: CountTable, hidden: Iterable[DisplayKey]) -> list[Narrowed]:
    """Return every hidden count that an attacker can narrow to one value, or to values all below its limit.

    What the exempt displays tell by themselves is told by decision, and is not held against the others.
    """
    return _Search(table).narrowed(frozenset(hidden))


@dataclass(frozen=True)
class _Need:
    """What has to stay possible for a count: `least` or more, or `most` or less; any second value where both are None."""

    least: int | None = None
    most: int | None = None

    def met_between(self, low: int, high: int) -> bool:
        """Whether it can be met by a count that lies from `low` to `high`."""
        return high >= (self.least or 0) or (self.most is not None and low <= self.most)


def _need_of(cell: Cell, *, is_displayed: bool) -> _Need | None:
    """Return what has to stay possible for the count, None when everybody may know it."""
    if cell.told:
        return None
    if cell.value is None:
        return _Need(cell.limit)
    if cell.is_small or cell.is_close:
        least = max([cell.limit, *(low + cell.limit for low, _ in cell.close_to)])
        most = min((high for _, high in cell.close_to), default=0) - cell.limit
        return _Need(least, None if cell.is_small or most < 0 else most)
    if is_displayed or cell.withheld:
        return _Need(cell.limit if cell.value < cell.limit else None)
    return None


class _Search:
    def __init__(self, table: CountTable) -> None:
        self.table = table
        self.attacker = Attacker(table)
        self.displays_of: Mapping[CellKey, list[DisplayKey]] = defaultdict(list)
        for key, display in table.displays.items():
            for cell in display.cells:
                self.displays_of[cell].append(key)
        self.parts_of = {
            at: [key for key, _ in relation.terms[1:] if self.displays_of[key]]
            for at, relation in enumerate(table.relations)
            if not relation.at_least and self.displays_of[relation.terms[0][0]]
        }
        self.sums_of: Mapping[CellKey, list[int]] = defaultdict(list)
        for at, parts in self.parts_of.items():
            for key in parts:
                self.sums_of[key].append(at)
        # A decision lets a small number through, not a small change of it.
        self.told_by_decision = [
            key for key, display in table.displays.items() if display.exempt and not self._changed(key)
        ]
        self.something_is_told = bool(self.told_by_decision) or any(cell.told for cell in table.cells.values())
        # The counts for which it has been settled what the exempt displays, and those told before, leave to protect of them.
        self.settled: set[CellKey] = set()
        self.needed = self._needed()

    def run(self) -> Suppression:
        primary = frozenset(key for key, display in self.table.displays.items() if self._is_primary(key))
        hidden = self._quick_look(set(primary))
        while found := self._one_a_part(frozenset(hidden)):
            hidden |= found
        secondary = self._without_the_needless(primary, frozenset(hidden) - primary)
        return Suppression(primary, secondary)

    def narrowed(self, hidden: frozenset[DisplayKey]) -> list[Narrowed]:
        return [found for _, part_found in self._by_part(hidden) for found in part_found]

    def is_safe(self, hidden: frozenset[DisplayKey]) -> bool:
        return not any(True for _, found in self._by_part(hidden) for _ in found)

    def _is_primary(self, key: DisplayKey) -> bool:
        display, cells = self.table.displays[key], [self.table.cells[cell] for cell in self.table.displays[key].cells]
        few = display.is_small or any(cell.must_hide for cell in cells)
        is_known = all(cell.told for cell in cells)
        return self._changed(key) or ((few or (display.withheld and not is_known)) and not display.exempt)

    def _changed(self, key: DisplayKey) -> bool:
        """Whether it would tell a small difference to what has been published before."""
        cells = (self.table.cells[cell] for cell in self.table.displays[key].cells)
        return any(cell.is_close and not cell.told for cell in cells)

    def _needed(self) -> dict[CellKey, _Need]:
        found = {
            key: _need_of(cell, is_displayed=bool(self.displays_of[key])) for key, cell in self.table.cells.items()
        }
        return {key: need for key, need in found.items() if need is not None}

    def _range_by_decision(self, cell: CellKey) -> tuple[int, int]:
        """Return what the exempt displays and what has been told before say by themselves that the count can be."""
        index = self.attacker.at[cell]
        known = self.attacker.known(() if self.table.cells[cell].is_close else self.told_by_decision)
        if known[index]:
            return 0, 0
        wanted = np.zeros(len(known), dtype=bool)
        wanted[index] = True
        part = next(self.attacker.parts(known, wanted))
        return part.lowest(index), part.highest(index)

    def _targets(self, part: Part, needed: Mapping[CellKey, _Need]) -> list[Target]:
        keys = ((int(index), self.attacker.keys[index]) for index in part.unknown)
        return [Target(index, needed[key].least, needed[key].most) for index, key in keys if key in needed]

    def _wanted(self, needed: Mapping[CellKey, _Need]) -> npt.NDArray[np.bool_]:
        return np.array([key in needed for key in self.attacker.keys], dtype=bool)

    def _by_part(self, hidden: frozenset[DisplayKey]) -> Iterator[tuple[Part, Iterator[Narrowed]]]:
        known = self.attacker.known(key for key in self.table.displays if key not in hidden)
        for part in self.attacker.parts(known, self._wanted(self.needed)):
            yield part, (one for one in part.narrowed(self._targets(part, self.needed)) if self._matters(part, one))

    def _matters(self, part: Part, found: Narrowed) -> bool:
        """Whether there is something left to protect of the count."""
        value = self.table.cells[found.cell].value
        if value is None and found.high == 0:
            # Of what no figure states only its being small is a secret: that it is nothing at all may be seen.
            return False
        if not self.something_is_told or found.cell in self.settled:
            return found.cell in self.needed
        self.settled.add(found.cell)
        low, high = self._range_by_decision(found.cell)
        if low == high:
            del self.needed[found.cell]
            return False
        if self.needed[found.cell].met_between(low, high):
            return True
        need = self.needed[found.cell] = _Need(high if value is None or high > value else None)
        return any(True for _ in part.narrowed([Target(self.attacker.at[found.cell], need.least)]))

    def _one_a_part(self, hidden: frozenset[DisplayKey]) -> set[DisplayKey]:
        """Return one more thing to hide for each part in which something is narrowed."""
        more = set()
        for part, narrowed_in_part in self._by_part(hidden):
            found = next(narrowed_in_part, None)
            if found is not None:
                more.add(self._best_holder(part, found, hidden))
        return more

    def _best_holder(self, part: Part, found: Narrowed, hidden: frozenset[DisplayKey]) -> DisplayKey:
        """Return what to hide to loosen the count."""
        index = self.attacker.at[found.cell]
        holding = part.holding(index, up=True)
        if found.low is not None:
            holding += part.holding(index, up=False)
        every = [self.attacker.keys[at] for at in part.known]
        candidates = self._tellers(holding, hidden) or self._tellers(every, hidden)
        if not candidates and self.table.cells[found.cell].is_close:
            candidates = self._tellers(holding, hidden, exempt=True) or self._tellers(every, hidden, exempt=True)
        if not candidates:
            raise ArithmeticError("Disclosure control finds nothing more to hide.")
        return min(candidates, key=lambda key: self._cost(key, hidden))

    def _cost(self, key: DisplayKey, hidden: Container[DisplayKey]) -> tuple[int, float, str]:
        """What hiding it costs: least when it also stands in other sums of which something is hidden already."""
        sums = {at for cell in self.table.displays[key].cells for at in self.sums_of[cell]}
        loose = sum(any(self._is_open(cell, hidden) for cell in self.parts_of[at]) for at in sums)
        return -loose, *self._weight(key)

    def _tellers(
        self, cells: Iterable[CellKey], hidden: Iterable[DisplayKey], *, exempt: bool = False
    ) -> set[DisplayKey]:
        told = {key for cell in cells if not self.table.cells[cell].told for key in self.displays_of[cell]}
        return {key for key in told - set(hidden) if exempt or not self.table.displays[key].exempt}

    def _weight(self, key: DisplayKey) -> tuple[float, str]:
        return self.table.displays[key].weight, repr(key)

    def _quick_look(self, hidden: set[DisplayKey]) -> set[DisplayKey]:
        """Hide what any single sum asks for: the hidden parts of a shown whole must together reach the limit, and be two."""
        before = -1
        while len(hidden) > before:
            before = len(hidden)
            for relation in self.table.relations:
                hidden |= self._asked_by(relation, hidden)
        return hidden

    def _asked_by(self, relation: Relation, hidden: set[DisplayKey]) -> set[DisplayKey]:
        if relation.at_least:
            return set()
        (whole, _), *parts = relation.terms
        told = {key for key, _ in relation.terms if not self._is_open(key, hidden)}
        unknown = [key for key, _ in parts if key not in told]
        small = [self.table.cells[key] for key in unknown if self.table.cells[key].is_small]
        if whole not in told or not small:
            return set()
        together = sum(self.table.cells[key].value or 0 for key in unknown)
        if len(unknown) > 1 and together >= max(cell.limit for cell in small):
            return set()
        candidates = self._tellers((key for key, _ in parts if key in told), hidden)
        return {min(candidates, key=lambda key: self._cost(key, hidden))} if candidates else set()

    def _is_open(self, key: CellKey, hidden: Container[DisplayKey]) -> bool:
        return not self.table.cells[key].told and all(display in hidden for display in self.displays_of[key])

    def _without_the_needless(
        self, primary: frozenset[DisplayKey], secondary: frozenset[DisplayKey]
    ) -> frozenset[DisplayKey]:
        """Show again what need not be hidden, trying the heaviest first."""
        for key in sorted(secondary, key=self._weight, reverse=True)[:_TRIED_AGAIN]:
            if self.is_safe(primary | secondary - {key}):
                secondary -= {key}
        return secondary
