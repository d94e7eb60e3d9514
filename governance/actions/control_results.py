"""What the controls showed: told by hand, or by the measure itself against its limit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from committees.actions.changes import log_changes
from committees.actions.saving import save
from committees.models import Committee, User
from committees.permissions import Permission
from governance.actions.actions import Promise, create_action
from governance.enums import ControlOccasion, ControlOutcome, PlanState
from governance.figures import NoFigure, figure_of
from governance.models import Action, Control, ControlPlan, ControlResult
from governance.policies import require
from governance.selectors.control import period_of, unreported
from reporting.figures.model import Period
from reporting.figures.targets import Status, status
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot

_OUTCOMES = {
    Status.MET: ControlOutcome.PASSED,
    Status.NEARLY: ControlOutcome.MINOR,
    Status.NOT_MET: ControlOutcome.SERIOUS,
}


def _require_decided(plan: ControlPlan, by: User) -> None:
    require(Permission.MANAGE_CONTROL, [plan.committee], by=by)
    if plan.state != PlanState.DECIDED:
        raise ValidationError("Resultat förs in när planen är beslutad och inte än rapporterad.")


@transaction.atomic
def record_result(
    control: Control,
    *,
    occasion: ControlOccasion | str,
    performed_on: dt.date,
    outcome: ControlOutcome | str,
    by: User,
    checked: int | None = None,
    deviations: int | None = None,
    comment: str = "",
) -> ControlResult:
    """Enter what a control showed and return it. Raises ValidationError for a measured one, which reports itself."""
    _require_decided(control.risk.plan, by)
    if control.measure:
        raise ValidationError("Kontrollen är ett mått och rapporterar sig själv.")
    if performed_on > timezone.localdate():
        raise ValidationError({"performed_on": "Dagen har inte kommit än."})
    if control.results.filter(occasion=occasion).exists():
        raise ValidationError({"occasion": "Resultatet är redan infört. Ändra det i stället."})
    _check_numbers(checked, deviations)
    result = ControlResult.objects.create(
        control=control,
        occasion=ControlOccasion(occasion),
        performed_on=performed_on,
        checked=checked,
        deviations=deviations,
        outcome=ControlOutcome(outcome),
        comment=comment,
        by=by,
    )
    _log_first(result, by)
    return result


def _log_first(result: ControlResult, by: User) -> None:
    first = {"outcome": result.get_outcome_display(), "performed_on": result.performed_on, "comment": result.comment}
    log_changes(result, before={}, after=first, by=by)


def _check_numbers(checked: int | None, deviations: int | None) -> None:
    if (checked is None) != (deviations is None):
        raise ValidationError({"deviations": "Ange både hur många som kontrollerades och hur många som avvek."})
    if checked is not None and deviations is not None and deviations > checked:
        raise ValidationError({"deviations": "Fler kan inte avvika än som har kontrollerats."})


@transaction.atomic
def change_result(
    result: ControlResult,
    *,
    read_as: int,
    outcome: ControlOutcome | str,
    comment: str,
    by: User,
    why: str = "",
    checked: int | None = None,
    deviations: int | None = None,
) -> ControlResult:
    """Change what was told of a control, with the reason where the assessment changes; a measured one is only commented on.

    Raises Overtaken when another saved first, ValidationError where a measured outcome would be changed.
    """
    _require_decided(result.control.risk.plan, by)
    if result.figure:
        if outcome != result.outcome or checked is not None:
            raise ValidationError(
                {"outcome": "Måttet har gett bedömningen. Den går att kommentera men inte att ändra."}
            )
        return save(result, read_as=read_as, by=by, why=why, comment=comment)
    _check_numbers(checked, deviations)
    told: dict[str, Any] = {"outcome": outcome, "comment": comment, "checked": checked, "deviations": deviations}
    return save(result, read_as=read_as, by=by, why=why, guarded=("outcome", "checked", "deviations"), **told)


@transaction.atomic
def report_measured(plan: ControlPlan, *, occasion: ControlOccasion | str, by: User) -> list[ControlResult]:
    """Let the plan's measured controls that have no result for the occasion report themselves, and return the results.

    The figure is of the occasion's period in the latest snapshot, and pinned to it. Raises ValidationError, in Swedish, while the
    snapshot does not reach the end of the period; a control whose figure cannot be given is entered as not done, with the reason.
    """
    _require_decided(plan, by)
    snapshot, period = latest_snapshot(), period_of(plan.year, ControlOccasion(occasion))
    if snapshot is None or snapshot.as_of < period.end:
        raise ValidationError(f"Det finns inget underlag som räcker till {period.end.isoformat()} än.")
    waiting = [control for control in unreported(plan, ControlOccasion(occasion)) if control.measure]
    told = Occasion(ControlOccasion(occasion), period, snapshot)
    return [_measure(control, plan.committee, told, by) for control in waiting]


@dataclass(frozen=True)
class Occasion:
    """When measured controls report themselves: of which period, as one snapshot knows it."""

    name: ControlOccasion
    period: Period
    snapshot: Snapshot


def _measure(control: Control, committee: Committee, occasion: Occasion, by: User) -> ControlResult:
    outcome, comment, figure = ControlOutcome.NOT_DONE, "", None
    try:
        found = figure_of(control, committee, period=occasion.period, snapshot=occasion.snapshot)
    except NoFigure as fault:
        comment = str(fault)
    else:
        figure = found.as_json()
        outcome = _OUTCOMES.get(status(found.value, control.comparator, control.limit), ControlOutcome.NOT_DONE)
    result = ControlResult.objects.create(
        control=control,
        occasion=occasion.name,
        performed_on=timezone.localdate(),
        outcome=outcome,
        comment=comment,
        figure=figure,
        by=by,
    )
    _log_first(result, by)
    return result


@transaction.atomic
def act_on(result: ControlResult, *, promise: Promise, by: User) -> Action:
    """Lay down an action upon a deviation, and return it. Raises what `create_action` raises."""
    plan = result.control.risk.plan
    require(Permission.MANAGE_CONTROL, [plan.committee], by=by)
    action = create_action(committee=plan.committee, promise=promise, by=by)
    result.actions.add(action)
    log_changes(result, before={}, after={"actions": action}, by=by)
    return action
