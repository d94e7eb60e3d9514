"""The files of the large delivery: invented people with numbers whose check digit is computed, at the demonstration's units."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from cases.kinds import ENROLMENTS, PERSONS, SUPPORT_MONTHS
from tests.factories import person_number

KINDS = (PERSONS, ENROLMENTS, SUPPORT_MONTHS)
"""What the delivery stores; the persons come with their numbers."""

_PEOPLE, _ENROLMENTS, _MONTHS = 30_000, 100_000, 1_000_000
_FIRST_DAY = dt.date(2016, 1, 1)
_DAYS_APART = 700

Row = Sequence[str]


def write_csv(folder: Path) -> int:
    """Write the CSV files and return how many rows they have."""
    folder.mkdir()
    people = [
        person_number(dt.date(1950, 1, 1) + dt.timedelta(days=number * 7 % 18_000), 100 + number % 800)
        for number in range(_PEOPLE)
    ]
    for kind, rows in ((ENROLMENTS, _enrolments(people)), (SUPPORT_MONTHS, _months(people))):
        with (folder / f"{kind.name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    return _ENROLMENTS + _MONTHS


def _enrolments(people: Sequence[str]) -> Iterator[Row]:
    yield "inskrivning", "person", "enhet", "anvisare", "remissdatum", "uppstartsmöte", "start", "slut", "avslutsorsak"
    for number in range(_ENROLMENTS):
        start = _FIRST_DAY + dt.timedelta(days=number // _PEOPLE * _DAYS_APART + number % 600)
        days = [start - dt.timedelta(days=10), start - dt.timedelta(days=2), start, start + dt.timedelta(days=90)]
        yield f"I{number}", people[number % _PEOPLE], "AME", "af", *map(str, days), "studier"


def _months(people: Sequence[str]) -> Iterator[Row]:
    yield "hushåll", "person", "månad", "belopp", "roll", "utbetald", "försörjningshinder"
    for number in range(_MONTHS):
        household, month = number % _PEOPLE // 2, number // _PEOPLE
        when = f"{2018 + month // 12}-{month % 12 + 1:02}"
        role = "medsokande" if number % 2 else "huvudsokande"
        paid = f"{when}-{25 + number % 3}"
        yield (
            f"H{household}",
            people[number % _PEOPLE],
            when,
            f"{1000 + number * 7 % 9000},50",
            role,
            paid,
            "arbetslos_vantar",
        )


def write_workbooks(source: Path, folder: Path) -> None:
    """Write each CSV file as a workbook such as Excel saves it: texts once in a list of their own, amounts as numbers."""
    folder.mkdir()
    for path in sorted(source.iterdir()):
        with path.open(encoding="utf-8", newline="") as file:
            _write_workbook(folder / f"{path.stem}.xlsx", csv.reader(file, delimiter=";"))


def _write_workbook(path: Path, rows: Iterable[Row]) -> None:
    texts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in _FRAME.items():
            book.writestr(name, _XML + content)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f"{_XML}<worksheet {_MAIN}><sheetData>".encode())
            for number, row in enumerate(rows, start=1):
                sheet.write(_row_xml(number, row, texts).encode())
            sheet.write(b"</sheetData></worksheet>")
        with book.open("xl/sharedStrings.xml", "w") as shared:
            shared.write(f'{_XML}<sst {_MAIN} uniqueCount="{len(texts)}">'.encode())
            shared.writelines(f"<si><t>{escape(text)}</t></si>".encode() for text in texts)
            shared.write(b"</sst>")


def _row_xml(number: int, row: Row, texts: dict[str, int]) -> str:
    cells = []
    for letter, text in zip("ABCDEFGHI", row, strict=False):
        if "," in text:
            cells.append(f'<c r="{letter}{number}"><v>{text.replace(",", ".")}</v></c>')
        elif text:
            cells.append(f'<c r="{letter}{number}" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_SCHEMAS = "http://schemas.openxmlformats.org"
_MAIN = f'xmlns="{_SCHEMAS}/spreadsheetml/2006/main"'
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LINKS = f'xmlns="{_SCHEMAS}/package/2006/relationships"'
_FRAME = {
    "[Content_Types].xml": f'<Types xmlns="{_SCHEMAS}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPES}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships {_LINKS}><Relationship Id="rId1" '
    f'Type="{_SCHEMAS}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_SCHEMAS}/officeDocument/2006/relationships">'
    '<sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f"<Relationships {_LINKS}>"
    f'<Relationship Id="rId1" Type="{_SCHEMAS}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_SCHEMAS}/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>",
}
