"""Actions: promised by those who may, moved step by step, and nothing of it forgotten."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from committees.enums import Role
from committees.models import Change, Committee, User
from committees.revising import Overtaken
from committees.workflows import MoveFault
from governance.actions.actions import (
    Promise,
    create_action,
    edit_action,
    hand_over,
    move_action,
    move_due,
    report_on,
)
from governance.enums import ActionState, Cause
from governance.models import Action
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db

DUE = dt.date(2025, 6, 30)


@pytest.fixture
def secretary() -> User:
    setup_small_municipality()
    return person("sekreteraren", Role.SECRETARY, "SN")


@pytest.fixture
def action(secretary: User) -> Action:
    promise = Promise(title="Följ upp varje månad", cause=Cause.TARGET, owner=secretary, due=DUE)
    return create_action(committee=Committee.objects.get(code="SN"), promise=promise, by=secretary)


def test_an_action_begins_as_planned_with_its_first_date_in_the_log(action: Action) -> None:
    assert action.state == ActionState.PLANNED
    logged = {change.field: change.after for change in Change.objects.of(action)}
    assert logged["due"] == "2025-06-30"


def test_who_steers_another_committee_can_not_lay_down_an_action(secretary: User) -> None:
    other = person("andra", Role.SECRETARY, "KUN")
    promise = Promise(title="Fel nämnd", cause=Cause.OTHER, owner=secretary, due=DUE)
    with pytest.raises(PermissionDenied):
        create_action(committee=Committee.objects.get(code="SN"), promise=promise, by=other)
    assert not Action.objects.exists()


def test_who_has_no_role_in_the_committee_can_not_own_its_action(action: Action, secretary: User) -> None:
    other = person("andra", Role.MANAGER, "KUN")
    with pytest.raises(ValidationError, match="kan inte vara ansvarig"):
        hand_over(action, owner=other, why="Slutar", by=secretary)


def test_every_move_of_the_date_is_kept_with_its_reason(action: Action, secretary: User) -> None:
    action = move_due(action, due=dt.date(2025, 9, 30), why="Sjukskrivning", by=secretary)
    move_due(action, due=dt.date(2025, 12, 31), why="Nytt system", by=secretary)
    moves = Change.objects.of(action).filter(field="due").order_by("pk")
    assert [(move.before, move.after, move.why) for move in moves] == [
        ("", "2025-06-30", ""),
        ("2025-06-30", "2025-09-30", "Sjukskrivning"),
        ("2025-09-30", "2025-12-31", "Nytt system"),
    ]


def test_a_date_is_not_moved_without_a_reason(action: Action, secretary: User) -> None:
    with pytest.raises(ValidationError, match="varför"):
        move_due(action, due=dt.date(2026, 1, 1), why=" ", by=secretary)
    action.refresh_from_db()
    assert action.due == DUE


def test_a_finished_action_knows_its_day_and_an_opened_one_has_none(action: Action, secretary: User) -> None:
    done = move_action(action, name="finish", by=secretary, on=dt.date(2025, 5, 2))
    assert (done.state, done.done_on) == (ActionState.DONE, dt.date(2025, 5, 2))
    opened = move_action(done, name="reopen", why="Rutinen följs inte", by=secretary)
    assert (opened.state, opened.done_on) == (ActionState.ONGOING, None)


def test_an_action_is_not_cancelled_without_a_reason_nor_by_an_auditor(action: Action, secretary: User) -> None:
    with pytest.raises(MoveFault, match="Skriv varför"):
        move_action(action, name="cancel", by=secretary)
    with pytest.raises(MoveFault, match="Du får inte"):
        move_action(action, name="cancel", why="Onödig", by=person("granskaren", Role.AUDITOR, "SN"))


def test_of_two_who_write_at_once_the_second_is_shown_the_first_ones_text(action: Action, secretary: User) -> None:
    edit_action(action, read_as=1, description="Den förstas text", by=secretary)
    with pytest.raises(Overtaken) as overtaken:
        edit_action(action, read_as=1, description="Den andras text", by=secretary)
    current = overtaken.value.current
    assert isinstance(current, Action)
    assert current.description == "Den förstas text"


def test_the_owner_reports_even_as_a_manager_of_a_unit_only(secretary: User) -> None:
    chief = person("chefen", Role.MANAGER, "SN", "AME")
    promise = Promise(title="Träffa alla", cause=Cause.OTHER, owner=chief, due=DUE)
    action = create_action(committee=Committee.objects.get(code="SN"), promise=promise, by=secretary)
    assert report_on(action, text="Halva listan är klar.", by=chief).by == chief


def test_actions_of_one_committee_are_not_seen_by_another(action: Action) -> None:
    other = person("andra", Role.SECRETARY, "KUN")
    assert not Action.objects.visible_to(other).exists()
    assert Action.objects.visible_to(action.owner).get() == action
