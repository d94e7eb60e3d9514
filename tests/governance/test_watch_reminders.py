"""Reminders by mail: each thing once when it is near and once when it is late, to the one who answers for it."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPException
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from committees.actions.people import end_role
from committees.enums import Role
from committees.models import Committee, User
from governance.actions.actions import Promise, create_action, move_due
from governance.actions.reminders import choose_reminders, send_reminders
from governance.enums import Cause
from governance.models import Action
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def secretary() -> User:
    setup_small_municipality()
    user = person("sekreteraren", Role.SECRETARY, "SN")
    choose_reminders(email="sekreteraren@kommun.example", wanted=True, by=user)
    return user


@pytest.fixture
def action(secretary: User, today: dt.date) -> Action:
    promise = Promise(title="Följ upp", cause=Cause.RISK, owner=secretary, due=today + 7 * DAY)
    return create_action(committee=Committee.objects.get(code="SN"), promise=promise, by=secretary)


def test_one_letter_names_what_is_due_within_a_week_and_the_second_time_nothing_is_sent(action: Action) -> None:
    call_command("send_reminders", verbosity=0)
    call_command("send_reminders", verbosity=0)
    [letter] = mail.outbox
    assert letter.to == ["sekreteraren@kommun.example"]
    assert f"Åtgärd: {action.title}" in letter.body
    assert f"/styrning/atgarder/{action.pk}/" in letter.body


def test_it_is_told_near_then_late_and_anew_when_the_date_is_moved(action: Action, today: dt.date) -> None:
    late = action.due + DAY
    days = (today - DAY, today, today + DAY, late, late + DAY)
    assert [send_reminders(today=day).sent for day in days] == [0, 1, 0, 1, 0]
    move_due(action, due=late + 3 * DAY, why="Underlaget dröjer", by=action.owner)
    assert send_reminders(today=late + DAY).sent == 1


def test_nothing_is_sent_to_who_said_no_or_has_no_role(client: Client, action: Action, today: dt.date) -> None:
    client.force_login(action.owner)
    client.post("/styrning/bevakning/paminnelser/", {"email": "sekreteraren@kommun.example"})
    assert send_reminders(today=today).sent == 0
    client.post("/styrning/bevakning/paminnelser/", {"email": "sekreteraren@kommun.example", "wanted": "on"})
    end_role(assignment=action.owner.assignments.get(), by=person("admin", Role.ADMINISTRATOR))
    assert send_reminders(today=today).sent == 0


def test_a_letter_that_the_mail_server_refuses_is_sent_the_next_time(action: Action, today: dt.date) -> None:
    with patch("governance.actions.reminders.send_mail", side_effect=SMTPException):
        assert send_reminders(today=today).refused == (action.owner,)
    assert send_reminders(today=today).sent == 1
    assert action.title in mail.outbox[0].body
