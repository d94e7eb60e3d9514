"""What governance gives to reports and the overview: the committees' indicators with their targets, and what is due."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch

from committees.models import Committee, User
from governance.enums import Comparator
from governance.models import Goal, Indicator, Target
from governance.watch import watch_list
from reporting.documents.parts import (
    DuePart,
    GoalPart,
    IndicatorPart,
    TargetPart,
    register_due,
    register_indicators,
)
from reporting.measures.catalogue import measure


def indicator_parts(committees: Sequence[str], years: Sequence[int]) -> list[IndicatorPart]:
    """Return the indicators of the goals of these committees, by goal and code, with the years' targets."""
    goals = Goal.objects.filter(committee__code__in=committees).select_related("committee").prefetch_related("above")
    found = (
        Indicator.objects.filter(goals__committee__code__in=committees)
        .distinct()
        .order_by("code")
        .prefetch_related(
            Prefetch("goals", queryset=goals.order_by("code")),
            Prefetch("targets", queryset=Target.objects.filter(year__in=years)),
        )
    )
    return sorted((_part(indicator) for indicator in found), key=lambda part: (part.goals[0].code, part.code))


def _part(indicator: Indicator) -> IndicatorPart:
    return IndicatorPart(
        code=indicator.code,
        name=indicator.name or measure(indicator.measure).name,
        goals=tuple(
            GoalPart(
                code=goal.code,
                name=goal.name,
                committee=goal.committee.name,
                above=tuple(sorted(above.name for above in goal.above.all())),
            )
            for goal in indicator.goals.all()
        ),
        measure=indicator.measure,
        variant=indicator.variant,
        selection={name: _values(values) for name, values in indicator.selection.items()},
        targets={target.year: _target(target) for target in indicator.targets.all()},
    )


def _values(values: object) -> tuple[str, ...]:
    return tuple(map(str, values)) if isinstance(values, list) else (str(values),)


def _target(target: Target) -> TargetPart:
    return TargetPart(
        comparator=target.comparator,
        comparator_label=str(Comparator(target.comparator).label),
        value=target.value,
        kpi=target.kpi,
        group=target.group,
    )


def due_parts(user: User, committees: Sequence[Committee]) -> list[DuePart]:
    """Return what stands on the watch list of the committees for this reader."""
    return [DuePart(item.due, item.kind, item.title, item.url) for item in watch_list(user, committees)]


register_indicators(indicator_parts)
register_due(due_parts)
