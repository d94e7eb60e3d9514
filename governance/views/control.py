"""Internal control: the plans, a plan's page with its matrix, and writing its risks and controls."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from committees.middleware import UserRequest
from committees.models import Change, Committee
from committees.permissions import Permission
from committees.views.guards import needs, refuse
from committees.views.writing import Writing, write
from governance.actions.control import (
    WORKFLOW,
    add_control,
    add_risk,
    begin_plan,
    change_control,
    change_risk,
    move_plan,
)
from governance.documents.control import plan_pdf
from governance.enums import ControlOccasion, PlanState
from governance.figures import may_see_figures
from governance.filters.control import ControlPlanFilter
from governance.forms.actions import people_of
from governance.forms.control import ControlForm, PlanForm, PlanMoveForm, RiskForm
from governance.models import Control, ControlPlan, Risk, Routine
from governance.policies import held_for
from governance.selectors.control import matrix, risks_with_controls
from governance.tables.control import ControlPlanTable
from governance.views.registers import Register, leading_back, register_page
from reporting.views.papers import pdf_answer

REGISTER = Register("internkontroll", "governance/control_list.html", ControlPlanFilter, ControlPlanTable, "-year")
_RISK = ("category", "description", "source", "probability", "consequence")
_CONTROL = (
    "title", "method", "sample", "frequency", "owner", "routine", "criterion", "comparator", "limit", "measure", "variant",
)  # fmt: skip

writing = leading_back("steering_control_plan")
"""How a part of it is written: the page leads back to it."""


@require_GET
@needs(Permission.SEE_STEERING)
def plan_list(request: UserRequest) -> HttpResponse:
    """Show the plans the reader may see, the newest first."""
    rows = ControlPlan.objects.visible_to(request.user).select_related("committee")
    counted = rows.annotate(risk_count=Count("risks"))
    return register_page(request, counted, REGISTER, may_add=request.access.may(Permission.MANAGE_CONTROL))


@require_GET
@needs(Permission.SEE_STEERING)
def plan_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show one plan: the matrix, each risk with its controls, and what they showed."""
    plan = _plan(request, pk)
    held = held_for(request.user, plan.committee)
    risks = list(risks_with_controls(plan))
    may_manage = Permission.MANAGE_CONTROL in held
    context = {
        "plan": plan,
        "risks": sorted(risks, key=lambda risk: (-risk.value, risk.number)),
        "matrix": matrix(risks),
        "moves": WORKFLOW.open_to(plan.state, held),
        "may_write": may_manage and plan.state == PlanState.DRAFT,
        "may_report": may_manage and plan.state == PlanState.DECIDED,
        "occasions": ControlOccasion.choices,
        "may_see_figures": may_see_figures(request.access, plan.committee),
        "changes": Change.objects.of(plan).select_related("by"),
    }
    return render(request, "governance/control_plan.html", context)


