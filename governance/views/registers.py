"""What the registers of steering share: a filtered, sorted table, and the same rows as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import django_filters
import django_tables2 as tables
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from committees.csv_files import csv_answer
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.tables import show_page
from committees.views.guards import refuse
from committees.views.writing import Writing
from governance.models import Forum, Inquiry, SteeringDocument
from governance.policies import may_keep

ROWS = 50


@dataclass(frozen=True)
class Register:
    """A list page: its template, filter, table and first order. `name` is the file's, without its ending."""

    name: str
    template: str
    filter: type[django_filters.FilterSet]
    table: type[tables.Table]
    order: str
    context: Mapping[str, Any] = field(default_factory=dict)


def register_page(request: HttpRequest, rows: QuerySet[Any], register: Register, **context: Any) -> HttpResponse:
    """Show what of the rows the address asks for; with `?fil=csv` as a file, all pages of it."""
    chosen = register.filter(request.GET, queryset=rows)
    asked = {name: value for name, value in request.GET.items() if name not in {"sort", "page", "fil"} and value}
    table = register.table(chosen.qs, order_by=request.GET.getlist("sort") or register.order)
    if request.GET.get("fil") == "csv":
        lines = table.as_values()
        return csv_answer(register.name, [str(heading) for heading in next(lines)], lines)
    show_page(table, request.GET.get("page"), rows=ROWS)
    shown = {**register.context, **context, "filter": chosen, "table": table, "narrowed": bool(asked)}
    return render(request, register.template, shown)


Kept = TypeVar("Kept", Forum, Inquiry, SteeringDocument)


def kept_or_404(request: UserRequest, rows: QuerySet[Kept], pk: int) -> Kept:
    """Return the register's row if the reader may write in it. Raises Http404, or PermissionDenied for who may only read."""
    row = get_object_or_404(rows, pk=pk)
    if not may_keep(request.access, row.committees.all()):
        raise refuse(Permission.KEEP_REGISTERS)
    return row


class LeadingBack(Protocol):
    """A page where something is written about a row: its title, what its button says, and what stands below the title."""

    def __call__(self, row: Model, title: str, button: str, lead: str = "") -> Writing: ...


def leading_back(address: str) -> LeadingBack:
    """Return how pages are made where something is written about rows: they lead back to the row's page at the address."""

    def writing(row: Model, title: str, button: str, lead: str = "") -> Writing:
        return Writing(title, button, reverse(address, args=[row.pk]), str(row), lead=lead)

    return writing
