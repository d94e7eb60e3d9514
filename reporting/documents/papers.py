"""Papers that rest on no one snapshot (audits, inquiries, control plans), of the same make as the board report.

Accessible, archivable, and with every table inside as data.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping

from committees.models import Municipality
from reporting.documents.content import Column, Document, Text
from reporting.documents.layout import pdf_of

FORMAT = 1


def paragraphs(text: str, style: str = "body") -> Iterator[Text]:
    """Yield what somebody wrote, a block for each of its lines that says something."""
    for line in text.splitlines():
        if line.strip():
            yield Text(line.strip(), style)


def columns(*told: tuple[str, int]) -> tuple[Column, ...]:
    """Return columns of words: heading and width in percent."""
    return tuple(Column(heading, width, numeric=False) for heading, width in told)


def municipality_name() -> str:
    """Return the municipality's name, empty before it is set up."""
    return Municipality.objects.order_by("pk").values_list("name", flat=True).first() or ""


def paper_pdf(kind: str, document: Document, facts: Mapping[str, object], day: dt.date) -> bytes:
    """Return the document as a PDF dated that day: the same document gives the same bytes. Raises RenderingFault.

    `kind` says in the manifest what paper it is, `facts` what it is of.
    """
    tables = [
        {"number": one.number, "file": one.file_name, "sha256": hashlib.sha256(one.csv()).hexdigest()}
        for one in document.tables
    ]
    manifest = {"format": FORMAT, "kind": kind, "municipality": document.cover.municipality, **facts, "tables": tables}
    return pdf_of(document, manifest, moment=dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC))
