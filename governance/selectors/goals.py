"""What a page or a report asks of steering."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from committees.models import Committee
from governance.models import Goal, Indicator, Target
from governance.selectors.standings import Standing


def indicators_for(committees: Iterable[Committee], year: int) -> QuerySet[Indicator]:
    """Return the indicators of the committees' goals, each once, ordered by code.

    Fetched with them: `goals` (only those of these committees) with the goals above, and `targets` (only the year's, so at most
    one each).
    """
    chosen = list(committees)
    goals = Goal.objects.filter(committee__in=chosen).select_related("committee").prefetch_related("above")
    return (
        Indicator.objects.filter(goals__committee__in=chosen)
        .distinct()
        .order_by("code")
        .prefetch_related(
            Prefetch("goals", queryset=goals),
            Prefetch("targets", queryset=Target.objects.filter(year=year)),
        )
    )


@dataclass(frozen=True)
class GoalRow:
    """A goal of the committee with its indicators, the goal it stands under, and the other goals that it serves as well."""

    goal: Goal
    standings: tuple[Standing, ...]
    also: tuple[Goal, ...] = ()
    under: Goal | None = None

    @property
    def caption(self) -> str:
        """What the table of its indicators is called, in each of the places where it stands."""
        under = f" under {self.under.code}" if self.under and self.also else ""
        return f"Indikatorer för {self.goal.code}{under}"


@dataclass(frozen=True)
class Branch:
    """A goal that is served, and the committee's goals under it; `above` is None for those that serve no goal."""

    above: Goal | None
    rows: tuple[GoalRow, ...]


def goal_tree(committee: Committee, year: int, found: Sequence[Standing]) -> list[Branch]:
    """Return the committee's goals in force in the year under the goals they serve, each under every one of them.

    `found` are the standings of the committee's indicators. Goals that serve none come last.
    """
    own = Goal.objects.filter(committee=committee).in_force(year).order_by("code")
    goals = list(own.prefetch_related(Prefetch("above", queryset=Goal.objects.select_related("committee"))))
    above = sorted({one for goal in goals for one in goal.above.all()}, key=lambda goal: goal.code)
    branches = [
        Branch(one, tuple(_row(goal, one, found) for goal in goals if one in goal.above.all())) for one in above
    ]
    alone = tuple(_row(goal, None, found) for goal in goals if not goal.above.all())
    return [*branches, Branch(None, alone)] if alone else branches


def _row(goal: Goal, under: Goal | None, found: Sequence[Standing]) -> GoalRow:
    own = tuple(one for one in found if goal.code in {each.code for each in one.part.goals})
    return GoalRow(goal, own, tuple(one for one in goal.above.all() if one != under), under)
