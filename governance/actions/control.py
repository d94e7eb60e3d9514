"""Planning internal control: the plan of a committee and year, its risks, and how each is watched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from committees.actions.changes import log_change, log_changes
from committees.actions.saving import save
from committees.models import Committee, User
from committees.permissions import Permission
from committees.revising import revise
from committees.workflows import Move, Workflow, register, states
from governance.actions.owning import check_owner
from governance.enums import ControlOccasion, PlanState
from governance.models import Control, ControlPlan, Risk
from governance.policies import held_for, require
from governance.selectors.control import unreported

WORKFLOW = register(
    Workflow(
        "control_plan",
        "Internkontrollplan",
        PlanState,
        PlanState.DRAFT,
        (
            Move("decide", "För in beslutet", states(PlanState.DRAFT), PlanState.DECIDED, Permission.MANAGE_CONTROL),
            Move(
                "report",
                "Markera som rapporterad",
                states(PlanState.DECIDED),
                PlanState.REPORTED,
                Permission.MANAGE_CONTROL,
            ),
            Move(
                "revise",
                "Gör om till utkast",
                states(PlanState.DECIDED),
                PlanState.DRAFT,
                Permission.MANAGE_CONTROL,
                asks_why=True,
            ),
            Move(
                "reopen",
                "Öppna rapporteringen igen",
                states(PlanState.REPORTED),
                PlanState.DECIDED,
                Permission.MANAGE_CONTROL,
                asks_why=True,
            ),
        ),
    )
)


@transaction.atomic
def begin_plan(*, committee: Committee, year: int, by: User) -> ControlPlan:
    """Begin the committee's plan of the year as a draft and return it. Raises ValidationError when there is one already."""
    require(Permission.MANAGE_CONTROL, [committee], by=by)
    plan, new = ControlPlan.objects.get_or_create(committee=committee, year=year)
    if not new:
        raise ValidationError({"year": f"{committee} har redan en internkontrollplan för {year}."})
    log_change(plan, field="state", before="", after=plan.get_state_display(), by=by)
    return plan


@transaction.atomic
def carry_plan(last: ControlPlan, *, by: User, why: str) -> ControlPlan | None:
    """Begin next year's plan as a draft with last year's risks and controls, without what they showed, and return it.

    None when that year has a plan already. Raises PermissionDenied.
    """
    year = last.year + 1
    require(Permission.MANAGE_CONTROL, [last.committee], by=by)
    if ControlPlan.objects.filter(committee=last.committee, year=year).exists():
        return None
    plan = ControlPlan.objects.create(committee=last.committee, year=year, copied_from=last)
    log_changes(plan, before={}, after={"state": plan.get_state_display(), "copied_from": last}, by=by, why=why)
    for risk in last.risks.prefetch_related("controls"):
        copied = Risk.objects.create(plan=plan, number=risk.number, **_same(risk, _RISK))
        assessed = {"probability": copied.probability, "consequence": copied.consequence}
        log_changes(copied, before={}, after=assessed, by=by, why=why)
        for control in risk.controls.all():
            _enter_control(copied, _same(control, _CONTROL), by=by, why=why)
    return plan


_RISK = ("category", "description", "source", "probability", "consequence")
_CONTROL = (
    "title", "method", "sample", "frequency", "owner", "routine", "criterion", "comparator", "limit", "measure", "variant",
    "selection",
)  # fmt: skip


