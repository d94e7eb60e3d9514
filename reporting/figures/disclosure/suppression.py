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
from reporting.figures.disclosure.table import CellKey, CountTable, DisplayKey, Relation

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
        self.told_by_decision = [key for key, display in table.displays.items() if display.exempt]
        # The counts for which it has been settled what the exempt displays leave to protect of them.
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
        display = self.table.displays[key]
        is_small = display.is_small or any(self.table.cells[cell].is_small for cell in display.cells)
        return is_small and not display.exempt

    def _needed(self) -> dict[CellKey, int | None]:
        """What has to stay possible for each count: its limit if it is below it; any second value (None) if it is not."""
        needed: dict[CellKey, int | None] = {}
        for key, cell in self.table.cells.items():
            if cell.value is None or cell.is_small:
                needed[key] = cell.limit
            elif self.displays_of[key]:
                needed[key] = cell.limit if cell.value < cell.limit else None
        return needed

    def _range_by_decision(self, cell: CellKey) -> tuple[int, int]:
        """Return what exempt displays alone say that the count can be."""
        index = self.attacker.at[cell]
        known = self.attacker.known(self.told_by_decision)
        if known[index]:
            return 0, 0
        wanted = np.zeros(len(known), dtype=bool)
        wanted[index] = True
        part = next(self.attacker.parts(known, wanted))
        return part.lowest(index), part.highest(index)

    def _targets(self, part: Part, needed: Mapping[CellKey, int | None]) -> list[Target]:
        keys = ((int(index), self.attacker.keys[index]) for index in part.unknown)
        return [Target(index, needed[key]) for index, key in keys if key in needed]

    def _wanted(self, needed: Mapping[CellKey, int | None]) -> npt.NDArray[np.bool_]:
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
        if not self.told_by_decision or found.cell in self.settled:
            return found.cell in self.needed
        self.settled.add(found.cell)
        low, high = self._range_by_decision(found.cell)
        if low == high:
            del self.needed[found.cell]
            return False
        if high >= (self.needed[found.cell] or 0):
            return True
        needed = self.needed[found.cell] = high if value is None or high > value else None
        return any(True for _ in part.narrowed([Target(self.attacker.at[found.cell], needed)]))

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
        candidates = self._tellers(holding, hidden) or self._tellers(
            (self.attacker.keys[at] for at in part.known), hidden
        )
        if not candidates:
            raise ArithmeticError("Disclosure control finds nothing more to hide.")
        return min(candidates, key=lambda key: self._cost(key, hidden))

    def _cost(self, key: DisplayKey, hidden: Container[DisplayKey]) -> tuple[int, float, str]:
        """What hiding it costs: least when it also stands in other sums of which something is hidden already."""
        sums = {at for cell in self.table.displays[key].cells for at in self.sums_of[cell]}
        loose = sum(any(self._is_open(cell, hidden) for cell in self.parts_of[at]) for at in sums)
        return -loose, *self._weight(key)

    def _tellers(self, cells: Iterable[CellKey], hidden: Iterable[DisplayKey]) -> set[DisplayKey]:
        told = {key for cell in cells for key in self.displays_of[cell]}
        return {key for key in told - set(hidden) if not self.table.displays[key].exempt}

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
        return all(display in hidden for display in self.displays_of[key])

    def _without_the_needless(
        self, primary: frozenset[DisplayKey], secondary: frozenset[DisplayKey]
    ) -> frozenset[DisplayKey]:
        """Show again what need not be hidden, trying the heaviest first."""
        for key in sorted(secondary, key=self._weight, reverse=True)[:_TRIED_AGAIN]:
            if self.is_safe(primary | secondary - {key}):
                secondary -= {key}
        return secondary
