"""Giving commissions, telling what happens to them, deciding in them and closing them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from committees.actions.changes import log_change
from committees.actions.saving import save
from committees.models import Committee, User
from committees.permissions import Permission
from committees.revising import revise
from committees.workflows import Move, Workflow, register, states
from governance.actions.actions import Promise, create_action
from governance.actions.owning import check_owner
from governance.enums import CommissionEventKind, CommissionState, PartyRole
from governance.figures import baseline_of
from governance.models import Action, Commission, CommissionDecision, CommissionEvent, CommissionParty
from governance.policies import held_for, require
from governance.selectors.commissions import undecided

WORKFLOW = register(
    Workflow(
        "commission",
        "Uppdrag",
        CommissionState,
        CommissionState.GIVEN,
        (
            Move(
                "start",
                "Påbörja",
                states(CommissionState.GIVEN),
                CommissionState.ONGOING,
                Permission.KEEP_REGISTERS,
            ),
            Move(
                "report",
                "Markera som redovisat",
                states(CommissionState.GIVEN, CommissionState.ONGOING),
                CommissionState.REPORTED,
                Permission.KEEP_REGISTERS,
            ),
            Move(
                "close",
                "Avsluta",
                states(CommissionState.REPORTED),
                CommissionState.CLOSED,
                Permission.KEEP_REGISTERS,
                asks_why=True,
            ),
            Move(
                "withdraw",
                "Återta",
                states(CommissionState.GIVEN, CommissionState.ONGOING, CommissionState.REPORTED),
                CommissionState.WITHDRAWN,
                Permission.KEEP_REGISTERS,
                asks_why=True,
            ),
            Move(
                "reopen",
                "Öppna igen",
                states(CommissionState.REPORTED, CommissionState.CLOSED, CommissionState.WITHDRAWN),
                CommissionState.ONGOING,
                Permission.KEEP_REGISTERS,
                asks_why=True,
            ),
        ),
    )
)

Party = tuple[PartyRole, Committee | str]
"""Who is what to a commission: a committee, or another body by its name."""


def concerned(commission: Commission) -> list[Committee]:
    """Return the committees that gave or were given the commission, or get its result."""
    return [party.committee for party in commission.parties.all() if party.committee is not None]


@transaction.atomic
def give_commission(*, parties: Sequence[Party], by: User, **fields: Any) -> Commission:
    """Enter a commission and return it. The measure its effect is to move is pinned as it stands today.

    Raises PermissionDenied for who keeps no register of any committee in it, ValidationError without a receiver.
    """
    committees = [one for _, one in parties if isinstance(one, Committee)]
    require(Permission.KEEP_REGISTERS, committees, by=by)
    if not any(role == PartyRole.RECEIVER for role, _ in parties):
        raise ValidationError({"receivers": "Någon ska ha fått uppdraget."})
    check_owner(fields.get("owner"), committees)
    commission = Commission(**{"first_due": fields.get("due"), **fields})
    receivers = [one for role, one in parties if role == PartyRole.RECEIVER and isinstance(one, Committee)]
    if commission.measure:
        commission.baseline = baseline_of(commission, (receivers or committees)[0])
    commission.save()
    _set_parties(commission, parties)
    log_change(commission, field="state", before="", after=commission.get_state_display(), by=by)
    return commission


@transaction.atomic
def change_commission(
    commission: Commission, *, read_as: int, parties: Sequence[Party], by: User, why: str = "", **fields: Any
) -> Commission:
    """Change what the register says of a commission; a moved date needs its reason. Raises Overtaken when another saved first."""
    require(Permission.KEEP_REGISTERS, concerned(commission), by=by)
    if fields.get("owner") != commission.owner:
        check_owner(fields.get("owner"), [one for _, one in parties if isinstance(one, Committee)])
    now = [(PartyRole(party.role), party.committee or party.name) for party in commission.parties.all()]
    told = {"parties": (_in_words(now), _in_words(parties))}
    saved = save(commission, read_as=read_as, by=by, why=why, guarded=("due",), beside=told, **fields)
    _set_parties(saved, parties)
    return saved


@transaction.atomic
def move_commission(commission: Commission, *, name: str, by: User, why: str = "") -> Commission:
    """Take a commission a step on its way. It is closed only when every committee that was given it has decided.

    Raises MoveFault when the step cannot be taken, ValidationError, in Swedish, while a decision is wanting.
    """
    held = frozenset().union(*(held_for(by, committee) for committee in concerned(commission)))
    move = WORKFLOW.check(name, state=commission.state, held=held, why=why)
    after = CommissionState(move.target)
    if after == CommissionState.CLOSED and (waiting := undecided(commission)):
        names = ", ".join(str(committee) for committee in waiting)
        raise ValidationError(f"Uppdraget är gemensamt. Beslut saknas från {names}.")
    log_change(commission, field="state", before=commission.get_state_display(), after=after.label, by=by, why=why)
    closed_on = timezone.localdate() if after in CommissionState.closed() else None
    return revise(commission, read_as=commission.revision, state=after, closed_on=closed_on)


@transaction.atomic
def act_on(commission: Commission, *, action: Action | Promise, committee: Committee | None = None, by: User) -> Action:
    """Answer the commission with an action that is there, or with a new one of the committee; return it.

    Raises PermissionDenied for who may not manage the committee's actions, ValidationError for a committee that is no party.
    """
    body = committee if isinstance(action, Promise) else action.committee
    if body is None or body not in concerned(commission):
        raise ValidationError("Åtgärden ska höra till en nämnd som är part i uppdraget.")
    require(Permission.MANAGE_ACTIONS, [body], by=by)
    answering = create_action(committee=body, promise=action, by=by) if isinstance(action, Promise) else action
    commission.actions.add(answering)
    log_change(commission, field="actions", before="", after=answering.title, by=by)
    return answering


@transaction.atomic
def note_event(commission: Commission, *, kind: CommissionEventKind | str, on: dt.date, text: str, by: User) -> None:
    """Note a report back, a clarification or a changed premise."""
    require(Permission.KEEP_REGISTERS, concerned(commission), by=by)
    if on > timezone.localdate():
        raise ValidationError({"on": "Dagen har inte kommit än."})
    event = CommissionEvent.objects.create(
        commission=commission, kind=CommissionEventKind(kind), on=on, text=text, by=by
    )
    log_change(commission, field="events", before="", after=str(event), by=by)


@transaction.atomic
def note_decision(
    commission: Commission, *, committee: Committee, decided_on: dt.date, paragraph: str, text: str, by: User
) -> None:
    """Note what one committee decided in the commission: each that shares it decides on its own, with its own date and §."""
    require(Permission.KEEP_REGISTERS, concerned(commission), by=by)
    if committee not in concerned(commission):
        raise ValidationError({"committee": "Nämnden är ingen part i uppdraget."})
    decision, new = CommissionDecision.objects.get_or_create(
        commission=commission, committee=committee, decided_on=decided_on, paragraph=paragraph, defaults={"text": text}
    )
    if not new:
        raise ValidationError({"paragraph": "Beslutet är redan infört."})
    log_change(commission, field="decisions", before="", after=f"{decision} {paragraph}".strip(), by=by)


def _set_parties(commission: Commission, parties: Sequence[Party]) -> None:
    commission.parties.all().delete()
    CommissionParty.objects.bulk_create(
        CommissionParty(commission=commission, role=role, committee=one)
        if isinstance(one, Committee)
        else CommissionParty(commission=commission, role=role, name=one)
        for role, one in parties
    )


def _in_words(parties: Iterable[Party]) -> str:
    return ", ".join(sorted(f"{one} ({role.label.lower()})" for role, one in parties))
