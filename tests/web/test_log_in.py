"""Logging in, in Swedish and not by guessing."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from committees.actions.people import add_person
from committees.enums import Role
from committees.models import Committee, FailedLogIn, PeopleChange, RoleAssignment, User
from tests.factories import setup_small_municipality
from tests.web.town import PASSWORD, person

pytestmark = pytest.mark.django_db


def _try(client: Client, name: str, password: str) -> str:
    answer = client.post("/logga-in/", {"username": name, "password": password})
    return "inne" if answer.status_code == 302 else answer.content.decode()


def test_one_logs_in_and_out(client: Client) -> None:
    setup_small_municipality()
    person("sekreterare", Role.SECRETARY, "SN")
    assert _try(client, "sekreterare", PASSWORD) == "inne"
    assert client.get("/konto/").status_code == 200
    assert client.post("/logga-ut/").status_code == 302
    assert client.get("/konto/").status_code == 302


def test_a_wrong_password_is_told_in_swedish(client: Client) -> None:
    User.objects.create_user(username="sekreterare", password=PASSWORD)
    assert "hör inte ihop" in _try(client, "sekreterare", "fel")


def test_after_five_failures_the_name_has_to_wait_even_with_the_right_password(client: Client) -> None:
    User.objects.create_user(username="sekreterare", password=PASSWORD)
    User.objects.create_user(username="chef", password=PASSWORD)
    for _ in range(5):
        _try(client, "sekreterare", "fel")
    assert "Vänta 15 minuter" in _try(client, "Sekreterare", PASSWORD)
    assert _try(client, "chef", PASSWORD) == "inne"


def test_what_is_typed_as_a_name_is_not_kept(client: Client) -> None:
    _try(client, "hemligt-losenord", "x")
    assert "hemligt" not in FailedLogIn.objects.get().name


def test_a_log_in_does_not_lead_to_another_site(client: Client) -> None:
    User.objects.create_user(username="chef", password=PASSWORD)
    answer = client.post("/logga-in/?next=https://example.org/", {"username": "chef", "password": PASSWORD})
    assert answer["Location"] == "/"


def test_adding_the_same_person_twice_changes_nothing() -> None:
    setup_small_municipality()
    first, again = person("chef", Role.MANAGER, "SN"), person("chef", Role.MANAGER, "SN")
    assert first == again
    assert RoleAssignment.objects.count() == 1
    assert PeopleChange.objects.count() == 2


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.AUDITOR, Role.MANAGER])
def test_a_role_with_cases_needs_a_committee(role: Role) -> None:
    with pytest.raises(ValidationError, match="gäller alltid en nämnd"):
        add_person(username="chef", password=PASSWORD, role=role)
    assert not User.objects.exists()


def test_a_weak_password_is_refused() -> None:
    with pytest.raises(ValidationError):
        add_person(username="admin", password="kort", role=Role.ADMINISTRATOR)
    assert not User.objects.exists()


def test_an_administrator_gives_a_log_in_and_a_role_from_today(client: Client) -> None:
    setup_small_municipality()
    client.force_login(person("admin", Role.ADMINISTRATOR))
    committee = Committee.objects.get(code="SN")
    given = {"username": "ny", "password": PASSWORD, "role": "manager", "committee": committee.pk, "unit": ""}
    assert client.post("/personer/ny/", given).status_code == 302
    assert str(User.objects.get(username="ny").assignments.get()) == "Chef, Socialnämnden"
    assert PeopleChange.objects.filter(person__username="ny", by__username="admin").count() == 2
