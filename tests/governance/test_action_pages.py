"""The pages of actions, as those who use them meet them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committees.enums import Role
from committees.models import Committee, User
from governance.actions.actions import Promise, create_action, edit_action
from governance.enums import ActionState, Cause
from governance.models import Action
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db

DUE = dt.date(2020, 6, 30)


@pytest.fixture
def secretary() -> User:
    setup_small_municipality()
    return person("sekreteraren", Role.SECRETARY, "SN")


@pytest.fixture
def action(secretary: User) -> Action:
    promise = Promise(
        title="Följ upp varje månad", cause=Cause.TARGET, owner=secretary, due=DUE, measure="follow_up_compliance"
    )
    return create_action(committee=Committee.objects.get(code="SN"), promise=promise, by=secretary)


def as_person(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def test_the_register_shows_what_is_late_and_leads_to_the_action(client: Client, action: Action) -> None:
    page = as_person(client, action.owner).get("/styrning/atgarder/").content.decode()
    assert f'href="/styrning/atgarder/{action.pk}/"' in page
    assert "försenad" in page


def test_an_empty_register_says_what_to_do(client: Client, secretary: User) -> None:
    assert "Lägg upp den första" in as_person(client, secretary).get("/styrning/atgarder/").content.decode()


def test_a_reader_of_another_committee_finds_no_trace_of_it(client: Client, action: Action) -> None:
    other = as_person(client, person("andra", Role.SECRETARY, "KUN"))
    assert "Följ upp varje månad" not in other.get("/styrning/atgarder/").content.decode()
    assert "Följ upp varje månad" not in other.get("/styrning/atgarder/?fil=csv").content.decode()
    assert other.get(f"/styrning/atgarder/{action.pk}/").status_code == 404
    assert other.post(f"/styrning/atgarder/{action.pk}/dag/", {"due": "2030-01-01", "why": "x"}).status_code == 404


@pytest.mark.parametrize("step", ["andra", "dag", "ansvarig", "rapportera", "steg/finish", "steg/cancel"])
def test_an_auditor_reads_and_changes_nothing(client: Client, action: Action, step: str) -> None:
    auditor = as_person(client, person("revisorn", Role.AUDITOR, "SN"))
    assert auditor.get(f"/styrning/atgarder/{action.pk}/").status_code == 200
    filled = {"title": "X", "due": "2030-01-01", "why": "x", "text": "x", "owner": action.owner.pk, "read_as": 1}
    answer = auditor.post(f"/styrning/atgarder/{action.pk}/{step}/", filled)
    action.refresh_from_db()
    assert answer.status_code in {200, 403}
    assert (action.title, action.due, action.state) == ("Följ upp varje månad", DUE, ActionState.PLANNED)
    assert not action.reports.exists()


def test_a_secretary_lays_up_moves_reports_and_finishes(client: Client, secretary: User) -> None:
    as_person(client, secretary)
    new = {
        "committee": Committee.objects.get(code="SN").pk,
        "title": "Träffa alla deltagare",
        "cause": "risk",
        "owner": secretary.pk,
        "due": "2025-03-31",
    }
    assert client.post("/styrning/atgarder/ny/", new).status_code == 302
    action = Action.objects.get()
    root = f"/styrning/atgarder/{action.pk}/"
    client.post(f"{root}dag/", {"due": "2025-06-30", "why": "Vakans"})
    client.post(f"{root}rapportera/", {"text": "Halva gruppen är träffad."})
    client.post(f"{root}steg/finish/", {"on": "2025-06-01"})
    page = client.get(root).content.decode()
    assert "Från 2025-03-31 till 2025-06-30: Vakans" in page
    assert "Halva gruppen är träffad." in page
    assert "Genomförd 2025-06-01" in page


def test_a_cancelled_action_needs_its_reason(client: Client, action: Action) -> None:
    as_person(client, action.owner)
    page = client.post(f"/styrning/atgarder/{action.pk}/steg/cancel/", {"why": ""})
    assert page.status_code == 200
    action.refresh_from_db()
    assert action.state == ActionState.PLANNED


def test_a_variant_the_measure_does_not_have_is_refused_with_those_it_has(client: Client, secretary: User) -> None:
    filled = {
        "committee": Committee.objects.get(code="SN").pk,
        "title": "X",
        "cause": "risk",
        "owner": secretary.pk,
        "due": "2025-03-31",
        "measure": "work_or_study_at_exit",
        "variant": "hittepa",
    }
    page = as_person(client, secretary).post("/styrning/atgarder/ny/", filled).content.decode()
    assert "Varianterna är: kolada" in page
    assert not Action.objects.exists()


def test_of_two_who_write_at_once_the_second_sees_both_texts(client: Client, action: Action) -> None:
    as_person(client, action.owner)
    edit_action(action, read_as=1, description="Den förstas text", by=action.owner)
    filled = {"title": action.title, "description": "Den andras text", "read_as": 1}
    answer = client.post(f"/styrning/atgarder/{action.pk}/andra/", filled)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Den förstas text" in page
    assert "Den andras text" in page
    action.refresh_from_db()
    assert action.description == "Den förstas text"


def test_the_file_has_every_row_and_no_formula(client: Client, action: Action) -> None:
    Action.objects.update(title="=1+1")
    file = as_person(client, action.owner).get("/styrning/atgarder/?fil=csv")
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert "'=1+1" in file.content.decode("utf-8-sig")


def test_five_thousand_actions_cost_no_more_questions_than_five(client: Client, action: Action) -> None:
    Action.objects.bulk_create(
        Action(committee=action.committee, title=f"Åtgärd {number}", cause=Cause.OTHER, owner=action.owner, due=DUE)
        for number in range(5000)
    )
    as_person(client, action.owner)
    for query in ("", "?lage=sena", "?sort=-due&page=7", "?sok=4999"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/styrning/atgarder/{query}").status_code == 200
        assert len(queries) < 15
