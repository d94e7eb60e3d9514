"""Indicators with their outcome, status and trend, as the overview and a measure's page show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from committees.permissions import Scope
from reporting.documents.aims import target_value
from reporting.documents.parts import IndicatorPart, TargetPart, indicators
from reporting.figures.interim import interim_variant, period_to
from reporting.figures.model import Request, RequestFault, Result
from reporting.figures.swedish import NBSP, number, percentage_points
from reporting.figures.targets import Status, asks_for_explanation, status
from reporting.figures.trend import Trend, change_between, trend_between, worsened
from reporting.figures.wording import amount_in_words, value_in_words
from reporting.measures.catalogue import measure as measure_named
from reporting.measures.model import Measure, Unit
from reporting.views.measure_page import MeasurePage
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
    def wanted(self) -> float | None:
        """What is to be reached, also where the target follows a group; None without a target or its value."""
        return target_value(self.target, self.latest.period.end.year)

    @property
    def status(self) -> Status | None:
        """How the value stands to the target, None without a target."""
        if self.target is None:
            return None
        return status(self.latest.total.value, self.target.comparator, self.wanted)

    @property
    def trend(self) -> Trend:
        """What may be said about the change from the year before."""
        if len(self.results) < 2:
            return Trend.UNKNOWN
        return trend_between(self.results[-2], self.latest)

    @property
    def change_in_words(self) -> str:
        """The size of the change from the year before, empty where there are no two values."""
        if len(self.results) < 2:
            return ""
        change = change_between(self.results[-2], self.latest).difference
        return "" if change is None else signed_in_words(self.measure, change)

    @property
    def target_in_words(self) -> str:
        """The target as "minst 35 %", empty without one."""
        return target_in_words(self.measure, self.target, self.wanted) if self.target else ""

    @property
    def value_in_words(self) -> str:
        """The year's value with its unit: "19,7 %"."""
        return value_in_words(self.measure, self.latest.total)

    @property
    def asks_for_explanation(self) -> bool:
        """Whether the target was missed or the outcome has certainly become worse."""
        worse = len(self.results) > 1 and worsened(self.results[-2], self.latest)
        return asks_for_explanation(self.status, worse=worse)

    @property
    def lacks_explanation(self) -> bool:
        """Whether an explanation is owed and none is given."""
        return self.asks_for_explanation and not self.indicator.explanations.get(self.latest.period.end)


def signed_in_words(measure: Measure, difference: float) -> str:
    """Return a difference with its sign and unit: "−12,2 procentenheter", "+5", "−134,9 tkr"."""
    if measure.unit is Unit.PERCENT:
        return percentage_points(difference, signed=True)
    if measure.unit is Unit.DAYS:
        return f"{number(difference, 1, signed=True)}{NBSP}dagar"
    if measure.unit is Unit.KRONOR:
        return ("+" if difference > 0 else "") + amount_in_words(difference)
    return number(difference, signed=True)


def target_in_words(measure: Measure, target: TargetPart, wanted: float | None) -> str:
    """Return a target as a reader says it: "minst 35 %", "färre än 166"."""
    if wanted is None:
        return f"{target.comparator_label} medelvärdet i {target.group}"
    if measure.unit is Unit.KRONOR:
        value = amount_in_words(wanted)
    else:
        unit = f"{NBSP}%" if measure.unit is Unit.PERCENT else ""
        value = number(wanted, 0 if wanted.is_integer() else 1) + unit
    of_people = {"mindre än": "färre än", "mer än": "fler än"} if measure.unit.is_number_of else {}
    return f"{of_people.get(target.comparator_label, target.comparator_label)} {value}"


def indicators_of(
    committees: Sequence[str], year: int
) -> tuple[list[tuple[IndicatorPart, Measure]], list[IndicatorPart]]:
    """Return the committees' indicators: those that a measure gives, each with it, and those reported by hand."""
    found = indicators(committees, [year])
    measured = [(indicator, measure_named(indicator.measure)) for indicator in found if indicator.measure]
    return measured, [indicator for indicator in found if not indicator.measure]


def requests_for(
    indicator: IndicatorPart, measure: Measure, scope: Scope, years: Sequence[int], *, until: dt.date | None = None
) -> list[Request]:
    """Return the requests for the indicator's years within the scope; none when it looks at what lies beyond it.

    With `until` for the part of each year that ends with that day, counted as an interim report does: none of a measure that is
    told for whole years only.
    """
    variant = interim_variant(measure, indicator.variant) if until else indicator.variant or None
    if until and variant is None:
        return []
    question = Question(measure, variant, (), dict(indicator.selection), scope)
    try:
        return [question.request(year, period=period_to(until, year) if until else None) for year in years]
    except (RequestFault, PermissionDenied):
        return []


def targets_of(page: MeasurePage) -> Mapping[int, TargetPart]:
    """Return the targets, by year, of the indicator that asks just what the page asks; none when no indicator does."""
    asked = page.question.variant or page.question.request(page.place.year).variant
    for indicator in indicators(page.place.committees, page.years, measure=page.measure.code):
        if dict(indicator.selection) != dict(page.question.selection):
            continue
        own = (
            indicator.variant
            or Question(page.measure, None, (), {}, page.question.scope).request(page.place.year).variant
        )
        if own == asked:
            return indicator.targets
    return {}
