"""Free tables: what is pasted becomes rows, and a row that does not fill the columns is named."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from reporting.documents.templates.model import FreeColumn, PartKind, PartSpec
from reporting.documents.work.showing import as_stored, html_of_part, require_rows

SPEC = PartSpec(
    "t", "Tabell", PartKind.TABLE, "Skriv.", columns=(FreeColumn("Enhet"), FreeColumn("Antal", numeric=True))
)


def test_rows_pasted_from_a_spreadsheet_become_rows() -> None:
    text = as_stored(SPEC, "AME\t12\nFält & skog\t<b>7</b>")
    assert text == "AME | 12\nFält & skog | <b>7</b>"
    require_rows(SPEC, text)
    page = html_of_part(SPEC, text)
    assert page.count("<tr>") == 3
    assert "&lt;b&gt;7&lt;/b&gt;" in page


def test_an_unfinished_table_is_shown_with_what_is_wrong_and_refused_when_it_is_to_be_ready() -> None:
    assert "Rad 1 i ”Tabell” har 1 cell" in html_of_part(SPEC, "AME")
    with pytest.raises(ValidationError, match="Rad 3 i ”Tabell” har 3 celler"):
        require_rows(SPEC, "AME | 1\n\nA | 2 | 3")
