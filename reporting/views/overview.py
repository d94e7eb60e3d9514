"""The first page: how it goes for a committee in a year, what moved, what to watch, and how one knows."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import refuse
from reporting.documents.parts import DuePart, due
from reporting.views.measure_page import with_place
from reporting.views.place import Place, home_place
from reporting.views.published import published_tables
from reporting.views.summary import summary_of
from reporting.views.switches import switches_of

_MOST_IN_OVERVIEW = 5


@require_GET
def home(request: UserRequest) -> HttpResponse:
    """Send the reader to their own committees in the last full year."""
    place = home_place(request)
    if place is None:
        return render(request, "reporting/no_snapshot.html")
    return redirect(place.url("overview"))


@with_place
def overview(request: UserRequest, place: Place) -> HttpResponse:
    """Show the headline indicators, the result of each activity and what to watch; of another committee the published tables."""
    if place.scope is None:
        tables = published_tables(place)
        shown = {"place": tables.place, "tables": tables, "switches": switches_of(tables.place, "overview")}
        return render(request, "reporting/published.html", shown)
    shown = {
        "place": place,
        "summary": summary_of(place),
        "switches": switches_of(place, "overview"),
        "list_url": place.url("measure_list"),
        "due_url": place.url("overview_due"),
    }
    return render(request, "reporting/overview.html", shown)


@dataclass(frozen=True)
class DueItem:
    """Something that is due; `late` is by how many days, 0 or less when it is not."""

    part: DuePart
    late: int


@with_place
def overview_due(request: UserRequest, place: Place) -> HttpResponse:
    """Show what the committees owe or are owed, by date: on a page of its own, or within the overview."""
    if place.scope is None:
        raise refuse(Permission.SEE_FIGURES)
    today = timezone.localdate()
    items = [DueItem(part, (today - part.due).days) for part in due(request.user, place.chosen_committees)]
    if request.htmx:
        shown = {"items": items[:_MOST_IN_OVERVIEW], "more": len(items) - _MOST_IN_OVERVIEW, "place": place}
        return render(request, "reporting/parts/due.html", {**shown, "url": place.url("overview_due")})
    return render(request, "reporting/due.html", {"items": items, "more": 0, "place": place, "url": ""})
