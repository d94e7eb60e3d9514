"""The main ways through the application in a real browser, with and without JavaScript, by keyboard, at two widths."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from cases.models import Delivery
from committees.enums import Role
from committees.models import User
from reporting.documents.actions import render_queued
from reporting.documents.models import BoardReport, Report
from reporting.documents.templates.storing import store_template
from reporting.documents.work.meetings import add_meeting
from reporting.documents.work.moving import move_report
from reporting.documents.work.setting_up import set_up_correction
from reporting.documents.work.writing import save_as_typed, write_text
from reporting.enums import ReportStatus
from tests.browsing import WIDTHS, examine, look
from tests.documents import work
from tests.documents.test_kept_document import DOCUMENT
from tests.web.town import PASSWORD, YEAR, build_town, person

pytestmark = pytest.mark.browser

PLACE = f"/SN/{YEAR}/"
MEASURE = f"{PLACE}matt/work_or_study_at_exit/"
PUBLIC = "/rapporter/offentligt/"


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


MISSING, CLOSED = "/finns/inte/", "/KUN/2023/"
"""A page that is not there, and one whose figures are another committee's and not published."""
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
        CLOSED,
        "/rapporter/",
        "/rapporter/ny/",
        "/underlag/",
        "/konto/",
        "/konto/losenord/",
        MISSING,
        "/styrning/",
        "/styrning/mal/",
        "/styrning/mal/nytt/",
        "/styrning/mal/styrkort/",
        "/styrning/mal/nytt-ar/SN/2025/",
    ),
    "admin": ("/laslogg/", "/personer/", "/personer/ny/"),
}


def _begun() -> BoardReport:
    """Return an interim report with one text in two versions."""
    work.prepare()
    secretary = User.objects.get(username="sekreterare")
    report = work.interim(secretary)
    add_meeting(work.committee("SN"), work.MEETING, by=secretary)
    for text in ("Sju av tio nådde målet.", "# Målen\n\nSju av tio nådde *inte* {{mått:plan_coverage}}."):
        part = work.part(report, EVENTS)
        write_text(part, text=text, read_as=part.revision, by=secretary)
    return report


EVENTS = "handelser-text"


def _pages_of(report: BoardReport) -> tuple[str, ...]:
    """Return the pages of a report that are made in their own way."""
    here = f"/rapporter/arbete/{report.pk}/"
    part = f"{here}delar/{EVENTS}/"
    calendar = "/rapporter/kalender/"
    kept = (f"{calendar}{page}" for page in ("ny/?period=delar&ar=2024", "perioder/ny/", "sammantraden/ny/", "tider/"))
    around = (f"{calendar}?ar=2024", *kept, "/kontrollera/")
    more = ("las/", "siffror/", "revisionens-fragor/")
    return (*around, here, *(f"{here}{page}" for page in more), f"{part}?version=2", f"{part}skriv/")


TEMPLATE = "/rapporter/mallar/delarsrapport/"


def _templates() -> tuple[str, ...]:
    """Write a second version of a template; return the pages of templates."""
    first = work.template("delarsrapport")
    by = User.objects.get(username="sekreterare")
    text = first.text.replace("Viktiga händelser", "Det som har hänt")
    store_template(of=first.template, by=by, text=text, note="Nytt namn", read_as=first.number)
    return ("/rapporter/mallar/", TEMPLATE, f"{TEMPLATE}?version=1&jamfor=2", f"{TEMPLATE}kopiera/")


def _refused(page: Page, width: int, faults: dict[str, object]) -> None:
    """Look at the pages that answer what is handed in: a template with faults, and a file that is no report of ours."""
    page.goto(f"{TEMPLATE}andra/")
    page.get_by_label("Texten som TOML").fill('titel = "Utan kapitel"')
    page.get_by_role("button", name="Spara en ny version").click()
    page.get_by_text("rad 1").or_(page.get_by_text("saknas")).first.wait_for()
    examine(page, f"{TEMPLATE}andra/, refused", width, faults)


def _look_logged_out(page: Page, addresses: Sequence[str], width: int, faults: dict[str, object]) -> None:
    """Look at what everybody can open, and at the answer of the page that checks a file."""
    for address in addresses:
        look(page, address, width, faults)
    page.get_by_label("Rapporten som PDF").set_input_files(
        {"name": "annan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 annan"}
    )
    page.get_by_role("button", name="Kontrollera").click()
    page.get_by_role("heading", level=2).first.wait_for()
    examine(page, "/kontrollera/, answered", width, faults)


