"""Free tables: what is pasted becomes rows, and a row that does not fill the columns is named."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from reporting.documents.templates.model import FreeColumn, PartKind, PartSpec
from reporting.documents.work.showing import as_stored, html_of_part, references_in_part, require_rows

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


REFERENCE = "{{mått:plan_coverage}}"


@pytest.mark.parametrize(
    ("cells", "shown", "asked"),
    [
        (f"AME | {REFERENCE}", "<td>7</td>", ["plan_coverage"]),
        (f"`{REFERENCE}` | {REFERENCE}", f"`{REFERENCE}`", ["plan_coverage"]),
        (f"``a ` {REFERENCE}`` | 1", f"``a ` {REFERENCE}``", []),
        # A sign that nothing answers to in its own cell begins no code: each cell is read alone.
        (f"`AME | {REFERENCE}`", "7`", ["plan_coverage"]),
        (f"``AME` | {REFERENCE}", "7", ["plan_coverage"]),
    ],
)
def test_a_reference_in_code_is_text_and_any_other_is_both_shown_and_recorded(
    cells: str, shown: str, asked: list[str]
) -> None:
    page = html_of_part(SPEC, cells, figures=lambda _: "7").replace(' class="number"', "")
    assert shown in page
    assert page.count(REFERENCE) == cells.count(REFERENCE) - len(asked)
    assert references_in_part(SPEC, cells) == asked


def test_a_line_that_is_typed_stands_on_a_line_of_its_own() -> None:
    prose = PartSpec("p", "Text", PartKind.TEXT, "En på varje rad.")
    page = html_of_part(prose, "Kommunstyrelsen\nRevisorerna\n\nEnhetscheferna")
    assert page == "<p>Kommunstyrelsen<br />\nRevisorerna</p>\n<p>Enhetscheferna</p>\n"


def test_in_running_text_the_same_holds() -> None:
    prose = PartSpec("p", "Text", PartKind.TEXT, "Skriv.")
    text = f"Av dem {REFERENCE}, men `{REFERENCE}` är text."
    page = html_of_part(prose, text, figures=lambda _: "7")
    assert "Av dem 7, men" in page
    assert f"<code>{REFERENCE}</code>" in page
    assert references_in_part(prose, text) == ["plan_coverage"]
