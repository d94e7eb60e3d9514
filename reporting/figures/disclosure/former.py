"""What followed from all that was published of another version of the data, also of what no figure of it told.

Two categories and their sum, a total and all its groups but one, a filter and the split it is a part of: whoever has them knows
counts that were never written down. Subtracted from what is told of the same counts now, they tell of a few as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from reporting.figures.disclosure.auditing import Attacker, Contradiction, Narrowed, Part, Target
from reporting.figures.disclosure.counting import Counting
from reporting.figures.disclosure.families import family_of
from reporting.figures.disclosure.remembering import Pair
from reporting.figures.disclosure.rules import SmallNumbers
from reporting.figures.disclosure.table import Cell, CellKey, Known
from reporting.figures.model import Figure, Result


class Former(Counting):
    """One version of the data as its readers know it: what was published of it, and between which numbers the rest must lie.

    The counts go by the same keys as in the publication at hand.
    """

    is_partly_known = True

    def __init__(self, results: Sequence[Result], rules: SmallNumbers, pairs: Iterable[Pair]) -> None:
        """Enter what was told. The results at hand are there without their numbers."""
        super().__init__(rules)
        then = [_as_it_was(again, public) for again, public in pairs]
        for result in (*then, *(_without_numbers(result) for result in results)):
            self.read(result)
        self.hang_together()
        for result in then:
            self._tell(result)

    @classmethod
    def each_of(cls, results: Sequence[Result], rules: SmallNumbers, earlier: Iterable[Pair]) -> Iterator[Former]:
        """Yield every version but that of the results themselves: of the same data nothing can have changed."""
        versions: dict[object, list[Pair]] = defaultdict(list)
        for again, public in earlier:
            version = (public.snapshots, public.as_of)
            if version != (again.snapshots, again.as_of):
                versions[version].append((again, public))
        for pairs in versions.values():
            families = {family_of(again.measure.code) for again, _ in pairs}
            yield cls([result for result in results if family_of(result.measure.code) in families], rules, pairs)

    def close_to(self, now: Mapping[CellKey, Cell]) -> Iterator[tuple[CellKey, Known]]:
        """Yield each count of today that can only differ by a small number from what it was, with what it can have been.

        Not those that were told themselves.
        """
        asked = {key: cell for key, cell in now.items() if key in self.table.cells and cell.value is not None}
        attacker = Attacker(self.table, up_to=max((_beyond(cell) for cell in asked.values()), default=0))
        known = attacker.known(())
        for part in attacker.parts(known, np.array([key in asked for key in attacker.keys], dtype=bool)):
            # Where nothing was told nothing follows.
            for found in _narrowed(part, asked) if len(part.known) else ():
                if found.low is not None:
                    yield found.cell, (found.low, found.high)

    def _tell(self, result: Result) -> None:
        told = [
            self.cell_of_reason(result, reason, count) for reason, count in result.excluded.items() if count is not None
        ]
        for figure in (result.total, *result.groups):
            if not figure.suppressed:
                rest = self.rest_of(result, figure)
                told += [*self.cells_of(result, figure).values(), *([] if rest is None else [rest])]
        for cell in told:
            self.table.cells[cell].told = True


def _narrowed(part: Part, asked: Mapping[CellKey, Cell]) -> list[Narrowed]:
    targets = []
    for index, key in ((int(index), part.attacker.keys[index]) for index in part.unknown):
        if key in asked:
            value, limit = asked[key].value or 0, asked[key].limit
            targets.append(Target(index, value + limit, value - limit))
    try:
        return list(part.narrowed(targets))
    except Contradiction:
        # A definition has changed since: what was told does not hang together as it would today, and only speaks for itself.
        return []


def _beyond(cell: Cell) -> int:
    return (cell.value or 0) + cell.limit


def _as_it_was(again: Result, public: Result) -> Result:
    """The published result, under the name of the data at hand: what was hidden is there without its numbers, and a group that
    has come since had no cases.
    """
    now = {frozenset(figure.key.items()): figure for figure in again.groups}
    then = {frozenset(figure.key.items()): figure for figure in public.groups}
    return replace(
        public,
        snapshots=again.snapshots,
        as_of=again.as_of,
        total=_figure_then(again.total, public.total),
        groups=tuple(
            _figure_then(now.get(key) or replace(again.total, key=dict(key)), then.get(key)) for key in {**then, **now}
        ),
    )


def _figure_then(now: Figure, then: Figure | None) -> Figure:
    if then is None:
        return replace(now, numerator=_nothing(now.numerator), denominator=_nothing(now.denominator), persons=None)
    if then.numerator is None and then.denominator is None:
        return replace(now, suppressed=True)
    return then


def _nothing(number: float | None) -> int | None:
    return None if number is None else 0


def _without_numbers(result: Result) -> Result:
    return replace(
        result,
        total=replace(result.total, suppressed=True),
        groups=tuple(replace(figure, suppressed=True) for figure in result.groups),
        excluded=dict.fromkeys(result.excluded),
    )
