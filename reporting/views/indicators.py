"""Indicators with their outcome, status and trend, as the overview and a measure's page show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from committees.permissions import Scope
from reporting.documents.parts import IndicatorPart, TargetPart, indicators
from reporting.figures.model import Request, Result
from reporting.figures.swedish import NBSP, number
from reporting.figures.targets import Status, status
from reporting.figures.trend import Trend, trend
from reporting.figures.wording import amount_in_words
from reporting.measures.catalogue import measure as measure_named
from reporting.measures.model import Measure, Unit
from reporting.views.question import Question


@dataclass(frozen=True)
class Outcome:
    """One indicator in one year: the results of its years, its target and how it stands to it. `results` end with the year."""

    indicator: IndicatorPart
    measure: Measure
    results: tuple[Result, ...]
    target: TargetPart | None

    @property
    def latest(self) -> Result:
        """The year's own result."""
        return self.results[-1]

    @property
    def status(self) -> Status | None:
        """How the value stands to the target, None without a target."""
        if self.target is None:
            return None
        return status(self.latest.total.value, self.target.comparator, self.target.value)

    @property
    def trend(self) -> Trend:
        """What may be said about the change from the year before."""
        if len(self.results) < 2:
            return Trend.UNKNOWN
        return trend(self.results[-2].total, self.latest.total)

    @property
    def target_in_words(self) -> str:
        """The target as "minst 35 %", empty without one."""
        return target_in_words(self.measure, self.target) if self.target else ""

    @property
    def target_value(self) -> float | None:
        """The target's value for a chart, None without one."""
        return float(self.target.value) if self.target and self.target.value is not None else None


def target_in_words(measure: Measure, target: TargetPart) -> str:
    """Return a target as a reader says it: "minst 35 %", "mindre än 166"."""
    if target.value is None:
        return f"{target.comparator_label} medelvärdet i {target.group}"
    if measure.unit is Unit.KRONOR:
        value = amount_in_words(float(target.value))
    else:
        whole = target.value == target.value.to_integral_value()
        value = number(target.value, 0 if whole else 1) + (f"{NBSP}%" if measure.unit is Unit.PERCENT else "")
    word = "färre än" if measure.unit is Unit.PERSONS and target.comparator == "<" else target.comparator_label
    return f"{word} {value}"


def measured_indicators(committees: Sequence[str], year: int) -> list[tuple[IndicatorPart, Measure]]:
    """Return the committees' indicators that a measure gives, each with its measure."""
    found = indicators(committees, [year])
    return [(indicator, measure_named(indicator.measure)) for indicator in found if indicator.measure]


def requests_for(indicator: IndicatorPart, measure: Measure, scope: Scope, years: Sequence[int]) -> list[Request]:
    """Return the requests for the indicator's years within the scope; none when it looks at what lies beyond it."""
    question = Question(measure, indicator.variant or None, (), dict(indicator.selection), scope)
    try:
        return [question.request(year) for year in years]
    except (Http404, PermissionDenied):
        return []
