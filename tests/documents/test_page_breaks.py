"""Where a printed table goes over to the next page: words row by row, a caption never without a row, figures together."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from reporting.documents.content import LETTER, Cell, Chapter, Column, Cover, Document, Table, Text
from reporting.documents.layout import pdf_of

COVER = Cover("Titel", "Ämne", "Nämnden", "Kommunen", "", "1", "", "", "")
LINE = "Det här är en rad som tar plats på sidan. " * 3


def _pages(before: int, *, numeric: bool) -> list[str]:
    """Return the text of the pages where a table of eight tall rows comes after so many paragraphs."""
    rows = tuple((Cell(f"Fråga {number}"), Cell("Svaret är långt. " * 12)) for number in range(1, 9))
    columns = (Column("Fråga", 70, numeric=False), Column("Svar", 30, numeric=numeric))
    table = Table(1, "fragor", "Frågorna", columns, rows)
    document = Document(COVER, (Chapter("ett", "Ett", (*[Text(LINE)] * before, table)),), LETTER)
    written = pdf_of(document, {}, moment=dt.datetime(2024, 1, 31, 12, tzinfo=dt.UTC))
    return [page.extract_text() for page in PdfReader(io.BytesIO(written)).pages]


def _pages_with(words: str, pages: list[str]) -> list[int]:
    return [at for at, page in enumerate(pages) if words in page]


@pytest.mark.parametrize("before", [4, 12, 14])
def test_a_table_of_words_begins_where_it_is_named_and_goes_on_overleaf_with_its_headings(before: int) -> None:
    pages = _pages(before, numeric=False)
    [named] = _pages_with("Frågorna", pages)
    assert _pages_with("Fråga 1", pages) == [named]
    assert _pages_with("Fråga 8", pages) == [named + 1]
    assert _pages_with("Fråga Svar", pages) == [named, named + 1]


def test_a_table_of_figures_that_fits_on_a_page_is_not_divided() -> None:
    pages = _pages(9, numeric=True)
    assert _pages_with("Fråga 1", pages) == _pages_with("Fråga 8", pages) == _pages_with("Frågorna", pages)
