"""What calamine does not tell of a sheet: cells with an error, and formulas whose value the file does not hold. No Django.

Both are empty to calamine, and what was a fault must not become "not known" in silence. Most sheets have no formulas; they are
only decompressed and searched for a few bytes, while calamine reads.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Container, Mapping
from io import BytesIO
from xml.etree import ElementTree as ET
from xml.parsers import expat

from cases.deliveries.cells import CellFault

Marks = dict[tuple[int, int], CellFault]
"""By row (from 1) and place (from 0)."""

MARKS_KEPT = 10_000
_CHUNK = 1 << 20
_LONGEST_DIRECTORY = 10_000_000
_SUSPICIOUS = (b'"e"', b"'e'", b"<f", b":f>", b":f ", b":f/")
_OVERLAP = 8
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def unpacked_size(content: bytes) -> int:
    """Return how large the workbook says it becomes. Raises zipfile.BadZipFile."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def has_suspicious_cells(content: bytes, sheet: str) -> bool:
    """Whether the sheet may have such cells at all: quick, and right when it says no. KeyError when there is no such sheet."""
    with zipfile.ZipFile(BytesIO(content)) as archive, archive.open(_part_of(archive, sheet)) as file:
        before = b""
        while chunk := file.read(_CHUNK):
            text = before + chunk
            if any(mark in text for mark in _SUSPICIOUS):
                return True
            before = chunk[-_OVERLAP:]
    return False


def marks_of(content: bytes, sheet: str, places: Container[int]) -> Marks:
    """Return the cells of these columns that have no value to read, the first 10 000. KeyError when there is no such sheet."""
    with zipfile.ZipFile(BytesIO(content)) as archive, archive.open(_part_of(archive, sheet)) as file:
        return _Cells(places).read(file.read)


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The name in the archive of a sheet's part, as workbook.xml and its relations say."""
    names = {name.lower(): name for name in archive.namelist()}
    book = _small(archive, names["xl/workbook.xml"])
    relations = _small(archive, names["xl/_rels/workbook.xml.rels"])
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
    for element in book.iter():
        if element.tag.rpartition("}")[2] == "sheet" and element.get("name") == sheet:
            target = targets[element.get(_RELATION) or element.get(_STRICT_RELATION) or ""].replace("\\", "/")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"
            return names[path.lower()]
    raise KeyError(sheet)


def _small(archive: zipfile.ZipFile, name: str) -> ET.Element:
    with archive.open(name) as file:
        return ET.fromstring(file.read(_LONGEST_DIRECTORY))  # noqa: S314 - expat itself refuses entities that grow


class _Cells:
    """Goes through a sheet's elements and keeps the cells that have no value to read."""

    def __init__(self, places: Container[int]) -> None:
        self.marks: Marks = {}
        self._places = places
        self._row, self._place = 0, -1
        self._error = self._formula = self._value = self._text = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def read(self, chunks: Callable[[int], bytes]) -> Marks:
        """Parse the sheet until it ends or enough is found."""
        while len(self.marks) < MARKS_KEPT and (chunk := chunks(_CHUNK)):
            self._parser.Parse(chunk, False)  # noqa: FBT003 - expat takes no keyword
        return self.marks

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "row":
                given = attributes.get("r", "")
                self._row = int(given) if given.isdecimal() else self._row + 1
                self._place = -1
            case "c":
                self._begin_cell(attributes)
            case "f":
                self._formula = True
            case "v" | "is":
                self._value = True

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        named = _CELL.fullmatch(attributes.get("r", ""))
        self._place = _place(named[1]) if named else self._place + 1
        self._row = int(named[2]) if named else self._row
        kind = attributes.get("t", "")
        self._error, self._text = kind == "e", kind == "str"
        self._formula = self._value = False

    def _end(self, name: str) -> None:
        if name.rpartition(" ")[2] != "c" or self._place not in self._places:
            return
        if self._error:
            self.marks[self._row, self._place] = CellFault.ERROR
        elif self._formula and not self._value and not self._text:
            self.marks[self._row, self._place] = CellFault.NO_VALUE


def _place(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
