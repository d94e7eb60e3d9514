"""Workbooks for tests: written by XlsxWriter, or with a sheet's XML written by hand for what no honest program writes."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

Cell = str | int | float | bool | dt.date | None

_NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def write_workbook(path: Path, *sheets: tuple[str, Sequence[Sequence[Cell]]]) -> Path:
    """Write sheets of rows, each with its name: the same ones give the same bytes."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"created": dt.datetime(2024, 1, 31, tzinfo=dt.UTC)})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, place, cell)
    return path


def with_sheet_xml(path: Path, data: str, *, claimed: int | None = None) -> Path:
    """Write a workbook whose only sheet has this XML inside; `claimed` is the size the archive says it unpacks to."""
    honest = io.BytesIO()
    with xlsxwriter.Workbook(honest) as book:
        book.add_worksheet("Blad1")
    with zipfile.ZipFile(honest) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                content = f"<?xml version='1.0'?><worksheet {_NAMESPACE}>{data}</worksheet>".encode()
            new.writestr(entry.filename, content)
        if claimed is not None:
            new.getinfo("xl/worksheets/sheet1.xml").file_size = claimed
    return path


def text_cell(name: str, text: str) -> str:
    """Return the XML of a cell with a text."""
    return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>'
