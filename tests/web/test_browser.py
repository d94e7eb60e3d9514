"""The main ways through the application in a real browser, with and without JavaScript, by keyboard, at two widths."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from committees.enums import Role
from reporting.documents.actions import render_queued
from reporting.documents.models import Report
from reporting.enums import ReportStatus
from tests.browsing import WIDTHS, chromium, examine
from tests.web.town import PASSWORD, YEAR, build_town, person

pytestmark = pytest.mark.browser

PLACE = f"/SN/{YEAR}/"
MEASURE = f"{PLACE}matt/work_or_study_at_exit/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    yield from chromium()


@pytest.fixture
def site(browser: Browser, live_server: LiveServer) -> str:
    """The address of a running application with the small municipality."""
    build_town()
    person("sekreterare", Role.SECRETARY, "SN")
    person("kun-chef", Role.MANAGER, "KUN")
    person("admin", Role.ADMINISTRATOR)
    return live_server.url


def _logged_in(browser: Browser, site: str, name: str, **options: object) -> Page:
    page = browser.new_context(base_url=site, locale="sv-SE", **options).new_page()  # type: ignore[arg-type]  # its many options
    page.set_default_timeout(60_000)
    page.goto("/")
    page.get_by_label("Användarnamn").fill(name)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.get_by_role("button", name="Logga ut").wait_for()
    return page


PAGES = {
    "sekreterare": (
        PLACE,
        f"{PLACE}matt/",
        MEASURE,
        f"{MEASURE}?kon=K",
        f"{MEASURE}uppdelning/?by=insats",
        f"{MEASURE}uppdelning/?by=insats,kon&sort=-4",
        f"{MEASURE}metod/",
        f"{MEASURE}arenden/?met=ja",
        f"{MEASURE}arenden/?ended_fran=ingen-dag",
        f"{MEASURE}utelamnade/",
        f"{PLACE}matt/exit_results/",
        f"{PLACE}matt/long_term_support/",
        f"{PLACE}matt/time_to_work/",
        f"{PLACE}bevakning/",
        "/KUN/2024/",
        "/KUN/2023/",
        "/rapporter/",
        "/rapporter/ny/",
        "/rapporter/1/",
        "/underlag/",
        "/underlag/leveranser/1/",
        "/konto/",
        "/konto/losenord/",
        "/finns/inte/",
        "/personer/",
        "/styrning/",
        "/styrning/mal/",
        "/styrning/mal/nytt/",
        "/styrning/mal/indikator/1/",
        "/styrning/mal/indikator/1/malvarde/2024/",
        "/styrning/mal/indikator/1/forklaring/SN/2024/",
        "/styrning/mal/styrkort/",
        "/styrning/mal/nytt-ar/SN/2025/",
    ),
    "admin": ("/laslogg/", "/personer/", "/personer/ny/"),
}


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_is_cut_off_on_any_page(browser: Browser, site: str, width: int) -> None:
    faults: dict[str, object] = {}
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            said.append(message.text)

    logged_out = browser.new_context(base_url=site, viewport={"width": width, "height": 900}).new_page()
    logged_out.goto("/logga-in/")
    examine(logged_out, "/logga-in/", width, faults)
    for name, addresses in PAGES.items():
        page = _logged_in(browser, site, name, viewport={"width": width, "height": 900})
        page.on("console", note)
        for address in addresses:
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
            examine(page, address, width, faults)
    assert faults == {}
    assert said == []


def test_a_secretary_follows_a_figure_to_its_cases_without_javascript(browser: Browser, site: str) -> None:
    page = _logged_in(browser, site, "sekreterare", java_script_enabled=False)
    page.get_by_role("link", name="Till arbete eller studier vid avslut", exact=True).click()
    page.get_by_role("link", name="Uppdelning").click()
    page.get_by_role("row", name="Språkpraktik").get_by_role("link").first.click()
    assert "/arenden/" in page.url
    page.get_by_role("link", name="Datum").click()
    assert "sort=attribution_date" in page.url
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Datum")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    assert download.value.suggested_filename == "work_or_study_at_exit-arenden.xlsx"


def test_the_keyboard_reaches_the_content_past_the_menu(browser: Browser, site: str) -> None:
    page = _logged_in(browser, site, "sekreterare")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"


def test_a_report_is_ordered_followed_and_read(browser: Browser, site: str) -> None:
    page = _logged_in(browser, site, "sekreterare")
    page.goto("/rapporter/ny/")
    page.get_by_label("Diarienummer").fill("SN 2025/7")
    page.get_by_role("button", name="Lås underlaget och ta fram rapporten").click()
    page.get_by_text("Rapporten står i kö.").wait_for()
    report = Report.objects.get()
    render_queued(report)
    report.refresh_from_db()
    assert (report.status, report.error) == (ReportStatus.READY, "")
    link = page.get_by_role("link", name="Läs rapporten (PDF)")
    link.wait_for()
    fetched = page.request.get(f"{site}{link.get_attribute('href')}")
    assert fetched.headers["content-type"] == "application/pdf"
    assert fetched.body().startswith(b"%PDF")
    assert report.snapshot.frozen


def test_another_committees_reader_is_told_why_the_door_is_closed(browser: Browser, site: str) -> None:
    page = _logged_in(browser, site, "kun-chef")
    page.goto(f"{MEASURE}arenden/")
    assert page.get_by_role("heading", level=1).inner_text() == "Du har inte tillgång till sidan"
    assert "ansvariga nämnden" in page.inner_text("main")
