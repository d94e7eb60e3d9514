"""How a committee's indicators stand in a year, or in a part of it: outcome, target, status, trend, explanation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from committees.models import Committee
from committees.permissions import Access, Scope
from governance.figures import NEEDED_TO_SEE, may_see_figures
from governance.models import Goal, Indicator, ReportedValue
from governance.selectors.indicators import part_of, with_years
from governance.wording import target_in_words
from reporting.documents.aims import ByHand, by_hand
from reporting.documents.parts import ExplanationPart, IndicatorPart, TargetPart
from reporting.figures.computing import compute_many
from reporting.figures.interim import is_held_against_target, period_to
from reporting.figures.model import Period, Result
from reporting.figures.swedish import NO_DENOMINATOR
from reporting.figures.targets import Status
from reporting.figures.trend import Trend
from reporting.measures.catalogue import measure as measure_named
from reporting.snapshots.engine import engine_for
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot
from reporting.views.indicators import Outcome, requests_for


@dataclass(frozen=True)
class Standing:
    """One indicator of one committee in a period: a year, or a year to one of its days.

    `outcome` is None where the reader may not see it or the period is not over; `waiting` is a value reported by hand that nobody
    has attested.
    """

    indicator: Indicator
    part: IndicatorPart
    committee: Committee
    period: Period
    outcome: Outcome | ByHand | None
    waiting: ReportedValue | None = None

    @property
    def name(self) -> str:
        """The indicator's name."""
        return self.part.name

    @property
    def year(self) -> int:
        """The year it is of."""
        return self.period.end.year

    @property
    def value(self) -> str:
        """The outcome with its unit, "–" without one."""
        return self.outcome.value_in_words if self.outcome else NO_DENOMINATOR

    @property
    def target(self) -> str:
        """The target in words, empty without one."""
        if self.outcome is not None:
            return self.outcome.target_in_words
        own = next((one for one in self.indicator.targets.all() if one.year == self.year), None)
        return target_in_words(own, self.indicator.unit)

    @property
    def status(self) -> Status | None:
        """How the outcome stands to the target, None without a target."""
        if self.outcome is not None:
            return self.outcome.status
        return Status.NOT_MEASURED if self.year in self.part.targets else None

    @property
    def trend(self) -> str:
        """What may be said about the change from the year before, with its size."""
        if not isinstance(self.outcome, Outcome):
            return Trend.UNKNOWN.label
        change = self.outcome.change_in_words
        return f"{self.outcome.trend.label} ({change})" if change else self.outcome.trend.label

    @property
    def asks_for_explanation(self) -> bool:
        """Whether the target was missed or the outcome has certainly become worse."""
        return self.outcome is not None and self.outcome.asks_for_explanation

    @property
    def lacks_explanation(self) -> bool:
        """Whether an explanation is owed and none is given."""
        return self.outcome is not None and self.outcome.lacks_explanation

    @property
    def explanations(self) -> tuple[ExplanationPart, ...]:
        """What the committee has said of the outcome."""
        return self.part.explanations.get(self.period.end, ())

    @property
    def said_before(self) -> tuple[ExplanationPart, ...]:
        """What the committee said the last time before, and how its action stands."""
        return self.part.said_before(self.period.end)

    @property
    def explain_url(self) -> str:
        """Where the outcome is explained."""
        return explain_url(self.indicator.pk, self.committee.code, self.period)


def explain_url(indicator: int, committee: str, period: Period) -> str:
    """Return where the outcome of the period is explained."""
    place: dict[str, int | str] = {"pk": indicator, "committee": committee, "year": period.end.year}
    if period.is_calendar_year:
        return reverse("steering_explanation", kwargs=place)
    return reverse("steering_explanation_of_part", kwargs={**place, "month": period.end.month})


def standings(
    committee: Committee,
    year: int,
    *,
    access: Access,
    indicators: QuerySet[Indicator] | None = None,
    unit: str = "",
    snapshot: Snapshot | None = None,
    until: dt.date | None = None,
) -> list[Standing]:
    """Return how the committee's indicators, or those given, stand in the year, in order of code.

    With `until` in the part of the year that ends with the day. With a unit the measures are narrowed to it, and the reader needs
    to see the unit's figures only. Without a snapshot the figures are of the latest.
    """
    snapshot = snapshot or latest_snapshot()
    if indicators is None:
        return standings_of([committee], year, access=access, snapshot=snapshot, until=until)
    chosen = with_said(indicators, [committee], [year - 1, year])
    return _standings(chosen, committee, _period(year, until), _scope(access, committee, unit), unit, snapshot)


