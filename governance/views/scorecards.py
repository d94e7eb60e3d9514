"""Scorecards: what every level of the organisation follows, and who follows nothing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from committees.middleware import UserRequest
from committees.models import Change
from committees.permissions import Permission
from committees.views.guards import needs
from committees.views.writing import Writing, write
from governance.actions.scorecards import set_scorecard
from governance.forms.goals import ScorecardForm
from governance.models import Indicator
from governance.selectors.scorecards import Level, level_of, levels
from governance.selectors.standings import standings
from governance.views.choosing import chosen, own_committee
from reporting.snapshots.selectors import latest_snapshot
from reporting.views.place import last_full_year


@require_GET
@needs(Permission.SEE_STEERING)
def scorecard_list(request: UserRequest) -> HttpResponse:
    """Show every level of the committee's organisation with what it follows; a level without a scorecard stands out."""
    place = chosen(request)
    found = levels(place.committee, timezone.localdate())
    context = {
        "place": place,
        "levels": found,
        "without": [one for one in found if one.card is None],
        "may_steer": request.access.may_for(Permission.STEER, [place.committee.code]),
    }
    return render(request, "governance/goal_scorecards.html", context)


def _level(request: UserRequest, committee: str, kind: str, code: str, permission: Permission) -> Level:
    level = level_of(own_committee(request, committee, permission), kind, code, timezone.localdate())
    if level is None:
        raise Http404("Nämnden har ingen sådan förvaltning eller enhet i dag.")
    return level


@require_GET
@needs(Permission.SEE_STEERING)
def scorecard(request: UserRequest, committee: str, kind: str, code: str) -> HttpResponse:
    """Show a scorecard with the figures of the last full year; a unit's are narrowed to the unit."""
    level = _level(request, committee, kind, code, Permission.SEE_STEERING)
    snapshot = latest_snapshot()
    year = last_full_year(snapshot) if snapshot else timezone.localdate().year - 1
    followed = Indicator.objects.filter(scorecards=level.card) if level.card else Indicator.objects.none()
    unit = level.unit.code if level.unit else ""
    context = {
        "level": level,
        "year": year,
        "standings": standings(
            level.committee, year, access=request.access, indicators=followed, unit=unit, snapshot=snapshot
        ),
        "may_steer": request.access.may_for(Permission.STEER, [level.committee.code]),
        "changes": Change.objects.of(level.card).select_related("by") if level.card else (),
    }
    return render(request, "governance/goal_scorecard.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.STEER)
def scorecard_edit(request: UserRequest, committee: str, kind: str, code: str) -> HttpResponse:
    """Choose what a level follows."""
    level = _level(request, committee, kind, code, Permission.STEER)
    offered = Indicator.objects.filter(goals__committee=level.committee).distinct()
    card = level.card
    form = ScorecardForm(
        request.POST or None,
        indicators=offered,
        read_as=card.revision if card else 0,
        initial={"indicators": card.indicators.all() if card else ()},
    )

    def save(values: dict[str, Any]) -> str:
        set_scorecard(
            committee=level.committee, department=level.department, unit=level.unit, by=request.user, **values
        )
        return "Styrkortet är sparat."

    back = f"{reverse('steering_scorecards')}?namnd={level.committee.code}"
    return write(request, form, Writing(f"Styrkort för {level.name}", "Spara", back, "Styrkort"), save)
