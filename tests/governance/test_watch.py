"""The watch list, as those who read it meet it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from committees.actions.people import end_role
from committees.enums import Role
from committees.models import Committee, User
from governance.actions.actions import Promise, create_action, move_action
from governance.enums import Cause
from governance.models import Action
from governance.selectors.periods import next_end
from governance.selectors.watching import grouped, watched_by
from reporting.models import ReportPeriod
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db

ADDRESS = "/styrning/bevakning/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def secretary() -> User:
    setup_small_municipality()
    return person("sekreteraren", Role.SECRETARY, "SN")


def promised(title: str, days: int, *, by: User, owner: User | None = None, code: str = "SN") -> Action:
    """An action due that many days from today."""
    due = timezone.localdate() + days * DAY
    promise = Promise(title=title, cause=Cause.RISK, owner=owner or by, due=due)
    return create_action(committee=Committee.objects.get(code=code), promise=promise, by=by)


def page_of(client: Client, user: User, query: str = "") -> str:
    client.force_login(user)
    return client.get(ADDRESS + query).content.decode()


def test_what_is_late_near_and_later_stands_apart(secretary: User) -> None:
    for title, days in (("Igår", -1), ("Idag", 0), ("Om trettio", 30), ("Om trettioen", 31)):
        promised(title, days, by=secretary)
    groups = grouped([item for item in watched_by(secretary) if item.kind == "åtgärd"], timezone.localdate())
    assert [[item.title for item in group.items] for group in groups] == [
        ["Igår"],
        ["Idag", "Om trettio"],
        ["Om trettioen"],
    ]


def test_the_page_links_to_each_thing_and_drops_what_is_done(client: Client, secretary: User) -> None:
    late, done = promised("Försenad sak", -5, by=secretary), promised("Klar sak", -5, by=secretary)
    move_action(done, name="finish", by=secretary)
    page = page_of(client, secretary)
    assert f'<a href="/styrning/atgarder/{late.pk}/">Försenad sak</a>' in page
    assert "Försenat (1)" in page
    assert "Klar sak" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?ansvarig=jag", {"Min sak"}),
        ("?ansvarig=person:chefen", {"Chefens sak"}),
        ("?slag=åtgärd&sok=CHEFENS", {"Chefens sak"}),
        ("?riktning=fa", set()),
        ("?riktning=gora", {"Min sak", "Chefens sak"}),
        ("?namnd=saknas", {"Min sak", "Chefens sak"}),
    ],
)
def test_the_list_is_narrowed(client: Client, secretary: User, query: str, shown: set[str]) -> None:
    promised("Min sak", 3, by=secretary)
    promised("Chefens sak", 40, by=secretary, owner=person("chefen", Role.MANAGER, "SN"))
    page, file = page_of(client, secretary, query), client.get(f"{ADDRESS}{query}&fil=csv").content.decode("utf-8-sig")
    for title in ("Min sak", "Chefens sak"):
        assert (f">{title}</a>" in page) == (title in shown)
        assert (f";{title};" in file) == (title in shown)


def test_each_group_is_sorted_on_its_own(client: Client, secretary: User) -> None:
    for title in ("Alfa", "Beta"):
        promised(title, 5, by=secretary)
    page = page_of(client, secretary, "?snart-sort=-title")
    assert page.index("Beta</a>") < page.index("Alfa</a>")


def test_another_committees_reader_sees_no_trace(client: Client, secretary: User) -> None:
    promised("Hemlig sak", 3, by=secretary)
    other = person("andra", Role.SECRETARY, "KUN")
    assert "Hemlig sak" not in page_of(client, other)
    assert "Hemlig sak" not in page_of(client, other, "?namnd=SN")
    assert "Hemlig sak" not in page_of(client, other, "?fil=csv")


def test_whose_role_has_ended_has_no_list(client: Client, secretary: User) -> None:
    promised("En sak", 3, by=secretary)
    end_role(assignment=secretary.assignments.get(), by=person("admin", Role.ADMINISTRATOR))
    assert watched_by(secretary) == []
    client.force_login(secretary)
    assert client.get(ADDRESS).status_code == 403


@pytest.mark.parametrize(
    ("end", "today", "expected"),
    [
        ("08-31", dt.date(2024, 8, 31), dt.date(2024, 8, 31)),
        ("08-31", dt.date(2024, 9, 1), dt.date(2025, 8, 31)),
        ("02-29", dt.date(2025, 1, 1), dt.date(2025, 2, 28)),
    ],
)
def test_a_report_period_is_watched_until_its_last_day(end: str, today: dt.date, expected: dt.date) -> None:
    assert next_end(ReportPeriod(end=end), today) == expected


def test_a_long_list_costs_no_more_questions_than_a_short_one(client: Client, secretary: User) -> None:
    promised("Sak", 3, by=secretary)
    page_of(client, secretary)
    with CaptureQueriesContext(
        connection,
    ) as short:
        page_of(client, secretary)
    for number in range(20):
        promised(f"Sak {number}", number, by=secretary)
    with CaptureQueriesContext(connection) as long:
        page_of(client, secretary)
    assert len(long) == len(short)
