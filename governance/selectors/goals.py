"""What a page or a report asks of steering."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from committees.models import Committee
from governance.models import Goal, Indicator, Target


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
