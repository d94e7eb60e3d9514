"""The signs that stand for a number are explained wherever they stand."""

from __future__ import annotations

import csv
import io
import zipfile

from reporting.documents.content import Cell as PrintedCell
from reporting.documents.content import Column as PrintedColumn
from reporting.documents.content import Table
from reporting.figures.symbols import MEANINGS, legend, legend_under
from reporting.views.sheets import Cell, Column, Row, Sheet, answer_with_file

SHEET = Sheet(
    "tabell",
    "En tabell",
    (Column("År", numeric=False), Column("Andel"), Column("Antal")),
    (Row((Cell("2022"), Cell("19,7 %", 19.7), Cell("127", 127))), Row((Cell("2023"), Cell(".."), Cell("-")))),
)


def test_each_sign_is_explained_and_only_those_that_stand_there() -> None:
    assert legend(["12", "..", "–", "2019–2023"]) == (
        ".. = sekretess, talet är litet eller skulle avslöja ett litet tal; "
        "– = inget värde, till exempel för att det inte finns något att dela med."
    )
    assert legend(["12", "12,5"]) == ""
    assert list(MEANINGS) == ["..", "-", ".", "–"]


def test_a_dash_among_words_is_not_explained_and_no_sign_is_explained_twice() -> None:
    assert legend_under([("–", False), ("ord", False)]) == ""
    assert legend_under([("–", False), ("–", True)]) == legend(["–"])
    assert legend_under([("..", False)]) == legend([".."])
    told = "Plus är bättre. – betyder att uppgiften saknas."
    assert legend_under([("–", True), ("..", True)], told) == legend([".."])
    assert legend_under([("-", True)], told) == legend(["-"])


def test_a_table_on_a_page_and_on_paper_has_the_same_legend() -> None:
    printed = Table(
        1,
        "tabell",
        "En tabell",
        (PrintedColumn("År", 50), PrintedColumn("Andel", 50)),
        ((PrintedCell("2022"), PrintedCell("..")), (PrintedCell("2023"), PrintedCell("-"))),
    )
    assert SHEET.legend == printed.legend != ""


def test_the_csv_file_says_what_its_signs_mean_in_a_column_of_its_own() -> None:
    text = answer_with_file(SHEET, "csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[:3] for row in rows[1:]] == [["2022", "19,7", "127"], ["2023", "..", "-"]]
    assert [row[3] for row in rows] == ["Teckenförklaring", SHEET.legend, ""]


def test_the_workbook_has_a_sheet_with_what_its_signs_mean() -> None:
    with zipfile.ZipFile(io.BytesIO(answer_with_file(SHEET, "xlsx").content)) as book:
        assert "Teckenförklaring" in book.read("xl/workbook.xml").decode()
        assert "bortfall" in book.read("xl/sharedStrings.xml").decode()
