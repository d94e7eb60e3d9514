"""A register extract as a workbook: made for the moment, in memory only."""

from __future__ import annotations

import io

import xlsxwriter

from cases.extracts.gathering import Extract
from committees.csv_files import neutralised


def workbook(extract: Extract) -> bytes:
    """Return the extract as XLSX: a sheet a section, texts as texts, never a formula or a link."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as book:
        bold = book.add_format({"bold": True})
        if not extract.sections:
            book.add_worksheet("Utdrag").write_string(0, 0, "Inga uppgifter finns om personen.")
        for section in extract.sections:
            sheet = book.add_worksheet(section.title[:31])
            for at, heading in enumerate(section.headings):
                sheet.write_string(0, at, heading, bold)
            for down, row in enumerate(section.rows, start=1):
                for at, cell in enumerate(row):
                    sheet.write_string(down, at, str(neutralised(cell)))
            sheet.freeze_panes(1, 0)
            sheet.autofit()
    return written.getvalue()
