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
from governance.actions.commissions import give_commission, move_commission
from governance.actions.documents import add_document
from governance.actions.forums import add_forum
from governance.actions.goals import Content, create_goal, create_indicator
from governance.actions.handover import hand_over_all
from governance.actions.inquiries import add_inquiry
from governance.enums import Cause, DocumentKind, PartyRole
from governance.models import Action, Commission, Forum, Indicator, Inquiry, SteeringDocument
from governance.selectors.belongings import holders, to_hand_over
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


@pytest.fixture
def register_keeper(secretary: User) -> User:
    """Somebody who answers for one open thing of every kind, and for a commission that was withdrawn."""
    keeper, sn = person("registerhållaren", Role.SECRETARY, "SN"), Committee.objects.get(code="SN")
    for title in ("Utred", "Återtaget"):
        give_commission(parties=[(PartyRole.RECEIVER, sn)], by=secretary, title=title, due=DUE, owner=keeper)
    move_commission(Commission.objects.get(title="Återtaget"), name="withdraw", by=secretary, why="Behövs inte")
    kind = DocumentKind.ROUTINE
    add_document(committees=[sn], by=secretary, title="Rutin", kind=kind, review_by=DUE, owner=keeper)
    add_forum(committees=[sn], by=secretary, name="Träff", interval_months=1, start=DUE, owner=keeper)
    add_inquiry(committees=[sn], by=secretary, title="Organisationen", owner=keeper)
    goal = create_goal(committee=sn, code="M1", name="Fler i arbete", by=secretary)
    create_indicator(goals=[goal], content=Content(name="Nöjda", unit="procent", owner=keeper), by=secretary)
    end_role(assignment=keeper.assignments.get(), by=person("admin", Role.ADMINISTRATOR))
    return keeper


def test_what_somebody_answers_for_in_the_registers_is_handed_over_too(secretary: User, register_keeper: User) -> None:
    theirs = [(one.kind, one.title, one.due) for one in to_hand_over(secretary, owner=register_keeper)]
    assert sorted(theirs) == [
        ("forum", "Träff", dt.date(2030, 7, 30)),
        ("indikator att rapportera och förklara", "Nöjda", None),
        ("styrdokument", "Rutin", DUE),
        ("uppdrag", "Utred", DUE),
        ("utredning", "Organisationen", None),
    ]
    assert hand_over_all(person=register_keeper, to=secretary, why="Har slutat", by=secretary) == 5
    rows = [model.objects.get(owner=secretary) for model in (Forum, Indicator, SteeringDocument, Commission, Inquiry)]
    logged = Change.objects.of(*rows).filter(field="owner", before="registerhållaren", after="sekreteraren")
    assert logged.count() == 5
    assert [(one.person, one.count) for one in holders(secretary)] == [(secretary, 5)]


def test_a_manager_hands_over_what_managers_may_change_and_leaves_the_registers_to_the_secretary(
    register_keeper: User,
) -> None:
    manager = person("chefen", Role.MANAGER, "SN")
    assert [one.title for one in to_hand_over(manager)] == ["Nöjda"]


def test_nobody_answers_for_what_they_cannot_see(secretary: User) -> None:
    outsider = person("andra", Role.MANAGER, "KUN")
    sn = Committee.objects.get(code="SN")
    with pytest.raises(ValidationError, match="kan inte vara ansvarig"):
        add_forum(committees=[sn], by=secretary, name="Träff", interval_months=1, start=DUE, owner=outsider)
