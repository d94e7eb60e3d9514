"""A file with faults comes back as a workbook: mended in the marked cells only and sent back, it is taken."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from cases.actions.fault_workbooks import fetch_fault_workbook
from cases.actions.handing_in import work
from cases.actions.profiles import store_profile
from cases.deliveries.cells import cell_name
from cases.deliveries.opening import opened, opened_as_it_is
from cases.deliveries.sources import SourceFile
from cases.deliveries.taking import take_delivery
from cases.enums import WaitingState
from cases.fault_workbooks import writing
from cases.fault_workbooks.making import NoWorkbook, fault_workbook
from cases.fault_workbooks.marking import Marks
from cases.kinds import kind_named
from cases.models import Enrolment, MappingProfile, SupportMonth, WaitingDelivery
from cases.uploads.sealing import folder
from committees.enums import Role
from committees.models import Change, RoleAssignment, User
from tests.cases.workbooks import write_workbook
from tests.factories import deliver, person_number, setup_small_municipality

NUMBER = person_number(dt.date(1985, 4, 2), 118)
WRONG = f"{NUMBER[:11]}{(int(NUMBER[11]) + 1) % 10}"
pytestmark = pytest.mark.django_db


@pytest.fixture
def steward() -> User:
    """Who delivers for the whole municipality."""
    setup_small_municipality()
    user = User.objects.create_user("leverantoren")
    RoleAssignment.objects.create(user=user, role=Role.DATA_STEWARD, start=dt.date(2020, 1, 1))
    return user


def _made(path: Path, kind: str, profile: MappingProfile | None = None) -> bytes:
    file = SourceFile.at(kind_named(kind), path)
    return fault_workbook(file=file, files=[file], profile=profile, replace=False)


def _rows(workbook: bytes) -> list[list[object]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0)
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def _marked(workbook: bytes) -> dict[str, str]:
    """The cells that the workbook's list names, each with what was expected."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_name("Fel och varningar").to_python()
    lines = rows[[row[0] for row in rows].index("Rad") + 1 :]
    return {str(row[2]): f"{row[3]}: {row[4]}" for row in lines}


