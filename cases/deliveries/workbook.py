"""Read a delivered workbook (XLSX): the sheet is chosen here, the file is unpacked in a process of its own (`workbook_child`)."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from cases.deliveries.as_they_are import OwnCell, as_received
from cases.deliveries.cells import CellFault, cell_name
from cases.deliveries.findings import FileFault, shown
from cases.deliveries.headers import Layout, layout_of, normalised
from cases.deliveries.reading import Content
from cases.deliveries.rules import AS_IT_IS, Batch, FileRules, use_of
from cases.kinds import Kind

LARGEST = 200_000_000
_CHUNK = 1 << 20
_ROOT = Path(__file__).resolve().parents[2]
_CELL_FAULTS = {
    CellFault.ERROR: "ett värde, men cellen visar ett fel från Excel. Rätta formeln eller skriv värdet",
    CellFault.NO_VALUE: "ett värde, men formeln i cellen är inte uträknad. Öppna filen i Excel, räkna om och spara den",
    CellFault.MERGED: "en cell för varje värde, men cellen är sammanfogad med andra. Dela upp den",
    CellFault.DIGITS_LOST: "ett tal med högst 15 siffror: av längre tal sparar Excel inte de sista siffrorna. "
    "Skriv numret som text",
    CellFault.CONTROL: "text, men cellen innehåller tecken som inte går att läsa",
    CellFault.TOO_LONG: "högst 32 767 tecken, som Excel tillåter",
}
_FILE_FAULTS = {
    "broken": (
        "en Excel-arbetsbok (XLSX), men filen är trasig eller ett annat slags zip-arkiv. Öppna den i Excel och spara om den.",
        "broken_workbook",
    ),
    "too_heavy": (
        "en arbetsbok som går att läsa med 1 GB minne, men innehållet är större än så. Spara bladet som CSV UTF-8.",
        "heavy_workbook",
    ),
}


class WorkbookFile:
    """An opened workbook, with the interface of `CsvFile`. Close it when done: it ends the process that reads."""

    def __init__(self, content: Content, kind: Kind, rules: FileRules = AS_IT_IS) -> None:
        """Choose the sheet and read its header. Raises FileFault when the file is no workbook or no sheet is the kind's."""
        self.faults: list[FileFault] = []
        self._child = _Child()
        try:
            self.sha256, sheets = self._child.peek(content, rules.skip)
            self._sheet, self._header, self.layout = _chosen(sheets, kind, rules)
            self.expected = int(next(sheet["height"] for sheet in sheets if sheet["name"] == self._sheet))
        except BaseException:
            self.close()
            raise
        self._uses = [use_of(kind.column(field)) for field in self.layout.places]
        self._forms = rules.forms

    def close(self) -> None:
        """End the process."""
        self._child.close()

    def batches(self) -> Iterator[Batch]:
        """Yield the rows that are whole; blank rows are passed over. Raises FileFault when the rest cannot be read."""
        places = list(self.layout.places.values())
        columns = list(zip(places, self._uses, strict=True))
        forms = asdict(self._forms)
        self._child.ask({"sheet": self._sheet, "after": self._header, "columns": columns, "forms": forms})
        while "end" not in (answer := self._child.answer()):
            self.faults += [self._fault(*fault) for fault in answer["faults"]]
            if answer["rows"]:
                yield Batch(answer["rows"], list(map(tuple, answer["values"])))

    @property
    def sheet(self) -> str:
        """The name of the sheet that is read."""
        return self._sheet

    @property
    def header_row(self) -> int:
        """The number of the row with the headers."""
        return self._header

    def own_rows(self) -> Iterator[tuple[int, list[OwnCell]]]:
        """Yield every row of the sheet that has anything in it, with its number. Instead of `batches`, not beside it."""
        columns = list(zip(self.layout.places.values(), self._uses, strict=True))
        asked = {"sheet": self._sheet, "as_it_is": True, "columns": columns, "forms": asdict(self._forms)}
        self._child.ask(asked)
        while "end" not in (answer := self._child.answer()):
            for number, cells in zip(answer["rows"], answer["cells"], strict=True):
                yield number, [as_received(cell) for cell in cells]

    def _fault(self, row: int, place: int, code: str) -> FileFault:
        expected = f"{_CELL_FAULTS[CellFault(code)]} (cell {cell_name(row, place)})."
        return FileFault(expected, code, row=row, column=self.layout.headers[place])


