"""The pages of internal control, routines and coverage in a real browser: axe finds nothing, and nothing is cut off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from committees.enums import Role
from committees.models import Committee, User
from governance.actions.control import control_from, move_plan
from governance.actions.control_results import record_result
from governance.actions.routines import add_routine, name_party
from governance.models import ControlPlan, Routine
from tests.browsing import WIDTHS, chromium, examine
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    yield from chromium()


@pytest.fixture
def secretary(browser: Browser, live_server: LiveServer) -> User:
    """Whose committee has a routine in conflict, and a decided plan with a result."""
    del browser, live_server
    setup_small_municipality()
    user, sn = person("sekreteraren", Role.SECRETARY, "SN"), Committee.objects.get(code="SN")
    name = "Uppföljning minst en gång i månaden"
    routine = add_routine(committee=sn, code="manad", name=name, measure="follow_up_compliance", by=user)
    for party in ("Arbetsmarknadsenheten", "Integrationsenheten"):
        name_party(routine, task="follow_up", party=party, by=user)
    risk = {"category": "cooperation", "description": "Samverkan försvagas", "probability": 2, "consequence": 4}
    facts: dict[str, Any] = {"title": "Mötena blir av", "frequency": "yearly", "owner": user, "routine": routine}
    control = control_from(committee=sn, year=2024, by=user, new_risk=risk, **facts)
    move_plan(ControlPlan.objects.get(), name="decide", decided_on=dt.date(2024, 1, 23), paragraph="§ 4", by=user)
    control.refresh_from_db()
    performed = dt.date(2024, 12, 1)
    record_result(control, occasion="annual", performed_on=performed, outcome="minor", checked=8, deviations=3, by=user)
    return user


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_is_cut_off_on_the_pages_of_internal_control(
    browser: Browser, live_server: LiveServer, secretary: User, width: int
) -> None:
    client = Client()
    client.force_login(secretary)
    context = browser.new_context(base_url=live_server.url, locale="sv-SE", viewport={"width": width, "height": 900})
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page, faults = context.new_page(), dict[str, object]()
    routine, plan = f"/styrning/rutiner/{Routine.objects.get().pk}/", ControlPlan.objects.get().pk
    for address in (
        "/styrning/rutiner/",
        "/styrning/rutiner/ny/",
        routine,
        f"{routine}kontroll/",
        "/styrning/tackning/2024/",
        "/styrning/tackning/SN/2024/responsibility/",
        f"/styrning/internkontroll/{plan}/",
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        examine(page, address, width, faults)
    context.close()
    assert not faults
