"""What stands in the plans of internal control: the matrix of risks, and which controls have told nothing yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from committees.models import User
from governance.enums import ControlOccasion
from governance.models import Action, Control, ControlPlan, ControlResult, Risk
from governance.selectors.causes import CauseLink, register
from reporting.figures.model import Period

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
    """Return what an occasion tells of: January to August at the interim report, the whole year at the annual."""
    if occasion == ControlOccasion.INTERIM:
        return Period(dt.date(year, 1, 1), dt.date(year, 8, 31))
    return Period.year(year)


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


@register
def control_causes(action: Action, user: User) -> Iterator[CauseLink]:
    """Yield the deviations that the action answers."""
    plans = ControlPlan.objects.visible_to(user)
    results = action.control_results.filter(control__risk__plan__in=plans).select_related("control__risk")
    for result in results:
        yield CauseLink("kontroll", str(result), reverse("steering_control_plan", args=[result.control.risk.plan_id]))
