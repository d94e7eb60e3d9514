"""Writing what controls showed, and what is done about it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from committees.middleware import UserRequest
from committees.models import Committee
from committees.permissions import Permission
from committees.views.guards import needs
from committees.views.writing import refused, write
from governance.actions.actions import Promise
from governance.actions.control_results import act_on, change_result, record_result, report_measured
from governance.enums import Cause
from governance.forms.actions import people_of
from governance.forms.control import DeviationActionForm, ResultForm
from governance.models import Control, ControlPlan, ControlResult
from governance.views.control import own_plan, writing


@require_POST
@needs(Permission.MANAGE_CONTROL)
def measured_report(request: UserRequest, pk: int, occasion: str) -> HttpResponse:
    """Let the measured controls report themselves."""
    plan = own_plan(request, pk)

    def act() -> str:
        count = len(report_measured(plan, occasion=occasion, by=request.user))
        if not count:
            return "Alla kontroller med mått har redan rapporterat."
        return f"{count} {'kontroll' if count == 1 else 'kontroller'} har rapporterat sig själva."

    return refused(request, act, reverse("steering_control_plan", args=[plan.pk]))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_CONTROL)
def result_new(request: UserRequest, pk: int, part: int) -> HttpResponse:
    """Enter what a control showed."""
    plan = own_plan(request, pk)
    control = get_object_or_404(Control.objects.select_related("risk__plan__committee"), risk__plan=plan, pk=part)
    form = ResultForm(request.POST or None, initial={"performed_on": timezone.localdate()})
    del form.fields["why"]

    def save(values: dict[str, Any]) -> str:
        values.pop("read_as")
        record_result(control, by=request.user, **values)
        return "Resultatet är infört."

    return write(request, form, writing(plan, f"Resultat: {control}", "För in"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_CONTROL)
def result_edit(request: UserRequest, pk: int, part: int) -> HttpResponse:
    """Change what was told of a control, or comment on what it measured."""
    plan = own_plan(request, pk)
    result = _result(plan, part)
    first = {name: getattr(result, name) for name in ("outcome", "comment", "checked", "deviations")}
    form = ResultForm(request.POST or None, read_as=result.revision, initial=first)
    del form.fields["occasion"], form.fields["performed_on"]
    if result.figure:
        del form.fields["outcome"], form.fields["checked"], form.fields["deviations"]

    def save(values: dict[str, Any]) -> str:
        change_result(result, by=request.user, **{"outcome": result.outcome, **values})
        return "Sparat."

    return write(request, form, writing(plan, f"Resultat: {result.control}", "Spara"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_CONTROL)
def result_action(request: UserRequest, pk: int, part: int) -> HttpResponse:
    """Lay down an action upon a deviation."""
    plan = own_plan(request, pk)
    result = _result(plan, part)
    control = result.control
    people = people_of(Committee.objects.filter(pk=plan.committee_id), timezone.localdate())
    form = DeviationActionForm(request.POST or None, people=people, initial={"owner": control.owner})

    def save(values: dict[str, Any]) -> str:
        measured = {"measure": control.measure, "variant": control.variant, "selection": control.selection}
        promise = Promise(cause=Cause.CONTROL, cause_text=control.title, **measured, **values)
        act_on(result, promise=promise, by=request.user)
        return "Åtgärden är upplagd."

    return write(request, form, writing(plan, f"Åtgärd: {control}", "Lägg upp åtgärden"), save)


def _result(plan: ControlPlan, pk: int) -> ControlResult:
    rows = ControlResult.objects.select_related("control__risk__plan__committee", "control__owner")
    return get_object_or_404(rows, control__risk__plan=plan, pk=pk)
