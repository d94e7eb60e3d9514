"""How complete a snapshot is: of the rows that ought to say something, how many do.

Only the columns that some measure or view names, and only where a value is to be expected: an exit reason of those who have left,
a result of a course that has ended. A date that has not come yet is no gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from cases.columns import Column, ColumnType, Kind
from cases.enums import SfiResult
from cases.kinds import KINDS
from reporting.measures.catalogue import measures
from reporting.snapshots.engine import Engine
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.loading import view_statements

_EVERY_ROW_HAS = frozenset({("enrolment", "referred"), ("support_month", "paid")})
"""Events that have happened in every row that is there, though the files may leave their dates out."""
_EMPTY_SAYS_NO = frozenset(
    {
        ("person", "protected"),
        ("enrolment", "study_aid"),
        ("plan", "valid_to"),
        ("sfi_participation", "referral"),
    }
)
"""Columns in which nothing is an answer (import-formats.md): not protected, no study aid, valid until the end, not referred."""
_ONLY_OF = {
    ("person", "ground"): ("received IS NOT NULL", "av mottagna"),
    ("sfi_participation", "dropout_reason"): (f"result = '{SfiResult.DROPOUT}'", "av avbrotten"),
    ("sfi_participation", "after_year"): (
        f"result = '{SfiResult.PASSED}' AND ended + INTERVAL 12 MONTH <= (SELECT as_of FROM clock)",
        "av de godkända, ett år efteråt",
    ),
}
"""Columns of which only some rows ought to have a value: the condition, and whom it is true of in words."""


@dataclass(frozen=True)
class Filled:
    """Of the `rows` that ought to have a value, how many have one (`filled`)."""

    rows: int
    filled: int

    @property
    def share(self) -> float | None:
        """In percent, None where no row ought to have one."""
        return 100 * self.filled / self.rows if self.rows else None


@dataclass(frozen=True)
class Completeness:
    """One column of one kind of file, by year; a kind without dates of its own has all its rows under None."""

    kind: Kind
    column: Column
    years: dict[int | None, Filled]

    @property
    def of_whom(self) -> str:
        """Which rows ought to have a value, in words; empty for all of them."""
        only = _ONLY_OF.get((self.kind.table, self.column.field))
        event = _event_of(self.column)
        if only or event is None:
            return only[1] if only else ""
        return f"av dem med {self.kind.column(event).header.replace('_', ' ')}"


def completeness(engine: Engine) -> list[Completeness]:
    """Return every column that measures use and that a row may lack, in the order of the files.

    A column that the snapshot lacks, because it is older than the column, is left out.
    """
    return list(_computed(engine))


def _computed(engine: Engine) -> Iterator[Completeness]:
    for kind in KINDS:
        for column in kind.columns:
            if _may_be_missing(kind, column) and column.field in _fields_in_use():
                try:
                    rows = engine.rows(_question(kind, column)).fetchall()
                except SnapshotFault:
                    continue
                yield Completeness(kind, column, {year: Filled(all_of, filled) for year, all_of, filled in rows})


def _may_be_missing(kind: Kind, column: Column) -> bool:
    if column.required or column.default is not None or column.field in kind.key:
        return False
    if (kind.table, column.field) in _EMPTY_SAYS_NO:
        return False
    is_event = column.type is ColumnType.DATE and column.known_from == column.field
    return not is_event or (kind.table, column.field) in _EVERY_ROW_HAS


def _question(kind: Kind, column: Column) -> str:
    """Return the SQL: year, rows that ought to have a value, and how many do."""
    year = f"year({_date_of(kind)})" if _date_of(kind) else "NULL"
    event = column.known_from if column.known_from != column.field else None
    expected, _ = _ONLY_OF.get((kind.table, column.field), (f'"{event}" IS NOT NULL' if event else "true", ""))
    return f'SELECT {year}, count(*), count("{column.field}") FROM {kind.table} WHERE {expected} GROUP BY 1 ORDER BY 1'


def _event_of(column: Column) -> str | None:
    """The date a value hangs on, None when it is there from the beginning."""
    return column.known_from if column.known_from != column.field else None


def _date_of(kind: Kind) -> str | None:
    dates = [name for name in kind.own_dates if kind.column(name).type in {ColumnType.DATE, ColumnType.MONTH}]
    return f"coalesce({', '.join(dates)})" if dates else None


@cache
def _fields_in_use() -> frozenset[str]:
    """Every word in the SQL of a measure or of a view: a column among them is used."""
    scripts = [*(measure.sql for measure in measures()), *view_statements().values()]
    return frozenset(word for script in scripts for word in re.findall(r"\w+", script))