def _published() -> tuple[str, ...]:
    """Publish a report with every kind of block and begin to correct it; return the pages that come of it."""
    secretary, meeting = User.objects.get(username="sekreterare"), date(2023, 10, 24)
    report = work.interim(secretary, meetings={work.committee("SN"): meeting}, year=2023)
    work.write_all(report, secretary)
    report.refresh_from_db()
    frozen = move_report(report, name="review", read_as=report.revision, by=secretary)
    report = work.published(work.as_if_made(frozen, DOCUMENT), secretary, on=meeting)
    second = set_up_correction(report, meetings={work.committee("SN"): date(2023, 12, 5)}, why="Fel", by=secretary)
    return (PUBLIC, f"{PUBLIC}2023/delarsrapport-augusti-sn/v1/", f"/rapporter/arbete/{second.pk}/andringar/")


@pytest.mark.slow
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
    look(logged_out, PUBLIC, width, faults)
    of_report = (*_pages_of(_begun()), *_templates(), *(published := _published()))
    made, delivery = Report.objects.latest("pk"), Delivery.objects.latest("pk")
    of_report = (*of_report, f"/rapporter/{made.pk}/", f"/underlag/leveranser/{delivery.pk}/")
    _look_logged_out(logged_out, (*published[:2], "/kontrollera/"), width, faults)
    for name, addresses in {**PAGES, "sekreterare": (*PAGES["sekreterare"], *of_report)}.items():
        page = _logged_in(browser, site, name, viewport={"width": width, "height": 900})
        page.on("console", note)
        for address in addresses:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == {MISSING: 404, CLOSED: 403}.get(address, 200), address
            page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
            examine(page, address, width, faults)
        if name == "sekreterare":
            _refused(page, width, faults)
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


WORD = """<html><head><style>p {color: red}</style></head><body><!--StartFragment-->
<p class=MsoTitle>Läget <b style='mso-bidi-font-weight:normal'>i&nbsp;höst</b> och <i>framåt</i><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<b>&nbsp;</b></span>Ett</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Två</p>
<table><tr><th>Enhet</th><th>Antal</th></tr><tr><td>AME</td><td>12</td></tr></table>
<img src=x onerror="document.title='ran'"><script>document.title='ran'</script><!--EndFragment--></body></html>"""
PASTED = "Läget **i\u00a0höst** och *framåt*\n\n- Ett\n- Två\n\n- Enhet; Antal\n- AME; 12"
_PASTE = """(box, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_a_text_is_written_with_figures_and_saved_as_one_types_but_never_over_another(
    browser: Browser, site: str
) -> None:
    report = _begun()
    manager = person("chefen", Role.MANAGER, "SN")
    address = f"/rapporter/arbete/{report.pk}/delar/framat-text/skriv/"
    page = _logged_in(browser, site, "sekreterare")
    page.goto(address)
    box = page.get_by_label("Text", exact=True)
    box.evaluate(_PASTE, WORD)
    assert box.input_value() == PASTED
    assert "Utfall" in page.title()
    box.press("Control+a")
    page.keyboard.type("Vi går framåt. Hittills: ")
    page.get_by_text("Siffror att hänvisa till").click()
    page.get_by_label("Sök bland siffrorna").fill("giltig plan augusti 2024")
    page.get_by_role("row", name="augusti 2024").get_by_role("button", name="Infoga").first.click()
    assert "{{mått:plan_coverage" in box.input_value()
    box.press("Control+a")
    page.get_by_role("button", name="Fet").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert box.input_value().startswith("*Vi går framåt")
    page.locator("[data-saved]", has_text="Sparat").wait_for()
    part = work.part(report, "framat-text")
    assert (part.text, part.history.count()) == (box.input_value(), 0)
    page.get_by_role("button", name="Förhandsgranska").click()
    page.get_by_role("heading", name="Så här blir texten").wait_for()
    assert "{{" not in page.locator("#forhandsvisning .panel").inner_text()
    save_as_typed(part, text="Chefens text", read_as=part.revision, by=manager)
    box.fill("Sekreterarens text")
    page.get_by_text("Chefens text").wait_for()
    assert work.part(report, "framat-text").text == "Chefens text"
    page.get_by_role("button", name="Spara texten").click()
    page.get_by_text("Texten är sparad.").wait_for()
    history = work.part(report, "framat-text").history.order_by("number")
    assert [one.text for one in history][1:] == ["Chefens text", "Sekreterarens text"]
