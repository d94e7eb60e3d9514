"""The worked examples of the definitions: how their tables are read.

An example is a section "Exempel: …" of a definition's text. A paragraph of one bold word names the table below it:

* a kind of delivered rows (**Inskrivningar**, **Stödärenden** …) with the headers of the import formats, or **Ansvar**
  (enhet, nämnd, från, till), **Enheter** (enhet, slag), **Katalog** (insats, utförare, drop_in, bedömer);
* **Utfall**: the figures. `per den`, `period` (a year, or two dates), `variant` (empty: the default), `grupp` (empty: the total),
  `täljare`, `nämnare`, `värde`, and `personer`, `utanför`, `flaggor`, `andel`, `av befolkningen`, `per invånare` where they are
  of interest. A dash stands for no value. Under `utanför` and `flaggor`: «words: number; words: number», or nothing for none;
  Of figures inside figures: `median`, `medel`, `andel i tid` («4/6 = 66,7 %»), and for the part that `del` names (its label, or a
  number of days) the line's own numbers with `kvar` (at risk) and `datum`;
* **Rader**: every judged row of the first line of **Utfall**: `nyckel`, `räknas`, and `dagar`, `händelse`, `delar` (the parts it
  counts in), `uppfyllt`, `kategori`, `skäl`, `flaggor`, codes in the definition's `words`.

Delivered rows: an empty cell is not known. "P1–P40" makes forty rows, "2024-01–2024-12" twelve; ranges in one row run side by
side. Persons nobody describes are women born 1980-01-01. Enrolments without a unit are at AME. Activities that the tables name
exist. Anything else in an example's tables is a fault.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cases.kinds import KINDS, ColumnType, Kind
from reporting.measures.model import Measure
from reporting.measures.text import Section, Table
from tests.measures.tiny import organisation

OUTCOME, ROWS = "Utfall", "Rader"
_REFERENCE = {
    "Ansvar": ("responsibility", {"enhet": "unit", "nämnd": "committee", "från": "start", "till": "ended"}),
    "Enheter": ("unit", {"enhet": "code", "slag": "kind"}),
    "Katalog": (
        "activity_type",
        {"insats": "code", "utförare": "provider", "drop_in": "drop_in", "bedömer": "assesses_work_capacity"},
    ),
}
_OUTCOME_HEADERS = {"per den", "period", "variant", "grupp", "täljare", "nämnare", "värde"} | {
    *("personer", "utanför", "flaggor", "andel", "av befolkningen", "per invånare"),
    *("median", "medel", "andel i tid", "del", "kvar", "datum"),
}
_ROW_HEADERS = {"nyckel", "räknas", "uppfyllt", "kategori", "dagar", "händelse", "delar", "skäl", "flaggor"}
_KINDS = {kind.label.capitalize(): kind for kind in KINDS}
_RANGE = re.compile(r"(?P<prefix>[^\W\d]+)(?P<first>\d+)–(?P=prefix)(?P<last>\d+)")
_MONTHS = re.compile(r"(\d{4}-\d{2})–(\d{4}-\d{2})")

Cells = Mapping[str, str]


@dataclass
class Example:
    """One worked example: the delivered rows by snapshot table, the expected figures and, where given, the expected rows."""

    measure: Measure
    title: str
    rows: dict[str, list[dict[str, object]]]
    outcomes: list[Cells] = field(default_factory=list)
    judged: list[Cells] = field(default_factory=list)


def examples_of(measure: Measure) -> list[Example]:
    """Return the worked examples of a definition; ValueError when one cannot be read."""
    return [_example(measure, section) for section in measure.examples]


def _example(measure: Measure, section: Section) -> Example:
    example = Example(
        measure, section.title, {name: [dict(row) for row in rows] for name, rows in organisation().items()}
    )
    for name, table in _named_tables(section):
        cells = [dict(zip(table.header, row, strict=True)) for row in table.rows]
        if name == OUTCOME:
            example.outcomes = _checked(cells, _OUTCOME_HEADERS)
        elif name == ROWS:
            example.judged = _checked(cells, _ROW_HEADERS)
        elif name in _REFERENCE:
            _add_reference(example, name, cells)
        elif name in _KINDS:
            kind = _KINDS[name]
            example.rows[kind.table] = [row for line in cells for row in _delivered(kind, line)]
        else:
            raise ValueError(f"{section.title}: a table is called {name}")
    if not example.outcomes:
        raise ValueError(f"{section.title}: the example expects nothing")
    _add_the_unsaid(example)
    return example


def _named_tables(section: Section) -> Iterator[tuple[str, Table]]:
    name = None
    for block in section.blocks:
        if isinstance(block, str):
            match = re.fullmatch(r"\*\*(.+)\*\*", block)
            name = match[1] if match else None
        elif name is None:
            raise ValueError(f"{section.title}: a table has no name")
        else:
            yield name, block


def _checked(cells: list[dict[str, str]], known: set[str]) -> list[Cells]:
    unknown = {header for row in cells for header in row} - known
    if unknown:
        raise ValueError(f"unknown headers: {', '.join(sorted(unknown))}")
    return list(cells)


def _add_reference(example: Example, name: str, cells: list[dict[str, str]]) -> None:
    table, fields = _REFERENCE[name]
    rows: list[dict[str, object]] = [
        {
            fields[header]: _yes_no(text) if header in {"drop_in", "bedömer"} else text or None
            for header, text in row.items()
        }
        for row in cells
    ]
    if table == "responsibility":
        named = {row["unit"] for row in rows}
        example.rows[table] = [row for row in example.rows[table] if row["unit"] not in named]
    example.rows.setdefault(table, []).extend(rows)


def _delivered(kind: Kind, line: Cells) -> Iterator[dict[str, object]]:
    columns = {column.header: column for column in kind.columns}
    unknown = set(line) - set(columns)
    if unknown:
        raise ValueError(f"{kind.name} has no column {', '.join(sorted(unknown))}")
    expanded = {header: _expanded(text) for header, text in line.items()}
    lengths = {len(values) for values in expanded.values()} - {1}
    if len(lengths) > 1:
        raise ValueError(f"{kind.name}: the ranges of a row have different lengths: {line}")
    for at in range(max(lengths, default=1)):
        yield {
            columns[header].field: _value(columns[header].type, values[at if len(values) > 1 else 0])
            for header, values in expanded.items()
        }


def _expanded(text: str) -> Sequence[str]:
    if match := _RANGE.fullmatch(text):
        return [f"{match['prefix']}{number}" for number in range(int(match["first"]), int(match["last"]) + 1)]
    if match := _MONTHS.fullmatch(text):
        first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in match.groups())
        return [f"{month // 12}-{month % 12 + 1:02}" for month in range(first, last + 1)]
    return [text]


def _value(column: ColumnType, text: str) -> object:
    if not text:
        return None
    if column is ColumnType.MONTH:
        return f"{text}-01"
    if column is ColumnType.YES_NO:
        return _yes_no(text)
    if column in {ColumnType.AMOUNT, ColumnType.INTEGER, ColumnType.NUMBER}:
        return text.replace(" ", "").replace(",", ".")
    return text


def _yes_no(text: str) -> bool:
    return {"ja": True, "nej": False}[text]


def _add_the_unsaid(example: Example) -> None:
    rows = example.rows
    for row in rows.get("enrolment", ()):
        row.setdefault("unit", "AME")
    described = {row["person"] for row in rows.get("person", ())}
    named = {row["person"]: None for table in rows.values() for row in table if "person" in row}
    rows.setdefault("person", []).extend(
        {"person": person, "birth_date": dt.date(1980, 1, 1), "sex": "K"} for person in named if person not in described
    )
    catalogue = rows.setdefault("activity_type", [])
    listed = {row["code"] for row in catalogue}
    activities = {row["activity_type"]: None for table in ("activity", "cost") for row in rows.get(table, ())
                  if row.get("activity_type")}  # fmt: skip
    catalogue.extend({"code": code, "provider": "egen"} for code in activities if code not in listed)
