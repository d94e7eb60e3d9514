"""Indicators: their own page, what they are, their targets, and values reported by hand."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.middleware import UserRequest
from committees.models import Change, Committee
from committees.permissions import Permission
from committees.views.guards import needs, refuse
from committees.views.writing import Writing, refused, write
from committees.writing_forms import WhyForm
from governance.actions.goals import (
    Aim,
    Content,
    create_indicator,
    drop_target,
    edit_indicator,
    set_target,
    settle_target,
)
from governance.enums import Comparator
from governance.forms.goals import IndicatorForm, TargetForm
from governance.models import Goal, Indicator, Target
from governance.selectors.indicators import name_of
from governance.selectors.standings import standings_of, with_said, years_offered
from governance.wording import measured_in_words
from reporting.snapshots.selectors import latest_snapshot
from reporting.views.place import last_full_year


def indicator_for(request: UserRequest, pk: int) -> Indicator:
    """Return the indicator of an address. Raises Http404 for one the reader does not see."""
    return get_object_or_404(Indicator.objects.visible_to(request.user).select_related("owner"), pk=pk)


def committees_of(indicator: Indicator, request: UserRequest, permission: Permission) -> list[Committee]:
    """Return the committees whose goals the indicator follows and for which the reader holds the permission."""
    codes = request.access.committees_with(permission)
    return list(Committee.objects.filter(goals__indicators=indicator, code__in=codes).distinct())


def _may(request: UserRequest, permission: Permission, goal: Goal) -> bool:
    return goal.committee.code in request.access.committees_with(permission)


@require_GET
@needs(Permission.SEE_STEERING)
def indicator_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show one indicator: its goals, how it stands, its targets, values, explanations and changes."""
    goals = list(
        Goal.objects.visible_to(request.user).filter(indicators=pk).select_related("committee").order_by("code")
    )
    seen = sorted({goal.committee for goal in goals if _may(request, Permission.SEE_STEERING, goal)}, key=str)
    said = with_said(Indicator.objects.visible_to(request.user).filter(pk=pk).distinct(), seen, None)
    if not said:
        raise Http404("Det finns ingen sådan indikator bland dina.")
    indicator, this_year, snapshot = said[0], timezone.localdate().year, latest_snapshot()
    year = last_full_year(snapshot) if snapshot else this_year - 1
    targets = {target.year: target for target in indicator.targets.all()}
    values = sorted(indicator.reported_values.all(), key=lambda one: (one.end, one.committee.code), reverse=True)
    context = {
        "indicator": indicator,
        "name": name_of(indicator),
        "measured": "" if indicator.manual else measured_in_words(indicator),
        "goals": goals,
        "year": year,
        "standings": standings_of(seen, year, access=request.access, snapshot=snapshot, said=said),
        "targets": [(each, targets.get(each)) for each in years_offered(this_year, list(targets))],
        "values": values,
        "explanations": indicator.explanations.all(),
        "may_steer": any(_may(request, Permission.STEER, goal) for goal in goals),
        "attestable": [goal.committee for goal in goals if _may(request, Permission.ATTEST, goal)],
        "changes": Change.objects.of(indicator, *targets.values(), *values).select_related("by"),
    }
    return render(request, "governance/goal_indicator.html", context)


def _steered(request: UserRequest, pk: int) -> Indicator:
    indicator = indicator_for(request, pk)
    if not committees_of(indicator, request, Permission.STEER):
        raise refuse(Permission.STEER)
    return indicator


