"""What stands in the plans of internal control: the matrix of risks, and which controls have told nothing yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from committees.models import Committee, User
from committees.permissions import Permission
from governance.enums import ControlOccasion, Frequency, PlanState
from governance.models import Action, Control, ControlPlan, ControlResult, Risk
from governance.selectors.causes import CauseLink, register
from governance.watch import WatchItem
from governance.watch import register as register_watch
from reporting.documents.work.schedule import span_of
from reporting.enums import ReportKind
from reporting.figures.model import Period
from reporting.models import ReportPeriod

_LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Cell:
    """The risks of one probability and one consequence."""

    probability: int
    consequence: int
    risks: tuple[Risk, ...]

    @property
    def value(self) -> int:
        """Probability times consequence, 1–16."""
        return self.probability * self.consequence


@dataclass(frozen=True)
class Line:
    """One probability's cells, the mildest consequence first."""

    probability: int
    cells: tuple[Cell, ...]


def matrix(risks: Iterable[Risk]) -> list[Line]:
    """Return the risks by probability (the highest first) and consequence, every cell of the four by four."""
    found = list(risks)
    return [
        Line(likely, tuple(Cell(likely, grave, _at(found, likely, grave)) for grave in _LEVELS))
        for likely in reversed(_LEVELS)
    ]


def _at(risks: Iterable[Risk], probability: int, consequence: int) -> tuple[Risk, ...]:
    return tuple(risk for risk in risks if (risk.probability, risk.consequence) == (probability, consequence))


def period_of(year: int, occasion: ControlOccasion) -> Period:
    """Return what an occasion tells of: the year until the statutory interim report's end, or the whole year.

    The interim report's end is the municipality's own; in August while its calendar has none (LKBR 13:1 asks for at least half
    the year and at most two thirds of it).
    """
    if occasion == ControlOccasion.ANNUAL:
        return Period.year(year)
    statutory = ReportPeriod.objects.filter(kind=ReportKind.INTERIM, statutory=True).order_by("-end").first()
    if statutory is None:
        return Period(dt.date(year, 1, 1), dt.date(year, 8, 31))
    span = span_of(statutory, year)
    return Period(span.start, span.end)


def unreported(plan: ControlPlan, occasion: ControlOccasion) -> list[Control]:
    """Return the plan's controls without a result for the occasion."""
    told = ControlResult.objects.filter(occasion=occasion).values("control")
    return list(Control.objects.filter(risk__plan=plan).exclude(pk__in=told).select_related("risk__plan__committee"))


def risks_with_controls(plan: ControlPlan) -> QuerySet[Risk]:
    """Return the plan's risks with their controls, and what those showed."""
    results = ControlResult.objects.order_by("performed_on").prefetch_related("actions")
    controls = Control.objects.select_related("owner", "routine").prefetch_related(
        Prefetch("results", queryset=results)
    )
    return plan.risks.prefetch_related(Prefetch("controls", queryset=controls))


def control_causes(action: Action, user: User) -> Iterator[CauseLink]:
    """Yield the deviations that the action answers."""
    plans = ControlPlan.objects.visible_to(user)
    results = action.control_results.filter(control__risk__plan__in=plans).select_related("control__risk")
    for result in results:
        yield CauseLink("kontroll", str(result), reverse("steering_control_plan", args=[result.control.risk.plan_id]))


register(Action, control_causes)


@register_watch
def controls_to_watch(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield the controls of decided plans that have no result: at the interim report's end, then at the year's."""
    plans = ControlPlan.objects.visible_to(user).filter(committee__in=committees, state=PlanState.DECIDED)
    controls = Control.objects.filter(risk__plan__in=plans).select_related("risk__plan__committee", "owner")
    ends: dict[tuple[int, ControlOccasion], dt.date] = {}
    for control in controls.prefetch_related("results"):
        plan = control.risk.plan
        occasion = _next_occasion(control)
        if occasion is None:
            continue
        if (plan.year, occasion) not in ends:
            ends[plan.year, occasion] = period_of(plan.year, occasion).end
        yield WatchItem(
            key=f"control-{control.pk}-{occasion}",
            due=ends[plan.year, occasion],
            kind="kontroll",
            title=f"{control.title} ({occasion.label.lower()} {plan.year})",
            url=reverse("steering_control_plan", args=[plan.pk]),
            committee=plan.committee,
            owner=control.owner,
            falls_to=Permission.MANAGE_CONTROL,
        )


def _next_occasion(control: Control) -> ControlOccasion | None:
    """Return what the control is to tell of next, None when it has told of the whole year; one done once a year tells then."""
    told = {result.occasion for result in control.results.all()}
    if ControlOccasion.ANNUAL in told:
        return None
    once = control.frequency == Frequency.YEARLY
    return ControlOccasion.ANNUAL if once or ControlOccasion.INTERIM in told else ControlOccasion.INTERIM
