"""Every role in every state with every action of governance: tables of expectations, written by hand, and every cell tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from committees.actions.people import assign_role
from committees.enums import Role
from committees.models import Committee, User
from committees.workflows import MoveFault, registered
from governance.actions import actions, commissions, control, control_results, explanations
from governance.actions.actions import Promise
from governance.actions.goals import Content, create_goal, create_indicator
from governance.enums import ActionState, Cause, CommissionState, PartyRole, PlanState, ValueState
from governance.models import Action, Commission, Control, ControlPlan, ControlResult, ReportedValue
from reporting.figures.model import Period
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 6, 30)
DECIDED = dt.date(2024, 1, 23)
LEADS = frozenset({"secretary", "manager"})
KEEPS = frozenset({"secretary"})
Table = Mapping[str, tuple[frozenset[str], frozenset[str]]]
"""Who may do what, in which states."""
Tries = Mapping[str, Callable[[User], object]]


@pytest.fixture
def people() -> dict[str, User]:
    """Everyone with a role: for the social committee, for another committee, for one unit, for the whole municipality."""
    setup_small_municipality()
    former = person("tidigare", Role.SECRETARY, "SN", ended=dt.date(2024, 12, 31))
    elsewhere = person("annan", Role.SECRETARY, "KUN")
    kun = Committee.objects.get(code="KUN")
    assign_role(person=elsewhere, role=Role.MANAGER, committee=kun, start=dt.date(2020, 1, 1))
    return {
        "secretary": person("sekreteraren", Role.SECRETARY, "SN"),
        "manager": person("chefen", Role.MANAGER, "SN"),
        "chief of a unit": person("enhetschefen", Role.MANAGER, "SN", "AME"),
        "auditor": person("granskaren", Role.AUDITOR, "SN"),
        "elected auditor": person("revisorn", Role.ELECTED_AUDITOR, "SN"),
        "steward": person("forvaltaren", Role.DATA_STEWARD),
        "administrator": person("administratoren", Role.ADMINISTRATOR),
        "elsewhere": elsewhere,
        "former": former,
    }


def sn() -> Committee:
    return Committee.objects.get(code="SN")


def is_done(attempt: Callable[[User], object], by: User) -> bool:
    """Try something, undo it, and tell whether it went through."""
    with transaction.atomic():
        try:
            attempt(by)
        except (PermissionDenied, MoveFault, ValidationError):
            return False
        finally:
            transaction.set_rollback(True)
    return True


def check(people: Mapping[str, User], state: str, table: Table, tries: Tries) -> None:
    """Hold what everyone can do in the state against the table."""
    assert set(tries) == set(table)
    done = {(role, name) for role, user in people.items() for name, attempt in tries.items() if is_done(attempt, user)}
    assert done == {(role, name) for name, (who, when) in table.items() if state in when for role in who}


def every(state: type[ActionState | CommissionState | PlanState | ValueState]) -> frozenset[str]:
    return frozenset(state.values)


ACTION: Table = {
    "start": (LEADS, frozenset({"planned"})),
    "finish": (LEADS, frozenset({"planned", "ongoing"})),
    "cancel": (LEADS, frozenset({"planned", "ongoing"})),
    "reopen": (LEADS, frozenset({"done", "cancelled"})),
    "edit": (LEADS, every(ActionState)),
    "move the day": (LEADS, every(ActionState)),
    "hand over": (LEADS, every(ActionState)),
    "report": (LEADS | {"chief of a unit"}, every(ActionState)),
}
"""The chief of a unit owns the action."""


def test_every_role_can_do_exactly_what_the_table_says_with_an_action(people: dict[str, User]) -> None:
    by, owner = people["secretary"], people["chief of a unit"]
    made = actions.create_action(committee=sn(), promise=Promise("Ring", Cause.RISK, owner, DAY), by=by)

    def now() -> Action:
        return Action.objects.get(pk=made.pk)

    def move(name: str) -> Callable[[User], object]:
        return lambda user: actions.move_action(now(), name=name, by=user, why="Därför")

    tries: Tries = {
        **{name: move(name) for name in ("start", "finish", "cancel", "reopen")},
        "edit": lambda user: actions.edit_action(now(), read_as=now().revision, by=user, title="Ring alla"),
        "move the day": lambda user: actions.move_due(now(), due=DECIDED, why="Sommaren", by=user),
        "hand over": lambda user: actions.hand_over(now(), owner=people["manager"], why="Byte", by=user),
        "report": lambda user: actions.report_on(now(), text="Ringt.", by=user),
    }
    for path, state in (("", "planned"), ("start", "ongoing"), ("finish", "done")):
        if path:
            move(path)(by)
        check(people, state, ACTION, tries)
    move("reopen")(by)
    move("cancel")(by)
    check(people, "cancelled", ACTION, tries)


COMMISSION: Table = {
    "start": (KEEPS, frozenset({"given"})),
    "report": (KEEPS, frozenset({"given", "ongoing"})),
    "close": (KEEPS, frozenset({"reported"})),
    "withdraw": (KEEPS, frozenset({"given", "ongoing", "reported"})),
    "reopen": (KEEPS, frozenset({"reported", "closed", "withdrawn"})),
    "change": (KEEPS, every(CommissionState)),
    "note what happened": (KEEPS, every(CommissionState)),
    "note a decision": (KEEPS, every(CommissionState)),
    "answer with an action": (LEADS, every(CommissionState)),
}


def test_every_role_can_do_exactly_what_the_table_says_with_a_commission(people: dict[str, User]) -> None:
    by, committee = people["secretary"], sn()
    parties: list[commissions.Party] = [(PartyRole.GIVER, "Kommunstyrelsen"), (PartyRole.RECEIVER, committee)]
    made = commissions.give_commission(parties=parties, by=by, title="Samordna", due=DAY)
    decision: dict[str, Any] = {"committee": committee, "decided_on": DECIDED, "text": ""}
    commissions.note_decision(made, **decision, paragraph="§ 1", by=by)
    promise = Promise("Ring", Cause.DECISION, people["manager"], DAY)

    def now() -> Commission:
        return Commission.objects.get(pk=made.pk)

    def move(name: str) -> Callable[[User], object]:
        return lambda user: commissions.move_commission(now(), name=name, by=user, why="Därför")

    tries: Tries = {
        **{name: move(name) for name in ("start", "report", "close", "withdraw", "reopen")},
        "change": lambda user: commissions.change_commission(
            now(), read_as=now().revision, parties=parties, by=user, title="Samordna mer"
        ),
        "note what happened": lambda user: commissions.note_event(
            now(), kind="report", on=DECIDED, text="Muntligt.", by=user
        ),
        "note a decision": lambda user: commissions.note_decision(now(), **decision, paragraph="§ 2", by=user),
        "answer with an action": lambda user: commissions.act_on(now(), action=promise, committee=committee, by=user),
    }
    for path, state in (("", "given"), ("start", "ongoing"), ("report", "reported"), ("close", "closed")):
        if path:
            move(path)(by)
        check(people, state, COMMISSION, tries)
    move("reopen")(by)
    move("withdraw")(by)
    check(people, "withdrawn", COMMISSION, tries)


PLAN: Table = {
    "decide": (LEADS, frozenset({"draft"})),
    "report": (LEADS, frozenset({"decided"})),
    "revise": (LEADS, frozenset({"decided"})),
    "reopen": (LEADS, frozenset({"reported"})),
    "change a risk": (LEADS, frozenset({"draft"})),
    "change a result": (LEADS, frozenset({"decided"})),
}


def test_every_role_can_do_exactly_what_the_table_says_with_a_control_plan(people: dict[str, User]) -> None:
    by = people["secretary"]
    plan = control.begin_plan(committee=sn(), year=2024, by=by)
    risk = control.add_risk(plan, by=by, category="economy", description="Biståndet ökar", probability=2, consequence=4)
    control.add_control(risk, by=by, title="Läs tio beslut", frequency="yearly")

    def now() -> ControlPlan:
        return ControlPlan.objects.get(pk=plan.pk)

    def move(name: str) -> Callable[[User], object]:
        day = DECIDED if name == "decide" else None
        return lambda user: control.move_plan(now(), name=name, by=user, why="Därför", decided_on=day)

    def change_risk(user: User) -> object:
        row = now().risks.get()
        return control.change_risk(row, read_as=row.revision, by=user, why="Därför", probability=3)

    def change_result(user: User) -> object:
        row = ControlResult.objects.select_related("control__risk__plan").get()
        return control_results.change_result(
            row,
            read_as=row.revision,
            by=user,
            outcome="serious",
            comment="",
            checked=None,
            deviations=None,
            why="Fel",
        )

    tries: Tries = {
        **{name: move(name) for name in ("decide", "report", "revise", "reopen")},
        "change a risk": change_risk,
        "change a result": change_result,
    }
    move("decide")(by)
    control_results.record_result(
        Control.objects.select_related("risk__plan").get(), by=by, occasion="annual", performed_on=DAY, outcome="minor"
    )
    check(people, "decided", PLAN, tries)
    move("report")(by)
    check(people, "reported", PLAN, tries)
    move("reopen")(by)
    move("revise")(by)
    check(people, "draft", PLAN, tries)


VALUE: Table = {
    "attest": (frozenset({"manager"}), frozenset({"reported"})),
    "change": (LEADS, every(ValueState)),
}


def test_every_role_can_do_exactly_what_the_table_says_with_a_value_reported_by_hand(people: dict[str, User]) -> None:
    by = people["secretary"]
    goal = create_goal(committee=sn(), code="SN-1", name="Nöjda", by=by)
    indicator = create_indicator(goals=[goal], content=Content(name="Nöjda", unit="procent"), by=by)
    made = explanations.report_value(
        indicator, committee=sn(), period=Period.year(2024), value=Decimal(40), source="Enkät", by=by
    )

    def now() -> ReportedValue:
        return ReportedValue.objects.get(pk=made.pk)

    def attest(user: User) -> object:
        return explanations.attest_value(now(), read_as=now().revision, by=user)

    tries: Tries = {
        "attest": attest,
        "change": lambda user: explanations.change_value(
            now(), value=Decimal(41), source="Enkät", why="Fel", read_as=now().revision, by=user
        ),
    }
    check(people, "reported", VALUE, tries)
    attest(people["manager"])
    check(people, "attested", VALUE, tries)


def test_every_workflow_of_governance_has_its_table() -> None:
    tables = {"action": ACTION, "commission": COMMISSION, "control_plan": PLAN, "reported_value": VALUE}
    own = {workflow.name: workflow for workflow in registered() if workflow.name in tables}
    assert set(own) == set(tables)
    for name, workflow in own.items():
        assert {move.name for move in workflow.moves} <= set(tables[name])
