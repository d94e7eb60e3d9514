"""Keep a file that waits so that nobody reads it from the disk: AES-256-GCM, piece by piece, each file with a key of its own.

The key comes from SECRET_KEY and the file's place (HKDF, RFC 5869), so the numbers of the pieces can be their nonces. The number
and whether it is the last are sealed with each piece: what is cut off, put together anew or changed cannot be opened.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PIECE = 1 << 20
_TAG = 16


class SealBroken(OSError):
    """The file was changed or cut off, or the installation has another SECRET_KEY than when it was sealed."""


def folder() -> Path:
    """Return where files wait; made when it is missing, for nobody else to look into."""
    place = Path(settings.MEDIA_ROOT) / "waiting"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(place: uuid.UUID) -> Path:
    """Return the file's path."""
    return folder() / f"{place}.sealed"


class Sealer:
    """Writes one file, sealed, as its bytes come in. Nothing of it is there as it was, not even for a moment."""

    def __init__(self, place: uuid.UUID) -> None:
        """Begin the file."""
        self.size = 0
        self._cipher, self._waiting, self._number = _cipher(place), bytearray(), 0
        self._path = path_of(place)
        self._file = self._path.open("xb")

    def write(self, data: bytes) -> None:
        """Add bytes."""
        self.size += len(data)
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def finish(self) -> None:
        """Seal what is left; the file is whole then."""
        self._seal(bytes(self._waiting), last=True)
        self._file.close()

    def give_up(self) -> None:
        """Remove what was written."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(*_about(self._number, piece, last=last)))
        self._number += 1


def seal(place: uuid.UUID, chunks: Iterable[bytes]) -> int:
    """Seal all the chunks and return how many bytes they were."""
    sealer = Sealer(place)
    for chunk in chunks:
        sealer.write(chunk)
    sealer.finish()
    return sealer.size


@dataclass(frozen=True)
class SealedFile:
    """A file that waits, to be read as often as needed (`cases.deliveries.reading.Content`)."""

    place: uuid.UUID

    def open(self, mode: Literal["rb"], /) -> BinaryIO:
        """Open it from its beginning. Reading raises SealBroken when it is not what was sealed."""
        return io.BufferedReader(_Opened(self.place), PIECE)


class _Opened(io.RawIOBase):
    """Opens the pieces as they are asked for."""

    def __init__(self, place: uuid.UUID) -> None:
        super().__init__()
        self._cipher = _cipher(place)
        self._file = path_of(place).open("rb")
        sealed = self._file.seek(0, io.SEEK_END)
        self._pieces = max(1, -(-sealed // (PIECE + _TAG)))
        self._size = sealed - self._pieces * _TAG
        self._at = 0
        self._current: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        number, offset = divmod(self._at, PIECE)
        if number and self._at >= self._size:
            return 0
        part = self._piece(number)[offset : offset + len(view)]
        view[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _piece(self, number: int) -> bytes:
        if self._current[0] != number:
            self._file.seek(number * (PIECE + _TAG))
            sealed = self._file.read(PIECE + _TAG)
            nonce, _, about = _about(number, b"", last=number == self._pieces - 1)
            try:
                self._current = (number, self._cipher.decrypt(nonce, sealed, about))
            except (InvalidTag, ValueError):
                raise SealBroken("the sealed file cannot be opened") from None
        return self._current[1]


def _cipher(place: uuid.UUID) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=place.bytes, info=b"utfall waiting upload")
    return AESGCM(derived.derive(settings.SECRET_KEY.encode()))


def _about(number: int, piece: bytes, *, last: bool) -> tuple[bytes, bytes, bytes]:
    return number.to_bytes(12, "big"), piece, b"last" if last else b"more"
