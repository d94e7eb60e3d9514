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
from governance.actions.commissions import give_commission
from governance.actions.reminders import choose_reminders, send_reminders
from governance.enums import Cause, PartyRole
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


def test_what_nobody_answers_for_falls_to_the_committees_secretary_and_what_it_is_owed_too(
    secretary: User, today: dt.date
) -> None:
    sn, kun = (Committee.objects.get(code=code) for code in ("SN", "KUN"))
    other = person("andra", Role.SECRETARY, "KUN")
    manager = person("chefen", Role.MANAGER, "SN")
    for user in (other, manager):
        choose_reminders(email=f"{user.username}@kommun.example", wanted=True, by=user)
    parties = [(PartyRole.GIVER, sn), (PartyRole.RECEIVER, kun)]
    give_commission(parties=parties, by=secretary, title="Utred samverkan", due=today, owner=other)
    give_commission(parties=[(PartyRole.RECEIVER, sn)], by=secretary, title="Se över rutinen", due=today)
    assert send_reminders(today=today).sent == 2
    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert "Uppdrag: Utred samverkan" in letters["andra@kommun.example"].partition("Det här ansvarar du för:")[2]
    mine, _, awaited = letters["sekreteraren@kommun.example"].partition("Det här väntar nämnden på från andra:")
    assert "Se över rutinen" in mine
    assert "Utred samverkan" in awaited


def test_what_somebody_who_has_left_answers_for_falls_to_the_secretary(secretary: User, today: dt.date) -> None:
    leaver, sn = person("chefen", Role.MANAGER, "SN"), Committee.objects.get(code="SN")
    create_action(committee=sn, promise=Promise("Följ upp", Cause.RISK, leaver, today), by=secretary)
    assert send_reminders(today=today).sent == 0
    end_role(assignment=leaver.assignments.get(), by=person("admin", Role.ADMINISTRATOR))
    assert send_reminders(today=today).sent == 1
    assert "Åtgärd: Följ upp" in mail.outbox[0].body
