"""Commissions: dates as documents write them, slippage, and concordant decisions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committees.enums import Role
from committees.models import Change, Committee, User
from committees.workflows import MoveFault
from governance.actions.actions import Promise, create_action
from governance.actions.commissions import (
    act_on,
    change_commission,
    give_commission,
    move_commission,
    note_decision,
    note_event,
)
from governance.enums import Cause, CommissionEventKind, CommissionState, PartyRole
from governance.models import Commission
from governance.selectors.commissions import UnclearDate, last_day_of, slippage_days, undecided, with_everything
from governance.watch import watch_list
from tests.factories import setup_small_municipality
from tests.web.town import person

DIRECTIVE_DUE = dt.date(2025, 3, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Q1 2025", dt.date(2025, 3, 31)),
        ("q4 2024", dt.date(2024, 12, 31)),
        ("kvartal 2 2025", dt.date(2025, 6, 30)),
        ("T1 2025", dt.date(2025, 4, 30)),
        ("tertial 2 2025", dt.date(2025, 8, 31)),
        ("första halvåret 2024", dt.date(2024, 6, 30)),
        ("våren 2025", dt.date(2025, 6, 30)),
        ("hösten 2025", dt.date(2025, 12, 31)),
        ("februari 2024", dt.date(2024, 2, 29)),
        ("15 maj 2025", dt.date(2025, 5, 15)),
        ("2025-03-31", dt.date(2025, 3, 31)),
        ("under 2024", dt.date(2024, 12, 31)),
        ("2024", dt.date(2024, 12, 31)),
    ],
)
def test_a_date_as_written_means_its_last_day(text: str, day: dt.date) -> None:
    assert last_day_of(text) == day


@pytest.mark.parametrize(
    "text", ["", "snart", "Q5 2025", "31 april 2025", "2025-02-30", "vintern 2025", "5 våren 2025"]
)
def test_a_date_that_cannot_be_told_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(UnclearDate, match="Q1 2025"):
        last_day_of(text)


@pytest.fixture
def secretary(db: None) -> User:
    setup_small_municipality()
    return person("sekreteraren", Role.SECRETARY, "SN")


def committee(code: str) -> Committee:
    return Committee.objects.get(code=code)


def directive(by: User, **fields: Any) -> Commission:
    facts = {
        "title": "Flytta integration och arbetsmarknad",
        "due_text": "Q1 2025",
        "due": DIRECTIVE_DUE,
        "parties": [
            (PartyRole.GIVER, "Kommunstyrelsen"),
            (PartyRole.RECEIVER, committee("SN")),
            (PartyRole.RECEIVER, committee("KUN")),
        ],
        **fields,
    }
    made = give_commission(by=by, **facts)
    return with_everything(Commission.objects.all()).get(pk=made.pk)


def test_a_commission_shared_by_two_is_closed_when_both_have_decided(secretary: User) -> None:
    commission = move_commission(directive(secretary), name="report", by=secretary)
    note_decision(
        commission, committee=committee("SN"), decided_on=dt.date(2025, 3, 18), paragraph="§ 30", text="", by=secretary
    )
    assert [str(one) for one in undecided(commission)] == ["Kultur- och utbildningsnämnden"]
    with pytest.raises(ValidationError, match="Beslut saknas från Kultur- och utbildningsnämnden"):
        move_commission(commission, name="close", why="Klart", by=secretary)
    note_decision(
        commission, committee=committee("KUN"), decided_on=dt.date(2025, 3, 20), paragraph="§ 12", text="", by=secretary
    )
    closed = move_commission(commission, name="close", why="Båda har beslutat", by=secretary)
    assert closed.state == CommissionState.CLOSED
    assert closed.closed_on is not None


def test_slippage_is_counted_from_the_first_date_asked_for(secretary: User) -> None:
    commission = directive(secretary, due=dt.date(2024, 6, 30), due_text="våren 2024")
    assert slippage_days(commission, dt.date(2024, 6, 30)) == 0
    assert slippage_days(commission, dt.date(2024, 7, 10)) == 10
    parties = [(PartyRole.RECEIVER, committee("SN"))]
    moved = change_commission(
        commission, read_as=1, parties=parties, why="Nya premisser", by=secretary, due=dt.date(2024, 12, 31)
    )
    assert slippage_days(moved, dt.date(2024, 7, 10)) == 184
    reported = move_commission(moved, name="report", by=secretary)
    assert slippage_days(reported, dt.date(2026, 1, 1)) == 184


def test_a_date_is_not_moved_without_its_reason(secretary: User) -> None:
    commission = directive(secretary)
    with pytest.raises(ValidationError, match="varför"):
        change_commission(
            commission,
            read_as=1,
            parties=[(PartyRole.RECEIVER, committee("SN"))],
            by=secretary,
            due=dt.date(2026, 1, 1),
        )
    commission.refresh_from_db()
    assert commission.due == DIRECTIVE_DUE


def test_a_body_that_is_no_party_decides_nothing_and_others_keep_out(secretary: User) -> None:
    commission = directive(secretary, parties=[(PartyRole.RECEIVER, committee("SN"))])
    with pytest.raises(ValidationError, match="ingen part"):
        note_decision(
            commission, committee=committee("KUN"), decided_on=DIRECTIVE_DUE, paragraph="§ 1", text="", by=secretary
        )
    outsider = person("andra", Role.SECRETARY, "KUN")
    with pytest.raises(PermissionDenied):
        note_event(commission, kind=CommissionEventKind.REPORT, on=DIRECTIVE_DUE, text="x", by=outsider)
    with pytest.raises(MoveFault):
        move_commission(commission, name="report", by=outsider)
    assert not Commission.objects.visible_to(outsider).exists()


def test_the_watch_list_tells_who_owes_and_who_is_owed(secretary: User) -> None:
    directive(secretary, parties=[(PartyRole.GIVER, committee("SN")), (PartyRole.RECEIVER, committee("KUN"))])
    (owed,) = watch_list(secretary, [committee("SN")])
    assert (owed.due, owed.ours) == (DIRECTIVE_DUE, False)
    other = person("andra", Role.SECRETARY, "KUN")
    (owes,) = watch_list(other, [committee("KUN")])
    assert owes.ours


def filled(**more: object) -> dict[str, object]:
    return {
        "title": "Handlingsplan för effektivisering",
        "number": "# 2.1",
        "givers_others": "Kommunstyrelsen, Kommunfullmäktige",
        "receivers": [committee("SN").pk],
        "due_text": "Q1 2025",
        "read_as": 0,
        **more,
    }


def test_the_pages_enter_a_commission_and_what_happens_to_it(client: Client, secretary: User) -> None:
    client.force_login(secretary)
    assert "För in det första" in client.get("/styrning/uppdrag/").content.decode()
    assert client.post("/styrning/uppdrag/nytt/", filled()).status_code == 302
    commission = Commission.objects.get()
    url = f"/styrning/uppdrag/{commission.pk}/"
    client.post(f"{url}handelse/", {"kind": "premise", "on": "2025-01-15", "text": "Antalet barn sjunker."})
    client.post(
        f"{url}beslut/", {"committee": committee("SN").pk, "decided_on": "2025-02-18", "paragraph": "§ 9", "text": ""}
    )
    page = client.get(url).content.decode()
    assert "# 2.1 Handlingsplan för effektivisering" in page
    assert "Kommunstyrelsen, Kommunfullmäktige" in page
    assert "2025-03-31 (”Q1 2025”)" in page
    assert "2025-01-15, ändrad förutsättning: Antalet barn sjunker." in page
    assert "Socialnämnden 2025-02-18 § 9" in page
    listed = client.get("/styrning/uppdrag/?fil=csv").content.decode("utf-8-sig")
    assert "# 2.1 Handlingsplan för effektivisering" in listed


@pytest.mark.parametrize(
    ("more", "said"),
    [({"due_text": "snart"}, "Det går inte att tyda"), ({"receivers": []}, "Ange vem som fick uppdraget")],
)
def test_what_is_unclear_is_refused_in_words(
    client: Client, secretary: User, more: dict[str, object], said: str
) -> None:
    client.force_login(secretary)
    assert said in client.post("/styrning/uppdrag/nytt/", filled(**more)).content.decode()
    assert not Commission.objects.exists()


def test_a_long_register_costs_no_more_questions_than_a_short_one(client: Client, secretary: User) -> None:
    for number in range(40):
        directive(secretary, title=f"Uppdrag {number}")
    client.force_login(secretary)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/styrning/uppdrag/").status_code == 200
    assert len(queries) < 15


def test_a_commission_is_answered_by_actions_new_and_old_that_tell_what_they_answer(
    client: Client, secretary: User
) -> None:
    commission = directive(secretary)
    promise = Promise(title="Rutin för samverkan", cause=Cause.OTHER, owner=secretary, due=DIRECTIVE_DUE)
    old = create_action(committee=committee("SN"), promise=promise, by=secretary)
    client.force_login(secretary)
    url = f"/styrning/uppdrag/{commission.pk}/atgard/"
    new = {"committee": committee("SN").pk, "title": "Flytta tjänster", "owner": secretary.pk, "due": "2025-03-31"}
    assert "Bara ett av dem" in client.post(url, {**new, "action": old.pk}).content.decode()
    assert client.post(url, {"action": old.pk}).status_code == 302
    assert client.post(url, new).status_code == 302
    made = commission.actions.get(title="Flytta tjänster")
    assert (made.cause, made.cause_text) == (Cause.DECISION, str(commission))
    assert f'href="/styrning/uppdrag/{commission.pk}/"' in client.get(f"/styrning/atgarder/{old.pk}/").content.decode()
    logged = Change.objects.of(commission).filter(field="actions").values_list("after", flat=True)
    assert set(logged) == {"Rutin för samverkan", "Flytta tjänster"}


def test_who_may_not_manage_a_partys_actions_answers_no_commission(secretary: User) -> None:
    commission = directive(secretary, parties=[(PartyRole.RECEIVER, committee("SN"))])
    promise = Promise(title="Rutin", cause=Cause.OTHER, owner=secretary, due=DIRECTIVE_DUE)
    with pytest.raises(PermissionDenied):
        act_on(commission, action=promise, committee=committee("SN"), by=person("revisorn", Role.AUDITOR, "SN"))
    with pytest.raises(ValidationError, match="part i uppdraget"):
        act_on(commission, action=promise, committee=committee("KUN"), by=secretary)
