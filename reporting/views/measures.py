"""The pages of a measure."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from committees.middleware import UserRequest
from reporting.views.place import home_place


@require_GET
def measure_home(request: UserRequest) -> HttpResponse:
    """Send the reader to the measures of their own committees."""
    place = home_place(request)
    if place is None:
        return render(request, "reporting/no_snapshot.html")
    return redirect(place.url("measure_list"))
