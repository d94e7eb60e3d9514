"""A measure's cases as a table: sorted and paged where they are counted, worded for a reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

import django_tables2 as tables

from reporting.figures.cases import PROTECTED, Population, case_columns, case_rows
from reporting.figures.dimensions import values_of
from reporting.figures.model import CaseTable, Request
from reporting.figures.narrowing import NO, YES, Narrowing
from reporting.figures.swedish import kronor, number
from reporting.measures.dimensions import Dimension
from reporting.measures.model import Kind, Measure
from reporting.snapshots.engine import Engine

_SHOWN_OF_PERSON = 8
_NEVER_SHOWN = {"in_population", *(Dimension.YEAR, Dimension.MONTH, Dimension.MUNICIPALITY)}
_OF_KIND = {
    "met": {Kind.SHARE, Kind.COUNT},
    "category": {Kind.DISTRIBUTION},
    "days": {Kind.DURATION},
    "event": {Kind.DURATION},
    "amount": {Kind.RATIO},
    "units": {Kind.RATIO},
}
_HEADINGS = {
    "person_key": "Person",
    "attribution_date": "Datum",
    "met": "Räknas i antalet",
    "reason": "Varför",
    "category": "Kategori",
    "days": "Dagar",
    "event": "Händelse",
    "amount": "Kostnad",
    "units": "Enheter",
    "flags": "Märkning",
}


@dataclass(frozen=True)
class CaseQuery:
    """The cases of a request, asked for a page at a time; looks enough like a queryset for django-tables2 to sort and page it."""

    engine: Engine
    request: Request
    population: Population
    ordering: str = "unit_key"
    narrowings: tuple[Narrowing, ...] = ()

    def count(self) -> int:
        """Return how many rows there are; the protected together are one."""
        return self._first.total

    def __len__(self) -> int:
        return self.count()

    def order_by(self, *names: str) -> CaseQuery:
        """Return the cases in the order of the first name; "-" before it for falling."""
        return replace(self, ordering=names[0]) if names else self

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        start = part.start or 0
        limit = None if part.stop is None else part.stop - start
        return self._as_mappings(self._page(limit, start))

    @cached_property
    def _first(self) -> CaseTable:
        return self._page(1, 0)

    def _page(self, limit: int | None, offset: int) -> CaseTable:
        return case_rows(
            self.engine,
            self.request,
            population=self.population,
            limit=limit,
            offset=offset,
            order=self.ordering,
            narrowings=self.narrowings,
        )

    @staticmethod
    def _as_mappings(table: CaseTable) -> list[dict[str, Any]]:
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def shown_columns(measure: Measure, population: Population) -> dict[str, str]:
    """Return the columns that say something for this measure, each with its Swedish heading, in reading order."""
    details = {column.name: column.label for column in measure.columns}
    dimensions = {dimension.value: dimension.label for dimension in measure.dimensions}
    first = {"unit_key": measure.case.one.capitalize(), **_HEADINGS}
    judged = {"met", "category", "amount", "units"} if population == "out" else set()
    wanted = [name for name in case_columns(measure) if name not in _NEVER_SHOWN | judged]
    kept = [name for name in wanted if measure.kind in _OF_KIND.get(name, {measure.kind})]
    places = list(first)
    ordered = sorted(kept, key=lambda name: (places.index(name) if name in first else len(places), name not in details))
    return {name: first.get(name) or details.get(name) or dimensions.get(name, name) for name in ordered}


@dataclass(frozen=True)
class Wording:
    """What stands in the cells of one measure's case list, as a reader sees it; the names of a dimension are looked up once."""

    engine: Engine
    measure: Measure

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        return {dimension.value: values_of(self.engine, dimension) for dimension in self.measure.dimensions}

    def in_row(self, column: str, row: Mapping[str, Any]) -> str:
        """Return a row's cell in words; of the protected it says how many cases their one row stands for."""
        if column == "unit_key" and row[column] == PROTECTED and self.measure.kind is not Kind.RATIO:
            return f"{PROTECTED} ({number(row['units'])} {self._noun(row['units'])})"
        return self.cell(column, row[column])

    def _noun(self, count: int) -> str:
        return self.measure.case.one if count == 1 else self.measure.case.many

    def cell(self, column: str, value: object) -> str:
        """Return the value in words; nothing for what is not known."""
        if value is None or value == []:
            return ""
        if isinstance(value, list):
            return ", ".join(self.cell(column, one) for one in value)
        if isinstance(value, str):
            return self._text(column, value)
        if isinstance(value, bool):
            return YES if value else NO
        if isinstance(value, int | float | Decimal):
            return kronor(value) if column == "amount" else number(value, 0 if value == int(value) else 2)
        return str(value)[:10] if isinstance(value, dt.date) else str(value)

    def _text(self, column: str, text: str) -> str:
        if column in self._labels:
            return self._labels[column].get(text, text)
        if column == "category":
            return next((one.label for one in self.measure.categories if one.code == text), text)
        if column == "person_key":
            return text[:_SHOWN_OF_PERSON]
        return text if column == "unit_key" else self.measure.word(text)


class CaseColumn(tables.Column):
    """A column of a case list; its words depend on the measure."""

    def __init__(self, words: Wording, name: str, heading: str) -> None:
        style = {"class": "number"} if name in {"amount", "units", "days"} else {}
        super().__init__(verbose_name=heading, accessor=name, default="", attrs={"td": style, "th": style})
        self._words = words
        self._name = name

    def render(self, record: Mapping[str, Any]) -> str:
        """Return the value in words."""
        return self._words.in_row(self._name, record)


def case_table(query: CaseQuery, *, caption: str, order: Sequence[str]) -> tables.Table:
    """Return the table of the cases, in the order the address asks for."""
    measure = query.request.measure
    words = Wording(query.engine, measure)
    headings = shown_columns(measure, query.population)
    columns = [(name, CaseColumn(words, name, heading)) for name, heading in headings.items()]
    attrs = {"caption": caption, "kind": "cases"}
    return tables.Table(query, extra_columns=columns, order_by=order, attrs=attrs)


def keys_of(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the keys of the cases in rows, for the log of who was shown what."""
    return [str(row["unit_key"]) for row in rows]
