"""Write a file's own rows and its marked cells as XLSX, in memory only."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import xlsxwriter

from cases.deliveries.as_they_are import OwnCell, OwnFile, Unread
from cases.deliveries.cells import LONGEST_CELL, cell_name
from cases.deliveries.findings import FileFault, Level
from cases.fault_workbooks.marking import Mark, Marks

MOST_CELLS = 1_000_000
_MOST_ROWS = 1_048_576
_MOST_COMMENTS = 5_000
_LIST = "Fel och varningar"
_UNREAD_FORMULA, _UNREAD_VALUE = "=NA()", "#N/A"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WORDS = {Level.ERROR: "Fel", Level.WARNING: "Varning"}
# Text stays as it is typed: Excel would make 2024-01 a date and twelve digits a rounded number.
_PLAIN = {"num_format": "@"}
_MARKED = {
    Level.ERROR: {"bg_color": "#F4B6B0", "border": 2, "border_color": "#9B1C1C"},
    Level.WARNING: {"bg_color": "#FBE7A1", "border": 4, "border_color": "#7A5B00"},
}


class TooLarge(Exception):
    """The file has more cells than a workbook is made of."""


def written(own: OwnFile, marks: Marks, *, title: str, more: int) -> bytes:
    """Return the workbook: a sheet with the rows where they stand in the file, and one that lists what is marked.

    `more` errors than those are in the delivery. Raises TooLarge, or FileFault when the file cannot be read to its end.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        _Rows(book, title, own, marks).write()
        _write_list(book, title, own, marks, more)
    return content.getvalue()


class _Rows:
    """The sheet with the file's own rows."""

    def __init__(self, book: Any, title: str, own: OwnFile, marks: Marks) -> None:
        self._own, self._marks = own, marks
        self._sheet = book.add_worksheet(title)
        self._plain = {key: book.add_format(_PLAIN | more) for key, more in _MARKED.items()}
        self._text = book.add_format(_PLAIN)
        self._number = {key: book.add_format(more) for key, more in _MARKED.items()} | {None: None}
        day = {"num_format": "yyyy-mm-dd"}
        self._day = {key: book.add_format(day | more) for key, more in _MARKED.items()} | {None: book.add_format(day)}
        self._bold = book.add_format({"bold": True, **_PLAIN})
        self._comments = 0

    def write(self) -> None:
        """Write every row, and what is marked in it."""
        width = self._own.layout.width + len(self._marks.added)
        self._sheet.set_column(0, max(width - 1, 0), 16, self._text)
        self._sheet.freeze_panes(self._own.header_row, 0)
        cells = 0
        for number, row in self._own.own_rows():
            cells += len(row)
            if cells > MOST_CELLS or number > _MOST_ROWS:
                raise TooLarge
            if number == self._own.header_row:
                self._write_header(number, row)
            else:
                self._write_row(number, row)

    def _write_header(self, number: int, row: list[OwnCell]) -> None:
        for place, cell in enumerate(row):
            self._sheet.write_string(number - 1, place, "" if cell is None else str(cell), self._bold)
        for place, header in enumerate(self._marks.added, start=self._own.layout.width):
            self._sheet.write_string(number - 1, place, header, self._bold)

    def _write_row(self, number: int, row: list[OwnCell]) -> None:
        marked = self._marked(number, row) if number in self._marks.by_row else {}
        for place, cell in enumerate(row):
            self._write(number - 1, place, cell, marked.get(place))
        for place in marked.keys() - set(range(len(row))):
            self._write(number - 1, place, None, marked[place])

    def _marked(self, number: int, row: list[OwnCell]) -> dict[int, Level]:
        """The marked places of a row, each with the worst that is said of it; what is said stands as a comment."""
        levels: dict[int, Level] = {}
        said: dict[int, list[Mark]] = {}
        for mark in self._marks.by_row[number]:
            for place in mark.places or range(max(len(row), self._own.layout.width)):
                levels[place] = Level.ERROR if Level.ERROR in {mark.level, levels.get(place)} else mark.level
            for place in mark.places or (0,):
                said.setdefault(place, []).append(mark)
        for place, marks in said.items():
            if self._comments < _MOST_COMMENTS:
                self._comments += 1
                self._sheet.write_comment(number - 1, place, _comment(marks), {"author": "Utfall", "x_scale": 2.5})
        return levels

    def _write(self, down: int, place: int, cell: OwnCell, level: Level | None) -> None:
        sheet = self._sheet
        text = self._text if level is None else self._plain[level]
        match cell:
            case None | "":
                if level is not None:
                    sheet.write_blank(down, place, None, text)
            case Unread():
                sheet.write_formula(down, place, _UNREAD_FORMULA, text, _UNREAD_VALUE)
            case bool():
                sheet.write_boolean(down, place, cell, self._number[level])
            case int() | float():
                sheet.write_number(down, place, cell, self._number[level])
            case dt.date():
                sheet.write_datetime(down, place, cell, self._day[level])
            case _:
                if len(cell) > LONGEST_CELL and place in self._own.layout.places.values():
                    raise FileFault(f"texter på högst {LONGEST_CELL:,} tecken.".replace(",", "\u00a0"), "long_cell")
                sheet.write_string(down, place, cell[:LONGEST_CELL], text)


def _comment(marks: list[Mark]) -> str:
    return "\n\n".join(_said(mark) for mark in marks)


def _said(mark: Mark) -> str:
    parts = [f"{_WORDS[mark.level].upper()}: väntat är {mark.finding.expected}"]
    if mark.advice:
        parts.append(f"Så rättas det: {mark.advice.mend}")
    return "\n".join(parts)


def _write_list(book: Any, title: str, own: OwnFile, marks: Marks, more: int) -> None:
    """The sheet that lists everything that is marked. Its first row is no header of any file."""
    sheet = book.add_worksheet(_LIST if title != _LIST else "Lista")
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, f"Rätta de märkta cellerna i bladet ”{title}”, spara och lämna in samma arbetsbok.", bold)
    if more:
        sheet.write_string(1, 0, f"Leveransen har ytterligare {more} fel, som visas när de här är rättade.")
    headings = ("Rad", "Kolumn", "Cell", "Vad det är", "Väntat är", "Varför", "Så rättas det")
    for at, (heading, width) in enumerate(zip(headings, (8, 22, 10, 12, 50, 50, 50), strict=True)):
        sheet.write_string(3, at, heading, bold)
        sheet.set_column(at, at, width)
    headers = [*own.layout.headers, *marks.added]
    for down, mark in enumerate(marks.in_order, start=4):
        row = mark.finding.row
        cells = ", ".join(cell_name(row, place) for place in mark.places) if row is not None else ""
        named = ", ".join(headers[place] for place in mark.places) or mark.finding.column
        texts = (named, cells, _WORDS[mark.level], mark.finding.expected)
        if row is None:
            sheet.write_string(down, 0, "hela filen", wrapped)
        else:
            sheet.write_number(down, 0, row)
        advice = (mark.advice.why, mark.advice.mend) if mark.advice else ("", "")
        for at, text in enumerate((*texts, *advice), start=1):
            sheet.write_string(down, at, text, wrapped)
    sheet.freeze_panes(4, 0)
