"""What a SIE file says, added up. Amounts are whole ören, debit positive and credit negative."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

Objects = tuple[tuple[str, str], ...]
"""Pairs of dimension and object, in order of dimension; empty where an amount has none."""

RESERVED_DIMENSIONS = {
    "1": "Kostnadsställe",
    "2": "Kostnadsbärare",
    "6": "Projekt",
    "7": "Anställd",
    "8": "Kund",
    "9": "Leverantör",
    "10": "Faktura",
}
"""The names a file need not give; 2 lies below 1."""


@dataclass(frozen=True)
class Movement:
    """What one amount hangs on: the account, its objects and the month (its first day) it belongs to."""

    account: str
    objects: Objects
    month: dt.date


@dataclass(frozen=True)
class Unbalanced:
    """A voucher whose transactions do not add up to zero: the line of its #VER and what is over, in ören."""

    line: int
    series: str
    number: str
    sum: int


@dataclass
class Dimension:
    """A dimension of the accounts, with its objects by code. `parent` is the dimension it lies below, empty for none."""

    name: str = ""
    parent: str = ""
    objects: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Notice:
    """Something to tell the sender, and the line it is about (None for the whole file)."""

    text: str
    line: int | None = None

    def __str__(self) -> str:
        return f"Rad {self.line}: {self.text}" if self.line else self.text


@dataclass
class SieFile:
    """A whole file, added up.

    `movements` are the sums of #TRANS by account, objects and month for the current year; `period_changes` those of #PSALDO as
    they stand. `opening`, `closing` and `results` are #IB, #UB and #RES of the current year by account. `years` maps a year's
    number (0 is the current one) to its first and last day.
    """

    type: int = 1
    encoding: str = "cp437"
    program: str = ""
    company: str = ""
    organisation_number: str = ""
    written: str = ""
    checksum: str = "none"
    accounts: dict[str, str] = field(default_factory=dict)
    account_kinds: dict[str, str] = field(default_factory=dict)
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    years: dict[int, tuple[dt.date, dt.date]] = field(default_factory=dict)
    vouchers: int = 0
    transactions: int = 0
    movements: Counter[Movement] = field(default_factory=Counter)
    period_changes: Counter[Movement] = field(default_factory=Counter)
    opening: dict[str, int] = field(default_factory=dict)
    closing: dict[str, int] = field(default_factory=dict)
    results: dict[str, int] = field(default_factory=dict)
    unbalanced: list[Unbalanced] = field(default_factory=list)
    outside_year: int = 0
    unknown_labels: Counter[str] = field(default_factory=Counter)
    warnings: list[Notice] = field(default_factory=list)
    faults: list[Notice] = field(default_factory=list)

    @property
    def year(self) -> tuple[dt.date, dt.date] | None:
        """The first and last day of the current year, None when the file does not say."""
        return self.years.get(0)

    def dimension(self, number: str) -> Dimension:
        """Return a dimension, made with its reserved name when the file has not declared it."""
        if number not in self.dimensions:
            parent = "1" if number == "2" else ""
            self.dimensions[number] = Dimension(RESERVED_DIMENSIONS.get(number, ""), parent)
        return self.dimensions[number]
