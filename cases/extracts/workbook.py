"""A register extract as a workbook: made for the moment, in memory only."""

from __future__ import annotations

from cases.extracts.gathering import Extract
from committees.workbook_files import WorkbookSheet, workbook_bytes

_NOTHING = WorkbookSheet("Utdrag", (), [["Inga uppgifter finns om personen."]])


def workbook(extract: Extract) -> bytes:
    """Return the extract as XLSX: a sheet a section, every value as a text."""
    sheets = [
        WorkbookSheet(section.title, section.headings, [[str(cell) for cell in row] for row in section.rows])
        for section in extract.sections
    ]
    return workbook_bytes(sheets or [_NOTHING])
