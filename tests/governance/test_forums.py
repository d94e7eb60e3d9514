"""Forums: whether they meet as often as they are to."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committees.enums import Role
from committees.models import Committee, User
from governance.actions.forums import add_forum, note_meeting
from governance.models import Forum, ForumMeeting
from governance.selectors.forums import keeping
from governance.watch import watch_list
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary() -> User:
    setup_small_municipality()
    return person("sekreteraren", Role.SECRETARY, "SN")


def forum(by: User, *held: dt.date, **fields: Any) -> Forum:
    facts = {"name": "Samverkan AME och SFI", "interval_months": 3, "start": dt.date(2024, 1, 1), **fields}
    made = add_forum(committees=[Committee.objects.get(code="SN")], by=by, **facts)
    for day in held:
        note_meeting(made, held_on=day, minutes="", by=by)
    return Forum.objects.prefetch_related("meetings", "committees").get(pk=made.pk)


def test_a_forum_that_meets_in_time_has_no_gap_and_knows_its_next_day(secretary: User) -> None:
    kept = keeping(forum(secretary, dt.date(2024, 3, 31), dt.date(2024, 6, 30)), dt.date(2024, 9, 30))
    assert (kept.last, kept.due, kept.gaps) == (dt.date(2024, 6, 30), dt.date(2024, 9, 30), ())
    assert not kept.is_late(dt.date(2024, 9, 30))


def test_a_missed_meeting_is_a_gap_also_after_the_next_one(secretary: User) -> None:
    met = forum(secretary, dt.date(2024, 2, 1), dt.date(2024, 8, 1))
    assert keeping(met, dt.date(2024, 10, 1)).gaps == ((dt.date(2024, 2, 1), dt.date(2024, 8, 1)),)


def test_a_forum_that_never_met_is_late_from_its_start_on(secretary: User) -> None:
    never = forum(secretary)
    kept = keeping(never, dt.date(2024, 4, 2))
    assert (kept.last, kept.due) == (None, dt.date(2024, 4, 1))
    assert kept.is_late(dt.date(2024, 4, 2))
    assert kept.gaps == ((dt.date(2024, 1, 1), dt.date(2024, 4, 2)),)


def test_a_month_after_the_last_of_january_is_the_last_of_february(secretary: User) -> None:
    monthly = forum(secretary, dt.date(2024, 1, 31), interval_months=1)
    assert keeping(monthly, dt.date(2024, 2, 1)).due == dt.date(2024, 2, 29)


def test_a_forum_that_has_ended_owes_no_meeting(secretary: User) -> None:
    ended = forum(secretary, dt.date(2024, 3, 1), end=dt.date(2024, 5, 1))
    kept = keeping(ended, dt.date(2025, 1, 1))
    assert (kept.due, kept.gaps) == (None, ())
    assert watch_list(secretary, [Committee.objects.get(code="SN")]) == []


def test_the_next_meeting_stands_on_the_watch_list(secretary: User) -> None:
    forum(secretary, dt.date(2024, 3, 1))
    (item,) = watch_list(secretary, [Committee.objects.get(code="SN")])
    assert (item.kind, item.title, item.due) == ("möte i forum", "Samverkan AME och SFI", dt.date(2024, 6, 1))


def test_a_meeting_to_come_or_noted_twice_is_refused(secretary: User) -> None:
    met = forum(secretary, dt.date(2024, 3, 1))
    with pytest.raises(ValidationError, match="inte hållits än"):
        note_meeting(met, held_on=dt.date(2999, 1, 1), minutes="", by=secretary)
    with pytest.raises(ValidationError, match="redan infört"):
        note_meeting(met, held_on=dt.date(2024, 3, 1), minutes="", by=secretary)


def test_only_those_who_keep_the_register_note_a_meeting(secretary: User) -> None:
    met = forum(secretary)
    with pytest.raises(PermissionDenied):
        note_meeting(met, held_on=dt.date(2024, 3, 1), minutes="", by=person("chefen", Role.MANAGER, "SN"))
    assert not ForumMeeting.objects.exists()


def test_the_pages_enter_a_forum_and_a_meeting(client: Client, secretary: User) -> None:
    client.force_login(secretary)
    assert "För in det första" in client.get("/styrning/forum/").content.decode()
    social = Committee.objects.get(code="SN").pk
    new = {"name": "Styrgrupp", "committees": [social], "interval_months": 2, "start": "2024-01-01"}
    assert client.post("/styrning/forum/nytt/", new).status_code == 302
    url = f"/styrning/forum/{Forum.objects.get().pk}/"
    client.post(f"{url}mote/", {"held_on": "2024-02-15", "minutes": "SN 2024/31"})
    page = client.get(url).content.decode()
    assert "minst var 2:e månad från 2024-01-01" in page
    assert "2024-02-15: SN 2024/31" in page
    assert "försenat" in client.get("/styrning/forum/").content.decode()
    client.force_login(person("andra", Role.SECRETARY, "KUN"))
    assert client.get(url).status_code == 404


def test_a_long_register_costs_no_more_questions_than_a_short_one(client: Client, secretary: User) -> None:
    for number in range(40):
        forum(secretary, dt.date(2024, 3, 1), name=f"Forum {number}")
    client.force_login(secretary)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/styrning/forum/").status_code == 200
    assert len(queries) < 15
