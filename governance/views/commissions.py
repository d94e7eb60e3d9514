"""Commissions: the register, a commission's page, and what happens to it."""

from __future__ import annotations

from dataclasses import replace
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
from governance.actions.actions import Promise
from governance.actions.commissions import (
    WORKFLOW,
    act_on,
    change_commission,
    concerned,
    give_commission,
    move_commission,
    note_decision,
    note_event,
)
from governance.enums import Cause, PartyRole
from governance.figures import NoFigure, PinnedFigure, figure_of, may_see_figures, movement
from governance.filters.commissions import CommissionFilter
from governance.forms.commissions import (
    CommissionActionForm,
    CommissionForm,
    CommissionMoveForm,
    DecisionForm,
    EventForm,
    first_values,
)
from governance.models import Commission
from governance.policies import held_for
from governance.selectors.causes import causes_of, offers_for
from governance.selectors.commissions import parties, slippage_days, undecided, with_everything
from governance.tables.commissions import CommissionTable
from governance.views.registers import Register, leading_back, register_page

REGISTER = Register("uppdrag", "governance/commission_list.html", CommissionFilter, CommissionTable, "due")

_writing = leading_back("steering_commission")


@require_GET
@needs(Permission.SEE_STEERING)
def commission_list(request: UserRequest) -> HttpResponse:
    """Show the commissions the reader may see, those due first at the top."""
    rows = with_everything(Commission.objects.visible_to(request.user))
    return register_page(request, rows, REGISTER, may_add=request.access.may(Permission.KEEP_REGISTERS))


