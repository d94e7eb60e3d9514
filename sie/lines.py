"""From the lines of a SIE file to labels and fields."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from sie.encoding import Encoding

LONGEST_LINE = 64 * 1024
"""No record is near this long; what is longer is no SIE file, and is never read into memory whole."""

_TOKEN = re.compile(r'[ \t]*(?:"((?:[^"\\]|\\"|\\)*)"|([{}])|([^\s"{}]+)|(\S))')


class Unreadable(Exception):
    """A line that is no record; the text says why, in Swedish."""


@dataclass(frozen=True)
class Record:
    """One line: its number from 1, its label in capitals with "#", and its fields.

    `objects` are the pairs of dimension and object between braces, None where there are no braces; `at` is how many fields stand
    before them.
    """

    line: int
    label: str
    fields: tuple[str, ...]
    objects: tuple[tuple[str, str], ...] | None = None
    at: int = 0

    def field(self, number: int) -> str:
        """Return a field by its place from 0, empty when the line ends before it."""
        return self.fields[number] if number < len(self.fields) else ""


def text_lines(file: BinaryIO, encoding: Encoding) -> Iterator[tuple[int, str]]:
    """Yield each line's number and text without its ending; lines end with LF, CRLF or CR.

    Raises Unreadable for a line longer than any record, and for NUL bytes.
    """
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise Unreadable(f"Rad {number + 1} är längre än {LONGEST_LINE} tecken. Filen är ingen SIE-fil.")
        if b"\0" in line:
            raise Unreadable(f"Rad {number + 1} innehåller tecken som inte är text. Filen är ingen SIE-fil.")
        text = line.decode(encoding.name, errors="replace").strip("\ufeff\r\n")
        for part in text.split("\r") if "\r" in text else (text,):
            number += 1
            yield number, part


def record_of(number: int, line: str) -> Record | None:
    """Return the record of a line; None for an empty line and for a brace alone. Raises Unreadable, saying why."""
    text = line.strip()
    if not text or text in {"{", "}"}:
        return None
    if not text.startswith("#"):
        raise Unreadable("Raden börjar inte med en etikett.")
    fields, objects, at = _parts(text)
    pairs = None if objects is None else _pairs(objects)
    return Record(number, fields[0].upper(), tuple(fields[1:]), pairs, at - 1)


def _parts(text: str) -> tuple[list[str], list[str] | None, int]:
    fields: list[str] = []
    objects: list[str] | None = None
    at, inside, position = 0, False, 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            break
        position = match.end()
        quoted, brace, bare, stray = match.groups()
        if stray is not None:
            raise Unreadable("Ett citattecken saknas.")
        if brace is None:
            (objects if inside and objects is not None else fields).append(_value(quoted, bare))
        elif brace == "{" and objects is None:
            objects, at, inside = [], len(fields), True
        elif brace == "}" and inside:
            inside = False
        else:
            raise Unreadable("Klamrarna går inte ihop.")
    if inside:
        raise Unreadable("En klammer saknas.")
    return fields, objects, at


def _value(quoted: str | None, bare: str | None) -> str:
    return quoted.replace('\\"', '"') if quoted is not None else bare or ""


def _pairs(objects: list[str]) -> tuple[tuple[str, str], ...]:
    if len(objects) % 2:
        raise Unreadable("Objekten mellan klamrarna går inte ihop två och två.")
    return tuple(zip(objects[::2], objects[1::2], strict=True))


class Checksum:
    """CRC-32 over labels and fields in code page 437, without separators, quotes and braces (#KSUMMA)."""

    def __init__(self) -> None:
        """Begin before the first record."""
        self._plain = 0
        self._escaped = 0

    def add(self, record: Record) -> None:
        """Count a record in."""
        before, after = record.fields[: record.at], record.fields[record.at :]
        inner = [value for pair in record.objects or () for value in pair]
        values = (
            [record.label, *before, *inner, *after] if record.objects is not None else [record.label, *record.fields]
        )
        text = "".join(values)
        self._plain = zlib.crc32(text.encode("cp437", "replace"), self._plain)
        self._escaped = zlib.crc32(text.replace('"', '\\"').encode("cp437", "replace"), self._escaped)

    def agrees(self, stated: str) -> bool:
        """Tell whether the sum is the one stated, written with a sign or without.

        The specification leaves open whether an inner quote counts with its backslash, so both readings are taken.
        """
        try:
            wanted = int(stated) & 0xFFFFFFFF
        except ValueError:
            return False
        return wanted in {self._plain, self._escaped}
