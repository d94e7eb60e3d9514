"""The cases behind a figure and those left out of it: the rows that the figure itself was added up from.

The rows of protected persons are never listed. They come as one row, last, with `skyddad` as its key and a number wherever the
others have something that is counted, so that the list still adds up to the figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

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
    measure = request.measure
    check_open_values(engine, request.where)
    judged = judged_rows(engine, request)
    judged.check(name for name, _ in request.where)
    columns = case_columns(measure)
    kept, params = condition(request.where)
    narrowed, more = narrowed_by(measure, judged, narrowings, columns)
    kept, params = f"{kept} AND {KEPT[population]} AND {narrowed}", [*params, *more]
    if any(one.column not in COUNTED for one in narrowings):
        kept = f"{kept} AND NOT protected"
    shown = ", ".join(column if column in judged.columns else f"NULL AS {column}" for column in columns)
    listed = judged.rows(
        f"SELECT {shown} FROM judged WHERE {kept} AND NOT protected ORDER BY {_ordering(order, columns, judged)}"
        f" LIMIT {'ALL' if limit is None else int(limit)} OFFSET {int(offset)}",
        params,
    )
    open_cases, protected_cases = judged.rows(
        f"SELECT count(*) FILTER (NOT protected), count(*) FILTER (protected) FROM judged WHERE {kept}", params
    )[0]
    fits = offset <= open_cases and (limit is None or offset + limit > open_cases)
    if protected_cases and fits:
        listed.append(_protected_row(judged, measure, columns, f"{kept} AND protected", params))
    return CaseTable(columns=columns, rows=tuple(listed), total=open_cases + bool(protected_cases))


def _ordering(order: str, columns: Sequence[str], judged: JudgedRows) -> str:
    name, falling = order.removeprefix("-"), order.startswith("-")
    if name not in columns:
        raise RequestFault(f"Det går inte att sortera på ”{name}”. Kolumnerna är: {', '.join(columns)}.")
    first = f"{name} {'DESC' if falling else 'ASC'} NULLS LAST, " if name in judged.columns else ""
    return f"{first}kommun, unit_key"


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
