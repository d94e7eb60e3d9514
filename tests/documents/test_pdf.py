"""The PDF itself: the same each time, nothing missing in it, nothing fetched for it."""

import datetime as dt
import hashlib
import io
from typing import Any

import pytest
from pypdf import PdfReader

from reporting.documents.pdf import EmbeddedFile, RenderingFault, write_pdf

MOMENT = dt.datetime(2024, 1, 31, 12, tzinfo=dt.UTC)
CSS = "@page { size: A4 } body { font-family: Inter }"


def page(body: str) -> str:
    """Return a Swedish page with the body."""
    return f'<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>Prov</title></head><body>{body}</body></html>'


def pdf(body: str, *files: EmbeddedFile, links: dict[str, str] | None = None) -> bytes:
    """Render the body."""
    return write_pdf(page(body), css=CSS, files=files, moment=MOMENT, link_texts=links)


def opened(content: bytes) -> Any:
    """Return the PDF for reading; pypdf's objects are read as what they are."""
    return PdfReader(io.BytesIO(content))


def test_the_same_page_is_the_same_bytes() -> None:
    files = EmbeddedFile("tabell.csv", b"a;b\r\n", "Tabell 1")
    assert pdf("<h1>Hej</h1>", files) == pdf("<h1>Hej</h1>", files)


def test_a_file_inside_comes_out_as_it_went_in() -> None:
    reader = opened(pdf("<h1>Hej</h1>", EmbeddedFile("tabell.csv", b"a;b\r\n1;2\r\n", "Tabell 1")))
    assert reader.attachments["tabell.csv"] == [b"a;b\r\n1;2\r\n"]


def test_it_says_that_it_follows_both_standards() -> None:
    metadata = opened(pdf("<h1>Hej</h1>")).trailer["/Root"]["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<xmp:CreateDate>2024-01-31T12:00:00Z</xmp:CreateDate>" in metadata


def test_it_is_tagged_swedish_and_titled() -> None:
    root = opened(pdf("<h1>Hej</h1>")).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


@pytest.mark.parametrize("character", ["漢", "\U0001f600", "✕"])
def test_a_character_that_the_typeface_lacks_stops_the_rendering(character: str) -> None:
    with pytest.raises(RenderingFault, match=f"inte framställas felfritt.*{character}"):
        pdf(f"<h1>Hej {character}</h1>")


@pytest.mark.parametrize(
    "body", ['<img alt="bild" src="https://example.org/bild.png">', '<img alt="bild" src="file:///etc/hostname">']
)
def test_a_page_that_asks_for_something_outside_stops_the_rendering(body: str) -> None:
    with pytest.raises(RenderingFault, match="är inte tillåten"):
        pdf(body)


def test_a_style_that_the_renderer_does_not_understand_stops_the_rendering() -> None:
    with pytest.raises(RenderingFault, match="felfritt"):
        write_pdf(page("<h1>Hej</h1>"), css="body { font-family: Inter; colour: red }", moment=MOMENT)


def test_a_link_says_where_it_leads() -> None:
    written = pdf('<a href="#mal">3</a><h1 id="mal">Målen</h1>', links={"mal": "Målen"})
    annotation = opened(written).pages[0]["/Annots"][0].get_object()
    assert annotation["/Contents"] == "Målen"


def test_another_page_has_another_identity() -> None:
    identities = {
        hashlib.sha256(opened(pdf(body)).trailer["/ID"][0].original_bytes).hexdigest()
        for body in ("<h1>Ett</h1>", "<h1>Två</h1>")
    }
    assert len(identities) == 2
