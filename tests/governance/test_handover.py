"""When somebody leaves, all that is theirs is listed and handed over in one step."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from committees.actions.people import end_role
from committees.enums import Role
from committees.models import Change, Committee, User
from governance.actions.actions import Promise, create_action, move_action
from governance.actions.handover import hand_over_all
from governance.enums import Cause
from governance.models import Action
from governance.selectors.belongings import holders
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db

ADDRESS = "/styrning/overlamning/"
DUE = dt.date(2030, 6, 30)


@pytest.fixture
def secretary() -> User:
    setup_small_municipality()
    return person("sekreteraren", Role.SECRETARY, "SN")


@pytest.fixture
def leaver(secretary: User) -> User:
    """A manager with two open actions and one that is done, whose role has ended."""
    manager = person("chefen", Role.MANAGER, "SN")
    for title in ("Första", "Andra", "Klar"):
        promise = Promise(title=title, cause=Cause.RISK, owner=manager, due=DUE)
        create_action(committee=Committee.objects.get(code="SN"), promise=promise, by=secretary)
    move_action(Action.objects.get(title="Klar"), name="finish", by=secretary)
    end_role(assignment=manager.assignments.get(), by=person("admin", Role.ADMINISTRATOR))
    return manager


def owners() -> dict[str, str]:
    return dict(Action.objects.values_list("title", "owner__username"))


def test_who_has_left_is_shown_with_all_that_is_open(client: Client, secretary: User, leaver: User) -> None:
    [holder] = holders(secretary)
    assert (holder.person, holder.count, holder.has_role) == (leaver, 2, False)
    client.force_login(secretary)
    assert "har ingen roll längre" in client.get(ADDRESS).content.decode()
    page = client.get(f"{ADDRESS}{leaver.pk}/").content.decode()
    assert "Första</a>" in page
    assert "Klar</a>" not in page


def test_everything_open_changes_hands_in_one_step_and_is_logged(client: Client, secretary: User, leaver: User) -> None:
    client.force_login(secretary)
    answer = client.post(f"{ADDRESS}{leaver.pk}/", {"owner": secretary.pk, "why": "Har slutat"})
    assert answer.status_code == 302
    assert owners() == {"Första": "sekreteraren", "Andra": "sekreteraren", "Klar": "chefen"}
    logged = Change.objects.of(*Action.objects.all()).filter(field="owner", before="chefen", after="sekreteraren")
    assert {(change.by, change.why) for change in logged} == {(secretary, "Har slutat")}
    assert logged.count() == 2


def test_nothing_changes_hands_without_a_reason_or_to_one_who_cannot_answer_for_it(
    secretary: User, leaver: User
) -> None:
    outsider = person("andra", Role.MANAGER, "KUN")
    for to, why in ((secretary, " "), (outsider, "Har slutat"), (leaver, "Har slutat")):
        with pytest.raises(ValidationError):
            hand_over_all(person=leaver, to=to, why=why, by=secretary)
    assert set(owners().values()) == {"chefen"}


@pytest.mark.parametrize(("role", "code", "status"), [(Role.AUDITOR, "SN", 403), (Role.SECRETARY, "KUN", 404)])
def test_who_does_not_manage_the_committees_actions_neither_sees_nor_hands_over(
    client: Client, leaver: User, role: Role, code: str, status: int
) -> None:
    reader = person("läsaren", role, code)
    client.force_login(reader)
    assert client.get(f"{ADDRESS}{leaver.pk}/").status_code == status
    assert client.post(f"{ADDRESS}{leaver.pk}/", {"owner": reader.pk, "why": "x"}).status_code == status
    assert holders(reader) == []
    with pytest.raises(ValidationError, match="inget att lämna över"):
        hand_over_all(person=leaver, to=reader, why="x", by=reader)
    assert set(owners().values()) == {"chefen"}
