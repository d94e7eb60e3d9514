"""One PDF for readers, archives and machines: PDF/UA-1 and PDF/A-3a at once, with its own data embedded.

WeasyPrint writes either standard but not both. We let it write PDF/A-3a (tagged, with embedded files) and add the PDF/UA
identification, declared by a PDF/A extension schema, where the metadata is built. Everything that could differ between two
renderings of the same report (dates, identifiers) is given by the caller, so the same report gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    import pydyf
    from weasyprint import Attachment, Document
    from weasyprint.document import DocumentMetadata

FONT_FAMILY = "Inter"

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PDFUAID_URI = "http://www.aiim.org/pdfua/ns/id/"
_PDFUAID = "{" + _PDFUAID_URI + "}"
_SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
_PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
_PREFIXES = {
    "pdfuaid": _PDFUAID_URI,
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


class RenderingFault(Exception):
    """A document could not be rendered as it should be; the message says why, in Swedish."""


@dataclass(frozen=True)
class EmbeddedFile:
    """A file inside the PDF. `relationship` is the PDF/A-3 AFRelationship: Data for tables, Source or Supplement for others."""

    name: str
    content: bytes
    description: str
    relationship: str = "Data"


def write_pdf(
    html: str,
    *,
    css: str,
    files: Sequence[EmbeddedFile] = (),
    moment: dt.datetime,
    link_texts: Mapping[str, str] | None = None,
) -> bytes:
    """Return the page-laid HTML as one PDF that satisfies PDF/UA-1 and PDF/A-3a.

    `moment` (aware) is the document's own date, stamped on the PDF and its embedded files. `link_texts` says where each
    internal anchor leads, for those who hear the link. Nothing is fetched while rendering.
    Raises RenderingFault when the renderer warns, a glyph is missing or a text fell back to another typeface.
    """
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    stamp = moment.astimezone(dt.UTC)
    with _listening() as complaints, _collecting_garbage_later():
        fonts = FontConfiguration()
        fetcher = _no_fetcher()
        document = HTML(string=html, url_fetcher=fetcher).render(
            font_config=fonts, stylesheets=[CSS(string=css, url_fetcher=fetcher, font_config=fonts)]
        )
        document.metadata = _metadata_of_both_standards(document.metadata, stamp)
        pdf = document.write_pdf(
            finisher=_finisher(link_texts or {}),
            pdf_variant="pdf/a-3a",
            attachments=_attachments(files, stamp),
            # Named by its content: the file identifier must differ between documents and agree between renderings.
            pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode(),
        )
    _refuse(complaints, document)
    return bytes(pdf)


def _attachments(files: Sequence[EmbeddedFile], stamp: dt.datetime) -> list[Attachment]:
    from weasyprint import Attachment

    return [
        Attachment(
            string=file.content,
            name=file.name,
            description=file.description,
            created=stamp,
            modified=stamp,
            relationship=file.relationship,
        )
        for file in files
    ]


class _Listener(logging.Handler):
    """Keeps what the renderer complains about in this thread: others may be rendering at the same time."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread = threading.get_ident()
        self.complaints: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.complaints.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    from weasyprint.logger import LOGGER

    listener = _Listener()
    LOGGER.addHandler(listener)
    try:
        yield listener.complaints
    finally:
        LOGGER.removeHandler(listener)


@contextmanager
def _collecting_garbage_later() -> Iterator[None]:
    """Let the garbage wait: a rendering makes a million small objects that all live to its end, and looking through them again
    and again takes a sixth of its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _refuse(complaints: Sequence[str], document: Document) -> None:
    """Raise RenderingFault for anything the reader would have to suffer from."""
    for font in document.fonts.values():
        if font.family != FONT_FAMILY:
            characters = "".join(sorted(set("".join(font.to_unicode.values()))))
            complaints = [*complaints, f"tecknen «{characters}» saknas i {FONT_FAMILY} och sattes i {font.family}"]
    if complaints:
        listed = "; ".join(dict.fromkeys(complaints))
        raise RenderingFault(f"Dokumentet kunde inte framställas felfritt och har inte sparats: {listed}")


def _no_fetcher() -> Any:
    from weasyprint.urls import URLFetcher

    class NoFetcher(URLFetcher):
        """A document carries all it needs; whatever asks for more is a fault and not a reason to use the network."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            raise ValueError(f"hämtning av {url} är inte tillåten")

    return NoFetcher()


def _metadata_of_both_standards(metadata: DocumentMetadata, stamp: dt.datetime) -> DocumentMetadata:
    from weasyprint.document import DocumentMetadata as Metadata

    for prefix, uri in _PREFIXES.items():
        ET.register_namespace(prefix, uri)

    class MetadataOfBothStandards(Metadata):
        """PDF/A's metadata with the identification of PDF/UA-1 added."""

        def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
            rdf = ET.fromstring(super().generate_rdf_metadata(variant, version, conformance))  # noqa: S314 - our own
            _add_pdfua_identification(rdf)
            return bytes(ET.tostring(rdf, encoding="utf-8"))

    written = stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
    return MetadataOfBothStandards(**{**vars(metadata), "created": written, "modified": written})


def _add_pdfua_identification(rdf: ET.Element) -> None:
    """Say that this is PDF/UA-1, and (as PDF/A demands of any schema it does not know) what that property is."""
    identification = ET.SubElement(rdf, f"{_RDF}Description", {f"{_RDF}about": ""})
    ET.SubElement(identification, f"{_PDFUAID}part").text = "1"
    description = ET.SubElement(rdf, f"{_RDF}Description", {f"{_RDF}about": ""})
    schemas = ET.SubElement(description, "{http://www.aiim.org/pdfa/ns/extension/}schemas")
    resource = {f"{_RDF}parseType": "Resource"}
    schema = ET.SubElement(ET.SubElement(schemas, f"{_RDF}Bag"), f"{_RDF}li", resource)
    ET.SubElement(schema, f"{_SCHEMA}schema").text = "PDF/UA identification schema"
    ET.SubElement(schema, f"{_SCHEMA}namespaceURI").text = _PDFUAID_URI
    ET.SubElement(schema, f"{_SCHEMA}prefix").text = "pdfuaid"
    sequence = ET.SubElement(ET.SubElement(schema, f"{_SCHEMA}property"), f"{_RDF}Seq")
    part = ET.SubElement(sequence, f"{_RDF}li", resource)
    for name, value in (
        ("name", "part"),
        ("valueType", "Integer"),
        ("category", "internal"),
        ("description", "Indicates which part of ISO 14289 the document follows"),
    ):
        ET.SubElement(part, f"{_PROPERTY}{name}").text = value


def _finisher(link_texts: Mapping[str, str]) -> Any:
    """Return the last touch on the PDF: links say where they lead instead of naming an anchor."""

    def finish(_document: Document, pdf: pydyf.PDF) -> None:
        import pydyf

        for thing in pdf.objects:
            if isinstance(thing, dict) and thing.get("Subtype") == "/Link" and "Dest" in thing:
                anchor = thing["Dest"].string
                thing["Contents"] = pydyf.String(link_texts.get(anchor, anchor))

    return finish