@require_GET
@needs(Permission.SEE_STEERING)
def commission_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show one commission: who, what, when, how far it slipped, what was decided, and whether the figure moved."""
    commission = _commission(request, pk)
    changes = list(Change.objects.of(commission).select_related("by"))
    held = _held(request, commission)
    visible = Commission.objects.visible_to(request.user)
    context = {
        "commission": commission,
        "givers": parties(commission, PartyRole.GIVER),
        "receivers": parties(commission, PartyRole.RECEIVER),
        "sent_to": parties(commission, PartyRole.SENT_TO),
        "follows": visible.filter(pk=commission.follows_id).first() if commission.follows_id else None,
        "followed_by": visible.filter(follows=commission),
        "slipped": slippage_days(commission, timezone.localdate()),
        "undecided": undecided(commission),
        "dates": [change for change in reversed(changes) if change.field == "due" and change.before],
        "events": commission.events.select_related("by"),
        "actions": commission.actions.visible_to(request.user).order_by("due"),
        "causes": causes_of(commission, request.user),
        "offers": offers_for(commission, request.user),
        "may_keep": Permission.KEEP_REGISTERS in held,
        "may_act": Permission.MANAGE_ACTIONS in held,
        "moves": WORKFLOW.open_to(commission.state, held),
        "changes": changes,
        **_measured(request, commission),
    }
    return render(request, "governance/commission_detail.html", context)


def _measured(request: UserRequest, commission: Commission) -> dict[str, Any]:
    """Return the figure then and now for the committee it was pinned for, or why there is none."""
    if not commission.measure:
        return {}
    then = PinnedFigure.from_json(commission.baseline)
    own = next(iter(concerned(commission)), None)
    committee = Committee.objects.filter(code=then.committee).first() if then else own
    if committee is None or not may_see_figures(request.access, committee):
        return {"no_figure": "Värdena visas för den som ser hela nämndens siffror."}
    try:
        now = figure_of(commission, committee)
    except NoFigure as fault:
        return {"then": then, "no_figure": str(fault)}
    return {"then": then, "now": now, "movement": movement(then, now) if then else None}


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def commission_new(request: UserRequest) -> HttpResponse:
    """Enter a commission."""
    others = Commission.objects.visible_to(request.user)
    form = CommissionForm(request.POST or None, access=request.access, others=others)

    def save(values: dict[str, Any]) -> str:
        values.pop("read_as")
        give_commission(by=request.user, **values)
        return "Uppdraget är infört."

    back = reverse("steering_commissions")
    return write(request, form, Writing("För in ett uppdrag", "För in", back, "Uppdrag"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def commission_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what the register says of a commission."""
    commission = _own_commission(request, pk)
    others = Commission.objects.visible_to(request.user).exclude(pk=commission.pk)
    first = first_values(commission)
    form = CommissionForm(request.POST or None, access=request.access, others=others, row=commission, initial=first)

    def save(values: dict[str, Any]) -> str:
        change_commission(commission, by=request.user, **values)
        return "Sparat."

    writing = replace(_writing(commission, "Ändra uppdraget", "Spara"), first_values=first_values)
    return write(request, form, writing, save)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def commission_event(request: UserRequest, pk: int) -> HttpResponse:
    """Note something that happened."""
    commission = _own_commission(request, pk)
    form = EventForm(request.POST or None, initial={"on": timezone.localdate()})

    def save(values: dict[str, Any]) -> str:
        note_event(commission, by=request.user, **values)
        return "Infört."

    return write(request, form, _writing(commission, "För in en händelse", "För in"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_ACTIONS)
def commission_action(request: UserRequest, pk: int) -> HttpResponse:
    """Answer a commission with an action."""
    commission = _commission(request, pk)
    codes = [one.code for one in concerned(commission) if request.access.may_for(Permission.MANAGE_ACTIONS, [one.code])]
    if not codes:
        raise refuse(Permission.MANAGE_ACTIONS)
    committees = Committee.objects.filter(code__in=codes).order_by("code")
    form = CommissionActionForm(request.POST or None, committees=committees, day=timezone.localdate())

    def save(values: dict[str, Any]) -> str:
        chosen = values["action"] or _promise(commission, values)
        act_on(commission, action=chosen, committee=values["committee"], by=request.user)
        return "Åtgärden är kopplad till uppdraget."

    return write(request, form, _writing(commission, "Koppla en åtgärd", "Koppla"), save)


def _promise(commission: Commission, values: dict[str, Any]) -> Promise:
    return Promise(
        title=values["title"],
        cause=Cause.DECISION,
        cause_text=str(commission)[:300],
        owner=values["owner"],
        due=values["due"],
        measure=commission.measure,
        variant=commission.variant,
        selection=commission.selection,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def commission_decision(request: UserRequest, pk: int) -> HttpResponse:
    """Note a committee's decision."""
    commission = _own_commission(request, pk)
    committees = Committee.objects.filter(pk__in=[committee.pk for committee in concerned(commission)])
    form = DecisionForm(request.POST or None, committees=committees)

    def save(values: dict[str, Any]) -> str:
        note_decision(commission, by=request.user, **values)
        return "Beslutet är infört."

    return write(request, form, _writing(commission, "För in ett beslut", "För in"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def commission_move(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Take a commission a step on its way."""
    commission = _own_commission(request, pk)
    open_moves = WORKFLOW.open_to(commission.state, _held(request, commission))
    move = next((one for one in open_moves if one.name == name), None)
    form = CommissionMoveForm(request.POST or None)
    if move is not None:
        form.fields["why"].required = move.asks_why

    def save(values: dict[str, Any]) -> str:
        moved = move_commission(commission, name=name, by=request.user, why=values["why"])
        return f"Läget är nu ”{moved.get_state_display()}”."

    label = move.label if move else "Ändra läget"
    return write(request, form, _writing(commission, label, label), save)


def _commission(request: UserRequest, pk: int) -> Commission:
    visible = Commission.objects.visible_to(request.user).select_related("owner")
    return get_object_or_404(with_everything(visible), pk=pk)


def _own_commission(request: UserRequest, pk: int) -> Commission:
    commission = _commission(request, pk)
    if Permission.KEEP_REGISTERS not in _held(request, commission):
        raise refuse(Permission.KEEP_REGISTERS)
    return commission


def _held(request: UserRequest, commission: Commission) -> frozenset[Permission]:
    return frozenset().union(*(held_for(request.user, committee) for committee in concerned(commission)))
