"""The document a PDF was made from, kept beside it: what is published as a page or as data is then the very same document."""

from __future__ import annotations

import dataclasses
import gzip
import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString

from reporting.documents import content, storage
from reporting.documents.annual.manifest import tables_of
from reporting.documents.content import Document
from reporting.documents.models import Report

_TYPE = "type"
_HTML = "html"
_CLASSES: Mapping[str, type] = {
    name: found
    for name, found in vars(content).items()
    if isinstance(found, type) and dataclasses.is_dataclass(found) and found.__module__ == content.__name__
}


class DocumentLost(Exception):
    """The document of a report is not there, or is not the one its PDF was made from; the text is Swedish."""


def document_bytes(document: Document) -> bytes:
    """Return the document as a file: the same document gives the same bytes."""
    text = json.dumps(_plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def keep_document(sha256: str, document: Document) -> None:
    """Keep the document beside the PDF with that hash."""
    storage.write_whole(storage.document_path_of(sha256), document_bytes(document))


def read_document(kept: bytes) -> Document:
    """Return the document that `document_bytes` wrote. Raises ValueError, TypeError or KeyError for anything else."""
    found = _value(json.loads(gzip.decompress(kept)))
    if not isinstance(found, Document):
        raise TypeError(type(found).__name__)
    return found


def document_of(report: Report) -> Document:
    """Return the document that the report's PDF was made from.

    Raises DocumentLost when it is gone, or when its tables are not those that the manifest inside the PDF names.
    """
    try:
        document = read_document(storage.document_path_of(report.sha256).read_bytes())
    except (OSError, EOFError, ValueError, TypeError, KeyError) as error:
        raise DocumentLost(f"Innehållet i {report} finns inte kvar bredvid PDF-filen. Gör om PDF-filen.") from error
    if tables_of(document) != report.manifest.get("tables", []):
        raise DocumentLost(f"Innehållet som ligger bredvid PDF-filen är inte det som {report} gjordes av.")
    return document


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {_TYPE: type(value).__name__, **fields}
    if isinstance(value, SafeString):
        return {_TYPE: _HTML, "text": str(value)}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _value(plain: Any) -> Any:
    """Return what `_plain` wrote. Only text that was safe when it was written becomes safe again."""
    if isinstance(plain, list):
        return tuple(_value(each) for each in plain)
    if not isinstance(plain, dict):
        return plain
    fields = {name: _value(each) for name, each in plain.items() if name != _TYPE}
    return SafeString(fields["text"]) if plain[_TYPE] == _HTML else _CLASSES[plain[_TYPE]](**fields)
