"""Tables as workbooks: numbers as numbers, texts as texts, never a formula or a link. Made in memory only."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter

from committees.csv_files import neutralised

_LONGEST_NAME = 31
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class WorkbookSheet:
    """A sheet: its name (31 characters of it), a row of headings or none, and its rows."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[object]]


def workbook_bytes(sheets: Iterable[WorkbookSheet], *, title: str = "", moment: dt.datetime | None = None) -> bytes:
    """Return the sheets as XLSX. With a `moment` (aware) to be dated, the same sheets give the same bytes."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, _OPTIONS) as book:
        if moment is not None:
            book.set_properties({"title": title, "created": moment.astimezone(dt.UTC).replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:_LONGEST_NAME])
            for at, heading in enumerate(sheet.headings):
                page.write_string(0, at, str(neutralised(heading)), bold)
            first = 1 if sheet.headings else 0
            for down, row in enumerate(sheet.rows, start=first):
                for at, value in enumerate(row):
                    _write(page, down, at, value)
            if first:
                page.freeze_panes(first, 0)
            page.autofit()
    return written.getvalue()


def _write(page: object, down: int, at: int, value: object) -> None:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        page.write_number(down, at, float(value))  # type: ignore[attr-defined]  # xlsxwriter has no types
    else:
        page.write_string(down, at, str(neutralised(value)))  # type: ignore[attr-defined]  # xlsxwriter has no types
