"""The watch list in a calendar: exactly what its person may see, in exactly the form calendars read."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from committees.actions.people import end_role
from committees.enums import Role
from committees.models import Change, Committee, User
from governance.actions.actions import Promise, create_action, move_due
from governance.actions.subscriptions import open_feed
from governance.calendar_file import calendar_of
from governance.enums import Cause
from governance.models import Action, CalendarFeed
from governance.watch import WatchItem
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db

PAGE = "/styrning/bevakning/kalender/"
TITLE = "Följ upp; varje månad, även å\\ä"
AT = dt.datetime(2024, 5, 1, 8, 30, tzinfo=dt.UTC)


@pytest.fixture
def secretary() -> User:
    setup_small_municipality()
    return person("sekreteraren", Role.SECRETARY, "SN")


@pytest.fixture
def action(secretary: User) -> Action:
    due = timezone.localdate() + dt.timedelta(days=9)
    promise = Promise(title=TITLE, cause=Cause.RISK, owner=secretary, due=due)
    return create_action(committee=Committee.objects.get(code="SN"), promise=promise, by=secretary)


def address_of(secret: str) -> str:
    return f"{PAGE}{secret}.ics"


def titles(client: Client, secret: str) -> list[str]:
    body = Calendar.from_ical(client.get(address_of(secret)).content)
    return [str(event["summary"]) for event in body.walk("VEVENT")]


def test_a_person_makes_an_address_and_a_calendar_without_log_in_reads_it(client: Client, action: Action) -> None:
    client.force_login(action.owner)
    page = client.post(PAGE, {"committee": Committee.objects.get(code="SN").pk}).content.decode()
    found = re.search(r"http[^<]*(/styrning/bevakning/kalender/[^<]+\.ics)", page)
    assert found is not None
    client.logout()
    answer = client.get(found[1])
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["summary"]), event.decoded("dtstart")) == (f"Åtgärd: {TITLE}", action.due)
    assert str(event["url"]).endswith(f"/styrning/atgarder/{action.pk}/")


def test_the_address_is_shown_once_and_its_secret_is_not_kept(client: Client, action: Action) -> None:
    secret = open_feed(committee=None, by=action.owner)
    client.force_login(action.owner)
    assert secret not in client.get(PAGE).content.decode()
    assert secret not in str(list(CalendarFeed.objects.values()) + list(Change.objects.values()))


def test_a_moved_date_moves_in_the_calendar_and_is_no_new_event(client: Client, action: Action) -> None:
    secret = open_feed(committee=None, by=action.owner)
    [before] = Calendar.from_ical(client.get(address_of(secret)).content).walk("VEVENT")
    moved = move_due(action, due=action.due + dt.timedelta(days=5), why="Underlaget dröjer", by=action.owner)
    [after] = Calendar.from_ical(client.get(address_of(secret)).content).walk("VEVENT")
    assert before["uid"] == after["uid"]
    assert after.decoded("dtstart") == moved.due


def test_ones_own_calendar_shows_what_one_answers_for_and_nothing_else(client: Client, action: Action) -> None:
    manager = person("chefen", Role.MANAGER, "SN")
    assert titles(client, open_feed(committee=None, by=manager)) == []
    assert titles(client, open_feed(committee=action.committee, by=manager)) == [f"Åtgärd: {TITLE}"]


def test_nothing_comes_when_the_role_has_ended_or_the_log_in_is_closed(client: Client, action: Action) -> None:
    both = [open_feed(committee=committee, by=action.owner) for committee in (None, action.committee)]
    assert [titles(client, secret) for secret in both] == [[f"Åtgärd: {TITLE}"]] * 2
    end_role(assignment=action.owner.assignments.get(), by=person("admin", Role.ADMINISTRATOR))
    assert [titles(client, secret) for secret in both] == [[], []]


def test_a_closed_log_in_gets_nothing(client: Client, action: Action) -> None:
    secret = open_feed(committee=action.committee, by=action.owner)
    User.objects.filter(pk=action.owner_id).update(is_active=False)
    assert titles(client, secret) == []


def test_a_revoked_address_a_replaced_one_and_a_guess_are_not_found(client: Client, action: Action) -> None:
    first = open_feed(committee=None, by=action.owner)
    second = open_feed(committee=None, by=action.owner)
    assert client.get(address_of(first)).status_code == 404
    assert client.get(address_of(second)).status_code == 200
    client.force_login(action.owner)
    feed = CalendarFeed.objects.live().get()
    assert client.post(f"{PAGE}{feed.pk}/aterkalla/").status_code == 302
    assert client.get(address_of(second)).status_code == 404
    assert client.get(address_of("gissning")).status_code == 404
    assert Change.objects.of(feed).filter(field="revoked_at", by=action.owner).exists()


def test_nobody_closes_anothers_address_or_opens_one_beyond_the_role(client: Client, action: Action) -> None:
    open_feed(committee=None, by=action.owner)
    other = person("andra", Role.SECRETARY, "KUN")
    client.force_login(other)
    assert client.post(f"{PAGE}{CalendarFeed.objects.get().pk}/aterkalla/").status_code == 404
    client.post(PAGE, {"committee": action.committee_id})
    assert not CalendarFeed.objects.filter(user=other).exists()
    assert CalendarFeed.objects.live().count() == 1


def test_the_file_is_written_as_the_standard_says() -> None:
    """RFC 5545, 3.1: lines end with CRLF and are at most 75 octets; 3.3.11: commas, semicolons and backslashes escaped."""
    setup_small_municipality()
    committee = Committee.objects.get(code="SN")
    item = WatchItem("action-7", dt.date(2024, 5, 9), "åtgärd", TITLE + " å" * 60, ("steering_action", (7,)), committee)
    body = calendar_of([item], name="Bevakning SN", at=AT, base_url="https://utfall.example")
    lines = body.split(b"\r\n")
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    whole = body.decode().replace("\r\n ", "")
    assert "SUMMARY:Åtgärd: Följ upp\\; varje månad\\, även å\\\\ä" in whole
    for line in ("VERSION:2.0", "UID:action-7@utfall.example", "DTSTAMP:20240501T083000Z"):
        assert f"\r\n{line}\r\n" in whole
    assert "\r\nDTSTART;VALUE=DATE:20240509\r\n" in whole
    assert "\r\nURL:https://utfall.example/styrning/atgarder/7/\r\n" in whole


def test_a_calendar_with_nothing_due_still_has_the_component_the_standard_asks_for() -> None:
    body = Calendar.from_ical(calendar_of([], name="Bevakning SN", at=AT, base_url="https://utfall.example"))
    assert [part.name for part in body.subcomponents] == ["VTIMEZONE"]
