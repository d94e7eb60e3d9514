"""Promising to do something, moving the date, reporting, and coming to an end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from committees.actions.changes import log_change, log_changes
from committees.models import Committee, Unit, User
from committees.permissions import Permission
from committees.revising import revise
from committees.workflows import Move, Workflow, register, states
from governance.actions.owning import check_owner
from governance.enums import ActionState, Cause
from governance.figures import baseline_of
from governance.models import Action, ActionReport
from governance.policies import held_for, require

WORKFLOW = register(
    Workflow(
        "action",
        "Åtgärd",
        ActionState,
        ActionState.PLANNED,
        (
            Move("start", "Påbörja", states(ActionState.PLANNED), ActionState.ONGOING, Permission.MANAGE_ACTIONS),
            Move(
                "finish",
                "Markera som genomförd",
                states(ActionState.PLANNED, ActionState.ONGOING),
                ActionState.DONE,
                Permission.MANAGE_ACTIONS,
            ),
            Move(
                "cancel",
                "Avbryt",
                states(ActionState.PLANNED, ActionState.ONGOING),
                ActionState.CANCELLED,
                Permission.MANAGE_ACTIONS,
                asks_why=True,
            ),
            Move(
                "reopen",
                "Öppna igen",
                states(ActionState.DONE, ActionState.CANCELLED),
                ActionState.ONGOING,
                Permission.MANAGE_ACTIONS,
                asks_why=True,
            ),
        ),
    )
)


@dataclass(frozen=True)
class Promise:
    """What an action promises. `measure`, `variant` and `selection` name the measure it is meant to move, if any.

    `decided_on` is the day it was decided, where it is entered afterwards.
    """

    title: str
    cause: Cause | str
    owner: User
    due: dt.date
    description: str = ""
    cause_text: str = ""
    unit: Unit | None = None
    measure: str = ""
    variant: str = ""
    selection: Mapping[str, Sequence[str]] = field(default_factory=dict)
    decided_on: dt.date | None = None


@transaction.atomic
def create_action(*, committee: Committee, promise: Promise, by: User) -> Action:
    """Lay down an action and return it; the measure it is meant to move is pinned as it stood when it was decided.

    Raises PermissionDenied for who may not manage the committee's actions, and ValidationError, in Swedish, for an owner who may
    not see the committee's steering and for a decision to come.
    """
    require(Permission.MANAGE_ACTIONS, [committee], by=by)
    check_owner(promise.owner, [committee])
    if promise.decided_on and promise.decided_on > timezone.localdate():
        raise ValidationError({"decided_on": "Dagen har inte kommit än."})
    action = Action(
        committee=committee,
        unit=promise.unit,
        title=promise.title,
        description=promise.description,
        cause=Cause(promise.cause),
        cause_text=promise.cause_text,
        owner=promise.owner,
        due=promise.due,
        measure=promise.measure,
        variant=promise.variant,
        selection={name: list(values) for name, values in promise.selection.items()},
        created_by=by,
    )
    action.baseline = baseline_of(action, committee, promise.decided_on)
    action.save()
    first = {"state": action.get_state_display(), "due": action.due, "owner": action.owner}
    if promise.decided_on:
        first["beslutad"] = promise.decided_on
    log_changes(action, before={}, after=first, by=by)
    return action


@transaction.atomic
def edit_action(action: Action, *, read_as: int, by: User, **fields: object) -> Action:
    """Store what was written about an action: title, description, cause_text, unit. Raises Overtaken when another saved first."""
    require(Permission.MANAGE_ACTIONS, [action.committee], by=by)
    before = {name: getattr(action, name) for name in fields}
    saved = revise(action, read_as=read_as, **fields)
    log_changes(saved, before=before, after=fields, by=by)
    return saved


@transaction.atomic
def move_due(action: Action, *, due: dt.date, why: str, by: User) -> Action:
    """Move the day an action is due; each move is kept with its reason. Raises ValidationError without one."""
    require(Permission.MANAGE_ACTIONS, [action.committee], by=by)
    if not why.strip():
        raise ValidationError({"why": "Skriv varför datumet flyttas."})
    log_change(action, field="due", before=action.due, after=due, by=by, why=why)
    return revise(action, read_as=action.revision, due=due)


@transaction.atomic
def hand_over(action: Action, *, owner: User, why: str, by: User) -> Action:
    """Give an action another owner. Raises ValidationError for one who may not see the committee's steering."""
    require(Permission.MANAGE_ACTIONS, [action.committee], by=by)
    check_owner(owner, [action.committee])
    log_change(action, field="owner", before=action.owner, after=owner, by=by, why=why)
    return revise(action, read_as=action.revision, owner=owner)


@transaction.atomic
def move_action(action: Action, *, name: str, by: User, why: str = "", on: dt.date | None = None) -> Action:
    """Take an action one step on its way; `on` is the day it was done. Raises MoveFault, in Swedish, when that cannot be."""
    held = held_for(by, action.committee)
    move = WORKFLOW.check(name, state=action.state, held=held, why=why)
    after = ActionState(move.target)
    log_change(action, field="state", before=action.get_state_display(), after=after.label, by=by, why=why)
    done_on = (on or timezone.localdate()) if after == ActionState.DONE else None
    return revise(action, read_as=action.revision, state=after, done_on=done_on)


@transaction.atomic
def report_on(action: Action, *, text: str, by: User) -> ActionReport:
    """Tell what has been done, beside what the measure says today. The owner may, and those who manage the actions."""
    if by != action.owner:
        require(Permission.MANAGE_ACTIONS, [action.committee], by=by)
    if not text.strip():
        raise ValidationError({"text": "Skriv vad som har gjorts."})
    return ActionReport.objects.create(
        action=action, text=text, state=action.state, figure=baseline_of(action, action.committee), by=by
    )
