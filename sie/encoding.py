"""Which characters a SIE file is written in. The format asks for code page 437; what programs save is another matter."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

CP437 = "cp437"
UTF8 = "utf-8"
LATIN1 = "latin-1"
WINDOWS1252 = "windows-1252"

_CHUNK = 1 << 20
_SWEDISH = "åäöÅÄÖéÉüÜ"
_IN_CP437 = _SWEDISH.encode("cp437")
_IN_LATIN1 = _SWEDISH.encode("latin-1")
_BETWEEN = bytes(range(0x80, 0xA0))
"""Control characters in Latin-1, letters in code page 437, dashes and quotes in Windows-1252."""


@dataclass(frozen=True)
class Encoding:
    """The characters of a file: `name` as Python knows it, `marked` whether it begins with a byte order mark."""

    name: str
    marked: bool = False

    @property
    def warning(self) -> str:
        """What to tell the sender, empty when the file is as it should be."""
        if self.name == CP437:
            return ""
        return (
            f"Filen är sparad som {_SPOKEN[self.name]} och inte i teckentabellen PC8, som SIE kräver. Den är läst ändå."
        )


_SPOKEN = {UTF8: "UTF-8", LATIN1: "Latin-1", WINDOWS1252: "Windows-1252"}


def encoding_of(file: BinaryIO) -> Encoding:
    """Return the encoding of the whole file, read from its beginning; it is left at the beginning again.

    A file of plain ASCII is code page 437. Text in code page 437 is never UTF-8 by chance, since its Swedish letters are bytes
    that UTF-8 has only inside a character. Between the other three the Swedish letters decide, by how many there are of each.
    """
    file.seek(0)
    counts = _Counts()
    utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder(UTF8)()
    for chunk in _chunks(file):
        counts.add(chunk)
        utf8 = _still_utf8(utf8, chunk, final=False)
    utf8 = _still_utf8(utf8, b"", final=True)
    file.seek(0)
    marked = file.read(3) == codecs.BOM_UTF8
    file.seek(0)
    if utf8 is not None and (marked or counts.high):
        return Encoding(UTF8, marked)
    if not counts.latin1 > counts.cp437:
        return Encoding(CP437)
    return Encoding(WINDOWS1252 if counts.between else LATIN1)


@dataclass
class _Counts:
    high: int = 0
    cp437: int = 0
    latin1: int = 0
    between: int = 0

    def add(self, chunk: bytes) -> None:
        if chunk.isascii():
            return
        self.high += len(chunk) - len(chunk.translate(None, bytes(range(0x80, 0x100))))
        self.cp437 += len(chunk) - len(chunk.translate(None, _IN_CP437))
        self.latin1 += len(chunk) - len(chunk.translate(None, _IN_LATIN1))
        self.between += len(chunk) - len(chunk.translate(None, _BETWEEN))


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _still_utf8(
    decoder: codecs.IncrementalDecoder | None, chunk: bytes, *, final: bool
) -> codecs.IncrementalDecoder | None:
    if decoder is None:
        return None
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return None
    return decoder
