"""The new year: what is carried over in one step, and what is then left to settle."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs, refuse
from committees.views.writing import refused
from governance.actions.new_year import open_year
from governance.selectors.new_year import unset
from governance.selectors.standings import years_offered
from governance.views.choosing import own_committee


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_STEERING)
def new_year(request: UserRequest, committee: str, year: int) -> HttpResponse:
    """Show what is not settled for the year; on POST carry last year's goals, targets and control plan over first."""
    body, today = own_committee(request, committee), timezone.localdate()
    if year not in years_offered(today.year):
        raise Http404("Det går inte att lägga upp det året.")
    may_steer = request.access.may_for(Permission.STEER, [body.code])
    if request.method == "POST":
        if not may_steer:
            raise refuse(Permission.STEER)
        back = reverse("steering_new_year", kwargs={"committee": body.code, "year": year})
        return refused(request, lambda: open_year(committee=body, year=year, by=request.user).in_words(), back)
    context = {
        "committee": body,
        "year": year,
        "before": year - 1,
        "unset": unset(body, year, today),
        "may_steer": may_steer,
    }
    return render(request, "governance/goal_new_year.html", context)
