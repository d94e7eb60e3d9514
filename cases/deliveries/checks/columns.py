"""The checks that follow from the declaration of each column: there when required, readable, within bounds, not too long."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import CharField

from cases.deliveries.checks.model import Check
from cases.deliveries.findings import Level
from cases.deliveries.typing import expectation
from cases.kinds import KINDS, Column, ColumnType, Kind


def column_checks() -> Iterator[Check]:
    """Yield them for every column of every kind."""
    for kind in KINDS:
        for column in kind.columns:
            yield from _required(kind, column)
            yield from _readable(kind, column)
            yield from _bounds(kind, column)
            yield from _length(kind, column)
            yield from _only_unit(kind, column)


def _error(kind: Kind, column: Column, name: str, expected: str, condition: str) -> Check:
    value = f'"raw_{column.field}"'
    return Check(name, Level.ERROR, kind, column.header, expected, condition=condition, value=value)


def _required(kind: Kind, column: Column) -> Iterator[Check]:
    if column.required:
        yield _error(kind, column, "required", "ett värde: fältet får inte vara tomt", f'"raw_{column.field}" IS NULL')


def _readable(kind: Kind, column: Column) -> Iterator[Check]:
    if column.type is ColumnType.PERSON:
        yield Check(
            "person_number",
            Level.ERROR,
            kind,
            column.header,
            "{detail}",
            query=f"SELECT row, raw_{column.field}, person_fault FROM t_{kind.table} WHERE person_fault IS NOT NULL",
        )
    elif column.type is not ColumnType.TEXT:
        name = {ColumnType.CODE: "code", ColumnType.EXIT_REASON: "code"}.get(
            column.type, _NAMES.get(column.type, "type")
        )
        condition = f'"raw_{column.field}" IS NOT NULL AND "{column.field}" IS NULL'
        yield _error(kind, column, name, expectation(column), condition)


_NAMES = {
    ColumnType.UNIT: "unknown_unit",
    ColumnType.ACTIVITY_TYPE: "unknown_activity_type",
    ColumnType.COMMITTEE: "unknown_committee",
}


def _bounds(kind: Kind, column: Column) -> Iterator[Check]:
    if column.minimum is not None and column.maximum is not None:
        condition = f'"{column.field}" NOT BETWEEN {column.minimum} AND {column.maximum}'
        yield _error(kind, column, "range", f"ett tal från {column.minimum} till {column.maximum}", condition)
    elif column.minimum is not None:
        yield _error(
            kind, column, "range", f"ett tal som är minst {column.minimum}", f'"{column.field}" < {column.minimum}'
        )


def _length(kind: Kind, column: Column) -> Iterator[Check]:
    if column.type is not ColumnType.TEXT:
        return
    stored = kind.model._meta.get_field(column.field)
    if isinstance(stored, CharField) and stored.max_length:
        condition = f'length("{column.field}") > {stored.max_length}'
        yield _error(kind, column, "too_long", f"högst {stored.max_length} tecken", condition)


def _only_unit(kind: Kind, column: Column) -> Iterator[Check]:
    if column.unit_kind is None:
        return
    yield Check(
        "no_only_unit",
        Level.ERROR,
        kind,
        column.header,
        f"en enhet: fältet får vara tomt bara när kommunen har en enda enhet av slaget {column.unit_kind.value}; "
        "nu har den {detail}",
        query=(
            f"SELECT row, NULL, (SELECT coalesce(max(units), 0) FROM unit_count WHERE kind = '{column.unit_kind.value}') "
            f'FROM t_{kind.table} WHERE "raw_{column.field}" IS NULL AND "{column.field}" IS NULL'
        ),
    )
    yield Check(
        "unit_of_other_kind",
        Level.WARNING,
        kind,
        column.header,
        f"en enhet av slaget {column.unit_kind.value}",
        query=(
            f'SELECT t.row, t."raw_{column.field}", NULL FROM t_{kind.table} AS t '
            f"JOIN ref_unit ON ref_unit.code = t.\"{column.field}\" WHERE ref_unit.kind <> '{column.unit_kind.value}'"
        ),
    )
