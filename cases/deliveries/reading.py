"""Read a delivered CSV file: find out how it is written, refuse what is no such file, and give its rows in batches.

The file is read where it lies and never copied. Memory stays bounded whatever the file holds: a line may have a megabyte.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Literal, Protocol

from cases.deliveries.as_they_are import UNREAD, OwnCell
from cases.deliveries.findings import FileFault
from cases.deliveries.headers import Layout, layout_of
from cases.deliveries.rules import AS_IT_IS, Batch, FileRules
from cases.kinds import Kind

BATCH = 20_000
LONGEST_LINE = 1_000_000
_CHUNK = 1 << 18
_DELIMITERS = ";,\t"
_MARK = "\ufeff"
_SAVE_AS = "Spara om filen som CSV med teckenkodningen UTF-8."
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_NOT_WINDOWS_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_SWEDISH_AS_UTF8 = re.compile(rb"\xc3[\x84\x85\x89\x96\xa4\xa5\xa9\xb6]")
_SIGNATURES = (
    (
        b"\xd0\xcf\x11\xe0",
        "en CSV- eller XLSX-fil, men filen är en äldre Excel-fil eller har lösenord. Spara den som XLSX utan lösenord.",
    ),
    (b"%PDF", "en CSV- eller XLSX-fil, men filen är en PDF."),
    (codecs.BOM_UTF16_LE, f"en CSV-fil i UTF-8, men filen är sparad som UTF-16. {_SAVE_AS}"),
    (codecs.BOM_UTF16_BE, f"en CSV-fil i UTF-8, men filen är sparad som UTF-16. {_SAVE_AS}"),
)


@dataclass(frozen=True)
class Recognised:
    """How a file is written, its fingerprint, how many lines it has, and whether a byte order mark stands inside it."""

    encoding: str
    sha256: str
    lines: int
    marks_inside: bool = False


class Content(Protocol):
    """Where a delivered file's bytes are: a path, or an upload that waits."""

    def open(self, mode: Literal["rb"], /) -> BinaryIO:
        """Open it from its beginning."""


def sha256_of(content: Content) -> str:
    """Return the fingerprint of the bytes."""
    digest = hashlib.sha256()
    with content.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def size_of(content: Content) -> int:
    """Return how many bytes there are, without reading them."""
    with content.open("rb") as file:
        return file.seek(0, io.SEEK_END)


def recognise(content: Content) -> Recognised:
    """Go through the file once. Raises FileFault when it is empty, binary, cut in a way that shows, or in an unknown encoding."""
    digest = hashlib.sha256()
    encodings = _Encodings()
    since_line_break = size = feeds = returns = 0
    with content.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if not size:
                _refuse_signature(chunk)
            size += len(chunk)
            digest.update(chunk)
            feeds, returns = feeds + chunk.count(b"\n"), returns + chunk.count(b"\r")
            since_line_break = _since_line_break(chunk, since_line_break)
            if _CONTROL.search(chunk):
                raise FileFault("en textfil, men filen innehåller tecken som bara finns i binära filer.", "binary_file")
            encodings.feed(chunk)
    if not size:
        raise FileFault("en rubrikrad och rader under den, men filen är tom.", "empty_file")
    return Recognised(encodings.decided(), digest.hexdigest(), max(feeds, returns), encodings.marks_inside)


def _refuse_signature(chunk: bytes) -> None:
    for signature, expected in _SIGNATURES:
        if chunk.startswith(signature):
            raise FileFault(expected, "not_csv")


def _since_line_break(chunk: bytes, before: int) -> int:
    """How many bytes have passed since the last line break; refuses before more than one long line has been read."""
    first = min((place for place in (chunk.find(b"\n"), chunk.find(b"\r")) if place >= 0), default=len(chunk))
    if before + first > LONGEST_LINE:
        raise FileFault(f"rader på högst {LONGEST_LINE // 1_000_000} MB, men en rad är längre än så.", "long_line")
    last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
    return before + len(chunk) if last < 0 else len(chunk) - last - 1


