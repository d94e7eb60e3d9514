"""The figures of a report of a part of a year: each measure so far this year and before, its target, and a forecast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.documents.aims import target_value
from reporting.documents.annual.questions import SERIES
from reporting.documents.annual.report import ReportFault
from reporting.documents.parts import IndicatorPart, TargetPart, indicators
from reporting.figures.computing import compute_many
from reporting.figures.dimensions import label_of
from reporting.figures.forecast import Carried, Forecast, YearSoFar, forecast
from reporting.figures.interim import interim_request, is_held_against_target, period_to
from reporting.figures.model import Period, Request, Result
from reporting.figures.publishing import publish
from reporting.figures.swedish import date_long
from reporting.figures.targets import Status, asks_for_explanation, status
from reporting.figures.trend import worsened
from reporting.measures.catalogue import measure as measure_named
from reporting.measures.model import Kind, Measure, Unit
from reporting.snapshots.engine import Engine

ECONOMY = "budget_outcome"
YEARS_BEFORE = 4
SPLITS = ("enhet", "insats")
"""How the economy is split: by unit, and by activity."""
_TOLD = (Kind.SHARE, Kind.COUNT, Kind.RATIO)


@dataclass(frozen=True)
class Row:
    """A measure so far: `results` are of the same part of each year, oldest first, `wholes` of the earlier years in full."""

    measure: Measure
    indicator: IndicatorPart | None
    results: tuple[Result, ...]
    wholes: tuple[Result, ...]

    @property
    def name(self) -> str:
        """What the row is called: the indicator's name, or the measure's."""
        return self.indicator.name if self.indicator else self.measure.name

    @property
    def target(self) -> TargetPart | None:
        """The year's target where what has come so far can be held against it (figures.interim)."""
        latest = self.results[-1]
        held = self.indicator is not None and is_held_against_target(latest.request)
        return self.indicator.targets.get(latest.period.end.year) if self.indicator and held else None

    @property
    def status(self) -> Status | None:
        """How what has come so far stands to the year's target, None where it is not held against one."""
        if self.target is None:
            return None
        latest = self.results[-1]
        return status(latest.total.value, self.target.comparator, target_value(self.target, latest.period.end.year))

    @property
    def asks_for_explanation(self) -> bool:
        """Whether an indicator's target is missed so far, or it is certainly worse than the same time last year."""
        worse = worsened(self.results[-2], self.results[-1])
        return self.indicator is not None and asks_for_explanation(self.status, worse=worse)

    @property
    def is_settled(self) -> bool:
        """Whether the whole year looks at the very cases that the part does, so that the value is the year's already."""
        return self.results[-2].request.cohort == self.wholes[-1].request.cohort

    @property
    def forecast(self) -> Forecast | None:
        """The year's end, None where it is settled already, hidden, or there are too few years to go by."""
        now = self.results[-1].total
        if self.is_settled or now.value is None:
            return None
        carried = Carried.DIFFERENCE if self.measure.unit is Unit.PERCENT else Carried.RATIO
        pairs = zip(self.results[:-1], self.wholes, strict=True)
        return forecast(now.value, [one for pair in pairs if (one := _so_far(*pair))], carried)


def _so_far(part: Result, whole: Result) -> YearSoFar | None:
    if part.total.value is None or whole.total.value is None:
        return None
    return YearSoFar(whole.period.end.year, part.total.value, whole.total.value)


@dataclass(frozen=True)
class Interim:
    """The figures of a report of a part of a year after disclosure control, up to `end`.

    `left_out`: measures told for whole years only. `splits`: the economy by each of SPLITS, the names of
    its groups in `labels`. `chosen`: what the template's own parts ask for.
    """

    end: dt.date
    rows: tuple[Row, ...]
    economy: Row
    splits: tuple[Result, ...]
    labels: Mapping[tuple[str, str | None], str]
    left_out: tuple[str, ...]
    chosen: tuple[Result, ...] = ()

    @property
    def results(self) -> tuple[Result, ...]:
        """Every figure once, for the manifest; none where there is nothing but what nobody has delivered."""
        rows = (*self.rows, *(() if self.economy.results[-1].is_empty else (self.economy,)))
        found = [result for row in rows for result in (*row.results, *row.wholes)]
        found += self.splits if self.economy in rows else ()
        found += [result for result in self.chosen if not result.is_empty]
        return tuple({result.request: result for result in found}.values())


def interim_figures(
    engine: Engine,
    codes: Sequence[str],
    end: dt.date,
    where: Mapping[str, tuple[str, ...]],
    chosen: Sequence[Request] = (),
) -> Interim:
    """Compute and protect the figures of the committees from New Year to `end`, as one publication with what is `chosen`.

    Raises ReportFault when the snapshot does not reach so far.
    """
    if end > engine.as_of:
        raise ReportFault(
            f"Det går inte att göra en delårsrapport till och med {date_long(end)}: underlaget har uppgifter till och med "
            f"{date_long(engine.as_of)}. Välj ett senare underlag."
        )
    asked: list[tuple[Measure, IndicatorPart | None]] = [
        (measure_named(one.measure), one) for one in indicators(codes, [end.year - 1, end.year]) if one.measure
    ]
    plain = {measure.code for measure, one in asked if one and not one.selection}
    asked += [(measure_named(code), None) for code in SERIES if code not in plain]
    told = [(measure, one) for measure, one in asked if measure.kind in _TOLD]
    questions = [(measure, one, _requests(measure, one, end, where)) for measure, one in told]
    left_out = tuple(measure.name for measure, _, requests in questions if not requests)
    kept = [(measure, one, requests) for measure, one, requests in questions if requests]
    kept.append((measure_named(ECONOMY), None, _requests(measure_named(ECONOMY), None, end, where)))
    splits = [replace(kept[-1][2][YEARS_BEFORE], by=(dimension,)) for dimension in SPLITS]
    every = list(dict.fromkeys([*(request for _, _, requests in kept for request in requests), *splits, *chosen]))
    answers = dict(zip(every, publish(engine, compute_many(engine, every)), strict=True))
    rows = []
    for measure, one, requests in kept:
        found = tuple(answers[request] for request in requests)
        rows.append(Row(measure, one, found[: YEARS_BEFORE + 1], found[YEARS_BEFORE + 1 :]))
    *shown, economy = rows
    found_splits = tuple(answers[one] for one in splits)
    keys = {(one.request.by[0], group.key[one.request.by[0]]) for one in found_splits for group in one.groups}
    labels = {key: label_of(engine, *key) for key in keys}
    told_now = tuple(row for row in shown if not row.results[-1].is_empty)
    own = tuple(answers[one] for one in dict.fromkeys(chosen))
    return Interim(end, told_now, economy, found_splits, labels, left_out, own)


def _requests(
    measure: Measure, indicator: IndicatorPart | None, end: dt.date, where: Mapping[str, tuple[str, ...]]
) -> list[Request]:
    """Return the same part of each year, and then the earlier years in full; none of a measure that is for whole years only."""
    years = range(end.year - YEARS_BEFORE, end.year + 1)
    periods = [period_to(end, year) for year in years] + [Period.year(year) for year in years[:-1]]
    wanted = indicator.variant if indicator else ""
    narrowed = {**where, **(indicator.selection if indicator else {})}
    found = (interim_request(measure, period, wanted=wanted, where=narrowed) for period in periods)
    return [request for request in found if request is not None]
