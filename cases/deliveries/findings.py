"""What is said about a delivery's content: where, what stands there, what was expected. Values of persons never get here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cases.persons import masked

SHOWN = 1_000
_LONGEST_VALUE = 200


class Level(StrEnum):
    """An error stops the delivery; a warning is taken with it and shown as data quality."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One fault. `row` counts as a spreadsheet does, the header being row 1; None concerns the whole file."""

    kind: str
    file: str
    row: int | None
    column: str
    value: str
    expected: str
    check: str

    def as_json(self) -> dict[str, str | int | None]:
        """Return it as commands give it."""
        names = ("file", "row", "column", "value", "expected", "check")
        return {name: getattr(self, name) for name in names}

    def __str__(self) -> str:
        where = self.file if self.row is None else f"{self.file} rad {self.row}"
        column = f", {self.column}" if self.column else ""
        value = f": ”{self.value}”" if self.value else ""
        return f"{where}{column}{value} – förväntat: {self.expected}"


class FileFault(Exception):
    """A file, or what is left of it from some row on, cannot be read as rows at all."""

    def __init__(self, expected: str, check: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        """Keep what was expected (Swedish) and where."""
        self.expected, self.check, self.row = expected, check, row
        self.column, self.value = masked(column)[:_LONGEST_VALUE], shown(value)
        super().__init__(expected)

    def finding(self, kind: str, file: str) -> Finding:
        """Return it as a finding of the file."""
        return Finding(kind, file, self.row, self.column, self.value, self.expected, self.check)


def shown(value: str) -> str:
    """Return a delivered value as a fault report may show it: no personal number, no endless text, one line."""
    return masked(" ".join(value.split()))[:_LONGEST_VALUE]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return them as a reader goes through the files: file, row, column."""
    return sorted(findings, key=lambda found: (found.file, found.row or 0, found.column, found.check))
