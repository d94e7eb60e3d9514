"""Goals: the committee's goals under those they serve, with how it goes, and each goal's own page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from committees.csv_files import csv_answer
from committees.middleware import UserRequest
from committees.models import Change
from committees.permissions import Permission
from committees.views.guards import needs, refuse
from committees.views.writing import Writing, write
from governance.actions.goals import create_goal, edit_goal
from governance.forms.goals import GoalForm
from governance.models import Goal
from governance.selectors.goals import Branch, goal_tree
from governance.selectors.standings import lacking, standings
from governance.views.choosing import chosen
from reporting.figures.targets import nearly_in_words

_HEADINGS = ("Bidrar till", "Mål", "Indikator", "Utfall", "Målvärde", "Status", "Trend", "Förklaring")


@require_GET
@needs(Permission.SEE_STEERING)
def goal_list(request: UserRequest) -> HttpResponse:
    """Show the committee's goals with their indicators in a year; with `?fil=csv` as a file."""
    place = chosen(request)
    found = standings(place.committee, place.year, access=request.access, snapshot=place.snapshot)
    tree = goal_tree(place.committee, place.year, found)
    if request.GET.get("fil") == "csv":
        return csv_answer(f"mal-{place.committee.code}-{place.year}", _HEADINGS, _lines(tree))
    context = {
        "place": place,
        "tree": tree,
        "lacking": lacking(found),
        "waiting": [one for one in found if one.waiting],
        "nearly": nearly_in_words(),
        "may_steer": request.access.may_for(Permission.STEER, [place.committee.code]),
        "served": Goal.objects.filter(above__committee=place.committee).select_related("committee").distinct(),
    }
    return render(request, "governance/goal_list.html", context)


def _lines(tree: Sequence[Branch]) -> Iterator[tuple[str, ...]]:
    for branch in tree:
        for row in branch.rows:
            for one in row.standings:
                said = "; ".join(each.text for each in one.explanations)
                status = one.status.label if one.status else "Inget målvärde"
                yield (
                    str(branch.above or ""), str(row.goal), one.name, one.value, one.target, status, one.trend,
                    said or ("saknas" if one.lacks_explanation else ""),
                )  # fmt: skip


def _goal(request: UserRequest, pk: int) -> Goal:
    return get_object_or_404(Goal.objects.visible_to(request.user).select_related("committee"), pk=pk)


@require_GET
@needs(Permission.SEE_STEERING)
def goal_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show one goal: what it serves, what serves it, its indicators and its changes."""
    goal = _goal(request, pk)
    visible = Goal.objects.visible_to(request.user)
    context = {
        "goal": goal,
        "above": goal.above.select_related("committee"),
        "below": visible.filter(above=goal).select_related("committee"),
        "indicators": goal.indicators.all(),
        "may_steer": request.access.may_for(Permission.STEER, [goal.committee.code]),
        "changes": Change.objects.of(goal).select_related("by"),
    }
    return render(request, "governance/goal_detail.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.STEER)
def goal_new(request: UserRequest) -> HttpResponse:
    """Set a goal."""
    above = Goal.objects.visible_to(request.user).select_related("committee")
    form = GoalForm(request.POST or None, access=request.access, above=above, goal=None)

    def save(values: dict[str, Any]) -> str:
        values.pop("read_as")
        goal = create_goal(by=request.user, **values)
        return f"Målet {goal.code} är infört. Lägg till en indikator som visar hur det går."

    return write(request, form, Writing("Inför ett mål", "Inför målet", reverse("steering_goals"), "Mål"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.STEER)
def goal_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what stands about a goal."""
    goal = _goal(request, pk)
    if not request.access.may_for(Permission.STEER, [goal.committee.code]):
        raise refuse(Permission.STEER)
    first = {name: getattr(goal, name) for name in ("name", "first_year", "last_year")}
    above = Goal.objects.visible_to(request.user).exclude(pk=goal.pk).select_related("committee")
    form = GoalForm(
        request.POST or None,
        access=request.access,
        above=above,
        goal=goal,
        read_as=goal.revision,
        initial={**first, "above": goal.above.all()},
    )

    def save(values: dict[str, Any]) -> str:
        edit_goal(goal, by=request.user, **values)
        return "Sparat."

    return write(request, form, Writing("Ändra målet", "Spara", reverse("steering_goal", args=[pk]), str(goal)), save)
