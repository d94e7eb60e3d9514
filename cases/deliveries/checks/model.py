"""What a check is."""

from __future__ import annotations

from dataclasses import dataclass

from cases.deliveries.checks.advice import OF_ROWS, Advice
from cases.deliveries.findings import Level
from cases.kinds import Kind


@dataclass(frozen=True)
class Check:
    """One thing that is looked for in the rows of one kind.

    Either `condition`, true for the faulty rows of `t_<table>` (many are then counted in one query), or `query`, which gives
    `row, value` and perhaps a third column that stands for `{detail}` in what was expected. `column` is the header it is said of.
    """

    id: str
    level: Level
    kind: Kind
    column: str
    expected: str
    condition: str = ""
    query: str = ""
    value: str = "NULL"

    @property
    def rows_sql(self) -> str:
        """The faulty rows: row, value, detail."""
        if not self.condition:
            return f"SELECT * FROM ({self.query}) AS found(row, value, detail)"
        value = f"CAST({self.value} AS VARCHAR) AS value"
        return f"SELECT row, {value}, NULL AS detail FROM t_{self.kind.table} WHERE {self.condition}"

    @property
    def advice(self) -> Advice:
        """Why the check is there and how what it finds is mended."""
        return OF_ROWS[self.id]

    @property
    def in_words(self) -> str:
        """What is expected, without the detail of any row."""
        return (
            "ett giltigt personnummer eller samordningsnummer"
            if self.expected == "{detail}"
            else self.expected.replace("{detail}", "…")
        )
