"""What the pages ask of the database stays small, however much there is in them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committees.actions.people import assign_role
from committees.enums import Role
from committees.models import Committee, User
from committees.permissions import access_of, looked_up_once
from governance.actions.actions import Promise, create_action
from governance.actions.commissions import give_commission
from governance.actions.documents import add_document
from governance.actions.forums import add_forum
from governance.actions.goals import Content, create_goal, create_indicator
from governance.actions.inquiries import add_inquiry
from governance.enums import Cause, DocumentKind, PartyRole
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db

DUE = dt.date(2030, 6, 30)
REGISTERS = (
    "atgarder",
    "bevakning",
    "styrdokument",
    "forum",
    "uppdrag",
    "utredningar",
    "internkontroll",
    "rutiner",
    "mal/styrkort",
    "mal/styrkort/SN/namnd/SN",
    "mal/styrkort/SN/enhet/AME",
)
GATHERING = ("mal", "mal/forklaringar", "overlamning")


def fill(by: User, first: int, last: int) -> None:
    """Enter something of every kind for both committees, numbered."""
    sn, kun = (Committee.objects.get(code=code) for code in ("SN", "KUN"))
    for number in range(first, last):
        for body in (sn, kun):
            name = f"{body.code} {number}"
            create_action(committee=body, promise=Promise(name, Cause.RISK, by, DUE), by=by)
            goal = create_goal(committee=body, code=name, name=name, by=by)
            create_indicator(goals=[goal], content=Content(name=name, unit="procent", owner=by), by=by)
        parties = [(PartyRole.GIVER, sn), (PartyRole.RECEIVER, kun)]
        give_commission(parties=parties, by=by, title=f"U{number}", due=DUE, owner=by)
        kind = DocumentKind.ROUTINE
        add_document(committees=[sn, kun], by=by, title=f"D{number}", kind=kind, review_by=DUE, owner=by)
        add_forum(committees=[sn, kun], by=by, name=f"F{number}", interval_months=1, start=DUE, owner=by)
        add_inquiry(committees=[sn, kun], by=by, title=f"I{number}", owner=by)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(f"/styrning/{address}/").status_code == 200
    return len(found)


def test_registers_ask_few_questions_and_not_more_when_there_is_more_in_them(client: Client) -> None:
    setup_small_municipality()
    secretary = person("sekreteraren", Role.SECRETARY, "SN")
    kun, start = Committee.objects.get(code="KUN"), dt.date(2020, 1, 1)
    assign_role(person=secretary, role=Role.SECRETARY, committee=kun, start=start)
    client.force_login(secretary)
    fill(secretary, 0, 1)
    pages = (*REGISTERS, *GATHERING)
    before = {page: queries(client, page) for page in pages}
    fill(secretary, 1, 4)
    after = {page: queries(client, page) for page in pages}
    assert after == before
    assert {page for page in REGISTERS if after[page] >= 15} == set()
    assert queries(client, f"mal/indikator/{secretary.indicators_owned.earliest('pk').pk}") < 15


def test_access_is_looked_up_once_while_a_page_is_read_and_anew_on_the_next() -> None:
    setup_small_municipality()
    user = person("sekreteraren", Role.SECRETARY, "SN")
    with CaptureQueriesContext(connection) as found, looked_up_once():
        assert access_of(user) is access_of(user)
    assert len(found) == 1
    user.assignments.update(end=dt.date(2020, 1, 1), start=dt.date(2019, 1, 1))
    with looked_up_once():
        assert access_of(user).held == ()
