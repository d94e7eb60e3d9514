"""How one kind of file from a source system is read: its headers, words, forms and place in the file become ours."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from cases.deliveries.accounts import AccountRules
from cases.deliveries.findings import FileFault
from cases.deliveries.forms import USUAL, Forms, Use
from cases.deliveries.headers import Layout
from cases.kinds import Column, ColumnType, Kind

_USES = {
    ColumnType.PERSON: Use.PERSON,
    ColumnType.DATE: Use.DATE,
    ColumnType.MONTH: Use.MONTH,
    ColumnType.INTEGER: Use.NUMBER,
    ColumnType.AMOUNT: Use.NUMBER,
    ColumnType.NUMBER: Use.NUMBER,
}


@dataclass(frozen=True)
class FileRules:
    """How one kind of file from a system is read.

    `columns`: header (as headers are compared) to field, empty where the column is not to be read although its header is one of
    ours. `codes`: field to the system's words (as codes are compared) to our codes, empty for "not known". `sheet`: the name of
    the sheet in a workbook. `skip`: rows before the header row. `accounts`: what accounts are, for a SIE file.
    """

    kind: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    forms: Forms = USUAL
    sheet: str = ""
    skip: int = 0
    accounts: AccountRules | None = None


AS_IT_IS = FileRules()
"""A file with the canonical headers and codes."""


@dataclass(frozen=True)
class Batch:
    """Some rows as columns: `values[n]` belongs to the n:th column of the layout, `rows` are their numbers in the file."""

    rows: Sequence[int]
    values: list[tuple[str, ...]]


class DeliveredRows(Protocol):
    """A file's layout, and its rows in batches. `faults` fills with the rows that cannot be read.

    `expected` is about how many rows there are, 0 where that is not known beforehand.
    """

    expected: int
    layout: Layout
    faults: list[FileFault]

    def batches(self) -> Iterator[Batch]:
        """Yield the rows that are whole; blank rows are passed over."""


class Translated:
    """A file's rows in our words. What the rules do not name stays as it is."""

    def __init__(self, file: DeliveredRows, kind: Kind, rules: FileRules, *, forms: bool) -> None:
        """Translate codes, and with `forms` what is written in the system's forms: a workbook's cells are read in them before."""
        self.layout, self.faults, self.expected = file.layout, file.faults, file.expected
        self._file, self._rules = file, rules
        self._forms = rules.forms if forms else USUAL
        self._columns = [kind.column(field) for field in file.layout.places]

    def batches(self) -> Iterator[Batch]:
        """Yield the rows; blank rows are passed over."""
        for batch in self._file.batches():
            pairs = zip(self._columns, batch.values, strict=True)
            yield Batch(batch.rows, [self._translated(column, texts) for column, texts in pairs])

    def _translated(self, column: Column, texts: tuple[str, ...]) -> tuple[str, ...]:
        codes = self._rules.codes.get(column.field, {})
        use = use_of(column)
        if not codes and not self._forms.apply_to(use):
            return texts
        known = {text: self._forms.read(codes.get(as_compared(text), text), use) for text in set(texts)}
        return tuple(map(known.__getitem__, texts))


def use_of(column: Column) -> Use:
    """Return what the column's texts are read as."""
    return _USES.get(column.type, Use.TEXT)


def as_compared(text: str) -> str:
    """Return a word as codes are compared: without case and with one space where there are several."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
