"""The cases behind a figure and those left out of it: the rows that the figure itself was added up from.

The rows of protected persons are never listed. They come as one row, last, with `skyddad` as its key and a number wherever the
others have something that is counted, so that the list still adds up to the figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reporting.figures.dimensions import check_open_values, dimensions_of
from reporting.figures.judging import JudgedRows, condition, judged_rows
from reporting.figures.kinds import aggregates
from reporting.figures.model import CaseTable, Request, RequestFault
from reporting.figures.narrowing import COUNTED, Narrowing, narrowed_by
from reporting.figures.parts import count_sql
from reporting.measures.inner import Counting
from reporting.measures.model import Kind, Measure
from reporting.snapshots.engine import Engine

PROTECTED = "skyddad"
"""The key of the one row that stands for all protected persons."""

STANDARD_COLUMNS = (
    "unit_key",
    "person_key",
    "attribution_date",
    "in_population",
    "reason",
    "met",
    "category",
    "days",
    "event",
    "amount",
    "units",
    "flags",
)

Population = Literal["all", "in", "out"]
KEPT: dict[Population, str] = {"all": "true", "in": "in_population", "out": "NOT in_population"}
"""Which of the judged rows a list has, as SQL."""


def case_columns(measure: Measure) -> tuple[str, ...]:
    """Return the columns of the case list: the standard ones, the dimensions, the dates and facts that decided."""
    dimensions = tuple(dimension.value for dimension in dimensions_of(measure))
    taken = {*STANDARD_COLUMNS, *dimensions}
    return (*STANDARD_COLUMNS, *dimensions, *(column.name for column in measure.columns if column.name not in taken))


def case_rows(
    engine: Engine,
    request: Request,
    *,
    population: Population = "all",
    limit: int | None = None,
    offset: int = 0,
    order: str = "unit_key",
    narrowings: Sequence[Narrowing] = (),
) -> CaseTable:
    """Return the cases of the request's measure, variant, period and `where` (its split does not matter).

    `population`: all judged cases, those in it or those left out. `order`: a column, with "-" before it for falling; what is not
    known comes last. `narrowings`: what may stand in which columns; by what figures do not tell in numbers (`COUNTED`) no
    protected are found. Dimensions with several values are lists. Raises RequestFault for an unknown column or value.
    """
    check_open_values(engine, request.where)
    listing = _Listing(request, case_columns(request.measure), population, order, tuple(narrowings))
    listing.check_order()
    rows: list[_Keyed] = []
    open_cases, protected, skipped = 0, list[tuple[object, ...]](), 0
    for portion in engine.portions():
        if portion is engine:
            found, skipped = listing.of(engine, limit, offset), offset
            rows = found.rows
        else:
            at_most = None if limit is None else offset + limit
            found = listing.of(portion, at_most)
            rows = listing.merged(rows, found.rows)[:at_most]
        open_cases += found.open_cases
        protected += found.protected
    listed = [row for row, _ in rows[offset - skipped :]]
    if protected and offset <= open_cases and (limit is None or offset + limit > open_cases):
        listed.append(_added_up(protected))
    return CaseTable(columns=listing.columns, rows=tuple(listed), total=open_cases + bool(protected))


_Keyed = tuple[tuple[object, ...], tuple[object, ...]]
"""A row of the list, and what decides its place: the column it is ordered by, its municipality and its key."""


@dataclass(frozen=True)
class _Found:
    """What one portion has: its first rows, and one row for its protected where there are any."""

    rows: list[_Keyed]
    open_cases: int
    protected: list[tuple[object, ...]]


@dataclass(frozen=True)
class _Listing:
    """A list of cases that is asked of one portion of the engine's snapshots at a time."""

    request: Request
    columns: tuple[str, ...]
    population: Population
    order: str
    narrowings: tuple[Narrowing, ...]

    @property
    def _ordered_by(self) -> str:
        return self.order.removeprefix("-")

    @property
    def _is_falling(self) -> bool:
        return self.order.startswith("-")

    def check_order(self) -> None:
        """Raise RequestFault when the list is to be ordered by a column that it does not have."""
        if self._ordered_by not in self.columns:
            raise RequestFault(
                f"Det går inte att sortera på ”{self._ordered_by}”. Kolumnerna är: {', '.join(self.columns)}."
            )

    def of(self, engine: Engine, at_most: int | None, skipped: int = 0) -> _Found:
        """Return the portion's rows in their order, so many after those skipped, and how many cases it has."""
        measure, judged = self.request.measure, judged_rows(engine, self.request)
        judged.check(name for name, _ in self.request.where)
        kept, params = condition(self.request.where)
        narrowed, more = narrowed_by(measure, judged, self.narrowings, self.columns)
        kept, params = f"{kept} AND {KEPT[self.population]} AND {narrowed}", [*params, *more]
        if any(one.column not in COUNTED for one in self.narrowings):
            kept = f"{kept} AND NOT protected"
        shown = [column if column in judged.columns else "NULL" for column in self.columns]
        place = [self._ordered_by if self._ordered_by in judged.columns else "NULL", "kommun", "unit_key"]
        asked = ", ".join(f"{value} AS c{number}" for number, value in enumerate([*shown, *place]))
        first = len(shown)
        direction = "DESC" if self._is_falling else "ASC"
        listed = judged.rows(
            f"SELECT {asked} FROM judged WHERE {kept} AND NOT protected"
            f" ORDER BY c{first} {direction} NULLS LAST, c{first + 1}, c{first + 2}"
            f" LIMIT {'ALL' if at_most is None else int(at_most)} OFFSET {int(skipped)}",
            params,
        )
        open_cases, protected_cases = judged.rows(
            f"SELECT count(*) FILTER (NOT protected), count(*) FILTER (protected) FROM judged WHERE {kept}", params
        )[0]
        protected = (
            [_protected_row(judged, measure, self.columns, f"{kept} AND protected", params)] if protected_cases else []
        )
        return _Found([(row[:first], row[first:]) for row in listed], open_cases, protected)

    def merged(self, rows: list[_Keyed], more: list[_Keyed]) -> list[_Keyed]:
        """Return the rows of two portions in the order in which one question would have given them."""
        every = sorted([*rows, *more], key=lambda row: row[1][1:])
        known = sorted(
            (row for row in every if row[1][0] is not None),
            key=lambda row: _comparable(row[1][0]),
            reverse=self._is_falling,
        )
        return [*known, *(row for row in every if row[1][0] is None)]


