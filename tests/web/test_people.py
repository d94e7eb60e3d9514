"""Who may give a role to whom, and what is left of roles that have ended."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from committees.enums import Role
from committees.models import Committee, RoleAssignment, User
from tests.factories import setup_small_municipality
from tests.web.town import PASSWORD, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _municipality(db: None) -> None:
    setup_small_municipality()


def _role(committee: str, role: Role = Role.SECRETARY) -> dict[str, object]:
    return {"role": role.value, "committee": Committee.objects.get(code=committee).pk}


def _posted(client: Client, who: User, address: str, form: dict[str, object]) -> str:
    client.force_login(who)
    answer = client.post(address, form)
    return "gjort" if answer.status_code == 302 else answer.content.decode()


def test_an_administrator_of_one_committee_opens_no_other_committee(client: Client) -> None:
    administrator = person("administrator", Role.ADMINISTRATOR, "SN")
    other = person("chef", Role.MANAGER, "SN")
    assert _posted(client, administrator, f"/personer/{other.pk}/roll/", _role("SN")) == "gjort"
    assert _posted(client, administrator, f"/personer/{other.pk}/roll/", _role("KUN")) != "gjort"
    assert _posted(client, administrator, f"/personer/{other.pk}/roll/", {"role": "data_steward"}) != "gjort"
    form = {**_role("KUN"), "username": "ny", "password": PASSWORD}
    assert _posted(client, administrator, "/personer/ny/", form) != "gjort"
    assert set(RoleAssignment.objects.values_list("committee__code", flat=True)) == {"SN"}


def test_an_administrator_of_one_committee_ends_no_other_committees_roles(client: Client) -> None:
    client.force_login(person("administrator", Role.ADMINISTRATOR, "SN"))
    held = person("chef", Role.MANAGER, "KUN").assignments.get()
    whole = person("förvaltare", Role.DATA_STEWARD).assignments.get()
    for assignment in (held, whole):
        assert client.post(f"/personer/roller/{assignment.pk}/avsluta/").status_code == 403
        assignment.refresh_from_db()
        assert assignment.end is None


def test_nobody_gives_themselves_a_role(client: Client) -> None:
    administrator = person("administrator", Role.ADMINISTRATOR)
    assert "inte ge dig själv" in _posted(client, administrator, f"/personer/{administrator.pk}/roll/", _role("SN"))
    assert administrator.assignments.count() == 1


def test_an_installation_gets_its_first_administrator(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(f"{PASSWORD}\n"))
    call_command("add_administrator", "admin", stdout=StringIO())
    assert client.login(username="admin", password=PASSWORD)
    assert client.get("/personer/").status_code == 200


@pytest.mark.parametrize(
    ("name", "password", "said"), [("Chef", PASSWORD, "redan"), ("admin", "kort", "12"), ("a b", PASSWORD, "giltigt")]
)
def test_a_log_in_that_cannot_be_made_is_explained_and_not_made(
    monkeypatch: pytest.MonkeyPatch, name: str, password: str, said: str
) -> None:
    person("chef", Role.MANAGER, "SN")
    monkeypatch.setattr("sys.stdin", StringIO(f"{password}\n"))
    with pytest.raises(CommandError, match=said) as fault:
        call_command("add_administrator", name, stdout=StringIO())
    assert fault.value.returncode == 1
    assert User.objects.count() == 1


@pytest.mark.parametrize("name", ["chef", "CHEF"])
def test_a_new_log_in_never_becomes_a_role_for_someone_who_is_there(client: Client, name: str) -> None:
    chef = person("chef", Role.MANAGER, "SN")
    form = {**_role("KUN"), "username": name, "password": PASSWORD}
    said = _posted(client, person("administrator", Role.ADMINISTRATOR), "/personer/ny/", form)
    assert "har redan en inloggning" in said
    assert chef.assignments.count() == 1


def test_a_role_that_has_ended_keeps_its_last_day(client: Client) -> None:
    former = person("chef", Role.MANAGER, "SN", ended=date(2024, 6, 30))
    client.force_login(person("administrator", Role.ADMINISTRATOR))
    client.post(f"/personer/roller/{former.assignments.get().pk}/avsluta/")
    assert former.assignments.get().end == date(2024, 6, 30)
