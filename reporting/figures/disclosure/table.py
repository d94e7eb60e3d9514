"""The counts of a publication and what everybody knows of how they hang together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

CellKey = Hashable
DisplayKey = Hashable
Known = tuple[int, int]
"""The least and the most that a count can be, for those who know what has been published."""


@dataclass
class Cell:
    """A count: a whole number, never below 0.

    `value` is None for a count that no figure states and that does not follow from the stated ones, but that a reader may reason
    about all the same. `limit`: it is small from 1 to `limit` - 1. `near`: what is known of the same count as it was, each the
    least and the most it can have been; it may be as it was, but not be told to differ from it by a small number. `told`: it has
    been published before, so that everybody knows it. `withheld`: a figure that tells it has been hidden before, so that it is a
    secret also where this publication does not state it.
    """

    value: int | None
    limit: int
    near: frozenset[Known] = frozenset()
    told: bool = False
    withheld: bool = False

    @property
    def is_small(self) -> bool:
        """Whether it must not be told."""
        return self.value is not None and 0 < self.value < self.limit

    @property
    def is_close(self) -> bool:
        """Whether it differs by a small number from one that is known, so that telling it would tell the difference."""
        return bool(self.close_to)

    @property
    def close_to(self) -> list[Known]:
        """What it may have been of which it can only differ by a small number, if at all."""
        value = self.value
        if value is None:
            return []
        others = (known for known in self.near if known != (value, value))
        return [(low, high) for low, high in others if high - self.limit < value < low + self.limit]

    @property
    def must_hide(self) -> bool:
        """Whether what tells it has to be hidden, whatever else is known."""
        return self.is_small or (self.is_close and not self.told)


@dataclass(frozen=True)
class Relation:
    """What is known of some counts: the sum of count × factor is 0, or at least 0 when `at_least`."""

    terms: tuple[tuple[CellKey, int], ...]
    at_least: bool = False


@dataclass(frozen=True)
class Display:
    """Something that is shown or hidden as a whole (a figure, a number of left-out cases), telling the counts `cells`.

    `weight`: how much a reader loses when it is hidden. `exempt`: published whatever it tells, by a recorded decision.
    `is_small`: it rests on few persons. `withheld`: it has been hidden before, and stays so unless it has been told as well.
    """

    cells: tuple[CellKey, ...]
    weight: float
    exempt: bool = False
    is_small: bool = False
    withheld: bool = False


@dataclass
class CountTable:
    """All the counts of one publication, over all its tables; `displays` tell some of them."""

    cells: dict[CellKey, Cell] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    displays: dict[DisplayKey, Display] = field(default_factory=dict)

    def add(self, key: CellKey, value: int | None, limit: int) -> CellKey:
        """Add a count and return its key. The same key again is the same count; with another value it is another count."""
        found = self.cells.get(key)
        if found is None:
            self.cells[key] = Cell(value, limit)
            return key
        if value is not None and found.value is not None and value != found.value:
            return self.add(("other", key, value), value, limit)
        found.value = found.value if value is None else value
        found.limit = max(found.limit, limit)
        return key

    def known(self, number: int) -> CellKey:
        """Return the key of a number that everybody knows, to be used in relations."""
        key = self.add(("known", number), number, 1)
        self.cells[key].told = True
        return key

    def is_sum(self, whole: CellKey, parts: Iterable[CellKey]) -> None:
        """State that the parts add up to the whole."""
        self.relations.append(Relation(((whole, -1), *((part, 1) for part in parts))))

    def is_union(self, whole: CellKey, parts: Iterable[CellKey]) -> None:
        """State that the parts together are the whole, but that a case may stand in several of them."""
        listed = list(parts)
        self.relations.append(Relation(((whole, -1), *((part, 1) for part in listed)), at_least=True))
        self.relations += [Relation(((whole, 1), (part, -1)), at_least=True) for part in listed]

    def has_rest(self, whole: CellKey, parts: Iterable[CellKey], *, name: str, small_matters: bool = True) -> None:
        """State that the whole is the parts and a rest that has no figure of its own.

        The rest is a count like others, to be protected when it is small, unless `small_matters` is False.
        """
        listed = list(parts)
        values = [self.cells[key].value for key in (whole, *listed)]
        known = [value for value in values if value is not None]
        rest = known[0] - sum(known[1:]) if len(known) == len(values) else None
        limit = self.cells[whole].limit if small_matters else 1
        self.is_sum(whole, [*listed, self.add(("rest", name, whole, *listed), rest, limit)])

    def must_not_differ_by_few(self, one: CellKey, other: CellKey) -> None:
        """State that the difference between two counts must not be told when it is small, though it is no count itself.

        It is reckoned from a number so great that it never falls below 0.
        """
        first, second = self.cells[one], self.cells[other]
        if first.value is None or second.value is None:
            return
        limit = max(first.limit, second.limit)
        zero = first.value + second.value + 3 * limit
        difference = self.add(("difference", one, other), second.value - first.value + zero, limit)
        self.cells[difference].near = frozenset([(zero, zero)])
        self.relations.append(Relation(((difference, -1), (other, 1), (one, -1), (self.known(zero), 1))))
