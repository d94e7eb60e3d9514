"""Actions: the register, an action's own page, and what is done with it."""

from __future__ import annotations

from typing import Any

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
from governance.actions.actions import (
    WORKFLOW,
    Promise,
    create_action,
    edit_action,
    hand_over,
    move_action,
    move_due,
    report_on,
)
from governance.figures import NoFigure, PinnedFigure, figure_of, may_see_figures, movement
from governance.filters.actions import ActionFilter
from governance.forms.actions import ActionForm, ActionTextForm, DueForm, MoveForm, OwnerForm, ReportForm, people_of
from governance.models import Action
from governance.policies import held_for
from governance.selectors.causes import causes_of
from governance.tables.actions import ActionTable, is_late
from governance.views.registers import Register, register_page

REGISTER = Register("atgarder", "governance/action_list.html", ActionFilter, ActionTable, "due")


@require_GET
@needs(Permission.SEE_STEERING)
def action_list(request: UserRequest) -> HttpResponse:
    """Show the register of actions that the reader may see, those due first at the top."""
    rows = Action.objects.visible_to(request.user).select_related("committee", "unit", "owner")
    return register_page(request, rows, REGISTER, may_add=request.access.may(Permission.MANAGE_ACTIONS))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_ACTIONS)
def action_new(request: UserRequest) -> HttpResponse:
    """Lay down an action."""
    form = ActionForm(request.POST or None, access=request.access, day=timezone.localdate(), initial=request.GET.dict())

    def save(values: dict[str, Any]) -> str:
        committee = values.pop("committee")
        create_action(committee=committee, promise=Promise(**values), by=request.user)
        return "Åtgärden är upplagd."

    back = reverse("steering_actions")
    return write(request, form, Writing("Lägg upp en åtgärd", "Lägg upp åtgärden", back, "Åtgärder"), save)


def _action(request: UserRequest, pk: int) -> Action:
    visible = Action.objects.visible_to(request.user).select_related("committee", "unit", "owner", "created_by")
    return get_object_or_404(visible, pk=pk)


def _own_action(request: UserRequest, pk: int) -> Action:
    action = _action(request, pk)
    if Permission.MANAGE_ACTIONS not in held_for(request.user, action.committee):
        raise refuse(Permission.MANAGE_ACTIONS)
    return action


@require_GET
@needs(Permission.SEE_STEERING)
def action_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show one action: what was promised, every move of its date, what has been told, and the measure then and now."""
    action = _action(request, pk)
    held = held_for(request.user, action.committee)
    changes = list(Change.objects.of(action).select_related("by"))
    dates = [change for change in reversed(changes) if change.field == "due" and change.before]
    context = {
        "action": action,
        "late": is_late(action, timezone.localdate()),
        "may_manage": Permission.MANAGE_ACTIONS in held,
        "may_report": Permission.MANAGE_ACTIONS in held or action.owner == request.user,
        "moves": WORKFLOW.open_to(action.state, held),
        "reports": action.reports.select_related("by"),
        "changes": changes,
        "dates": dates,
        "causes": causes_of(action, request.user),
        **_measured(request, action),
    }
    return render(request, "governance/action_detail.html", context)


def _measured(request: UserRequest, action: Action) -> dict[str, Any]:
    """Return the measure's figure then and now, or why there is none."""
    if not action.measure:
        return {}
    if not may_see_figures(request.access, action.committee):
        return {"no_figure": "Värdena visas för den som ser hela nämndens siffror."}
    then = PinnedFigure.from_json(action.baseline)
    try:
        now = figure_of(action, action.committee)
    except NoFigure as fault:
        return {"then": then, "no_figure": str(fault)}
    return {"then": then, "now": now, "movement": movement(then, now) if then else None}


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_ACTIONS)
def action_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Write about an action."""
    action = _own_action(request, pk)
    first = {name: getattr(action, name) for name in ("title", "description", "cause_text")}
    form = ActionTextForm(request.POST or None, read_as=action.revision, initial=first)

    def save(values: dict[str, Any]) -> str:
        values.pop("why")
        edit_action(action, by=request.user, **values)
        return "Sparat."

    return write(request, form, _writing(action, "Ändra åtgärden", "Spara"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_ACTIONS)
def action_due(request: UserRequest, pk: int) -> HttpResponse:
    """Move the day an action is due."""
    action = _own_action(request, pk)
    form = DueForm(request.POST or None, initial={"due": action.due})

    def save(values: dict[str, Any]) -> str:
        move_due(action, by=request.user, **values)
        return f"Åtgärden ska nu vara klar {values['due'].isoformat()}."

    return write(request, form, _writing(action, "Flytta dagen", "Flytta"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_ACTIONS)
def action_owner(request: UserRequest, pk: int) -> HttpResponse:
    """Give an action another owner."""
    action = _own_action(request, pk)
    people = people_of(Committee.objects.filter(pk=action.committee_id), timezone.localdate())
    form = OwnerForm(request.POST or None, people=people.exclude(pk=action.owner_id))

    def save(values: dict[str, Any]) -> str:
        hand_over(action, by=request.user, **values)
        return f"{values['owner']} ansvarar nu för åtgärden."

    return write(request, form, _writing(action, "Byt ansvarig", "Byt"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_STEERING)
def action_report(request: UserRequest, pk: int) -> HttpResponse:
    """Tell what has been done."""
    action = _action(request, pk)
    if action.owner != request.user:
        _own_action(request, pk)
    form = ReportForm(request.POST or None)

    def save(values: dict[str, Any]) -> str:
        report_on(action, text=values["text"], by=request.user)
        return "Rapporten är sparad."

    return write(request, form, _writing(action, "Rapportera", "Spara rapporten"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_STEERING)
def action_move(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Take an action a step on its way."""
    action = _action(request, pk)
    held = held_for(request.user, action.committee)
    move = next((one for one in WORKFLOW.open_to(action.state, held) if one.name == name), None)
    if move is None and request.method == "GET":
        raise refuse(Permission.MANAGE_ACTIONS)
    form = MoveForm(request.POST or None)
    if move is not None:
        form.fields["why"].required = move.asks_why
        if name != "finish":
            del form.fields["on"]

    def save(values: dict[str, Any]) -> str:
        moved = move_action(action, name=name, by=request.user, why=values["why"], on=values.get("on"))
        return f"Läget är nu ”{moved.get_state_display()}”."

    label = move.label if move else "Ändra läget"
    return write(request, form, _writing(action, label, label), save)


def _writing(action: Action, title: str, button: str) -> Writing:
    back = reverse("steering_action", args=[action.pk])
    return Writing(title, button, back, action.title, before=(("Åtgärd", action.title),))
