"""Narrowing a case list by what stands in its columns: one of some values, from one day or number to another, a part of a key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reporting.figures.judging import JudgedRows, judged_rows
from reporting.figures.keeping import workbench
from reporting.figures.model import Request, RequestFault
from reporting.measures.model import Measure
from reporting.snapshots.engine import Engine

MOST_CHOICES = 40
"""A column with more values than this is not chosen from."""

COUNTED = ("reason", "met", "category", "event", "flags")
"""The columns that figures themselves tell of in numbers; narrowing by these keeps the row of the protected."""

YES, NO = "ja", "nej"
_TRUTH = {YES: "true", NO: "false"}


class ColumnSort(StrEnum):
    """How a column can be narrowed."""

    CHOICE = "choice"
    DAYS = "days"
    NUMBERS = "numbers"
    KEY = "key"


@dataclass(frozen=True)
class Narrowing:
    """What may stand in one column: any of `values` (empty: not known), from `least` to `most`, or a text with `part` in it."""

    column: str
    values: tuple[str, ...] = ()
    least: dt.date | Decimal | None = None
    most: dt.date | Decimal | None = None
    part: str = ""


def sorts_of(engine: Engine, request: Request, columns: Sequence[str]) -> dict[str, ColumnSort]:
    """Return how each of the columns can be narrowed; those that are not in the rows are left out."""
    types = judged_rows(engine, request).types
    return {name: _sort(name, types[name]) for name in columns if name in types}


def _sort(name: str, kind: str) -> ColumnSort:
    if name == "unit_key":
        return ColumnSort.KEY
    if kind == "DATE":
        return ColumnSort.DAYS
    return ColumnSort.CHOICE if kind.startswith(("VARCHAR", "BOOLEAN")) else ColumnSort.NUMBERS


def choices_of(engine: Engine, request: Request, columns: Sequence[str], *, kept: str) -> Mapping[str, tuple[str, ...]]:
    """Return the values that stand in each column among the cases that `kept` (SQL) keeps; "" where some are not known.

    A column with one value or with more than MOST_CHOICES has none to choose from. The protected are not looked at.
    """
    key = ("choices", request.measure, request.variant, request.period, tuple(columns), kept)
    return workbench(engine).answers.get(key, lambda: _choices(judged_rows(engine, request), columns, kept))


def _choices(judged: JudgedRows, columns: Sequence[str], kept: str) -> dict[str, tuple[str, ...]]:
    if not columns:
        return {}
    asked = []
    for name in columns:
        value = _as_text(name, judged)
        several = f"flatten(list({value}))" if judged.types[name].endswith("[]") else f"list({value})"
        asked.append(f"list_sort(list_distinct({several}))[:{MOST_CHOICES + 1}], count(*) FILTER ({value} IS NULL)")
    row = judged.rows(f"SELECT {', '.join(asked)} FROM judged WHERE {kept} AND NOT protected")[0]
    found = {}
    for name, values, unknown in zip(columns, row[::2], row[1::2], strict=True):
        choices = tuple(values or ()) + (("",) if unknown else ())
        if 1 < len(choices) <= MOST_CHOICES:
            found[name] = choices
    return found


def _as_text(name: str, judged: JudgedRows) -> str:
    if judged.types[name] == "BOOLEAN":
        return f"CASE WHEN {name} THEN '{YES}' WHEN NOT {name} THEN '{NO}' END"
    return name if judged.types[name].endswith("[]") else f"nullif({name}, '')"


def narrowed_by(
    measure: Measure, judged: JudgedRows, narrowings: Sequence[Narrowing], known: Sequence[str]
) -> tuple[str, list[object]]:
    """Return a WHERE condition over `judged` and its parameters. RequestFault for a column that is not among the known."""
    parts, params = ["true"], list[object]()
    for one in narrowings:
        if one.column not in known or one.column not in judged.types:
            raise RequestFault(f"Listan över {measure.case.many} har ingen kolumn ”{one.column}” att välja på.")
        if one.values:
            parts.append(_any_of(one, judged))
            params.append([_TRUTH.get(value, value) if _is_truth(one, judged) else value for value in one.values])
        for sign, end in ((">=", one.least), ("<=", one.most)):
            if end is not None:
                parts.append(f"{one.column} {sign} ?")
                params.append(end)
        if one.part:
            parts.append(f"contains(lower({one.column}), lower(?))")
            params.append(one.part)
    return " AND ".join(parts), params


def _is_truth(one: Narrowing, judged: JudgedRows) -> bool:
    return judged.types[one.column] == "BOOLEAN"


def _any_of(one: Narrowing, judged: JudgedRows) -> str:
    if judged.types[one.column].endswith("[]"):
        found, unknown = f"list_has_any({one.column}, CAST(? AS VARCHAR[]))", f"len({one.column}) = 0"
    else:
        found, unknown = f"list_contains(CAST(? AS VARCHAR[]), {one.column}::VARCHAR)", f"{one.column}::VARCHAR = ''"
    return f"({found} OR {one.column} IS NULL OR {unknown})" if "" in one.values else f"coalesce({found}, false)"
