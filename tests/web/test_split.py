"""A split is sorted by any column, says what may be said of its groups, and each group leads to its cases."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from committees.enums import Role
from reporting.snapshots.models import Snapshot
from reporting.views.sheets import Cell, Column, Row, Sheet, sorted_by
from tests.web.town import YEAR, person

pytestmark = pytest.mark.of_snapshots

SPLIT = f"/SN/{YEAR}/matt/work_or_study_at_exit/uppdelning/"

SHEET = Sheet(
    "prov",
    "Prov",
    (Column("Insats", numeric=False), Column("Andel")),
    (
        Row((Cell("Språkbana"), Cell("..", None))),
        Row((Cell("Verkstad"), Cell("17,2 %", 17.24))),
        Row((Cell("Introkurs"), Cell("26,8 %", 26.83))),
        Row((Cell("Digital kurs"), Cell("0,0 %", 0))),
        Row((Cell("Samtliga"), Cell("19,7 %", 19.69)), "total"),
    ),
)


@pytest.fixture
def manager(client: Client, town: Snapshot) -> Client:
    """A client logged in as SN's manager."""
    client.force_login(person("chef", Role.MANAGER, "SN"))
    return client


def _first_cells(sheet: Sheet) -> list[str]:
    return [row.cells[0].text for row in sheet.rows]


def test_figures_are_sorted_by_their_value_with_the_hidden_and_the_total_last() -> None:
    falling = sorted_by(SHEET, "-2", lambda order: f"?sort={order}")
    assert _first_cells(falling) == ["Introkurs", "Verkstad", "Digital kurs", "Språkbana", "Samtliga"]
    rising = sorted_by(SHEET, "2", lambda order: f"?sort={order}")
    assert _first_cells(rising) == ["Digital kurs", "Verkstad", "Introkurs", "Språkbana", "Samtliga"]


def test_names_are_sorted_by_the_alphabet_and_a_heading_turns_the_order() -> None:
    by_name = sorted_by(SHEET, "1", lambda order: f"?sort={order}")
    assert _first_cells(by_name) == ["Digital kurs", "Introkurs", "Språkbana", "Verkstad", "Samtliga"]
    assert [(head.url, head.direction) for head in by_name.heads] == [("?sort=-1", "ascending"), ("?sort=-2", "")]


@pytest.mark.parametrize("order", ["", "0", "9", "-", "namn", "1; DROP", "²"])
def test_an_order_that_is_none_leaves_the_rows_as_they_are(order: str) -> None:
    assert _first_cells(sorted_by(SHEET, order, lambda order: order)) == _first_cells(SHEET)


def test_the_page_sorts_as_its_address_says_and_keeps_the_question(manager: Client) -> None:
    page = manager.get(f"{SPLIT}?by=insats&variant=resident&sort=-4").content.decode()
    assert 'aria-sort="descending"' in page
    assert "variant=resident&amp;by=insats&amp;sort=4" in page


def test_groups_too_small_to_judge_are_called_that_with_the_reservation(manager: Client) -> None:
    page = manager.get(f"{SPLIT}?by=insats").content.decode()
    assert "Utfall är inte effekt" in page
    assert "Jämfört med övriga" in page
    assert "för få" in page


def test_a_bar_and_a_row_lead_to_the_groups_own_cases(manager: Client) -> None:
    page = manager.get(f"{SPLIT}?by=insats").content.decode()
    chart = page[page.index("<svg") : page.index("</svg>")]
    assert "/arenden/?insats=sprakpraktik" in chart
    links = re.findall(r'href="([^"]*insats=sprakpraktik[^"]*met=ja[^"]*)"', page)
    listed = manager.get(links[0].replace("&amp;", "&").replace("/arenden/", "/arenden.csv")).content.decode(
        "utf-8-sig"
    )
    assert len(listed.splitlines()) > 1
    assert "nej" not in listed


def test_the_bars_are_a_file_of_their_own_and_two_dimensions_have_none(manager: Client) -> None:
    answer = manager.get(f"{SPLIT.removesuffix('/')}.svg?by=insats")
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert b"<a " not in answer.content
    assert "uppdelat på insats" in answer.content.decode()
    assert manager.get(f"{SPLIT.removesuffix('/')}.png?by=insats").content.startswith(b"\x89PNG")
    assert manager.get(f"{SPLIT.removesuffix('/')}.svg?by=insats,kon").status_code == 404