def standings_of(
    committees: Sequence[Committee],
    year: int,
    *,
    access: Access,
    snapshot: Snapshot | None,
    said: Sequence[Indicator] | None = None,
    until: dt.date | None = None,
) -> list[Standing]:
    """Return how each committee's indicators stand in the year, committee by committee; of `said` only, fetched `with_said`.

    With `until` in the part of the year that ends with the day.

    The questions to the database are as many for several committees as for one. What has been computed for a snapshot is kept
    with it (reporting.figures.keeping), so that the figures cost little the second time.
    """
    followed = Indicator.objects.filter(goals__committee__in=committees).distinct()
    chosen = with_said(followed, committees, [year - 1, year]) if said is None else said
    return [
        one
        for committee in committees
        for one in _standings(
            [each for each in chosen if any(goal.committee_id == committee.pk for goal in each.goals.all())],
            committee,
            _period(year, until),
            _scope(access, committee, ""),
            "",
            snapshot,
        )
    ]


def _period(year: int, until: dt.date | None) -> Period:
    return period_to(until) if until else Period.year(year)


def with_said(
    indicators: QuerySet[Indicator], committees: Sequence[Committee], years: Collection[int] | None
) -> list[Indicator]:
    """Return the indicators, in order of code, with the committees' goals and what they have said of the years; None: of all."""
    goals = Goal.objects.filter(committee__in=committees).select_related("committee")
    said = with_years(indicators.select_related("owner"), [one.code for one in committees], years)
    return list(said.order_by("code").prefetch_related(Prefetch("goals", queryset=goals)))


def _standings(
    chosen: Sequence[Indicator],
    committee: Committee,
    period: Period,
    scope: Scope | None,
    unit: str,
    snapshot: Snapshot | None,
) -> list[Standing]:
    parts = {indicator.pk: part_of(indicator, of=committee, served=False) for indicator in chosen}
    measured = {pk: part for pk, part in parts.items() if part.measure}
    outcomes = _outcomes(measured, period, scope, unit, snapshot)
    year = period.end.year
    return [
        Standing(
            indicator,
            parts[indicator.pk],
            committee,
            period,
            outcomes.get(indicator.pk) if indicator.measure else _by_hand(parts[indicator.pk], period),
            _waiting(indicator, committee, year),
        )
        for indicator in chosen
    ]


def _scope(access: Access, committee: Committee, unit: str) -> Scope | None:
    """Return what the figures are computed within, None for who may not see them."""
    if may_see_figures(access, committee):
        return Scope((committee.code,))
    narrowed = [access.scope(one, [committee.code]) for one in NEEDED_TO_SEE]
    if unit and all(scope is not None and unit in scope.units for scope in narrowed):
        return Scope((committee.code,), (unit,))
    return None


def _by_hand(part: IndicatorPart, period: Period) -> ByHand | None:
    """Return what is reported of the year; values from a hand are told of whole years."""
    return by_hand(part, period.end.year)[0] if period.is_calendar_year else None


def _outcomes(
    parts: Mapping[int, IndicatorPart], period: Period, scope: Scope | None, unit: str, snapshot: Snapshot | None
) -> dict[int, Outcome]:
    if scope is None or snapshot is None or period.end > snapshot.as_of:
        return {}
    year = period.end.year
    of_part = None if period.is_calendar_year else period.end
    asked = {
        pk: requests_for(narrowed, measure_named(part.measure), scope, [year - 1, year], until=of_part)
        for pk, part in parts.items()
        if (narrowed := _narrowed(part, unit)) is not None
    }
    results = iter(compute_many(engine_for(snapshot), [one for requests in asked.values() for one in requests]))
    answered = {pk: tuple(next(results) for _ in requests) for pk, requests in asked.items() if requests}
    return {
        pk: Outcome(parts[pk], measure_named(parts[pk].measure), found, None if unit else _target(parts[pk], found))
        for pk, found in answered.items()
    }


def _target(part: IndicatorPart, found: Sequence[Result]) -> TargetPart | None:
    """Return the year's target where the outcome can be held against it."""
    return part.targets.get(found[-1].period.end.year) if is_held_against_target(found[-1].request) else None


def _narrowed(part: IndicatorPart, unit: str) -> IndicatorPart | None:
    """Return the indicator narrowed to the unit; None when it is about other units."""
    own = part.selection.get("enhet", ())
    if not unit:
        return part
    if own and unit not in own:
        return None
    return replace(part, selection={**part.selection, "enhet": (unit,)})


def _waiting(indicator: Indicator, committee: Committee, year: int) -> ReportedValue | None:
    """Return the committee's value of the year that waits to be attested."""
    whole = Period.year(year)
    fetched = (one for one in indicator.reported_values.all() if (one.start, one.end) == (whole.start, whole.end))
    return next((one for one in fetched if one.attested_at is None and one.committee_id == committee.pk), None)


def lacking(found: Iterable[Standing]) -> list[Standing]:
    """Return those whose outcome should be explained and is not."""
    return [one for one in found if one.lacks_explanation]


def years_offered(this_year: int, around: Sequence[int] = ()) -> list[int]:
    """Return the years a page of goals can show, newest first: seven back, the one that comes, and those asked for."""
    return sorted({*range(this_year - 7, this_year + 2), *around}, reverse=True)