def _content(values: dict[str, Any], before: Indicator | None = None) -> Content:
    """Return what the form says the indicator is. Of a measure it had already, what the form does not ask for is kept."""
    selection = dict(values["selection"])
    if before is not None and before.measure == values["measure"]:
        selection = {name: kept for name, kept in before.selection.items() if name != "enhet"} | selection
    return Content(
        name=values["name"],
        unit=values["unit"],
        measure=values["measure"],
        variant=values["variant"],
        selection=selection,
        owner=values["owner"],
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.STEER)
def indicator_new(request: UserRequest) -> HttpResponse:
    """Let an indicator follow one or several goals."""
    goals = Goal.objects.visible_to(request.user).select_related("committee")
    first = {"goals": request.GET.getlist("mal")}
    form = IndicatorForm(request.POST or None, goals=goals, access=request.access, initial=first)
    del form.fields["why"]

    def save(values: dict[str, Any]) -> str:
        indicator = create_indicator(goals=values["goals"], content=_content(values), by=request.user)
        return f"Indikatorn ”{name_of(indicator)}” är införd. Sätt ett målvärde för den."

    return write(request, form, Writing("Inför en indikator", "Inför", reverse("steering_goals"), "Mål"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.STEER)
def indicator_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what an indicator is and which goals it follows."""
    indicator = _steered(request, pk)
    goals = Goal.objects.visible_to(request.user).select_related("committee")
    first = {name: getattr(indicator, name) for name in ("name", "unit", "measure", "variant", "owner")}
    units = indicator.selection.get("enhet", [])
    first |= {"goals": indicator.goals.all(), "measured_unit": units[0] if units else None}
    form = IndicatorForm(
        request.POST or None,
        goals=goals,
        access=request.access,
        owner=indicator.owner,
        read_as=indicator.revision,
        initial=first,
    )

    def save(values: dict[str, Any]) -> str:
        written = {name: values[name] for name in ("read_as", "goals", "why")}
        edit_indicator(indicator, content=_content(values, indicator), by=request.user, **written)
        return "Sparat."

    return write(request, form, writing(indicator, "Ändra indikatorn", "Spara"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.STEER)
def target_edit(request: UserRequest, pk: int, year: int) -> HttpResponse:
    """Set, settle or change what the indicator is to reach in a year."""
    indicator = _steered(request, pk)
    if year not in years_offered(timezone.localdate().year, [target.year for target in indicator.targets.all()]):
        raise Http404("Det går inte att sätta ett målvärde för det året.")
    target = Target.objects.filter(indicator=indicator, year=year).first()
    names = ("comparator", "value", "kpi", "group")
    first = {name: getattr(target, name) for name in names} if target else {"comparator": Comparator.AT_LEAST}
    form = TargetForm(request.POST or None, target=target, read_as=target.revision if target else 0, initial=first)

    def save(values: dict[str, Any]) -> str:
        aim = Aim(**{name: values[name] for name in names})
        set_target(indicator, year=year, aim=aim, by=request.user, read_as=values["read_as"], why=values["why"])
        return f"Målvärdet för {year} är satt."

    return write(request, form, writing(indicator, f"Målvärde {year}", "Sätt målvärdet"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.STEER)
def target_drop(request: UserRequest, pk: int, year: int) -> HttpResponse:
    """Take a target away, with the reason."""
    indicator = _steered(request, pk)
    target = get_object_or_404(Target, indicator=indicator, year=year)
    form = WhyForm(request.POST or None)
    form.fields["why"].required = True
    form.fields["why"].help_text = "Skälet och det gamla målvärdet finns kvar bland ändringarna."

    def save(values: dict[str, Any]) -> str:
        drop_target(target, why=values["why"], by=request.user)
        return f"Indikatorn har inget målvärde för {year}."

    return write(request, form, writing(indicator, f"Ta bort målvärdet för {year}", "Ta bort"), save)


@require_POST
@needs(Permission.STEER)
def target_settle(request: UserRequest, pk: int, year: int) -> HttpResponse:
    """Let a copied target stand, and go back to what is left to settle."""
    indicator = _steered(request, pk)
    target = get_object_or_404(Target, indicator=indicator, year=year)

    def settle() -> str:
        settle_target(target, by=request.user)
        return f"Målvärdet för {name_of(indicator)} {year} står fast."

    place = committees_of(indicator, request, Permission.STEER)[0]
    committee = request.POST.get("namnd") or place.code
    back = reverse("steering_new_year", kwargs={"committee": committee, "year": year})
    return refused(request, settle, back)


def writing(indicator: Indicator, title: str, button: str) -> Writing:
    """Return a page where something is written about the indicator, which leads back to it."""
    back = reverse("steering_indicator", args=[indicator.pk])
    return Writing(title, button, back, name_of(indicator))
