"""Files that the audited hand over: kept in MEDIA_ROOT/evidence under the SHA-256 of their bytes, never served as pages."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from reporting.documents.storage import write_whole

LARGEST = 20 * 1024 * 1024
"""The largest file that is taken, in bytes."""

_LONGEST_NAME = 200


@dataclass(frozen=True)
class KeptFile:
    """A file that is kept: the name it came with and the hash that finds it."""

    name: str
    sha256: str


def path_of(sha256: str) -> Path:
    """Return where the file with that hash is kept."""
    return Path(settings.MEDIA_ROOT) / "evidence" / sha256


def keep(file: UploadedFile) -> KeptFile:
    """Keep the file and return what finds it; the same bytes are kept once. Raises ValidationError when it cannot be taken."""
    if not file.size:
        raise ValidationError({"file": "Filen är tom."})
    if file.size > LARGEST:
        raise ValidationError({"file": "Filen är för stor. Den får vara högst 20 MB."})
    content = file.read()
    kept = KeptFile(_safe_name(file.name or ""), hashlib.sha256(content).hexdigest())
    path = path_of(kept.sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
    return kept


def _safe_name(name: str) -> str:
    """Return the file's own name without folders and control characters."""
    printable = "".join(sign for sign in Path(name.replace("\\", "/")).name if unicodedata.category(sign)[0] != "C")
    return printable.strip()[-_LONGEST_NAME:] or "fil"