class _Encodings:
    """Which encodings the bytes so far allow."""

    def __init__(self) -> None:
        self._utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
        self._last: bytes | None = None
        self.marks_inside = False
        self._windows = True
        self._swedish_as_utf8 = False

    def feed(self, chunk: bytes) -> None:
        begun = chunk.removeprefix(codecs.BOM_UTF8) if self._last is None else self._last + chunk
        self.marks_inside = self.marks_inside or codecs.BOM_UTF8 in begun
        self._last = chunk[-2:]
        self._windows = self._windows and not _NOT_WINDOWS_1252.search(chunk)
        self._swedish_as_utf8 = self._swedish_as_utf8 or bool(_SWEDISH_AS_UTF8.search(chunk))
        self._try_utf8(chunk)

    def _try_utf8(self, chunk: bytes, *, final: bool = False) -> None:
        if self._utf8 is not None:
            try:
                self._utf8.decode(chunk, final)
            except UnicodeDecodeError:
                self._utf8 = None

    def decided(self) -> str:
        self._try_utf8(b"", final=True)
        if self._utf8 is not None:
            return "utf-8-sig"
        if self._swedish_as_utf8 or self.marks_inside:
            raise FileFault(
                f"text i UTF-8 rakt igenom, men någon del är i en annan kodning eller avkapad. {_SAVE_AS}", "encoding"
            )
        if not self._windows:
            raise FileFault(f"text i UTF-8, Windows-1252 eller Latin-1. {_SAVE_AS}", "encoding")
        return "cp1252"  # of which Latin-1 text is a part


def first_rows_of_csv(content: Content, encoding: str, skip: int, count: int = 4) -> list[list[str]]:
    """Return the first rows with anything in them after those that are passed over, apart by the mark that gives most columns."""
    with io.TextIOWrapper(content.open("rb"), encoding=encoding, newline="") as file:
        lines = [file.readline(LONGEST_LINE) for _ in range(skip + count)][skip:]
    read = [list(csv.reader(lines, delimiter=mark)) for mark in _DELIMITERS]
    return [row for row in max(read, key=lambda rows: len(rows[0]) if rows else 0) if any(row)]


