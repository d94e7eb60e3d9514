"""Where finished PDFs are kept: MEDIA_ROOT/reports, each under the SHA-256 of its bytes, written whole or not at all.

Beside each lies the document it was made from, under the same name.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

UNFINISHED = ".nytt-"
DOCUMENT = ".json.gz"


class FileLost(Exception):
    """A file that has been kept is gone or damaged; the text is Swedish."""


def folder() -> Path:
    """Return the folder of the PDFs, made when it is not there."""
    path = Path(settings.MEDIA_ROOT) / "reports"
    path.mkdir(parents=True, exist_ok=True)
    return path


def path_of(sha256: str) -> Path:
    """Return where the PDF with that hash is kept."""
    return folder() / f"{sha256}.pdf"


def document_path_of(sha256: str) -> Path:
    """Return where the document of the PDF with that hash is kept."""
    return folder() / f"{sha256}{DOCUMENT}"


def store(content: bytes) -> str:
    """Keep the PDF and return its hash; the same bytes are kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    write_whole(path_of(sha256), content)
    return sha256


def store_archive(content: bytes) -> str:
    """Keep an archive package and return its hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    write_whole(archive_path_of(sha256), content)
    return sha256


def archive_path_of(sha256: str) -> Path:
    """Return where the archive package with that hash is kept."""
    return folder() / f"{sha256}.zip"


def whole(sha256: str) -> bytes:
    """Return the PDF with that hash. Raises FileLost when it is not there, or is not what it was."""
    if not is_whole(sha256):
        raise FileLost(f"PDF-filen med kontrollsumman {sha256} finns inte kvar som den gjordes.")
    return path_of(sha256).read_bytes()


def is_whole(sha256: str) -> bool:
    """Whether the PDF with that hash is there, unchanged."""
    path = path_of(sha256)
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def write_whole(path: Path, content: bytes) -> None:
    """Write the file by one rename: killed at any moment, what stood there before still stands, or the new one does."""
    descriptor, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def one_at_a_time() -> Iterator[Path]:
    """Give the folder to one process at a time; the lock goes with the process, also when it is killed."""
    root = folder()
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield root
