"""A free table is written in boxes, by mouse, keyboard and from a spreadsheet, and is saved as the rows it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page
from pytest_django.live_server_helper import LiveServer

from reporting.documents.models import ReportPart
from reporting.enums import ReportKind
from tests.browsing import NARROW, WIDE, examine, opened_by
from tests.documents import work
from tests.documents.test_report_parts import template

pytestmark = pytest.mark.browser

_PASTE = """(cell, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
ADDRESS = "/rapporter/arbete/{}/delar/platser/skriv/"


@pytest.fixture
def part(live_server: LiveServer) -> ReportPart:
    """A free table of three columns that nobody has written yet."""
    work.prepare()
    secretary = work.secretary_of("SN")
    return work.part(work.interim(secretary, template_version=template(ReportKind.INTERIM)), "platser")


def opened(browser: Browser, live_server: LiveServer, part: ReportPart, width: int = WIDE) -> Page:
    page = opened_by(browser, live_server.url, work.secretary_of("SN"), width)
    page.goto(ADDRESS.format(part.report_id))
    return page


def cell(page: Page, row: int, column: str) -> Locator:
    return page.get_by_role("textbox", name=f"Rad {row}, {column}", exact=True)


def stored(part: ReportPart) -> str:
    return ReportPart.objects.get(pk=part.pk).text


def test_rows_are_typed_moved_removed_and_taken_back_by_keyboard_and_saved_as_one_types(
    browser: Browser, live_server: LiveServer, part: ReportPart
) -> None:
    page = opened(browser, live_server, part)
    box = page.locator("textarea")
    assert not box.is_visible()
    cell(page, 1, "Enhet").focus()
    for text in ("AME", "12", "40 | 50"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    assert box.input_value() == "AME | 12 | 40 / 50"
    assert "har bytts mot /" in page.inner_text("[data-alarm]")
    cell(page, 1, "Enhet").press("Enter")
    page.keyboard.type("Fält")
    assert box.input_value() == "AME | 12 | 40 / 50\nFält |  |"
    page.get_by_role("button", name="Flytta upp rad 2").click()
    assert box.input_value() == "Fält |  |\nAME | 12 | 40 / 50"
    page.get_by_role("button", name="Ta bort rad 2").click()
    assert box.input_value() == "Fält |  |"
    page.keyboard.press("Control+z")
    assert box.input_value() == "Fält |  |\nAME | 12 | 40 / 50"
    page.get_by_role("button", name="Gör om").click()
    assert box.input_value() == "Fält |  |"
    page.get_by_role("button", name="Ångra").click()
    page.locator("[data-saved]", has_text="Sparat").wait_for()
    assert stored(part) == "Fält |  |\nAME | 12 | 40 / 50"
    page.get_by_role("button", name="Spara texten").click()
    page.get_by_text("Texten är sparad.").wait_for()


def test_cells_from_a_spreadsheet_are_pasted_where_they_have_room(
    browser: Browser, live_server: LiveServer, part: ReportPart
) -> None:
    page = opened(browser, live_server, part)
    cell(page, 1, "Platser").evaluate("cell => cell.focus()")
    cell(page, 1, "Platser").evaluate(_PASTE, "1\t2\t3\r\n")
    assert "fler kolumner än vad som får plats" in page.inner_text("[data-alarm]")
    cell(page, 1, "Enhet").focus()
    cell(page, 1, "Enhet").evaluate(_PASTE, "AME\t12\t40\r\n\t\t\r\nFält\t7\t\r\n")
    assert page.locator("textarea").input_value() == "AME | 12 | 40\nFält | 7 |"
    assert cell(page, 3, "Enhet").input_value() == "Fält"


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_rows_that_do_not_fill_the_columns_are_mended_as_text_and_then_stand_in_the_grid(
    browser: Browser, live_server: LiveServer, part: ReportPart, width: int
) -> None:
    ReportPart.objects.filter(pk=part.pk).update(text="AME | 12")
    page, faults = opened(browser, live_server, part, width), dict[str, object]()
    box = page.get_by_role("textbox", name="Rader", exact=True)
    turn = page.get_by_role("button", name="Skriv i rutor i stället")
    assert turn.is_disabled()
    box.fill("AME | 12 | {{mått:plan_coverage}}")
    turn.click()
    assert cell(page, 1, "Andel").input_value() == "{{mått:plan_coverage}}"
    assert not box.is_visible()
    examine(page, page.url, width, faults)
    page.get_by_role("button", name="Skriv som text i stället").click()
    assert box.is_visible()
    assert faults == {}
