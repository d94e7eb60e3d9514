"""Look into a file that waits: its headers and first rows as they are, and what rules make of them. Nothing is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

from cases.deliveries.checking import Findings, check_within_rows
from cases.deliveries.findings import FileFault, Finding, Level, shown
from cases.deliveries.headers import normalised
from cases.deliveries.opening import first_rows, opened
from cases.deliveries.reading import Content
from cases.deliveries.rules import Batch, DeliveredRows, FileRules
from cases.deliveries.staging import Staging
from cases.deliveries.stored import bring_lists
from cases.deliveries.typing import REFERENCES
from cases.kinds import Column, ColumnType, Kind
from cases.persons import MASK
from cases.profiles.reading import codes_of

FIRST_ROWS = 200
_SAMPLES = 3
_ROWS_SHOWN = 8
_MOST_WORDS = 200
_LONGEST_SAMPLE = 40


@dataclass(frozen=True)
class Head:
    """What a file has to show for itself: the sheets of a workbook, the headers, and some values under each."""

    sheets: tuple[str, ...]
    headers: tuple[str, ...]
    samples: tuple[str, ...]


@dataclass
class Preview:
    """What rules make of a file. `words` are those in columns of codes that nobody has said the meaning of, with what there is to
    choose from; `rows` the first rows as they are understood, persons masked."""

    kind: Kind
    columns: list[Column] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    error_count: int = 0
    row_count: int = 0


def head_of(content: Content, rules: FileRules) -> Head:
    """Return the file's headers and values. Raises FileFault when it cannot be read at all."""
    sheets = first_rows(content, rules.skip)
    chosen = next((sheet for sheet in sheets if normalised(sheet[0]) == normalised(rules.sheet)), sheets[0])
    header, *rest = chosen[1][: _SAMPLES + 1]
    samples = [
        ", ".join(
            dict.fromkeys(
                shown(row[place])[:_LONGEST_SAMPLE] for row in rest if row[place : place + 1] and row[place].strip()
            )
        )
        for place in range(len(header))
    ]
    return Head(tuple(name for name, _ in sheets if name), tuple(header), tuple(samples))


def preview(content: Content, kind: Kind, rules: FileRules, today: dt.date) -> Preview:
    """Return what the rules make of the file's first 200 rows, and the words in all of it that are no codes yet."""
    made = Preview(kind)
    findings = Findings({kind.name: ""})
    with closing(Staging(today)) as staging:
        try:
            with opened(content, kind, rules) as (_, file):
                first = _FirstRows(file, kind)
                made.row_count = staging.read(kind, first, lambda _: None)
                faults = file.faults
        except FileFault as fault:
            made.findings, made.error_count = [fault.finding(kind.name, "")], 1
            return made
        bring_lists(staging)
        staging.put("clock", {"today": [today]}, {"today": "DATE"})
        staging.type_all(lambda _: None)
        check_within_rows(staging, [kind], findings)
        for unreadable in faults:
            findings.add(Level.ERROR, unreadable.finding(kind.name, ""))
        made.findings, made.error_count = findings.first(Level.ERROR)[:50], findings.counts[Level.ERROR]
        made.columns = [kind.column(name) for name in file.layout.places]
        made.rows = _understood(staging, kind, made.columns)
        for column in made.columns:
            if column.field in first.words:
                known = _known(staging, column)
                made.choices[column.field] = sorted(set(known.values()))
                unknown = sorted(word for word in first.words[column.field] if word.lower() not in known)
                made.words[column.field] = [word for word in unknown if shown(word) == word][:_MOST_WORDS]
    return made


class _FirstRows:
    """The first rows of a file; of the rest only the words in columns of codes."""

    def __init__(self, file: DeliveredRows, kind: Kind) -> None:
        self.layout, self.faults, self.expected = file.layout, file.faults, file.expected
        self._file = file
        coded = {ColumnType.CODE, ColumnType.YES_NO, *REFERENCES}
        self._columns = [kind.column(name) for name in file.layout.places]
        self.words: dict[str, set[str]] = {column.field: set() for column in self._columns if column.type in coded}

    def batches(self) -> Iterator[Batch]:
        left = FIRST_ROWS
        for batch in self._file.batches():
            for column, texts in zip(self._columns, batch.values, strict=True):
                if column.field in self.words:
                    self.words[column.field] |= {" ".join(text.split()) for text in set(texts)} - {""}
            if left:
                yield Batch(batch.rows[:left], [texts[:left] for texts in batch.values])
                left -= min(left, len(batch.rows))


def _understood(staging: Staging, kind: Kind, columns: list[Column]) -> list[tuple[int, list[str]]]:
    fields = ", ".join(
        f"CASE WHEN \"{column.field}\" IS NOT NULL THEN '{MASK}' END"
        if column.type is ColumnType.PERSON
        else f'CAST("{column.field}" AS VARCHAR)'
        for column in columns
    )
    rows = staging.connection.execute(
        f"SELECT row, {fields} FROM t_{kind.table} ORDER BY row LIMIT {_ROWS_SHOWN}"
    ).fetchall()
    return [
        (row[0], [_in_swedish(column, value) for column, value in zip(columns, row[1:], strict=True)]) for row in rows
    ]


def _in_swedish(column: Column, value: str | None) -> str:
    if value is None:
        return ""
    match column.type:
        case ColumnType.YES_NO:
            return "ja" if value == "true" else "nej"
        case ColumnType.MONTH:
            return value[:7]
        case ColumnType.NUMBER if "." in value:
            return value.rstrip("0").rstrip(".").replace(".", ",")
        case ColumnType.AMOUNT:
            return value.replace(".", ",")
    return shown(value)


def _known(staging: Staging, column: Column) -> dict[str, str]:
    """The words the column understands, in lower case, with their codes."""
    if column.type in REFERENCES:
        rows = staging.connection.execute(f"SELECT text, code FROM {REFERENCES[column.type]}").fetchall()
        return {str(text): str(code) for text, code in rows}
    return {code.lower(): code for code in codes_of(column)}