def _same(row: Risk | Control, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


@transaction.atomic
def move_plan(
    plan: ControlPlan, *, name: str, by: User, why: str = "", decided_on: dt.date | None = None, paragraph: str = ""
) -> ControlPlan:
    """Take a plan a step on its way. It is reported only when every control has a result for the whole year.

    `decided_on` and `paragraph` are the decision's, for the step "decide". Raises MoveFault when the step cannot be taken,
    ValidationError, in Swedish, for what is wanting.
    """
    move = WORKFLOW.check(name, state=plan.state, held=held_for(by, plan.committee), why=why)
    fields: dict[str, Any] = {}
    if name == "decide":
        _check_decision(plan, decided_on)
        fields = {"decided_on": decided_on, "paragraph": paragraph.strip()}
    elif move.target == PlanState.DRAFT:
        fields = {"decided_on": None, "paragraph": ""}
    elif move.target == PlanState.REPORTED and (waiting := unreported(plan, ControlOccasion.ANNUAL)):
        raise ValidationError(f"Resultat för hela året saknas för: {', '.join(map(str, waiting))}.")
    log_change(plan, field="state", before=plan.get_state_display(), after=PlanState(move.target).label, by=by, why=why)
    log_changes(plan, before={key: getattr(plan, key) for key in fields}, after=fields, by=by, why=why)
    return revise(plan, read_as=plan.revision, state=move.target, **fields)


def _check_decision(plan: ControlPlan, decided_on: dt.date | None) -> None:
    if decided_on is None:
        raise ValidationError({"decided_on": "Skriv vilken dag planen beslutades."})
    if decided_on > timezone.localdate():
        raise ValidationError({"decided_on": "Dagen har inte kommit än."})
    bare = [risk for risk in plan.risks.prefetch_related("controls") if not risk.controls.all()]
    if bare or not plan.risks.exists():
        which = ", ".join(str(risk.number) for risk in bare)
        raise ValidationError(f"Risk {which} har ingen kontroll." if bare else "Planen har inga risker än.")


def _require_draft(plan: ControlPlan, by: User) -> None:
    require(Permission.MANAGE_CONTROL, [plan.committee], by=by)
    if plan.state != PlanState.DRAFT:
        raise ValidationError("Planen är beslutad. Gör om den till utkast för att ändra i den.")


@transaction.atomic
def add_risk(plan: ControlPlan, *, by: User, **fields: Any) -> Risk:
    """Enter a risk in a draft plan, numbered after the last, and return it. Raises ValidationError when the plan is decided."""
    _require_draft(plan, by)
    last = plan.risks.aggregate(last=Max("number"))["last"] or 0
    risk = Risk.objects.create(plan=plan, number=last + 1, **fields)
    assessed = {name: fields[name] for name in ("probability", "consequence")}
    log_changes(risk, before={}, after=assessed, by=by)
    log_change(plan, field="risks", before="", after=str(risk), by=by)
    return risk


@transaction.atomic
def change_risk(risk: Risk, *, read_as: int, by: User, why: str = "", **fields: Any) -> Risk:
    """Change a risk of a draft plan; another assessment needs its reason. Raises Overtaken when another saved first."""
    _require_draft(risk.plan, by)
    return save(risk, read_as=read_as, by=by, why=why, guarded=("probability", "consequence"), **fields)


@transaction.atomic
def add_control(risk: Risk, *, by: User, **fields: Any) -> Control:
    """Enter how a risk of a draft plan is watched, and return it.

    Raises ValidationError when the plan is decided, the measure has no limit, or the owner may not see the committee's steering.
    """
    _require_draft(risk.plan, by)
    _check_control(risk, fields)
    return _enter_control(risk, fields, by=by)


def _enter_control(risk: Risk, fields: dict[str, Any], *, by: User, why: str = "") -> Control:
    control = Control.objects.create(risk=risk, **fields)
    said = {"title": control.title, "owner": control.owner, "limit": control.limit}
    log_changes(control, before={}, after=said, by=by, why=why)
    return control


@transaction.atomic
def give_control(control: Control, *, owner: User, why: str, by: User) -> Control:
    """Let another answer for a control, whatever the plan's state. Raises PermissionDenied and ValidationError."""
    committee = control.risk.plan.committee
    require(Permission.MANAGE_CONTROL, [committee], by=by)
    check_owner(owner, [committee])
    log_change(control, field="owner", before=control.owner, after=owner, by=by, why=why)
    return revise(control, read_as=control.revision, owner=owner)


@transaction.atomic
def control_from(
    *, committee: Committee, year: int, by: User, risk: Risk | None = None, new_risk: Mapping[str, Any], **fields: Any
) -> Control:
    """Make a control of a routine (`routine`) or of auditors' criterion (`criterion`) in one step, and return it.

    It watches `risk`, or a new one entered from `new_risk`, in the committee's draft of the year; without a plan one is begun.
    Raises ValidationError when the plan is decided or the risk is another plan's, and what `add_control` raises.
    """
    plan = ControlPlan.objects.filter(committee=committee, year=year).first()
    plan = plan or begin_plan(committee=committee, year=year, by=by)
    if risk is not None and risk.plan_id != plan.pk:
        raise ValidationError({"risk": f"Risken hör till en annan plan än {plan}."})
    return add_control(risk or add_risk(plan, by=by, **new_risk), by=by, **fields)


@transaction.atomic
def change_control(control: Control, *, read_as: int, by: User, why: str = "", **fields: Any) -> Control:
    """Change a control of a draft plan; another limit needs its reason. Raises Overtaken when another saved first."""
    _require_draft(control.risk.plan, by)
    _check_control(control.risk, fields)
    return save(control, read_as=read_as, by=by, why=why, guarded=("limit",), **fields)


def _check_control(risk: Risk, fields: dict[str, Any]) -> None:
    measured = bool(fields.get("measure"))
    if measured != bool(fields.get("comparator")) or measured != (fields.get("limit") is not None):
        raise ValidationError({"limit": "Mått, jämförelse och gräns hör ihop: ange alla tre eller inget av dem."})
    check_owner(fields.get("owner"), [risk.plan.committee])
