"""The watch list: everything the reader's committees owe or are owed, by date."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from committees.csv_files import csv_answer
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.tables import show_page
from committees.views.guards import needs
from governance.forms.watching import WatchForm
from governance.selectors.watching import grouped, watched_by
from governance.tables.watching import WatchTable

ROWS = 50


@require_GET
@needs(Permission.SEE_STEERING)
def watch(request: UserRequest) -> HttpResponse:
    """Show what is late, what is near and what comes later; with `?fil=csv` all of it as a file."""
    everything = watched_by(request.user)
    form = WatchForm(request.GET, items=everything, reader=request.user)
    chosen = list(form.chosen())
    if request.GET.get("fil") == "csv":
        lines = WatchTable(chosen, order_by="due").as_values()
        return csv_answer("bevakning", [str(heading) for heading in next(lines)], lines)
    groups = [group for group in grouped(chosen, timezone.localdate()) if group.items]
    context = {
        "filter": {"form": form},
        "groups": [(group, _table(request, group.name, group.title, group.items)) for group in groups],
        "anything": bool(everything),
    }
    return render(request, "governance/watch.html", context)


def _table(request: UserRequest, name: str, title: str, items: object) -> WatchTable:
    order = request.GET.getlist(f"{name}-sort") or "due"
    table = WatchTable(items, prefix=f"{name}-", order_by=order, attrs={"caption": title})
    show_page(table, request.GET.get(table.prefixed_page_field), rows=ROWS)
    return table
