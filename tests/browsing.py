"""A real browser for tests of pages: the system's Chromium, and what axe says of a page in it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from committees.models import User

NARROW, WIDE = 320, 1440
WIDTHS = (NARROW, WIDE)
"""The widths that pages are looked at in, in pixels."""

_AXE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
_RUN_AXE = """async () => {
    const found = await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]});
    return found.violations.map(rule => `${rule.id}: ${rule.nodes.map(node => node.target.join(" ")).join(", ")}`);
}"""


def chromium() -> Iterator[Browser]:
    """Yield the system's Chromium; skipped, and said, on a machine without it. The fixture `browser` is what tests ask for."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium saknas på den här maskinen")
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code; the queries here are not.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


def leave(browser: Browser) -> None:
    """Close every window, and wait until the live server is done with what they had asked it for.

    A page that saves as one types may have a request on its way when its test is over. The database is emptied between tests,
    which SQLite refuses while a request is reading it. AssertionError when a request takes more than half a minute.
    """
    for context in browser.contexts:
        context.close()
    # A closed window closes its connections, and the thread that serves a connection ends with it.
    for served in [thread for thread in threading.enumerate() if "process_request_thread" in thread.name]:
        served.join(timeout=30)
        assert not served.is_alive(), served.name


def opened_by(browser: Browser, site: str, user: User, width: int) -> Page:
    """Return a window of that width where the user is logged in."""
    client = Client()
    client.force_login(user)
    context = browser.new_context(base_url=site, locale="sv-SE", viewport={"width": width, "height": 900})
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
    return context.new_page()


def look(page: Page, address: str, width: int, faults: dict[str, object]) -> None:
    """Open the address, fold out what is folded, and examine it. AssertionError for what is no page."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, address
    page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
    examine(page, address, width, faults)


def examine(page: Page, address: str, width: int, faults: dict[str, object]) -> None:
    """Note with the address what axe finds on the page as it stands, and whether it is wider than the window."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = page.evaluate(_RUN_AXE)
    wide = page.evaluate("document.documentElement.scrollWidth")
    if found or wide > width:
        faults[address] = found or f"{wide} px bred"
