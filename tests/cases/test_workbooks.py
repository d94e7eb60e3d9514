"""A workbook says what a CSV file would, or is refused with its cell named; the worst of senders costs no more than that."""

import datetime as dt
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.deliveries.cells import CellFault, blank, cell_name, cell_text, column_texts
from cases.deliveries.findings import FileFault
from cases.deliveries.forms import Use
from cases.deliveries.headers import Layout
from cases.deliveries.opening import opened
from cases.deliveries.result import DeliveryResult
from cases.deliveries.sources import SourceFile
from cases.deliveries.taking import take_delivery
from cases.kinds import kind_named
from cases.persons import identify
from tests.cases.workbooks import text_cell, with_sheet_xml, write_workbook
from tests.factories import person_number, setup_small_municipality

PERSONS = kind_named("personer")
HEADER = ["person", "födelsedatum", "kön"]
NUMBER = person_number(dt.date(1979, 11, 30), 119)
AFTERNOON = dt.datetime(1990, 1, 2, 13, 45)  # noqa: DTZ001 - workbooks know no time zones
FARTHEST = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def _read(path: Path, kind: str = "personer") -> tuple[dict[int, tuple[str, ...]], list[FileFault], Layout]:
    with opened(path, kind_named(kind)) as (_, file):
        rows = {
            row: values
            for batch in file.batches()
            for row, values in zip(batch.rows, zip(*batch.values, strict=True), strict=True)
        }
        return rows, file.faults, file.layout


def _refusal(path: Path, kind: str = "personer") -> FileFault:
    with pytest.raises(FileFault) as caught:
        _read(path, kind)
    assert caught.value.expected.endswith(".")
    return caught.value


def test_cells_of_every_kind_become_the_texts_a_csv_file_would_have(tmp_path: Path) -> None:
    path = tmp_path / "personer.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Uttag")
        book.add_worksheet("Dolt").hide()
        sheet.write_row(2, 1, ["Person", "Fodelsedatum", "KÖN", "handläggare", "skyddad"])
        sheet.write_row(3, 1, ["P1", "1990-01-01", "K", "X"])
        sheet.write_boolean(3, 5, True)
        sheet.write_row(5, 1, [int(NUMBER), "", "M"])
        sheet.write_datetime(5, 2, AFTERNOON, day)
        sheet.write_formula(5, 5, '=IF(1,"nej","ja")', None, "nej")
        sheet.write_string(8, 4, "   ")
    rows, faults, layout = _read(path)
    assert rows == {4: ("P1", "1990-01-01", "K", "ja"), 6: (NUMBER, "1990-01-02", "M", "nej")}
    assert faults == []
    assert layout.ignored == ("", "handläggare")


def test_what_excel_could_not_compute_or_hides_is_told_with_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "personer.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*HEADER, "anteckning"])
        for row in range(1, 6):
            sheet.write_row(row, 0, [f"P{row}", "1990-01-01", "M"])
        sheet.write_formula("B2", "=1/0", None, "#DIV/0!")
        sheet.merge_range("C3:C4", "M")
        sheet.write_string("A5", "P\x05")
        sheet.write_formula("D6", "=NA()", None, "#N/A")  # nobody reads that column
    rows, faults, _ = _read(path)
    assert list(rows) == [6]
    assert {(fault.row, fault.column, fault.check) for fault in faults} == {
        (2, "födelsedatum", "error_cell"),
        (3, "kön", "merged_cells"),
        (4, "kön", "merged_cells"),
        (5, "person", "control_character"),
    }
    assert "cell B2" in next(fault.expected for fault in faults if fault.row == 2)


def test_a_formula_that_nobody_has_computed_is_told_and_an_empty_text_is_not(tmp_path: Path) -> None:
    header = "".join(text_cell(f"{letter}1", text) for letter, text in zip("ABC", HEADER, strict=True))
    path = with_sheet_xml(
        tmp_path / "personer.xlsx",
        f'<sheetData><row r="1">{header}</row>'
        f'<row r="2">{text_cell("A2", "P1")}<c r="B2"><f>A1</f></c>{text_cell("C2", "M")}</row>'
        f'<row r="3">{text_cell("A3", "P2")}<c r="B3" t="str"><f>A1</f><v></v></c>{text_cell("C3", "K")}</row>'
        "</sheetData>",
    )
    rows, faults, _ = _read(path)
    assert rows == {3: ("P2", "", "K")}
    assert [(fault.row, fault.column, fault.check) for fault in faults] == [
        (2, "födelsedatum", "formula_without_value")
    ]