def _mended(workbook: bytes, mends: Mapping[str, object], path: Path) -> Path:
    """The same workbook with other values in these cells, all of which it has marked; nothing else is touched."""
    assert set(mends) <= _marked(workbook).keys()
    read = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    options = {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet(read.sheet_names[0])
        for down, row in enumerate(_rows(workbook), start=1):
            for across, cell in enumerate(row):
                sheet.write(down - 1, across, mends.get(cell_name(down, across), cell))
        book.add_worksheet(read.sheet_names[1]).write_column(0, 0, ["Rätta", "Rad"])
    return path


def _take(path: Path, kind: str, profile: MappingProfile | None = None) -> str:
    result = take_delivery(files=[SourceFile.at(kind_named(kind), path)], by=None, profile=profile)
    return "\n".join(map(str, result.errors)) or result.status


def test_a_csv_file_mended_in_the_marked_cells_is_taken(tmp_path: Path, steward: User) -> None:
    deliver(personer=[{"person": "P1", "födelsedatum": "1990-05-01", "kön": "K"}])
    path = tmp_path / "inskrivningar.csv"
    path.write_text(
        "Inskrivning;Person;Enhet;Start;Slut;Anteckning\n"
        f"=1+1;P1;AME;2023-01-10;;ringt\n;;;;;\nI2;{WRONG};AME;2023-13-01;;\nI3;{NUMBER};XX;20230301;2023-02-01;\n",
        encoding="cp1252",
    )
    made = _made(path, "inskrivningar")
    assert _rows(made)[0][:6] == ["Inskrivning", "Person", "Enhet", "Start", "Slut", "Anteckning"]
    assert _rows(made)[1][:6] == ["=1+1", "P1", "AME", "2023-01-10", "", "ringt"]
    marked = _marked(made)
    assert {cell for cell, said in marked.items() if said.startswith("Fel")} == {"B4", "D4", "C5", "E5", "G5"}
    assert "avslutsorsak" in _rows(made)[0]  # which the file lacks, and needs to be mended
    assert WRONG not in str(marked)
    mends = {"B4": NUMBER, "D4": dt.date(2023, 1, 31), "C5": "AME", "E5": "2023-03-31", "G5": "Fått jobb"}
    assert _take(_mended(made, mends, tmp_path / "inskrivningar.xlsx"), "inskrivningar") == "taken"
    assert sorted(Enrolment.objects.values_list("enrolment", "source_row")) == [("=1+1", 2), ("I2", 4), ("I3", 5)]
    assert set(Enrolment.objects.values_list("exit_reason", flat=True)) == {None, "arbete_osubventionerat"}


PROFILE = """
[profil]
namn = "system-x"
system = "System X"

[[fil]]
slag = "stodmanader"
blad = "Uttag"
datumform = "DD.MM.ÅÅÅÅ"
tusentalstecken = "."
hoppa_over = 2
[fil.kolumner]
"Akt" = "hushåll"
"Pnr" = "person"
"Avser" = "månad"
"Summa" = "belopp"
"Betald" = "utbetald"
[fil.koder.roll]
"Sökande" = "huvudsokande"
"""


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_of_another_system_keeps_its_headers_and_is_taken_by_its_profile(
    tmp_path: Path, steward: User, ending: str
) -> None:
    profile = store_profile(text=PROFILE, by=None)
    rows: list[list[str | int | float | None]] = [
        ["Uttag ur System X"],
        [],
        ["Akt", "Pnr", "Avser", "Summa", "Betald", "Roll"],
        ["H1", NUMBER, "2023-01", "1.000,50", "25.01.2023", "Sökande"],
        ["H1", NUMBER, "2023-02", 1.234 if ending == "xlsx" else "1234,5", "31.02.2023", "Sökande"],
        ["H1", NUMBER, "2023-03", "1.000", "25.03.2023", "Farbror"],
    ]
    path = tmp_path / f"fil.{ending}"
    if ending == "csv":
        path.write_text("\n".join(";".join(map(str, row)) for row in rows) + "\n", encoding="utf-8")
    else:
        write_workbook(path, ("Uttag", rows), ("Annat", [["x"]]))
    made = _made(path, "stodmanader", profile)
    assert _rows(made)[2][:6] == rows[2]
    marked = {cell for cell, said in _marked(made).items() if said.startswith("Fel")}
    assert marked == ({"E5", "F6"} if ending == "csv" else {"D5", "E5", "F6"})
    mends = {"E5": "28.02.2023", "F6": "Sökande"} | ({"D5": 1234.5} if "D5" in marked else {})
    assert _take(_mended(made, mends, tmp_path / "stodmanader.xlsx"), "stodmanader", profile) == "taken"
    amounts = SupportMonth.objects.order_by("month").values_list("amount", flat=True)
    assert [float(amount) for amount in amounts] == [1000.5, 1234.5, 1000.0]
    assert SupportMonth.objects.get(month="2023-02-01").paid == dt.date(2023, 2, 28)


def test_a_cell_that_cannot_be_read_is_never_taken_for_an_empty_one(tmp_path: Path, steward: User) -> None:
    path = tmp_path / "befolkning.csv"
    path.write_text("år;antal;antal_18plus\n2022;40000\n2023;40000;31000;7\n", encoding="utf-8")
    made = _made(path, "befolkning")
    again = tmp_path / "befolkning.xlsx"
    again.write_bytes(made)
    said = _take(again, "befolkning")
    assert (said.count("rad 2"), said.count("rad 3"), said.count("visar ett fel")) == (1, 1, 2)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        comments = archive.read("xl/comments1.xml").decode()
    assert "FEL: väntat är lika många fält som rubrikraden (3), men raden har 4." in comments
    assert "Så rättas det: Flytta värdena till rätt kolumner." in comments


_ODD = ["_x000D_", "=1+1", "'a", " 007 ", "2024-01", "1e5", "#N/A", "TRUE", "http://x", "a\rb", "{=A1}"]
_CELL = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8) | st.sampled_from(_ODD)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_CELL, min_size=5, max_size=5), min_size=1, max_size=3))
def test_what_nobody_touches_is_read_from_the_workbook_as_from_the_file(tmp_path: Path, rows: list[list[str]]) -> None:
    kind, text, book = kind_named("besok"), tmp_path / "besok.csv", tmp_path / "besok.xlsx"
    with text.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([["månad", "enhet", "insats", "antal", "x"], *rows])
    with opened_as_it_is(text, kind) as own:
        book.write_bytes(writing.written(own, Marks(), title="besok", more=0))
    assert _read(book) == _read(text)


