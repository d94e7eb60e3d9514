"""Who has which role, and the log of who looked at which cases."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.actions.people import add_person, assign_role, end_role
from committees.filters import CaseAccessFilter
from committees.forms import PersonForm, RoleForm
from committees.middleware import UserRequest
from committees.models import CaseAccess, RoleAssignment, User
from committees.permissions import Permission
from committees.tables import CaseAccessTable, show_page
from committees.views.guards import needs, refuse


@require_GET
@needs(Permission.MANAGE_PEOPLE)
def people_list(request: UserRequest) -> HttpResponse:
    """Show everyone who can log in and the roles they hold or have held."""
    people = User.objects.prefetch_related("assignments__committee", "assignments__unit").order_by("username")
    page = Paginator(people, 50).get_page(request.GET.get("sida"))
    return render(request, "committees/people_list.html", {"page": page, "today": timezone.localdate()})


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def people_add(request: UserRequest) -> HttpResponse:
    """Make a log-in with its first role."""
    form = PersonForm(request.POST or None, access=request.access)
    if request.method == "POST" and form.is_valid():
        try:
            person = add_person(**form.cleaned_data, by=request.user)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, f"{person.username} kan nu logga in.")
            return redirect("people_list")
    return render(request, "committees/people_form.html", {"form": form, "person": None})


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def people_role(request: UserRequest, pk: int) -> HttpResponse:
    """Give a person one more role, from today."""
    person = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST or None, access=request.access)
    if request.method == "POST" and form.is_valid():
        try:
            assign_role(person=person, start=timezone.localdate(), by=request.user, **form.cleaned_data)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, f"{person.username} har fått rollen.")
            return redirect("people_list")
    return render(request, "committees/people_form.html", {"form": form, "person": person})


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def people_end_role(request: UserRequest, pk: int) -> HttpResponse:
    """Take a role away at once."""
    assignment = get_object_or_404(RoleAssignment.objects.select_related("user", "committee"), pk=pk)
    held_for = [assignment.committee.code] if assignment.committee else []
    may = request.access.may_everywhere(Permission.MANAGE_PEOPLE)
    if not (may or request.access.may_for(Permission.MANAGE_PEOPLE, held_for)):
        raise refuse(Permission.MANAGE_PEOPLE)
    end_role(assignment=assignment, by=request.user)
    messages.success(request, f"Rollen är avslutad för {assignment.user.username}.")
    return redirect("people_list")


@require_GET
@needs(Permission.SEE_ACCESS_LOG)
def access_log(request: UserRequest) -> HttpResponse:
    """Show who looked at which cases, newest first."""
    records = CaseAccess.objects.visible_to(request.user).select_related("user").prefetch_related("committees")
    chosen = CaseAccessFilter(request.GET, queryset=records)
    table = CaseAccessTable(chosen.qs, order_by=request.GET.get("ordning") or "-at", order_by_field="ordning")
    show_page(table, request.GET.get("page"), rows=50)
    return render(request, "committees/access_log.html", {"filter": chosen, "table": table})
