"""Indicators as plain values, as reports and the overview take them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from committees.models import Committee
from governance.enums import Comparator
from governance.models import Explanation, Goal, Indicator, ReportedValue, Target
from reporting.documents.parts import ExplanationPart, GoalPart, IndicatorPart, ReportedPart, TargetPart
from reporting.figures.model import Period
from reporting.measures.catalogue import measure

Part = TypeVar("Part", ReportedPart, ExplanationPart)
When = TypeVar("When", int, dt.date)
Said = TypeVar("Said", Goal, ReportedValue, Explanation)


def indicator_parts(committees: Sequence[str], years: Sequence[int], measure_code: str = "") -> list[IndicatorPart]:
    """Return the indicators of the goals of these committees, by goal and code, with what is said of them in the years.

    Of values reported by hand only those that somebody has attested. With a measure only its indicators, with their targets.
    """
    goals = Goal.objects.filter(committee__code__in=committees).select_related("committee").prefetch_related("above")
    found = Indicator.objects.filter(goals__committee__code__in=committees).distinct().order_by("code")
    own = found.filter(measure=measure_code)
    said = with_targets(own, years) if measure_code else with_years(found, committees, years)
    said = said.prefetch_related(Prefetch("goals", queryset=goals.order_by("code")))
    return sorted((part_of(indicator) for indicator in said), key=lambda part: (part.goals[0].code, part.code))


def with_years(
    indicators: QuerySet[Indicator], committees: Collection[str], years: Collection[int] | None
) -> QuerySet[Indicator]:
    """Return the indicators with the years' targets, and these committees' values and explanations, fetched; None: all years."""
    reported = ReportedValue.objects.filter(committee__code__in=committees)
    explained = Explanation.objects.filter(committee__code__in=committees)
    if years is not None:
        reported, explained = reported.filter(end__year__in=years), explained.filter(end__year__in=years)
    return indicators.prefetch_related(
        _targets(years),
        Prefetch("reported_values", queryset=reported.select_related("committee", "reported_by", "attested_by")),
        Prefetch("explanations", queryset=explained.select_related("committee", "action__owner", "by")),
    )


def with_targets(indicators: QuerySet[Indicator], years: Collection[int]) -> QuerySet[Indicator]:
    """Return the indicators with the years' targets fetched, and as having no values and no explanations."""
    return indicators.prefetch_related(
        _targets(years),
        Prefetch("reported_values", queryset=ReportedValue.objects.none()),
        Prefetch("explanations", queryset=Explanation.objects.none()),
    )


def _targets(years: Collection[int] | None) -> Prefetch[str, QuerySet[Target], str]:
    targets = Target.objects.all()
    return Prefetch("targets", queryset=targets if years is None else targets.filter(year__in=years))


def part_of(indicator: Indicator, of: Committee | None = None, *, served: bool = True) -> IndicatorPart:
    """Return an indicator fetched `with_years`, and with its goals, as a plain value; of one committee only what is its own.

    With `served` its goals tell which goals they serve; those are to be fetched, too.
    """

    def own(rows: Iterable[Said]) -> list[Said]:
        return [row for row in rows if of is None or row.committee_id == of.pk]

    return IndicatorPart(
        code=indicator.code,
        name=name_of(indicator),
        goals=tuple(
            GoalPart(
                code=goal.code,
                name=goal.name,
                committee=goal.committee.name,
                above=tuple(sorted(above.name for above in goal.above.all())) if served else (),
            )
            for goal in own(indicator.goals.all())
        ),
        measure=indicator.measure,
        variant=indicator.variant,
        selection={name: _values(values) for name, values in indicator.selection.items()},
        targets={target.year: target_part(target) for target in indicator.targets.all()},
        unit=indicator.unit,
        reported=_gathered(_reported(own(indicator.reported_values.all()))),
        explanations=_gathered(_explained(own(indicator.explanations.all()))),
        url=reverse("steering_indicator", args=[indicator.pk]),
    )


def name_of(indicator: Indicator) -> str:
    """Return what the indicator is called: its own name, or else its measure's."""
    return indicator.name or measure(indicator.measure).name


def _values(values: object) -> tuple[str, ...]:
    return tuple(map(str, values)) if isinstance(values, list) else (str(values),)


def target_part(target: Target) -> TargetPart:
    """Return a target as a plain value."""
    return TargetPart(
        comparator=target.comparator,
        comparator_label=str(Comparator(target.comparator).label),
        value=target.value,
        kpi=target.kpi,
        group=target.group,
    )


def _reported(values: Iterable[ReportedValue]) -> Iterable[tuple[int, ReportedPart]]:
    for one in values:
        if one.attested_at is not None and Period(one.start, one.end).is_calendar_year:
            yield one.end.year, ReportedPart(one.value, one.source, one.committee.name)


def _explained(explanations: Iterable[Explanation]) -> Iterable[tuple[dt.date, ExplanationPart]]:
    for one in explanations:
        action = one.action
        state = action.get_state_display().lower() if action else ""
        promised = f"{action.title}, klar senast {action.due.isoformat()} ({state})" if action else ""
        of = Period(one.start, one.end).label()
        yield one.end, ExplanationPart(one.text, promised, one.reason_for_none, one.committee.name, of)


def _gathered(pairs: Iterable[tuple[When, Part]]) -> dict[When, tuple[Part, ...]]:
    found: defaultdict[When, list[Part]] = defaultdict(list)
    for when, part in pairs:
        found[when].append(part)
    return {when: tuple(parts) for when, parts in found.items()}
