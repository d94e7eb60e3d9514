"""The tables of a snapshot: every delivered kind, and what the municipality itself has set up.

The kinds are declared in `cases.kinds`; the reference tables here. Names and types are the same in the Parquet files, in the
engine and in the canonical rows that are hashed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet

from cases.kinds import KINDS, Kind
from cases.models import ActivityType
from committees.models import Committee, Municipality, Responsibility, Unit
from reporting.snapshots.models import DisclosureExemption, SmallNumberLimit


@dataclass(frozen=True)
class SnapshotTable:
    """One table: its columns as (name, DuckDB type), the columns its rows are sorted by, and where the rows come from.

    `kind` is None for a reference table; `source` gives a queryset of the columns' values, in order and without parameters.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]
    source: Callable[[], QuerySet[Any, Any]]
    kind: Kind | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self.columns)

    @property
    def order(self) -> str:
        """The canonical order of rows as an ORDER BY list: by the key, then by everything, unknown first."""
        rest = [name for name in self.names if name not in self.key]
        return ", ".join(f'"{name}" ASC NULLS FIRST' for name in (*self.key, *rest))


def _kind_table(kind: Kind) -> SnapshotTable:
    return SnapshotTable(
        name=kind.table,
        columns=tuple((column.field, column.type.sql) for column in kind.columns),
        key=kind.key,
        source=lambda: kind.model.objects.current().order_by().values_list(*kind.fields),
        kind=kind,
    )


def _reference(name: str, key: tuple[str, ...], columns: dict[str, str], source: QuerySet[Any, Any]) -> SnapshotTable:
    return SnapshotTable(name=name, columns=tuple(columns.items()), key=key, source=source.order_by().all)


@cache
def snapshot_tables() -> tuple[SnapshotTable, ...]:
    """Return all tables, sorted by name."""
    tables = [*(_kind_table(kind) for kind in KINDS), *_reference_tables()]
    return tuple(sorted(tables, key=lambda table: table.name))


def _reference_tables() -> list[SnapshotTable]:
    return [
        _municipality(),
        *_organisation(),
        _activity_types(),
        _reference(
            "small_number_limit",
            ("measure",),
            {"measure": "VARCHAR", "value": "INTEGER"},
            SmallNumberLimit.objects.values_list("measure", "value"),
        ),
        _reference(
            "disclosure_exemption",
            ("measure", "level"),
            {"measure": "VARCHAR", "level": "VARCHAR", "reason": "VARCHAR", "decision": "VARCHAR"},
            DisclosureExemption.objects.values_list("measure", "level", "reason", "decision"),
        ),
    ]


def _municipality() -> SnapshotTable:
    limits = ("small_number_limit", "sfi_start_days", "sfi_early_dropout_days", "referral_days", "plan_days")
    return _reference(
        "municipality",
        ("code",),
        {"code": "VARCHAR", "name": "VARCHAR", **dict.fromkeys(limits, "INTEGER")},
        Municipality.objects.values_list("code", "name", *limits),
    )


def _organisation() -> list[SnapshotTable]:
    return [
        _reference(
            "committee",
            ("code",),
            {"code": "VARCHAR", "name": "VARCHAR"},
            Committee.objects.values_list("code", "name"),
        ),
        _reference(
            "unit",
            ("code",),
            {"code": "VARCHAR", "name": "VARCHAR", "kind": "VARCHAR", "department": "VARCHAR"},
            Unit.objects.values_list("code", "name", "kind", "department__code"),
        ),
        _reference(
            "responsibility",
            ("unit", "start"),
            {"unit": "VARCHAR", "committee": "VARCHAR", "start": "DATE", "ended": "DATE", "decision": "VARCHAR"},
            Responsibility.objects.values_list("unit__code", "committee__code", "start", "end", "decision"),
        ),
    ]


def _activity_types() -> SnapshotTable:
    return _reference(
        "activity_type",
        ("code",),
        {
            "code": "VARCHAR",
            "name": "VARCHAR",
            "unit": "VARCHAR",
            "provider": "VARCHAR",
            "drop_in": "BOOLEAN",
            "assesses_work_capacity": "BOOLEAN",
            "target_group": "VARCHAR",
            "funding": "VARCHAR",
        },
        ActivityType.objects.values_list(
            "code", "name", "unit__code", "provider", "drop_in", "assesses_work_capacity", "target_group", "funding"
        ),
    )
