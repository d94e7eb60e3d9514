"""The register of routines, a routine's page, and a control made from one, or from auditors' criterion, in one step."""

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
from governance.actions.control import control_from
from governance.actions.routines import add_routine, change_routine, drop_party, name_party
from governance.enums import PlanState
from governance.filters.routines import RoutineFilter
from governance.forms.actions import people_of
from governance.forms.routines import ControlFromForm, DropPartyForm, PartyForm, RoutineForm
from governance.models import Risk, Routine, RoutineParty, SteeringDocument
from governance.policies import held_for, may_keep
from governance.selectors.routines import conflicts, controls_in, tasks_of, with_watch
from governance.tables.routines import RoutineTable
from governance.views.registers import Register, leading_back, register_page
from reporting.measures.catalogue import measure as measure_named

REGISTER = Register("rutiner", "governance/routine_list.html", RoutineFilter, RoutineTable, "name")
_FIELDS = ("committee", "code", "name", "description", "document", "measure", "variant")
_RISK = ("category", "description", "probability", "consequence")

_writing = leading_back("steering_routine")


@require_GET
@needs(Permission.SEE_STEERING)
def routine_list(request: UserRequest) -> HttpResponse:
    """Show the routines the reader may see, with who is unclear and what nobody controls."""
    rows = with_watch(Routine.objects.visible_to(request.user))
    return register_page(request, rows, REGISTER, may_add=request.access.may(Permission.KEEP_REGISTERS))


@require_GET
@needs(Permission.SEE_STEERING)
def routine_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show one routine: its measure, who answers for what, and the controls that watch it."""
    routine = _routine(request, pk)
    year = timezone.localdate().year
    context = {
        "routine": routine,
        "measure": measure_named(routine.measure) if routine.measure else None,
        "tasks": tasks_of(routine),
        "conflicts": conflicts(routine),
        "year": year,
        "controlled": bool(controls_in(routine, year)),
        "may_keep": may_keep(request.access, [routine.committee]),
        "may_control": Permission.MANAGE_CONTROL in held_for(request.user, routine.committee),
        "changes": Change.objects.of(routine).select_related("by"),
    }
    return render(request, "governance/routine_detail.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def routine_write(request: UserRequest, pk: int | None = None) -> HttpResponse:
    """Enter a routine, or change what the register says of it."""
    routine = _own(request, pk) if pk else None
    first: dict[str, Any] = {name: getattr(routine, name) for name in _FIELDS} if routine else {}
    if routine:
        first["measured_unit"] = next(iter(routine.selection.get("enhet", [])), None)
    documents = SteeringDocument.objects.visible_to(request.user).order_by("title")
    form = RoutineForm(
        request.POST or None,
        access=request.access,
        documents=documents,
        read_as=routine.revision if routine else 0,
        initial=first,
    )
    if routine:
        del form.fields["committee"], form.fields["code"]

    def save(values: dict[str, Any]) -> str:
        if routine:
            change_routine(routine, by=request.user, **values)
            return "Sparat."
        values.pop("read_as")
        add_routine(by=request.user, **values)
        return "Rutinen är införd. För nu in vem som gör vad."

    if routine is None:
        return write(request, form, Writing("För in en rutin", "För in", reverse("steering_routines"), "Rutiner"), save)
    return write(request, form, _writing(routine, "Ändra rutinen", "Spara"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def party_new(request: UserRequest, pk: int) -> HttpResponse:
    """Enter who answers for a task."""
    routine = _own(request, pk)

    def save(values: dict[str, Any]) -> str:
        return f"Infört: {name_party(routine, by=request.user, **values)}."

    return write(request, PartyForm(request.POST or None), _writing(routine, "Vem ansvarar?", "För in"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def party_drop(request: UserRequest, pk: int, part: int) -> HttpResponse:
    """Take away who no longer answers for a task."""
    routine = _own(request, pk)
    party = get_object_or_404(RoutineParty.objects.select_related("routine__committee"), routine=routine, pk=part)

    def save(values: dict[str, Any]) -> str:
        drop_party(party, by=request.user, **values)
        return "Borttaget. Loggen minns det."

    form = DropPartyForm(request.POST or None)
    return write(request, form, _writing(routine, f"Ta bort {party}", "Ta bort"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_CONTROL)
def routine_control(request: UserRequest, pk: int) -> HttpResponse:
    """Make a control of a routine in one step; with a measure and a limit it reports itself."""
    routine = _routine(request, pk)
    first = {"title": routine.name, "description": f"Rutinen följs inte: {routine.name}"[:250]}
    made: dict[str, Any] = {"routine": routine}
    if routine.measure:
        made |= {name: getattr(routine, name) for name in ("measure", "variant", "selection")}
    return _control_from(request, routine.committee, first, made, _writing(routine, "Kontrollera rutinen", "Lägg till"))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_CONTROL)
def criterion_control(request: UserRequest, committee: str) -> HttpResponse:
    """Make a control of what auditors ask, given in the address as `kriterium`, in one step."""
    of = get_object_or_404(Committee, code=committee)
    criterion = request.GET.get("kriterium", "").strip()[:250]
    first = {"title": criterion, "description": f"Vi klarar inte det som revisorerna frågar efter: {criterion}"}
    writing = Writing("Kontrollera kriteriet", "Lägg till", reverse("steering_control_plans"), "Intern kontroll")
    return _control_from(request, of, first, {"criterion": criterion}, writing)


def _control_from(
    request: UserRequest, committee: Committee, first: dict[str, Any], made: dict[str, Any], writing: Writing
) -> HttpResponse:
    if Permission.MANAGE_CONTROL not in held_for(request.user, committee):
        raise refuse(Permission.MANAGE_CONTROL)
    today = timezone.localdate()
    form = ControlFromForm(
        request.POST or None,
        people=people_of(Committee.objects.filter(pk=committee.pk), today),
        risks=Risk.objects.filter(plan__committee=committee, plan__state=PlanState.DRAFT).select_related("plan"),
        measured="measure" in made,
        initial={"year": today.year, **first},
    )

    def save(values: dict[str, Any]) -> str:
        new_risk = {name: values.pop(name) for name in _RISK}
        control = control_from(committee=committee, by=request.user, new_risk=new_risk, **values, **made)
        return f"Kontrollen står nu i {control.risk.plan}, risk {control.risk.number}."

    return write(request, form, writing, save)


def _routine(request: UserRequest, pk: int) -> Routine:
    return get_object_or_404(with_watch(Routine.objects.visible_to(request.user)), pk=pk)


def _own(request: UserRequest, pk: int) -> Routine:
    routine = _routine(request, pk)
    if not may_keep(request.access, [routine.committee]):
        raise refuse(Permission.KEEP_REGISTERS)
    return routine
