"""The first page: how it goes for a committee in a year, what moved, what to watch, and how one knows."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from committees.middleware import UserRequest
from reporting.views.measure_page import with_place
from reporting.views.place import Place, home_place
from reporting.views.published import published_tables
from reporting.views.summary import summary_of
from reporting.views.switches import switches_of


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
        shown = {"place": place, "tables": tables, "switches": switches_of(place, "overview")}
        return render(request, "reporting/published.html", shown)
    shown = {
        "place": place,
        "summary": summary_of(place),
        "switches": switches_of(place, "overview"),
        "list_url": place.url("measure_list"),
    }
    return render(request, "reporting/overview.html", shown)