@pytest.mark.parametrize(
    ("data", "claimed"),
    [
        (f'<sheetData><row r="1">{text_cell("A1", "person")}</row>{FARTHEST}</sheetData>', None),
        ("<sheetData/>", 5 << 30),
    ],
    ids=["a cell in the farthest corner", "claims five gigabytes"],
)
def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path: Path, data: str, claimed: int | None) -> None:
    assert _refusal(with_sheet_xml(tmp_path / "personer.xlsx", data, claimed=claimed)).check == "heavy_workbook"


@pytest.mark.slow
def test_a_zip_bomb_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    data = f"<sheetData><row r='1'>{text_cell('A1', 'x' * 1_500_000_000)}</row></sheetData>"
    path = with_sheet_xml(tmp_path / "personer.xlsx", data)
    assert path.stat().st_size < 5_000_000
    assert _refusal(path).check == "heavy_workbook"


def test_what_only_looks_like_a_workbook_is_refused(tmp_path: Path) -> None:
    whole = write_workbook(tmp_path / "hel.xlsx", ("Blad1", [HEADER, ["P1", "1990-01-01", "M"]])).read_bytes()
    (tmp_path / "personer.xlsx").write_bytes(whole[: len(whole) // 2])
    assert _refusal(tmp_path / "personer.xlsx").check == "broken_workbook"
    (tmp_path / "personer.xlsx").write_bytes(b"")
    assert _refusal(tmp_path / "personer.xlsx").check == "empty_file"


def test_a_file_is_read_by_what_it_is_whatever_its_name_ends_with(tmp_path: Path) -> None:
    (tmp_path / "personer.xlsx").write_text("person;kön\nP1;M\n", encoding="utf-8")
    assert _read(tmp_path / "personer.xlsx")[0] == {2: ("P1", "M")}
    write_workbook(tmp_path / "personer.csv", ("Blad1", [["person", "kön"], ["P1", "M"]]))
    assert _read(tmp_path / "personer.csv")[0] == {2: ("P1", "M")}


def test_of_several_sheets_the_one_that_is_the_kinds_is_read(tmp_path: Path) -> None:
    notes = ("Läs mig", [["Uttag ur systemet"], ["2024"]])
    rows = [HEADER, ["P1", "1990-01-01", "M"]]
    assert list(_read(write_workbook(tmp_path / "1.xlsx", notes, ("Uttag", rows)))[0]) == [2]
    named = write_workbook(tmp_path / "2.xlsx", ("Gamla", rows), ("Personer", [*rows, ["P2", "1990-01-01", "K"]]))
    assert list(_read(named)[0]) == [2, 3]
    refusal = _refusal(write_workbook(tmp_path / "3.xlsx", notes, ("Uttag", rows), ("Mer", rows)))
    assert refusal.check == "several_sheets"
    assert "”Läs mig”, ”Uttag”, ”Mer”" in refusal.expected


def test_headers_are_asked_for_in_the_row_where_they_stand(tmp_path: Path) -> None:
    twice = write_workbook(tmp_path / "1.xlsx", ("Blad1", [[], [*HEADER, "Kon"], ["P1", "1990-01-01", "M", "K"]]))
    assert (_refusal(twice).check, _refusal(twice).row) == ("repeated_header", 2)


@pytest.mark.django_db
def test_the_same_delivery_as_workbook_and_as_csv_changes_nothing(tmp_path: Path) -> None:
    setup_small_municipality()
    rows: list[list[str | int | float | bool | dt.date | None]] = [
        ["hushåll", "person", "månad", "belopp", "utbetald"],
        ["H1", int(NUMBER), dt.date(2023, 1, 1), 1234.5, dt.date(2023, 1, 27)],
    ]
    write_workbook(tmp_path / "stodmanader.xlsx", ("Blad1", rows))
    (tmp_path / "stodmanader.csv").write_text(
        f"hushåll;person;månad;belopp;utbetald\nH1;{NUMBER};2023-01;1 234,50;2023-01-27\n", encoding="utf-8"
    )

    def take(name: str) -> DeliveryResult:
        return take_delivery(files=[SourceFile.at(kind_named("stodmanader"), tmp_path / name)], by=None)

    first = take("stodmanader.xlsx")
    assert (first.status, first.errors, first.files[0].rows) == ("taken", [], 1)
    assert take("stodmanader.csv").status == "unchanged"


@pytest.mark.parametrize("born", [dt.date(2000, 1, 2), dt.date(2004, 12, 24)])
def test_a_personal_number_that_lost_its_leading_zeros_is_the_same_person(born: dt.date) -> None:
    number = person_number(born)
    text = cell_text(float(number[2:]), Use.PERSON)
    assert isinstance(text, str)
    assert identify(text, dt.date(2024, 1, 1)) == identify(number, dt.date(2024, 1, 1))


@pytest.mark.parametrize(
    ("cell", "use", "text"),
    [
        (12.0, Use.TEXT, "12"),
        (0.1 + 0.2, Use.TEXT, "0.3"),
        (1e-7, Use.TEXT, "0.0000001"),
        (-1234.5, Use.TEXT, "-1234.5"),
        (dt.date(2024, 1, 1), Use.MONTH, "2024-01"),
        (dt.date(2024, 1, 2), Use.MONTH, "2024-01-02"),
        (AFTERNOON, Use.DATE, "1990-01-02"),
        (AFTERNOON, Use.TEXT, "1990-01-02 13:45:00"),
        (dt.time(10, 20), Use.DATE, "10:20:00"),
        (1234567890123456.0, Use.TEXT, CellFault.DIGITS_LOST),
        (float("nan"), Use.TEXT, CellFault.DIGITS_LOST),
        ("x" * 40_000, Use.TEXT, CellFault.TOO_LONG),
    ],
)
def test_a_cell_becomes_the_text_somebody_meant(cell: float | str | dt.date, use: Use, text: str) -> None:
    assert cell_text(cell, use) == text


def test_cells_are_named_as_excel_names_them() -> None:
    assert [cell_name(row, place) for row, place in [(1, 0), (7, 25), (7, 26), (3, 16_383)]] == [
        "A1",
        "Z7",
        "AA7",
        "XFD3",
    ]


_CELL = st.one_of(
    st.text(max_size=5), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(), st.timedeltas()
)


@given(st.lists(_CELL, max_size=20), st.sampled_from(Use))
def test_a_column_is_read_as_its_cells_are(cells: list[str | float | bool | dt.date], use: Use) -> None:
    texts, faults = column_texts(cells, use)
    alone = [cell_text(cell, use) for cell in cells]
    assert texts == ["" if isinstance(text, CellFault) else text for text in alone]
    assert faults == [(place, text) for place, text in enumerate(alone) if isinstance(text, CellFault)]
    assert not blank(cells) or not "".join(texts).strip()


@given(st.decimals(-(10**11), 10**11, places=3))
def test_a_number_is_read_as_excel_shows_it(number: Decimal) -> None:
    text = cell_text(float(number), Use.TEXT)
    assert isinstance(text, str)
    assert Decimal(text) == number


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_workbook_gives_rows_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("any") / "personer.xlsx"
    write_workbook(path, ("Blad1", [HEADER, ["P1", "1990-01-01", "M"], ["P2", dt.date(1991, 2, 3), True]]))
    parts = _parts(path)
    name = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content)))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    if data.draw(st.booleans()):
        _write_parts(path, parts | {name: bytes(content)})
    else:
        raw = bytearray(path.read_bytes())
        raw[data.draw(st.integers(4, len(raw) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(raw)
    try:
        _, faults, _ = _read(path)
    except FileFault as fault:
        faults = [fault]
    assert all(fault.expected.endswith(".") for fault in faults)


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write_parts(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
