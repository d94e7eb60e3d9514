"""The attacker: who knows every shown count and how the counts hang together, and reckons what the hidden ones can be.

Nothing hidden may be narrowed to one value, to values all below the limit, or to values all close to one that is known from
before. To prove that, one possible publication suffices in which the count is large enough, or another than it is: such are
looked for in whole numbers, for many counts at a time (HiGHS through scipy).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from reporting.figures.disclosure.table import CellKey, CountTable, DisplayKey

Vector = npt.NDArray[np.float64]

_TOLERANCE = 1e-6
_SECONDS = 5.0
_INFEASIBLE = 2
"""What scipy calls the status of a problem without a solution."""


@dataclass(frozen=True)
class Narrowed:
    """A hidden count that can be narrowed too far: it lies from `low` to `high` (None where that was not asked)."""

    cell: CellKey
    low: int | None
    high: int


@dataclass(frozen=True)
class Target:
    """A count to be protected: somewhere possible it must be `needed` or more; only another than it is, if that is None.

    `below`: or as little as this, where that will do as well.
    """

    index: int
    needed: int | None
    below: int | None = None

    def reached(self, value: float) -> bool:
        """Whether that is a value it must be able to have."""
        return value >= (self.needed or 0) or (self.below is not None and value <= self.below)


class Contradiction(ArithmeticError):
    """What is known of the counts cannot all be true."""


class Attacker:
    """The counts of a table as a system of equations, asked again and again with other counts known."""

    def __init__(self, table: CountTable, *, up_to: int = 0) -> None:
        """Set the system up; the table must not change afterwards. `up_to`: numbers that counts without a bound must reach."""
        self.table = table
        self.keys = list(table.cells)
        self.at = {key: index for index, key in enumerate(self.keys)}
        values = [cell.value for cell in table.cells.values()]
        self.values = np.array([np.nan if value is None else value for value in values], dtype=float)

        limits = [cell.limit for cell in table.cells.values()]
        self.beyond = max(float(np.nansum(self.values)), float(up_to)) + max(limits, default=0) + 1

    @cached_property
    def matrix(self) -> Any:
        """The relations as a sparse matrix, one row each."""
        from scipy.sparse import csr_matrix

        entries = [
            (row, self.at[key], factor)
            for row, relation in enumerate(self.table.relations)
            for key, factor in relation.terms
        ]
        rows, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
        return csr_matrix((factors, (rows, columns)), shape=(len(self.table.relations), len(self.keys)), dtype=float)

    @cached_property
    def at_least(self) -> npt.NDArray[np.bool_]:
        """Which relations are inequalities."""
        return np.array([relation.at_least for relation in self.table.relations], dtype=bool)

    def known(self, shown: Iterable[DisplayKey]) -> npt.NDArray[np.bool_]:
        """Return which counts the displays tell, and those that have been told before."""
        told = np.array([cell.told for cell in self.table.cells.values()], dtype=bool)
        for display in shown:
            told[[self.at[key] for key in self.table.displays[display].cells]] = True
        return told

    def parts(self, known: npt.NDArray[np.bool_], wanted: npt.NDArray[np.bool_]) -> Iterator[Part]:
        """Yield the systems that remain when those counts are known, independent of each other, that hold a wanted count."""
        from scipy.sparse.csgraph import connected_components

        free = np.flatnonzero(~known)
        if not len(free):
            return
        touching = self.matrix[:, free]
        _, labels = connected_components(touching.T @ touching, directed=False)
        for label in np.unique(labels[wanted[free]]):
            yield Part(self, free[labels == label])


class Part:
    """Some unknown counts that hang together, and the relations that hold them."""

    def __init__(self, attacker: Attacker, unknown: npt.NDArray[np.intp]) -> None:
        self.attacker = attacker
        self.unknown = unknown
        self.place = {int(index): place for place, index in enumerate(unknown)}
        columns = attacker.matrix[:, unknown]
        self.relations = np.flatnonzero(np.diff(columns.indptr))
        self.free = columns[self.relations]
        rows = attacker.matrix[self.relations]
        self.known = np.array(sorted(set(rows.indices) - set(self.place)), dtype=int)
        self.fixed = rows[:, self.known]
        told = attacker.values[self.known]
        self.right = -(self.fixed @ told) if len(self.known) else np.zeros(len(self.relations))
        self.ceiling = np.where(attacker.at_least[self.relations], np.inf, self.right)

    def narrowed(self, targets: Sequence[Target]) -> Iterator[Narrowed]:
        """Yield the targets that can be narrowed too far."""
        seen: list[Vector] = []
        yield from self._too_low([target for target in targets if target.needed is not None], seen)
        yield from self._single([target for target in targets if target.needed is None], seen)

    def highest(self, index: int) -> int:
        """Return the greatest value the count can have (a number beyond every count when there is no bound)."""
        return round(float(self._best(self._unit(index))[self.place[index]]))

    def lowest(self, index: int) -> int:
        """Return the least value the count can have."""
        return round(float(self._best(-self._unit(index))[self.place[index]]))

    def holding(self, index: int, *, up: bool) -> list[CellKey]:
        """Return the known counts that hold the count down (or up, when not `up`): the more the first ones."""
        from scipy.optimize import linprog

        sign = -1.0 if up else 1.0
        rows_least = self.attacker.at_least[self.relations]
        answer = linprog(
            sign * self._unit(index),
            A_eq=self.free[~rows_least] if (~rows_least).any() else None,
            b_eq=self.right[~rows_least] if (~rows_least).any() else None,
            A_ub=-self.free[rows_least] if rows_least.any() else None,
            b_ub=-self.right[rows_least] if rows_least.any() else None,
            method="highs",
        )
        if answer.status != 0:
            return []
        prices = np.zeros(len(self.relations))
        prices[~rows_least] = answer.eqlin.marginals
        prices[rows_least] = answer.ineqlin.marginals
        pull = np.abs(self.fixed.T @ prices)
        order = [at for at in np.argsort(-pull, kind="stable") if pull[at] > _TOLERANCE]
        return [self.attacker.keys[self.known[at]] for at in order]

    def _too_low(self, targets: Sequence[Target], seen: list[Vector]) -> Iterator[Narrowed]:
        pending = list(targets)
        while pending:
            found = self._most([(target.index, 1.0, float(target.needed or 0)) for target in pending])
            seen.append(found)
            still = [target for target in pending if not target.reached(found[self.place[target.index]])]
            if len(still) == len(pending):
                break
            pending = still
        for target in pending:
            highest = self.highest(target.index)
            lowest = None if target.below is None else self.lowest(target.index)
            if not target.reached(highest) and (lowest is None or not target.reached(lowest)):
                yield Narrowed(self.attacker.keys[target.index], lowest, highest)

    def _single(self, targets: Sequence[Target], seen: list[Vector]) -> Iterator[Narrowed]:
        pending = [target for target in targets if not self._varies(target, seen)]
        for direction in (1.0, -1.0):
            while pending:
                found = self._most([(t.index, direction, direction * self._value(t) + 1) for t in pending])
                still = [target for target in pending if not self._varies(target, [found])]
                if len(still) == len(pending):
                    break
                pending = still
        for target in pending:
            low, high = self.lowest(target.index), self.highest(target.index)
            if low == high:
                yield Narrowed(self.attacker.keys[target.index], low, high)

    def _value(self, target: Target) -> float:
        return float(self.attacker.values[target.index])

    def _varies(self, target: Target, seen: Iterable[Vector]) -> bool:
        return any(found[self.place[target.index]] != self._value(target) for found in seen)

    def _unit(self, index: int) -> Vector:
        vector = np.zeros(len(self.unknown))
        vector[self.place[index]] = 1
        return vector

    def _most(self, goals: Sequence[tuple[int, float, float]]) -> Vector:
        """Return a possible publication in which as many goals as can be (index, direction, wanted) are met, or come near."""
        from scipy.sparse import csr_matrix, hstack, vstack

        count, wanted = len(self.unknown), len(goals)
        places = [self.place[index] for index, _, _ in goals]
        marks = csr_matrix(([direction for _, direction, _ in goals], (range(wanted), places)), shape=(wanted, count))
        gain = csr_matrix((-np.ones(wanted), (range(wanted), range(wanted))), shape=(wanted, wanted))
        rows = vstack([hstack([self.free, csr_matrix((len(self.relations), wanted))]), hstack([marks, gain])])
        low = np.concatenate([self.right, np.zeros(wanted)])
        high = np.concatenate([self.ceiling, np.full(wanted, np.inf)])
        top = np.array([most for _, _, most in goals])
        beyond = self.attacker.beyond
        upper = np.concatenate([np.full(count, beyond), top])
        lower = np.concatenate([np.zeros(count), np.full(wanted, -beyond)])
        answer = _solve(np.concatenate([np.zeros(count), -np.ones(wanted)]), (rows, low, high), (lower, upper), count)
        return np.round(answer[:count])

    def _best(self, aim: Vector) -> Vector:
        count = len(self.unknown)
        bounds = (np.zeros(count), np.full(count, self.attacker.beyond))
        return _solve(-aim, (self.free, self.right, self.ceiling), bounds, count)


def _solve(cost: Vector, rows: tuple[Any, Vector, Vector], bounds: tuple[Vector, Vector], whole: int) -> Vector:
    """Minimise; the first `whole` variables are whole numbers, as they mostly come out without being told to."""
    answer = _minimum(cost, rows, bounds, np.zeros(len(cost)))
    if np.abs(answer[:whole] - np.round(answer[:whole])).max(initial=0) > _TOLERANCE:
        answer = _minimum(cost, rows, bounds, np.concatenate([np.ones(whole), np.zeros(len(cost) - whole)]))
    return answer


def _minimum(
    cost: Vector, rows: tuple[Any, Vector, Vector], bounds: tuple[Vector, Vector], integrality: Vector
) -> Vector:
    from scipy.optimize import Bounds, LinearConstraint, milp

    answer = milp(
        cost,
        constraints=LinearConstraint(*rows) if rows[0].shape[0] else (),
        bounds=Bounds(*bounds),
        integrality=integrality,
        # With presolve HiGHS may write a line of its own to standard output, which belongs to what was asked for.
        options={"time_limit": _SECONDS, "presolve": not integrality.any()},
    )
    if answer.status == _INFEASIBLE:
        raise Contradiction("The counts contradict each other.")
    if answer.x is None:
        raise ArithmeticError(f"Disclosure control cannot be proved: {answer.message}")
    return np.asarray(answer.x, dtype=float)
