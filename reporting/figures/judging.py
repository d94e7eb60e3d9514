"""The judged rows of a measure: run once for a variant and period, kept, and read by everything that counts or lists.

A measure's SQL is the slow part; splits, totals, left-out lists and case lists are quick questions to the rows it gave.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reporting.figures.dimensions import dimensions_of, judged_rows_sql
from reporting.figures.keeping import workbench
from reporting.figures.kinds import aggregates, rows_that_count
from reporting.figures.model import CATEGORY, Request
from reporting.measures.dimensions import Dimension
from reporting.measures.model import Measure
from reporting.snapshots.engine import Engine, KeptRows
from reporting.snapshots.faults import EngineFault, SnapshotFault


class JudgedRows:
    """The rows of one measure, variant and period, which questions call the table `judged`."""

    def __init__(self, rows: KeptRows, lacking: Mapping[Dimension, SnapshotFault] | None = None) -> None:
        """Take the rows as they are, with the dimensions that an older snapshot cannot give and why."""
        self._kept = rows
        self._lacking = lacking or {}

    @classmethod
    def of(cls, engine: Engine, request: Request) -> JudgedRows:
        """Judge every case now and keep the rows in the engine.

        Raises SnapshotFault when the snapshot lacks a column that the measure needs.
        """
        asked = parameters(engine, request)
        try:
            return cls(engine.keep("judged", judged_rows_sql(request.measure), asked))
        except EngineFault:
            raise
        except SnapshotFault:
            lacking = _lacking_dimensions(engine, request.measure, asked)
            rest = frozenset(dimensions_of(request.measure)) - set(lacking)
            return cls(engine.keep("judged", judged_rows_sql(request.measure, rest), asked), lacking)

    def check(self, dimensions: Iterable[str]) -> None:
        """Raise SnapshotFault when the snapshot lacks what one of the dimensions is taken from."""
        for name in dimensions:
            if Dimension(name) in self._lacking:
                raise self._lacking[Dimension(name)]

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Ask the table `judged` (positional parameters) and return all rows."""
        return self._kept.rows(sql, params)

    @property
    def types(self) -> Mapping[str, str]:
        """The columns that the rows have, each with its DuckDB type."""
        return self._kept.types

    @property
    def columns(self) -> frozenset[str]:
        """The names of the columns that the rows have."""
        return frozenset(self.types)


def _lacking_dimensions(
    engine: Engine, measure: Measure, asked: Mapping[str, object]
) -> Mapping[Dimension, SnapshotFault]:
    """Return the dimensions that an older snapshot cannot give, each with the reason.

    Raises SnapshotFault when it is the measure itself that needs what is lacking.
    """
    engine.keep("judged", judged_rows_sql(measure, frozenset()), asked)
    found = {}
    for dimension in dimensions_of(measure):
        try:
            engine.keep("judged", judged_rows_sql(measure, frozenset({dimension})), asked)
        except SnapshotFault as fault:
            found[dimension] = fault
    return found


def parameters(engine: Engine, request: Request) -> dict[str, object]:
    """Return the values that the measure's SQL is run with, by the names that stand in it after `$`."""
    cohort = request.cohort
    looked_at = min(request.period.end, engine.as_of)
    return {
        "period_start": request.period.start,
        "period_end": request.period.end,
        "cohort_start": cohort.start,
        "cohort_end": cohort.end,
        "as_of": engine.as_of,
        "looked_at": looked_at,
        "month_end": _end_of_last_month(looked_at),
        **request.measure.params_for(request.variant),
    }


def _end_of_last_month(day: dt.date) -> dt.date:
    """Return the last day of the latest month that is over by the day."""
    after = day + dt.timedelta(days=1)
    return after.replace(day=1) - dt.timedelta(days=1)


def judged_rows(engine: Engine, request: Request) -> JudgedRows:
    """Return the judged rows for the request's measure, variant and period; judged once, however many ask."""
    key = (request.measure, request.variant, request.period)
    return workbench(engine).judged.get(key, lambda: JudgedRows.of(engine, request))


def counted_rows(engine: Engine, request: Request, dimensions: Iterable[str], *, once: bool) -> JudgedRows:
    """Return the judged rows with those dimensions, the request's own and what the figures are counted from, and no more.

    For the many rows of a country. Where they are to be asked `once` they are counted as they are judged, and kept nowhere.
    """
    wanted = frozenset(map(Dimension, [*dimensions, *(name for name, _ in request.where)]))
    rows, asked = judged_rows_sql(request.measure, wanted), parameters(engine, request)
    if once and not request.where:
        return JudgedRows(engine.passing("judged", rows, asked))
    counted = " ".join([*aggregates(request.measure).values(), rows_that_count(request.measure)])
    names = {*re.findall(r"\w+", counted), *wanted, CATEGORY, "flags", "in_population", "reason", "kommun"}
    listed = ", ".join(f"'{name}'" for name in sorted(names))
    return JudgedRows(engine.keep("judged", f"SELECT COLUMNS(lambda name: name IN ({listed})) FROM ({rows})", asked))


def condition(where: Sequence[tuple[str, Sequence[str]]]) -> tuple[str, list[object]]:
    """Return a WHERE condition over `judged` and its parameters: any of the values of each dimension; empty means not known."""
    parts, params = ["true"], []
    for name, values in where:
        known = [value for value in values if value]
        alternatives = []
        if Dimension(name).fans_out:
            alternatives.append(f"list_has_any({name}, CAST(? AS VARCHAR[]))")
            if len(known) < len(values):
                alternatives.append(f"list_position({name}, NULL) IS NOT NULL")
        else:
            alternatives.append(f"list_contains(CAST(? AS VARCHAR[]), {name})")
            if len(known) < len(values):
                alternatives.append(f"{name} IS NULL")
        parts.append(f"({' OR '.join(alternatives)})")
        params.append(known)
    return " AND ".join(parts), list[object](params)
