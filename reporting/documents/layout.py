"""From a document's content to its PDF: laid out by a template, with a CSV of every table and the manifest inside."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_spaces_between_tags

from reporting.documents.content import Chart, Definition, Document, Heading, Table
from reporting.documents.pdf import EmbeddedFile, write_pdf

MANIFEST_NAME = "manifest.json"


def html_of(document: Document) -> str:
    """Return the document as the HTML page that the PDF is made from."""
    return strip_spaces_between_tags(render_to_string(document.form, {"document": document}))


@cache
def stylesheet() -> str:
    """Return the style sheet of the printed page, with a class for each width a column can have."""
    path = Path(settings.BASE_DIR) / "templates" / "documents" / "report.css"
    widths = "\n".join(f".w{percent} {{ width: {percent}%; }}" for percent in range(1, 101))
    return f"{path.read_text(encoding='utf-8')}\n{widths}\n"


def embedded_files(document: Document, manifest: Mapping[str, object]) -> list[EmbeddedFile]:
    """Return the files inside the PDF: the manifest, and each table as CSV."""
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    about = EmbeddedFile(MANIFEST_NAME, f"{text}\n".encode(), "Rapportens innehåll, mått och underlag", "Source")
    tables = (
        EmbeddedFile(each.file_name, each.csv(), f"Tabell {each.number}. {each.caption}") for each in document.tables
    )
    return [about, *tables]


def pdf_of(document: Document, manifest: Mapping[str, object], *, moment: dt.datetime) -> bytes:
    """Return the PDF of the document, dated `moment`. Raises RenderingFault when it cannot be set as it should be."""
    return write_pdf(
        html_of(document),
        css=stylesheet(),
        files=embedded_files(document, manifest),
        moment=moment,
        link_texts=_link_texts(document),
    )


def _link_texts(document: Document) -> dict[str, str]:
    texts = {}
    for chapter in document.chapters:
        texts[chapter.anchor] = chapter.title
        for block in chapter.blocks:
            if isinstance(block, Heading) and block.anchor:
                texts[block.anchor] = block.text
            if isinstance(block, Definition):
                texts[block.anchor] = block.title
            if isinstance(block, Table | Chart):
                texts[block.anchor] = f"{block.label}. {block.caption}"
    return texts


@dataclass(frozen=True)
class Edition:
    """A report set in pages: its document, its manifest, and the moment it is dated."""

    document: Document
    manifest: Mapping[str, object]
    moment: dt.datetime

    def numbered(self, version: int) -> Edition:
        """Return it as another version of the same content."""
        cover = replace(self.document.cover, version=str(version))
        return replace(
            self, document=replace(self.document, cover=cover), manifest={**self.manifest, "version": version}
        )

    def pdf(self) -> bytes:
        """Return its PDF: the same edition gives the same bytes. Raises RenderingFault when it cannot be set well."""
        return pdf_of(self.document, self.manifest, moment=self.moment)
