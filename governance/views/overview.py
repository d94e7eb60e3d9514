"""The first page: how it goes for a committee in a year."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from committees.middleware import UserRequest
from reporting.views.place import home_place, place_of


@require_GET
def home(request: UserRequest) -> HttpResponse:
    """Send the reader to their own committees in the last full year."""
    place = home_place(request)
    if place is None:
        return render(request, "reporting/no_snapshot.html")
    return redirect(place.url("overview"))


@require_GET
def overview(request: UserRequest, committees: tuple[str, ...], year: int) -> HttpResponse:
    """Show the headline indicators, the result of each activity and what to watch."""
    place = place_of(request, committees, year)
    if place is None:
        return render(request, "reporting/no_snapshot.html")
    return render(request, "governance/overview.html", {"place": place})
