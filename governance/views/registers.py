"""What the registers of steering share: a filtered, sorted table, and the same rows as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from committees.csv_files import csv_answer
from committees.tables import show_page

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
