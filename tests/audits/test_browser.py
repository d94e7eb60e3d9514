"""The pages of audits in a real browser: axe finds nothing, and nothing is cut off on a telephone or a wide screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from audits.actions.evidence import pin_evidence
from audits.actions.requests import ask_for
from audits.models import Addressee
from committees.models import User
from tests.audits.building import FIVE_GRADES, Reviewers, reviewers
from tests.browsing import WIDTHS, chromium, examine
from tests.web.town import build_town

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FRAMEWORK = FIVE_GRADES.replace("follow_up_compliance", "participants")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    yield from chromium()


@pytest.fixture
def town(browser: Browser, live_server: LiveServer) -> Reviewers:
    """An audit that has been written, with a request and a piece of evidence that is kept."""
    del browser, live_server
    build_town()
    town = reviewers(FRAMEWORK)
    due = town.audit.period_end
    ask_for(audit=town.fresh(), body=town.body("SN"), title="Rutinen", due=due, question="1", by=town.expert)
    pin_evidence(audit=town.fresh(), question="1", key=f"0-{town.body('SN').pk}", by=town.expert)
    town.prepare("draft")
    return town


def _as(browser: Browser, site: str, user: User, width: int) -> Page:
    """A window of that width where the user is logged in."""
    client = Client()
    client.force_login(user)
    context = browser.new_context(base_url=site, locale="sv-SE", viewport={"width": width, "height": 900})
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
    return context.new_page()


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_is_cut_off_on_the_pages_of_audits(
    browser: Browser, live_server: LiveServer, town: Reviewers, width: int
) -> None:
    audit, faults = town.audit.pk, dict[str, object]()
    written = ("page", "edit", "recommendation_add", "observation_add", "request_add", "sample_draw", "source_add")
    about_one = ("question", "assess", "evidence")
    page = _as(browser, live_server.url, town.expert, width)
    for address in (
        *(reverse(f"audit_{name}", args=[audit]) for name in written),
        *(reverse(f"audit_{name}", args=[audit, "1"]) for name in about_one),
        *(reverse(f"audit_{name}") for name in ("list", "frameworks", "framework_new")),
        reverse("audit_framework", args=["fem-grader"]),
        reverse("audit_request", args=[town.audit.requests.get().pk]),
    ):
        _look(page, address, width, faults)
    town.move("send_to_fact_check", "close_fact_check", "submit", "decide")
    addressee = Addressee.objects.get().pk
    for address in (
        *(reverse(f"audit_{name}", args=[audit]) for name in ("page", "history", "comments", "samples")),
        reverse("audit_verify", args=[addressee]),
    ):
        _look(page, address, width, faults)
    page = _as(browser, live_server.url, town.secretary, width)
    for address in (
        reverse("audit_page", args=[audit]),
        reverse("audit_recommendations"),
        *(reverse(f"audit_{name}", args=[addressee]) for name in ("recommendation", "response")),
    ):
        _look(page, address, width, faults)
    assert faults == {}


def _look(page: Page, address: str, width: int, faults: dict[str, object]) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, address
    page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
    examine(page, address, width, faults)
