"""What the pages say, at what cost, and what is in the files they hand out."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from committees.actions.people import assign_role
from committees.enums import Role
from committees.models import Committee
from reporting.snapshots.models import Snapshot
from reporting.views.sheets import Cell, Column, Row, Sheet, answer_with_file
from tests.factories import setup_small_municipality
from tests.web.town import YEAR, person

PLACE = f"/SN/{YEAR}/"
MEASURE = f"{PLACE}matt/work_or_study_at_exit/"
PAGES = (
    PLACE,
    f"{PLACE}matt/",
    MEASURE,
    f"{MEASURE}uppdelning/?by=insats",
    f"{MEASURE}uppdelning/?by=insats,kon",
    f"{MEASURE}metod/",
    f"{MEASURE}arenden/",
    f"{MEASURE}utelamnade/",
    f"{PLACE}matt/exit_results/",
    f"{PLACE}matt/exit_results/uppdelning/?by=kon",
    f"{PLACE}matt/cost_per_result/",
    f"{PLACE}matt/long_term_support/",
    "/rapporter/",
    "/rapporter/ny/",
    "/underlag/",
)
MostQueries = Callable[[int], AbstractContextManager[None]]


@pytest.fixture
def secretary(client: Client, town: Snapshot) -> Client:
    """A client logged in as SN's secretary."""
    client.force_login(person("sekreterare", Role.SECRETARY, "SN"))
    return client


def test_no_page_asks_the_database_more_than_fifteen_times(
    secretary: Client, django_assert_max_num_queries: MostQueries
) -> None:
    for page in PAGES:
        secretary.get(page)
        with django_assert_max_num_queries(15):
            assert secretary.get(page).status_code == 200, page


def test_the_overview_says_value_basis_target_and_status(secretary: Client) -> None:
    page = secretary.get(PLACE).content.decode().replace("\xa0", " ")
    assert "25,0" in page
    assert "3 av 12 · mål minst 35 %" in page
    assert "Ej uppfyllt" in page
    assert "31 januari 2025" in page
    assert "Inget av ett mål är uppfyllt 2024." in page


def test_a_measure_has_its_definition_sql_and_reviews_beside_it(secretary: Client) -> None:
    page = secretary.get(f"{MEASURE}metod/").content.decode()
    assert "Kolada U40455" in page
    assert "SELECT" in page
    assert "Ses över senast" in page


def test_a_selection_and_a_variant_stand_in_the_address_and_narrow_the_figure(secretary: Client) -> None:
    whole = secretary.get(f"{MEASURE}utveckling.csv").content.decode("utf-8-sig")
    some = secretary.get(f"{MEASURE}utveckling.csv?insats=verkstad").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(whole), delimiter=";"))[-1][:4] == ["2024", "25,0", "3", "12"]
    assert list(csv.reader(io.StringIO(some), delimiter=";"))[-1][3] == "6"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"{PLACE}matt/finns_inte/", "finns inte"),
        (f"{MEASURE}?variant=annan", "har inte varianten"),
        (f"{MEASURE}uppdelning/?by=skostorlek", "skostorlek"),
        (f"{MEASURE}?kon=X", "kon"),
        (f"{MEASURE}?insats=skidor", "skidor"),
        (f"{MEASURE}arenden/?insats=skidor", "skidor"),
        ("/XX/2024/", "ingen nämnd med koden XX"),
        ("/SN/2031/", "inga årssiffror för 2031"),
        (f"{PLACE}?underlag=ffffff", "underlag"),
        (f"{MEASURE}utveckling.pdf", "csv, xlsx eller json"),
        ("/nagot/helt/annat/", "Sidan finns inte"),
    ],
)
def test_what_does_not_exist_is_told_with_what_does(secretary: Client, address: str, said: str) -> None:
    answer = secretary.get(address)
    assert answer.status_code == 404
    assert said in answer.content.decode()


def test_before_anything_is_frozen_the_pages_say_what_to_do(client: Client, db: None) -> None:
    setup_small_municipality()
    client.force_login(person("sekreterare", Role.SECRETARY, "SN"))
    for address in ("/", PLACE, MEASURE, "/rapporter/ny/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Det finns inga siffror än" in answer.content.decode()
    assert "Inget underlag än" in client.get("/underlag/").content.decode()
    assert "Inga rapporter än" in client.get("/rapporter/").content.decode()


def test_a_tampered_snapshot_is_named_and_shows_no_figures(secretary: Client, town: Snapshot) -> None:
    from django.conf import settings

    victim = settings.SNAPSHOT_ROOT / town.hash / "enrolment.parquet"
    victim.chmod(0o600)
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(bytes(content))
    answer = secretary.get(PLACE)
    assert answer.status_code == 500
    assert "enrolment" in answer.content.decode()
    assert "25,0" not in answer.content.decode()


HOSTILE = Sheet(
    "test",
    "Test",
    (Column("=1+1", numeric=False), Column("Antal")),
    (Row((Cell("=HYPERLINK(1)"), Cell("1,5", 1.5))), Row((Cell("@SUM(A1)"), Cell("..")))),
)


def test_no_cell_of_a_csv_file_is_taken_for_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(answer_with_file(HOSTILE, "csv").content.decode("utf-8-sig")), delimiter=";"))
    assert [row[:2] for row in rows] == [["'=1+1", "Antal"], ["'=HYPERLINK(1)", "1,5"], ["'@SUM(A1)", ".."]]


def test_no_cell_of_a_workbook_is_a_formula_and_numbers_are_numbers() -> None:
    with zipfile.ZipFile(io.BytesIO(answer_with_file(HOSTILE, "xlsx").content)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "<v>1.5</v>" in page


def test_nothing_stands_inline_and_nothing_comes_from_elsewhere(secretary: Client) -> None:
    answer = secretary.get(PLACE)
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    page = answer.content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "https://" not in page


def test_committees_together_are_named_as_in_running_text(client: Client, town: Snapshot) -> None:
    both = person("sekreterare", Role.SECRETARY, "SN")
    assign_role(person=both, role=Role.SECRETARY, committee=Committee.objects.get(code="KUN"))
    client.force_login(both)
    page = client.get(f"/KUN+SN/{YEAR}/matt/").content.decode()
    assert f"utbildningsnämnden och socialnämnden {YEAR}" in page


def test_a_definition_of_ones_own_is_not_said_to_follow_itself(secretary: Client) -> None:
    page = secretary.get(f"{PLACE}matt/work_or_study_at_exit/").content.decode()
    assert "Källa: kommunens egna uppgifter. Definition: Kolada U40455" in page