class CsvFile:
    """An opened file: its layout, and its rows in batches. `faults` fills with the rows that cannot be read."""

    sheet = ""

    def __init__(self, content: Content, recognised: Recognised, kind: Kind, rules: FileRules = AS_IT_IS) -> None:
        """Read the header. Raises FileFault when it is not the kind's."""
        self.expected = recognised.lines
        self._content, self._encoding, self._marks_inside = content, recognised.encoding, recognised.marks_inside
        self._rules = rules
        self.faults: list[FileFault] = []
        self._broken = False
        with self._opened() as file:
            self._delimiter, self.layout = self._layout(file.readline(LONGEST_LINE), kind)

    def _opened(self) -> io.TextIOWrapper:
        """The text from the header row on."""
        file = io.TextIOWrapper(self._content.open("rb"), encoding=self._encoding, newline="")
        for _ in range(self._rules.skip):
            file.readline(LONGEST_LINE)
        return file

    def _lines(self, file: Iterable[str]) -> Iterable[str]:
        """The lines without byte order marks: files that were put together to one have them inside, and they are no text."""
        return (line.replace(_MARK, "") for line in file) if self._marks_inside else file

    def _layout(self, line: str, kind: Kind) -> tuple[str, Layout]:
        line = line.replace(_MARK, "")
        headers = {mark: next(csv.reader([line], delimiter=mark), []) for mark in _DELIMITERS}
        known = {mark: layout_of(names, kind, self._rules.columns) for mark, names in headers.items()}
        best = max(known, key=lambda mark: (len(known[mark].places), len(headers[mark])))
        known[best].require(kind, self._rules.skip + 1)
        return best, known[best]

    def batches(self) -> Iterator[Batch]:
        """Yield the rows that are whole; blank rows are passed over. Stops at a row after which nothing can be trusted."""
        with self._opened() as file:
            reader = csv.reader(self._lines(file), delimiter=self._delimiter, strict=True)
            self._pass_header(reader)
            first = self._rules.skip + 2
            while records := self._records(reader, first):
                yield self._batch(records, first)
                first += len(records)

    @property
    def header_row(self) -> int:
        """The number of the row with the headers."""
        return self._rules.skip + 1

    def own_rows(self) -> Iterator[tuple[int, list[OwnCell]]]:
        """Yield every row with its number; where a row has another width than the header's a cell says that it is unread.

        Raises FileFault at a row after which nothing can be trusted.
        """
        with io.TextIOWrapper(self._content.open("rb"), encoding=self._encoding, newline="") as file:
            for number in range(1, self.header_row):
                skipped = file.readline(LONGEST_LINE)
                yield number, list(next(csv.reader([skipped], delimiter=self._delimiter), []))
            reader = csv.reader(self._lines(file), delimiter=self._delimiter, strict=True)
            number = self.header_row
            try:
                for number, record in enumerate(reader, start=self.header_row):
                    yield number, list(record) if number == self.header_row else self._own_row(record)
            except csv.Error as fault:
                raise FileFault(_in_swedish(fault), "broken_row", row=number + 1) from None

    def _own_row(self, record: list[str]) -> list[OwnCell]:
        width = self.layout.width
        while len(record) > width and not record[-1]:
            del record[-1]
        if not any(record) or len(record) == width:
            return list(record)
        if len(record) < width:
            return [*record, *[UNREAD] * (width - len(record))]
        return [*record[: width - 1], UNREAD, *record[width - 1 :]]  # what is too much stands to the right, to be moved

    def _pass_header(self, reader: Iterator[list[str]]) -> None:
        """Pass the header row, which was read on a line of its own; what goes on over several lines is no such row."""
        expected = ""
        try:
            if len(next(reader)) != self.layout.width:
                expected = "en rubrikrad utan radbrytningar. Resten av filen är inte läst."
        except csv.Error as fault:
            expected = _in_swedish(fault)
        if expected:
            self._broken = True
            self.faults.append(FileFault(expected, "broken_row", row=self._rules.skip + 1))

    def _records(self, reader: Iterator[list[str]], first: int) -> list[list[str]]:
        records: list[list[str]] = []
        if self._broken:
            return records
        try:
            records.extend(itertools.islice(reader, BATCH))
        except csv.Error as fault:
            self._broken = True
            self.faults.append(FileFault(_in_swedish(fault), "broken_row", row=first + len(records)))
        return records

    def _batch(self, records: list[list[str]], first: int) -> Batch:
        width = self.layout.width
        rows: Sequence[int] = range(first, first + len(records))
        whole = records
        if set(map(len, records)) != {width} or not all(map(any, records)):
            fitting = [
                (number, record)
                for number, record in zip(rows, records, strict=True)
                if any(record) and (len(record) == width or self._fits(record, number))
            ]
            rows, whole = [number for number, _ in fitting], [record for _, record in fitting]
        columns = list(zip(*whole, strict=True)) or [()] * width
        return Batch(rows, [columns[place] for place in self.layout.places.values()])

    def _fits(self, record: list[str], number: int) -> bool:
        """Whether a row of another width than the header's can be read all the same: what it has too much is empty."""
        width = self.layout.width
        if len(record) > width and not any(record[width:]):
            del record[width:]
            return True
        cut = (
            " Filen kan vara avkapad."
            if len(record) < width
            else " Ett fält med skiljetecken i ska stå inom citattecken."
        )
        expected = f"lika många fält som rubrikraden ({width}), men raden har {len(record)}.{cut}"
        self.faults.append(FileFault(expected, "row_width", row=number))
        return False


def _in_swedish(fault: csv.Error) -> str:
    text = str(fault)
    if "unexpected end" in text or "field larger" in text:
        return "att varje citattecken som öppnas också stängs. Filen kan vara avkapad. Resten av filen är inte läst."
    return "citattecken bara runt hela fält och dubblerade inuti dem. Resten av filen är inte läst."
