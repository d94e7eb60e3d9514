"""A table as data: what a page shows of it, and what its file holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.http import Http404, HttpResponse, JsonResponse

from committees.csv_files import csv_bytes
from committees.workbook_files import WorkbookSheet, workbook_bytes
from reporting.figures.symbols import legend, legend_under, signs_in

_SIGNS = "Teckenförklaring"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """A column's heading and whether it holds figures, which stand to the right."""

    heading: str
    numeric: bool = True


@dataclass(frozen=True)
class Cell:
    """What a reader sees in a cell, the value that goes into a file, and where it leads."""

    text: str
    value: object = None
    link: str = ""

    @property
    def exported(self) -> object:
        """The value for a file: the unrounded one, or the text where there is no other."""
        return self.text if self.value is None else self.value


@dataclass(frozen=True)
class Row:
    """A row; the first cell is its heading. `style`: "current" for the page's own year, "total" for a sum."""

    cells: tuple[Cell, ...]
    style: str = ""


@dataclass(frozen=True)
class Head:
    """A column's heading as a page shows it: where sorting by it leads, and which way the table is sorted by it now."""

    column: Column
    url: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table with its caption, what stands under it, and the name of its file. `sorting`: its headings where they sort."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    sorting: tuple[Head, ...] = ()

    @property
    def heads(self) -> tuple[Head, ...]:
        """The headings."""
        return self.sorting or tuple(Head(column) for column in self.columns)

    @property
    def lines(self) -> list[tuple[Row, list[tuple[Column, Cell]]]]:
        """The rows, each with its cells and their columns."""
        return [(row, list(zip(self.columns, row.cells, strict=True))) for row in self.rows]

    @property
    def legend(self) -> str:
        """What the signs in the table mean, empty where there are none."""
        return legend_under((cell.text, column.numeric) for _, cells in self.lines for column, cell in cells)

    @property
    def signs_in_file(self) -> list[tuple[str, str]]:
        """The signs that stand in the table's file, each with its meaning."""
        return signs_in(str(cell.exported) for row in self.rows for cell in row.cells)


def sorted_by(sheet: Sheet, order: str, address: Callable[[str], str]) -> Sheet:
    """Return the sheet in the order that an address asks for, its headings leading to other orders.

    `order`: a column's number from 1, with "-" before it for falling; anything else leaves the rows as they are. Totals stay
    last, and before them what has no value. `address` gives the address of the page in an order.
    """
    number, falling = order.removeprefix("-"), order.startswith("-")
    at = int(number) - 1 if number.isdecimal() and 0 < int(number) <= len(sheet.columns) else None
    heads = []
    for place, column in enumerate(sheet.columns):
        now = "" if place != at else "descending" if falling else "ascending"
        # Figures are asked for from the highest, names from the first.
        first, other = (f"-{place + 1}", str(place + 1)) if column.numeric else (str(place + 1), f"-{place + 1}")
        heads.append(Head(column, address(other if first == order else first), now))
    rows = sheet.rows if at is None else _in_order(sheet, at, falling=falling)
    return replace(sheet, rows=rows, sorting=tuple(heads))


def _in_order(sheet: Sheet, at: int, *, falling: bool) -> tuple[Row, ...]:
    numeric = sheet.columns[at].numeric
    totals = [row for row in sheet.rows if row.style == "total"]
    others = [row for row in sheet.rows if row.style != "total"]
    known = [row for row in others if not numeric or isinstance(row.cells[at].value, int | float | Decimal)]
    unknown = [row for row in others if row not in known]
    known.sort(key=lambda row: row.cells[at].value if numeric else row.cells[at].text.casefold(), reverse=falling)  # type: ignore[arg-type, return-value]  # all are numbers, or all texts
    return (*known, *unknown, *totals)


def answer_with_file(sheet: Sheet, ending: str) -> HttpResponse:
    """Return the sheet as a file to save, `ending` "csv" or "xlsx"; Http404, saying which there are, for another ending."""
    if ending == "csv":
        response = HttpResponse(_csv(sheet), content_type="text/csv; charset=utf-8")
    elif ending == "xlsx":
        response = HttpResponse(_xlsx(sheet), content_type=_XLSX)
    else:
        raise Http404("Tabellen kan hämtas som csv, xlsx eller json.")
    return _to_save(response, f"{sheet.name}.{ending}")


def answer_with_document(name: str, document: object) -> HttpResponse:
    """Return the document as a JSON file to save. Dates become ISO texts, as in the output of the commands."""
    return _to_save(JsonResponse(document, safe=False, json_dumps_params={"ensure_ascii": False}), f"{name}.json")


def answer_with_drawing(name: str, svg: str) -> HttpResponse:
    """Return the drawing as an SVG file to save."""
    return _to_save(HttpResponse(svg, content_type="image/svg+xml; charset=utf-8"), f"{name}.svg")


def answer_with_picture(name: str, png: bytes) -> HttpResponse:
    """Return the drawing as a PNG file to save."""
    return _to_save(HttpResponse(png, content_type="image/png"), f"{name}.png")


def _to_save(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(sheet: Sheet) -> bytes:
    """With decimal commas; what signs mean stands in a column of its own, so that every row is still a row of the table."""
    said = legend(sign for sign, _ in sheet.signs_in_file)
    headings = [column.heading for column in sheet.columns]
    rows = [[_csv_text(cell.exported) for cell in row.cells] for row in sheet.rows]
    if said:
        headings.append(_SIGNS)
        rows = [[*row, "" if number else said] for number, row in enumerate(rows)]
    return csv_bytes(headings, rows)


def _csv_text(value: object) -> object:
    return str(value).replace(".", ",") if isinstance(value, float | Decimal) else value


def _xlsx(sheet: Sheet) -> bytes:
    """A workbook of one sheet, and one of what its signs mean when it has any."""
    headings = [column.heading for column in sheet.columns]
    sheets = [WorkbookSheet(sheet.name, headings, [[cell.exported for cell in row.cells] for row in sheet.rows])]
    if sheet.signs_in_file:
        sheets.append(WorkbookSheet(_SIGNS, (), sheet.signs_in_file))
    return workbook_bytes(sheets)
