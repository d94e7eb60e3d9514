"""Read a workbook in a process of its own: `python -m cases.deliveries.workbook_child`. No Django, no secrets, no files.

What a workbook becomes when it is unpacked cannot be known beforehand, so it is read where memory and time are limited by the
system, and whatever goes wrong ends this process only. Lines of JSON over the pipes: in comes a size with the peek that is wanted
and the bytes of the file; out the first rows of each sheet; in the sheet and columns to read; out batches of rows.
"""

from __future__ import annotations

import gc
import itertools
import json
import resource
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from cases.deliveries.as_they_are import as_sent
from cases.deliveries.cells import Cell, CellFault, blank, cell_text, column_texts
from cases.deliveries.forms import Forms, Use
from cases.deliveries.workbook_marks import Marks, has_suspicious_cells, marks_of, unpacked_size

MEMORY = 1 << 30
CPU_SECONDS = 300
LARGEST_UNPACKED = 4 << 30
BATCH = 20_000
_PEEKED = 30


class Unreadable(Exception):
    """The workbook is not to be read; the text is a code."""


def limit() -> None:
    """Take from this process what no delivery needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Workbook:
    """A workbook in memory."""

    def __init__(self, content: bytes) -> None:
        """Open it. Raises Unreadable, or what zipfile and calamine raise for what is broken inside."""
        if unpacked_size(content) > LARGEST_UNPACKED:
            raise Unreadable("too_heavy")
        self._content = content
        self._book = CalamineWorkbook.from_filelike(BytesIO(content))
        self._last: tuple[str, CalamineSheet] | None = None
        self._suspicious: dict[str, bool] = {}

    def peek(self, rows: int) -> Iterator[dict[str, Any]]:
        """Yield the first rows of every sheet that can be seen and has anything in it."""
        for sheet in self._book.sheets_metadata:
            if sheet.typ is not SheetTypeEnum.WorkSheet or sheet.visible is not SheetVisibleEnum.Visible:
                continue
            given = itertools.islice(_rows(self._sheet(sheet.name)), rows)
            found = [(number, list(map(_peeked, row))) for number, row in given]
            if found:
                yield {"name": sheet.name, "rows": found, "height": self._sheet(sheet.name).total_height}

    def _sheet(self, name: str) -> CalamineSheet:
        if self._last is None or self._last[0] != name:
            self._last = None  # of two large sheets one at a time is in memory
            with ThreadPoolExecutor(1) as side:  # beside calamine, which leaves the interpreter to others meanwhile
                suspicious = side.submit(has_suspicious_cells, self._content, name)
                self._last = (name, self._book.get_sheet_by_name(name))
            self._suspicious[name] = suspicious.result()
        return self._last[1]

    def batches(
        self, name: str, after: int, columns: Sequence[tuple[int, Use]], forms: Forms
    ) -> Iterator[dict[str, Any]]:
        """Yield the columns of the rows after one; blank rows are passed over, and so are rows with a fault, which is told."""
        places = {place for place, _ in columns}
        sheet = self._sheet(name)
        marks = marks_of(self._content, name, places) if self._suspicious[name] else {}
        merged = _merged_rows(sheet, after, places)
        rows = itertools.dropwhile(lambda row: row[0] <= after, _rows(sheet))
        while batch := list(itertools.islice(rows, BATCH)):
            line = _columns(batch, columns, forms)
            _leave_out(line, columns, marks, merged)
            yield line

    def as_it_is(self, name: str, columns: Sequence[tuple[int, Use]], forms: Forms) -> Iterator[dict[str, Any]]:
        """Yield every row with all its cells; {} stands for one in the columns that cannot be read."""
        places = {place for place, _ in columns}
        sheet = self._sheet(name)
        unread: set[tuple[int, int]] = set(marks_of(self._content, name, places) if self._suspicious[name] else ())
        unread |= _merged_away(sheet, places)
        rows = _rows(sheet)
        while batch := list(itertools.islice(rows, BATCH)):
            lines = [[as_sent(cell) for cell in row] for _, row in batch]
            for (number, row), line in zip(batch, lines, strict=True):
                for place, use in columns:
                    if place < len(row) and (
                        (number, place) in unread or isinstance(cell_text(row[place], use, forms), CellFault)
                    ):
                        line[place] = {}
            yield {"rows": [number for number, _ in batch], "cells": lines}


def _merged_away(sheet: CalamineSheet, places: set[int]) -> set[tuple[int, int]]:
    """The cells of the columns that are empty only because they are merged with another."""
    last = sheet.end[0] if sheet.end else 0
    return {
        (row + 1, place)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        for row in range(top, min(bottom, last) + 1)
        for place in places
        if left <= place <= right and (row, place) != (top, left)
    }


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[Cell]]]:
    """The rows with anything in them, by their numbers in the sheet, each beginning in column A."""
    before: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if not blank(row):
            yield number, before + row if before else row


def _peeked(cell: Cell) -> str:
    text = cell_text(cell, Use.TEXT)
    return f"#{text.value}" if isinstance(text, CellFault) else text


def _merged_rows(sheet: CalamineSheet, after: int, places: set[int]) -> dict[int, int]:
    """Rows whose cells are merged so that a column that is read lacks what it seems to have, each with the first such place."""
    found: dict[int, int] = {}
    last = sheet.end[0] if sheet.end else 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        inside = sorted(place for place in places if left <= place <= right)
        if inside and bottom >= after and not (top == bottom and inside == [left]):
            for row in range(max(top, after) + 1, min(bottom, last) + 2):
                found.setdefault(row, inside[0])
    return found


def _columns(
    rows: Sequence[tuple[int, list[Cell]]], columns: Sequence[tuple[int, Use]], forms: Forms
) -> dict[str, Any]:
    """A batch as it is sent: the numbers of the rows, their texts by column, and the cells that cannot be read."""
    width = len(rows[0][1])
    cells = list(zip(*(row for _, row in rows), strict=True))
    numbers = [number for number, _ in rows]
    faults: list[tuple[int, int, CellFault]] = []
    values = []
    for place, use in columns:
        texts, wrong = column_texts(cells[place] if place < width else [""] * len(rows), use, forms)
        faults += [(numbers[at], place, fault) for at, fault in wrong]
        values.append(texts)
    return {"rows": numbers, "values": values, "faults": faults}


def _leave_out(line: dict[str, Any], columns: Sequence[tuple[int, Use]], marks: Marks, merged: dict[int, int]) -> None:
    """Leave the rows with a fault out of the batch, with those that only the sheet's own marks tell of."""
    if marks or merged:
        line["faults"] += [
            (number, place, fault)
            for number in line["rows"]
            for place, _ in columns
            if (fault := marks.get((number, place)) or (CellFault.MERGED if merged.get(number) == place else None))
        ]
    if line["faults"]:
        left_out = {number for number, _, _ in line["faults"]}
        kept = [at for at, number in enumerate(line["rows"]) if number not in left_out]
        line["values"] = [[texts[at] for at in kept] for texts in line["values"]]
        line["rows"] = [line["rows"][at] for at in kept]


def _say(line: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    """Answer what the parent asks, once. Whatever else the libraries raise ends the process, which says enough."""
    limit()
    gc.disable()  # millions of cells and no cycles: it would look for them again and again
    asked = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read(asked["size"])
    try:
        _answer(Workbook(content), asked["skip"])
    except Unreadable as fault:
        _say({"fault": str(fault)})
    except MemoryError:
        _say({"fault": "too_heavy"})


def _answer(book: Workbook, skip: int) -> None:
    _say({"sheets": list(book.peek(skip + _PEEKED))})
    if not (line := sys.stdin.buffer.readline()):
        return
    wanted = json.loads(line)
    columns = [(place, Use(use)) for place, use in wanted["columns"]]
    forms = Forms(**wanted["forms"])
    as_it_is = wanted.get("as_it_is", False)
    found = (
        book.as_it_is(wanted["sheet"], columns, forms)
        if as_it_is
        else book.batches(wanted["sheet"], wanted["after"], columns, forms)
    )
    for batch in found:
        _say(batch)
    _say({"end": True})


if __name__ == "__main__":
    main()