def _comparable(value: object) -> Any:
    """Return a value as Python can order it: in lists what is not known comes after what is, as in DuckDB."""
    return [(one is None, one or "") for one in value] if isinstance(value, list) else value


def _added_up(protected: Sequence[tuple[object, ...]]) -> tuple[object, ...]:
    """Return one row for the protected of all portions, whose municipalities have no case or person in common."""
    key, *rest = zip(*protected, strict=True)
    sums = ([value for value in column if value is not None] for column in rest)
    return (key[0], *(sum(values[1:], values[0]) if values else None for values in sums))


def _protected_row(
    judged: JudgedRows, measure: Measure, columns: Sequence[str], kept: str, params: Sequence[object]
) -> tuple[object, ...]:
    """One row for the protected: how many are in the population and are met; `units` is how many cases they are.

    Of a ratio it is what they add to its denominator.
    """
    sums = {"unit_key": f"'{PROTECTED}'", "in_population": "count(*) FILTER (in_population)", "units": "count(*)"}
    if measure.kind in {Kind.SHARE, Kind.COUNT}:
        sums["met"] = "count(*) FILTER (in_population AND met)"
    if measure.kind is Kind.RATIO:
        counted = aggregates(measure)
        sums |= {"amount": counted["amount"], "units": counted["denominator"]}
    for part in measure.parts:
        of_each = f"sum({part.count.column}::DOUBLE) FILTER (in_population)"
        sums[part.count.column] = count_sql(part.count) if part.count.how is Counting.DISTINCT else of_each
    shown = ", ".join(f"{sums.get(column, 'NULL')} AS {column}" for column in columns)
    return judged.rows(f"SELECT {shown} FROM judged WHERE {kept}", params)[0]
