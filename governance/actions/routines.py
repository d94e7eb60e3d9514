"""Keeping the register of routines: what is to be done, by which measure it shows, and who answers for what in it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from committees.actions.changes import log_change, log_changes
from committees.actions.saving import required, save
from committees.models import Committee, User
from committees.permissions import Permission
from governance.enums import RoutineTask
from governance.models import Routine, RoutineParty
from governance.policies import require


@transaction.atomic
def add_routine(*, committee: Committee, code: str, name: str, by: User, **fields: Any) -> Routine:
    """Enter a routine of the committee and return it. Raises PermissionDenied, and ValidationError for a code already taken."""
    require(Permission.KEEP_REGISTERS, [committee], by=by)
    if Routine.objects.filter(code=code).exists():
        raise ValidationError({"code": f"Koden {code} används redan av en annan rutin."})
    routine = Routine.objects.create(committee=committee, code=code, name=name, **fields)
    log_changes(routine, before={}, after={"name": name, "measure": routine.measure}, by=by)
    return routine


@transaction.atomic
def change_routine(routine: Routine, *, read_as: int, by: User, why: str = "", **fields: Any) -> Routine:
    """Change what the register says of a routine. Raises PermissionDenied, and Overtaken when somebody saved first."""
    require(Permission.KEEP_REGISTERS, [routine.committee], by=by)
    return save(routine, read_as=read_as, by=by, why=why, **fields)


@transaction.atomic
def name_party(routine: Routine, *, task: RoutineTask | str, party: str, by: User, source: str = "") -> RoutineParty:
    """Enter who a document says answers for a task; a second party of a task is entered too, and is a conflict to be shown.

    Raises PermissionDenied, and ValidationError for a party that stands there already.
    """
    require(Permission.KEEP_REGISTERS, [routine.committee], by=by)
    who = required(party, "party", "Skriv vem det är.")
    named, new = RoutineParty.objects.get_or_create(
        routine=routine, task=RoutineTask(task), party=who, defaults={"source": source.strip()}
    )
    if not new:
        raise ValidationError({"party": f"{who} står redan för den uppgiften."})
    log_change(routine, field="parties", before="", after=str(named), by=by)
    return named


@transaction.atomic
def drop_party(party: RoutineParty, *, by: User, why: str) -> None:
    """Take away who no longer answers for a task; the log keeps it. Raises PermissionDenied, ValidationError without a reason."""
    require(Permission.KEEP_REGISTERS, [party.routine.committee], by=by)
    reason = required(why, "why", "Skriv varför den inte längre ansvarar.")
    log_change(party.routine, field="parties", before=str(party), after="", by=by, why=reason)
    party.delete()
