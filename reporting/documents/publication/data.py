"""A published report as data: its tables as a workbook, as CSV files and as JSON, with a dictionary of what they hold.

All of it is made from the document that the PDF was made from, so what is hidden there was never here.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

from committees.csv_files import csv_bytes
from committees.workbook_files import WorkbookSheet, workbook_bytes
from reporting.documents.content import Column, Definition, Document, Table, plain
from reporting.figures.symbols import MEANINGS

DICTIONARY = "datalexikon.csv"
DEFINITIONS = "definitioner.csv"
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_TEXT, _NUMBER = "text", "tal"
_ABOUT_COLUMNS = ("Tabell", "Innehåll", "Fil", "Kolumn", "Slag")
_ABOUT_MEASURES = ("Mått", "Uppgift", "Värde")
_ABOUT_SIGNS = ("Tecken", "Betydelse")


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a ZIP, in order of their names: the same files give the same bytes, whenever they are packed."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            about = zipfile.ZipInfo(name, date_time=_ALWAYS)
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(about, content)
    return written.getvalue()


def data_files(document: Document) -> dict[str, bytes]:
    """Return every table as CSV by its file's name, with the data dictionary and the definitions of the measures."""
    tables = {table.file_name: table.csv() for table in document.tables}
    signs = [("", "", "", sign, meaning) for sign, meaning in MEANINGS.items()]
    about = {
        DICTIONARY: csv_bytes(_ABOUT_COLUMNS, [*_columns(document), *signs]),
        DEFINITIONS: csv_bytes(_ABOUT_MEASURES, _definitions(document)),
    }
    return tables | about


def workbook(document: Document, *, moment: dt.datetime) -> bytes:
    """Return every table on a sheet of its own after the data dictionary, numbers as numbers and never a formula or a link.

    `moment` is the document's own date: the same document gives the same bytes.
    """
    about = [
        WorkbookSheet("Datalexikon", _ABOUT_COLUMNS, _columns(document)),
        WorkbookSheet("Tecken", _ABOUT_SIGNS, list(MEANINGS.items())),
        WorkbookSheet("Definitioner", _ABOUT_MEASURES, _definitions(document)),
    ]
    tables = [
        WorkbookSheet(
            f"Tabell {table.number}",
            [column.heading for column in table.columns],
            [[_exported(cell.text) for cell in row] for row in table.rows],
        )
        for table in document.tables
    ]
    return workbook_bytes([*about, *tables], title=document.cover.title, moment=moment)


def as_json(document: Document) -> dict[str, object]:
    """Return the tables with their dictionary as JSON has them: numbers as numbers, hidden ones as the sign in the table."""
    return {
        "signs": dict(MEANINGS),
        "definitions": [
            {"measure": measure, "fact": fact, "value": value} for measure, fact, value in _definitions(document)
        ],
        "tables": [
            {
                "number": table.number,
                "name": table.name,
                "caption": table.caption,
                "note": table.note,
                "file": table.file_name,
                "columns": [{"heading": column.heading, "type": _kind(column)} for column in table.columns],
                "rows": [[_exported(cell.text) for cell in row] for row in table.rows],
            }
            for table in document.tables
        ],
    }


def _kind(column: Column) -> str:
    return _NUMBER if column.numeric else _TEXT


def _columns(document: Document) -> list[tuple[str, ...]]:
    """Return a row for each column of each table; the first column of a table holds the rows' own headings."""
    return [
        (str(table.number), table.caption, table.file_name, column.heading, _kind(column) if at else _TEXT)
        for table in document.tables
        for at, column in enumerate(table.columns)
    ]


def _definitions(document: Document) -> list[tuple[str, str, str]]:
    blocks = [block for chapter in document.chapters for block in chapter.blocks if isinstance(block, Definition)]
    return [
        (block.title, name.rstrip(":. "), value)
        for block in blocks
        for name, value in (*block.facts, *block.paragraphs)
    ]


def _exported(text: str) -> object:
    """Return a number for what the table shows as one, else the text with ordinary spaces."""
    shown = plain(text)
    bare = str(shown).removeprefix("-").replace(",", ".", 1)
    if not bare.replace(".", "", 1).isdigit():
        return str(shown)
    value = float(str(shown).replace(",", ".", 1))
    return int(value) if value.is_integer() and "," not in str(shown) else value


def table_of(document: Document, name: str) -> Table | None:
    """Return the table whose CSV file has that name, None when there is none."""
    return next((table for table in document.tables if table.file_name == name), None)
