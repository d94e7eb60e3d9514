"""What is still to be settled in a year of steering."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from committees.models import Committee
from governance.enums import PlanState
from governance.models import ControlPlan, Goal, Indicator, Risk, Target
from governance.models.goals import GoalQuerySet
from governance.selectors.indicators import name_of
from governance.selectors.scorecards import levels
from governance.wording import target_in_words


@dataclass(frozen=True)
class Unset:
    """One thing to settle: its Swedish kind, what it is, and where it is done. `settle` is the copied target, if it is one."""

    kind: str
    text: str
    url: str = ""
    settle: Target | None = None


def unset(committee: Committee, year: int, day: dt.date) -> list[Unset]:
    """Return what the committee has not settled for the year: goals, targets, scorecards and the control plan."""
    goals = Goal.objects.filter(committee=committee).in_force(year).order_by("code")
    return [*_goals(goals), *_targets(committee, year), *_scorecards(committee, day), *_plan(committee, year)]


def _goals(goals: GoalQuerySet) -> Iterator[Unset]:
    for goal in goals.filter(indicators__isnull=True):
        yield Unset("Mål utan indikator", str(goal), reverse("steering_goal", args=[goal.pk]))


def _targets(committee: Committee, year: int) -> Iterator[Unset]:
    goals = Goal.objects.filter(committee=committee).in_force(year)
    followed = Indicator.objects.filter(goals__in=goals).distinct().order_by("code")
    set_ones = {target.indicator_id: target for target in Target.objects.filter(indicator__in=followed, year=year)}
    for indicator in followed:
        url = reverse("steering_target", kwargs={"pk": indicator.pk, "year": year})
        target = set_ones.get(indicator.pk)
        if target is None:
            yield Unset("Indikator utan målvärde", name_of(indicator), url)
        elif target.copied:
            said = f"{name_of(indicator)}: {target_in_words(target, indicator.unit)}"
            yield Unset("Målvärde kopierat från året innan", said, url, target)


def _scorecards(committee: Committee, day: dt.date) -> Iterator[Unset]:
    for level in levels(committee, day):
        if level.card is None:
            yield Unset(f"{level.kind} utan styrkort", level.name, level.edit_url)


def _plan(committee: Committee, year: int) -> Iterator[Unset]:
    plan = ControlPlan.objects.filter(committee=committee, year=year).first()
    if plan is None:
        yield Unset("Internkontrollplan saknas", f"{committee} {year}")
        return
    if plan.state == PlanState.DRAFT:
        yield Unset("Internkontrollplan inte beslutad", f"{committee} {year}")
    for risk in Risk.objects.filter(plan=plan, controls__isnull=True).order_by("number"):
        yield Unset("Risk utan kontroll", str(risk))
