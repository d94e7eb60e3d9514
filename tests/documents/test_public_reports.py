"""Published reports: read by everybody without a trace, the same as the PDF that was decided on, and nothing else."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from hashlib import sha256

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from committees.models import User
from committees.workflows import MoveFault
from reporting.documents import storage
from reporting.documents.models import BoardReport, Publication
from reporting.documents.publication.archive import archive_package
from reporting.documents.publication.data import data_files, packed, workbook
from reporting.documents.work.moving import move_report
from tests.documents import work
from tests.documents.test_kept_document import DOCUMENT

ADDRESS = "/rapporter/offentligt/2024/delarsrapport-augusti-sn/v1/"


@pytest.fixture
def secretary(db: None) -> User:
    work.prepare()
    return work.secretary_of("SN")


@pytest.fixture
def reviewed(secretary: User) -> BoardReport:
    """A report that is frozen, with a PDF and a document of every kind of block."""
    report = work.interim(secretary)
    work.write_all(report, secretary)
    work.snapshot()
    return work.as_if_made(move_report(report, name="review", read_as=report.revision, by=secretary), DOCUMENT)


@pytest.fixture
def public(reviewed: BoardReport, secretary: User) -> BoardReport:
    return work.published(reviewed, secretary)


def test_everybody_reads_the_report_without_log_in_or_cookies(public: BoardReport, client: Client) -> None:
    checksum = public.editions.get(kind=public.kind).sha256
    page = client.get(ADDRESS)
    text = page.content.decode()
    assert page.status_code == 200
    assert not page.cookies
    assert "Cookie" not in page.headers.get("Vary", "")
    assert checksum in text
    assert "Socialnämnden 22 oktober 2024 § 87" in text
    # The document's own blocks: a text, a table with a hidden number, a chart, and nothing that runs.
    assert all(
        said in text for said in ("Inledning", "<title>Avslut</title>", "till arbete", "Att veta", ".. = sekretess")
    )
    assert "<script>." not in text
    listed = client.get("/rapporter/offentligt/").content.decode()
    assert ADDRESS in listed
    latest = client.get("/rapporter/offentligt/2024/delarsrapport-augusti-sn/")
    assert latest.headers["Location"] == ADDRESS


def test_a_page_or_file_that_is_the_same_is_not_sent_again(public: BoardReport, client: Client) -> None:
    for address in (ADDRESS, f"{ADDRESS}rapport.pdf", f"{ADDRESS}tabeller.json"):
        first = client.get(address)
        assert "public" in first.headers["Cache-Control"]
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        b"".join(first)  # read to its end, as a reader's program does, and so closed
        assert again.status_code == 304


def test_the_pdf_is_the_decided_one_and_the_data_its_tables(public: BoardReport, client: Client) -> None:
    edition = public.editions.get(kind=public.kind)
    pdf = client.get(f"{ADDRESS}rapport.pdf")
    assert pdf.getvalue() == storage.path_of(edition.sha256).read_bytes()
    address = f"{ADDRESS}tabell-01-resultat.csv"
    assert f'<a href="{address}">Hämta tabell\xa01 som CSV</a>' in client.get(ADDRESS).content.decode()
    assert client.get(address).content == DOCUMENT.tables[0].csv()
    packed = zipfile.ZipFile(io.BytesIO(client.get(f"{ADDRESS}tabeller.zip").content))
    assert packed.namelist() == ["datalexikon.csv", "definitioner.csv", "tabell-01-resultat.csv"]
    assert packed.read("tabell-01-resultat.csv") == DOCUMENT.tables[0].csv()
    told = json.loads(client.get(f"{ADDRESS}tabeller.json").content)
    assert (told["pdf_sha256"], told["decisions"][0]["paragraph"]) == (edition.sha256, "87")
    assert told["tables"][0]["rows"] == [["Språkpraktik", ".."], ["'=1+1", 12]]
    assert told["definitions"][0] == {"measure": "Mått", "fact": "Enhet", "value": "procent"}


def test_no_cell_of_the_workbook_is_a_formula_and_its_columns_are_explained() -> None:
    made = workbook(DOCUMENT, moment=dt.datetime(2024, 9, 15, 12, tzinfo=dt.UTC))
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert book.sheet_names == ["Datalexikon", "Tecken", "Definitioner", "Tabell 1"]
    assert book.get_sheet_by_name("Tabell 1").to_python() == [
        ["Insats", "Antal"], ["Språkpraktik", ".."], ["'=1+1", 12.0],
    ]  # fmt: skip
    assert book.get_sheet_by_name("Datalexikon").to_python()[1:] == [
        ["1", "Avslut, antal", "tabell-01-resultat.csv", "Insats", "text"],
        ["1", "Avslut, antal", "tabell-01-resultat.csv", "Antal", "tal"],
    ]
    inside = zipfile.ZipFile(io.BytesIO(made))
    assert not any(b"<f>" in inside.read(name) for name in inside.namelist())
    assert workbook(DOCUMENT, moment=dt.datetime(2024, 9, 15, 12, tzinfo=dt.UTC)) == made
    assert packed(data_files(DOCUMENT)) == packed(dict(reversed(data_files(DOCUMENT).items())))


def test_what_is_not_published_is_nowhere_to_be_found(reviewed: BoardReport, secretary: User, client: Client) -> None:
    client.force_login(secretary)
    for address in (ADDRESS, f"{ADDRESS}rapport.pdf", f"{ADDRESS}tabeller.xlsx", f"{ADDRESS}tabell-01-resultat.csv"):
        assert client.get(address).status_code == 404
    assert reviewed.title not in client.get("/rapporter/offentligt/").content.decode()


def test_a_report_whose_pdf_is_lost_or_changed_is_not_published(reviewed: BoardReport, secretary: User) -> None:
    storage.path_of(reviewed.editions.get().sha256).write_bytes(b"%PDF-1.7 another")
    with pytest.raises(MoveFault, match="finns inte kvar som den beslutades"):
        work.published(reviewed, secretary)
    assert not Publication.objects.exists()


def test_the_archive_package_explains_itself_and_can_be_checked(
    public: BoardReport, secretary: User, client: Client
) -> None:
    archived = move_report(public, name="archive", read_as=public.revision, by=secretary)
    publication = archived.publication
    package = archive_package(publication)
    assert archive_package(publication) == package
    client.force_login(secretary)
    fetched = client.get(f"/rapporter/arbete/{archived.pk}/arkiv.zip")
    assert fetched.getvalue() == package
    inside = zipfile.ZipFile(io.BytesIO(package))
    names = inside.namelist()
    assert {"LASMIG.txt", "rapport.pdf", "manifest.json", "logg.json", "data/rapport.json", "SHA256SUMS"} <= set(names)
    assert {"data/tabell-01-resultat.csv", "data/datalexikon.csv", "texter/framat-text.md"} <= set(names)
    lines = [line.split("  ") for line in inside.read("SHA256SUMS").decode().splitlines()]
    sums = {name: checksum for checksum, name in lines}
    assert sums == {name: sha256(inside.read(name)).hexdigest() for name in names if name != "SHA256SUMS"}
    log = json.loads(inside.read("logg.json"))
    assert log["committees"][0]["approved_sha256"] == archived.content_sha256
    assert [step["after"] for step in log["steps"] if step["what"] == "läge"][-2:] == ["Publicerad", "Arkiverad"]
    other = work.person_in("någon annan", "KUN")
    client.force_login(other)
    assert client.get(f"/rapporter/arbete/{archived.pk}/arkiv.zip").status_code in {403, 404}


def test_an_address_that_never_was_gives_404(public: BoardReport, client: Client) -> None:
    for address in (ADDRESS.replace("v1", "v2"), f"{ADDRESS}tabeller.ods", f"{ADDRESS}tabell-02-annat.csv"):
        assert client.get(address).status_code == 404