def _read(path: Path) -> list[tuple[int, list[str]]]:
    """The rows with anything in them, as a delivery takes them: without space around."""
    with opened(path, kind_named("besok")) as (_, file):
        rows = [
            (number, [text.strip() for text in texts])
            for batch in file.batches()
            for number, texts in zip(batch.rows, zip(*batch.values, strict=True), strict=True)
        ]
    return [(number, texts) for number, texts in rows if any(texts)]


def test_of_what_has_no_rows_or_is_too_large_no_workbook_is_made_and_it_is_said_why(
    tmp_path: Path, steward: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "besok.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(NoWorkbook, match="går inte att läsa"):
        _made(path, "besok")
    path.write_text("månad;enhet;insats;antal\n2023-01;XX;vagledning;1\n", encoding="utf-8")
    monkeypatch.setattr(writing, "MOST_CELLS", 7)
    with pytest.raises(NoWorkbook, match="för stor"):
        _made(path, "besok")
    path.write_text("månad;enhet;insats;antal\n2023-01;INT;vagledning;1\n", encoding="utf-8")
    with pytest.raises(NoWorkbook, match="inga fel"):
        _made(path, "besok")


def test_on_the_web_it_goes_to_who_handed_the_file_in_is_logged_and_not_kept(client: Client, steward: User) -> None:
    client.force_login(steward)
    text = f"person;kön\n{NUMBER};Q\n"
    client.post(reverse("source_new"), {"delivered": SimpleUploadedFile("personer.csv", text.encode())})
    waiting = WaitingDelivery.objects.get()
    file = waiting.files.get()
    page, address = reverse("source_waiting", args=[waiting.pk]), reverse("source_workbook", args=[waiting.pk, file.pk])
    assert "Kontrollera filerna först" in client.post(address, follow=True).content.decode()
    client.post(page, {f"kind_{file.pk}": "personer", "gor": "kontrollera"})
    work(waiting.pk)
    assert address in client.get(page).content.decode()
    before = sorted(folder().iterdir())
    answer = client.post(address)
    assert answer["Content-Disposition"] == 'attachment; filename="personer.xlsx"'
    assert "no-store" in answer["Cache-Control"]
    assert _rows(answer.content)[1][:2] == [NUMBER, "Q"]
    assert sorted(folder().iterdir()) == before
    logged = Change.objects.of(waiting).get(field="arbetsbok med felen utmärkta")
    assert (logged.by, NUMBER in str(vars(logged))) == (steward, False)
    assert client.get(address).status_code == 405

    other = User.objects.create_user("annan")
    RoleAssignment.objects.create(user=other, role=Role.DATA_STEWARD, start=dt.date(2020, 1, 1))
    client.force_login(other)
    assert address not in client.get(page).content.decode()
    assert client.post(address).status_code == 403
    waiting.refresh_from_db()
    assert waiting.state == WaitingState.CHECKED
    with pytest.raises(PermissionDenied):
        fetch_fault_workbook(waiting=waiting, file=file, by=other)