def first_rows_of_workbook(content: Content, skip: int) -> list[tuple[str, list[list[str]]]]:
    """Return the first rows of each sheet after those that are passed over. Raises FileFault when it is no workbook."""
    child = _Child()
    try:
        _, sheets = child.peek(content, skip)
    finally:
        child.close()
    return [(str(sheet["name"]), [texts for number, texts in sheet["rows"] if number > skip]) for sheet in sheets]


class _Child:
    """The process that reads, and what is said with it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cases.deliveries.workbook_child"],
            cwd=_ROOT,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},  # the keys of the installation are none of its business
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def peek(self, content: Content, skip: int = 0) -> tuple[str, list[dict[str, Any]]]:
        """Hand over the file; return its fingerprint and the first rows of its sheets."""
        with content.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            if size > LARGEST:
                raise FileFault(
                    f"en arbetsbok på högst {LARGEST // 1_000_000} MB. Spara bladet som CSV UTF-8.", "heavy_workbook"
                )
            file.seek(0)
            self.ask({"size": size, "skip": skip})
            digest = self._send(file)
        sheets: list[dict[str, Any]] = self.answer()["sheets"]
        return digest, sheets

    def _send(self, file: BinaryIO) -> str:
        digest = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            self._write(chunk)
        return digest.hexdigest()

    def ask(self, line: dict[str, Any]) -> None:
        """Send a line."""
        self._write(json.dumps(line).encode() + b"\n")

    def _write(self, data: bytes) -> None:
        assert self._process.stdin is not None  # noqa: S101 - for the types: it was opened as a pipe
        try:
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._ended() from None

    def answer(self) -> dict[str, Any]:
        """Return the next line. Raises FileFault when the process says so, or has ended without a word."""
        assert self._process.stdout is not None  # noqa: S101 - see above
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise self._ended()
        answer: dict[str, Any] = json.loads(line)
        if "fault" in answer:
            raise _file_fault(answer["fault"])
        return answer

    def _ended(self) -> FileFault:
        """What it means that the process has ended: the limits of memory and time end it by a signal."""
        return _file_fault("too_heavy" if self._process.wait() < 0 else "broken")

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        with self._process:
            pass


def _file_fault(code: str) -> FileFault:
    expected, check = _FILE_FAULTS[code]
    return FileFault(expected, check)


def _chosen(sheets: Sequence[dict[str, Any]], kind: Kind, rules: FileRules) -> tuple[str, int, Layout]:
    """Return the sheet that is the kind's, the number of its header row, and what that says."""
    found = [(str(sheet["name"]), *header) for sheet in sheets if (header := _header(sheet, kind, rules))]
    if not found:
        raise FileFault("en rubrikrad och rader under den, men arbetsboken är tom.", "empty_file")
    fitting = found
    if rules.sheet:
        fitting = [one for one in found if normalised(one[0]) == normalised(rules.sheet)]
    elif len(found) > 1:
        required = {column.field for column in kind.columns if column.required}
        named = [one for one in found if normalised(one[0]) == kind.name]
        fitting = named or [one for one in found if required <= one[2].places.keys()]
    if len(fitting) != 1:
        raise _wrong_sheets([name for name, _, _ in found], kind, rules)
    name, row, layout = fitting[0]
    layout.require(kind, row)
    return name, row, layout


def _wrong_sheets(names: Sequence[str], kind: Kind, rules: FileRules) -> FileFault:
    listed = ", ".join(f"”{shown(name)}”" for name in names)
    if rules.sheet:
        return FileFault(f"bladet ”{rules.sheet}”, som profilen säger, men arbetsboken har {listed}.", "missing_sheet")
    return FileFault(
        f"ett blad med rubrikerna för {kind.name}, men arbetsboken har bladen {listed}. "
        f"Ta bort de andra bladen, eller döp det rätta bladet till {kind.name}.",
        "several_sheets",
    )


def _header(sheet: dict[str, Any], kind: Kind, rules: FileRules) -> tuple[int, Layout] | None:
    """The first row with anything in it after those that are passed over, with its number."""
    rows = [(number, texts) for number, texts in sheet["rows"] if number > rules.skip]
    return (rows[0][0], layout_of(rows[0][1], kind, rules.columns)) if rows else None