@require_GET
@needs(Permission.SEE_STEERING)
def plan_paper(request: UserRequest, pk: int) -> HttpResponse:
    """Give the plan with its results as a PDF."""
    plan = _plan(request, pk)
    name = f"internkontrollplan-{plan.committee.code.lower()}-{plan.year}.pdf"
    return pdf_answer(request, lambda: plan_pdf(plan, timezone.localdate()), name, back="steering_control_plans")


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_CONTROL)
def plan_new(request: UserRequest) -> HttpResponse:
    """Begin a plan."""
    form = PlanForm(request.POST or None, access=request.access)

    def save(values: dict[str, Any]) -> str:
        begin_plan(by=request.user, **values)
        return "Planen är påbörjad som utkast."

    back = reverse("steering_control_plans")
    return write(request, form, Writing("Påbörja en internkontrollplan", "Påbörja", back, "Intern kontroll"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_CONTROL)
def plan_move(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Take a plan a step on its way."""
    plan = own_plan(request, pk)
    open_moves = WORKFLOW.open_to(plan.state, held_for(request.user, plan.committee))
    move = next((one for one in open_moves if one.name == name), None)
    form = PlanMoveForm(request.POST or None)
    form.fields["why"].required = move is not None and move.asks_why
    if name != "decide":
        del form.fields["decided_on"], form.fields["paragraph"]

    def save(values: dict[str, Any]) -> str:
        moved = move_plan(plan, name=name, by=request.user, **values)
        return f"Läget är nu ”{moved.get_state_display()}”."

    label = move.label if move else "Ändra läget"
    return write(request, form, writing(plan, label, label), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_CONTROL)
def risk_new(request: UserRequest, pk: int) -> HttpResponse:
    """Enter a risk."""
    plan = own_plan(request, pk)
    form = RiskForm(request.POST or None)
    del form.fields["why"]

    def save(values: dict[str, Any]) -> str:
        values.pop("read_as")
        add_risk(plan, by=request.user, **values)
        return "Risken är införd. Lägg nu till hur den ska kontrolleras."

    return write(request, form, writing(plan, "För in en risk", "För in"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_CONTROL)
def risk_edit(request: UserRequest, pk: int, part: int) -> HttpResponse:
    """Change a risk."""
    plan = own_plan(request, pk)
    risk = get_object_or_404(Risk.objects.select_related("plan__committee"), plan=plan, pk=part)
    first = {name: getattr(risk, name) for name in _RISK}
    form = RiskForm(request.POST or None, read_as=risk.revision, initial=first)

    def save(values: dict[str, Any]) -> str:
        change_risk(risk, by=request.user, **values)
        return "Sparat."

    return write(request, form, writing(plan, f"Ändra risk {risk.number}", "Spara"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_CONTROL)
def control_new(request: UserRequest, pk: int, part: int) -> HttpResponse:
    """Enter how a risk is watched."""
    plan = own_plan(request, pk)
    risk = get_object_or_404(Risk.objects.select_related("plan__committee"), plan=plan, pk=part)
    form = _control_form(request, plan, initial=request.GET.dict())
    del form.fields["why"]

    def save(values: dict[str, Any]) -> str:
        values.pop("read_as")
        add_control(risk, by=request.user, **values)
        return "Kontrollen är införd."

    return write(request, form, writing(plan, f"Kontroll av risk {risk.number}", "För in"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_CONTROL)
def control_edit(request: UserRequest, pk: int, part: int) -> HttpResponse:
    """Change a control."""
    plan = own_plan(request, pk)
    control = get_object_or_404(Control.objects.select_related("risk__plan__committee"), risk__plan=plan, pk=part)
    first = {name: getattr(control, name) for name in _CONTROL}
    first["measured_unit"] = next(iter(control.selection.get("enhet", [])), None)
    form = _control_form(request, plan, read_as=control.revision, initial=first)

    def save(values: dict[str, Any]) -> str:
        change_control(control, by=request.user, **values)
        return "Sparat."

    return write(request, form, writing(plan, "Ändra kontrollen", "Spara"), save)


def _control_form(request: UserRequest, plan: ControlPlan, **more: Any) -> ControlForm:
    people = people_of(Committee.objects.filter(pk=plan.committee_id), timezone.localdate())
    routines = Routine.objects.visible_to(request.user).filter(committee=plan.committee)
    return ControlForm(request.POST or None, people=people, routines=routines, **more)


def _plan(request: UserRequest, pk: int) -> ControlPlan:
    visible = ControlPlan.objects.visible_to(request.user).select_related("committee", "copied_from__committee")
    return get_object_or_404(visible, pk=pk)


def own_plan(request: UserRequest, pk: int) -> ControlPlan:
    """Return a plan that the person may see and manage; 404 and 403 else."""
    plan = _plan(request, pk)
    if Permission.MANAGE_CONTROL not in held_for(request.user, plan.committee):
        raise refuse(Permission.MANAGE_CONTROL)
    return plan
