"""The figures of a report of a part of a year: each measure so far this year and before, its target, and a forecast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.documents.aims import target_value
from reporting.documents.annual.economy import COSTS_PER
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
_OF_REPORTS = (Kind.SHARE, Kind.COUNT, Kind.RATIO)
_OF_MONTHS = (Kind.SHARE, Kind.COUNT)
"""What a month tells by itself. A ratio of costs does not: what is booked in a month is not what the month's work cost."""


@dataclass(frozen=True)
class Row:
    """A measure so far: `results` are of the same part of each year, oldest first, `wholes` of the earlier years in full.

    `months`: the last month by itself, the year before and now; none where they are not asked for, or where the measure looks at
    other days than the month's own.
    """

    measure: Measure
    indicator: IndicatorPart | None
    results: tuple[Result, ...]
    wholes: tuple[Result, ...]
    months: tuple[Result, ...] = ()

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
        found = [result for row in rows for result in (*row.results, *row.wholes, *row.months)]
        found += self.splits if self.economy in rows else ()
        found += [result for result in self.chosen if not result.is_empty]
        return tuple({result.request: result for result in found}.values())


def interim_figures(
    engine: Engine,
    codes: Sequence[str],
    end: dt.date,
    where: Mapping[str, tuple[str, ...]],
    chosen: Sequence[Request] = (),
    *,
    by_month: bool = False,
) -> Interim:
    """Compute and protect the figures of the committees from New Year to `end`, as one publication with what is `chosen`.

    `by_month` adds the month that ends then, beside the same month of the year before. Raises ReportFault when the snapshot does
    not reach so far.
    """
    if end > engine.as_of:
        raise ReportFault(
            f"Det går inte att göra en delårsrapport till och med {date_long(end)}: underlaget har uppgifter till och med "
            f"{date_long(engine.as_of)}. Välj ett senare underlag."
        )
    questions = [_question(*one, end, where, by_month=by_month) for one in _asked(codes, end)]
    kept = [one for one in questions if one.requests]
    economy = _question(measure_named(ECONOMY), None, end, where, by_month=by_month)
    splits = [replace(economy.so_far, by=(dimension,)) for dimension in SPLITS]
    asked_for = (request for one in (*kept, economy) for request in (*one.requests, *one.months))
    every = list(dict.fromkeys([*asked_for, *splits, *chosen]))
    answers = dict(zip(every, publish(engine, compute_many(engine, every)), strict=True))
    found_splits = tuple(answers[one] for one in splits)
    keys = {(one.request.by[0], group.key[one.request.by[0]]) for one in found_splits for group in one.groups}
    return Interim(
        end=end,
        rows=_told([one.row(answers) for one in kept], economy.row(answers)),
        economy=economy.row(answers),
        splits=found_splits,
        labels={key: label_of(engine, *key) for key in keys},
        left_out=tuple(one.measure.name for one in questions if not one.requests),
        chosen=tuple(answers[one] for one in dict.fromkeys(chosen)),
    )


def _asked(codes: Sequence[str], end: dt.date) -> list[tuple[Measure, IndicatorPart | None]]:
    """Return what is asked about: the committees' indicators, and the measures of every report that no indicator is of."""
    asked: list[tuple[Measure, IndicatorPart | None]] = [
        (measure_named(one.measure), one) for one in indicators(codes, [end.year - 1, end.year]) if one.measure
    ]
    plain = {measure.code for measure, one in asked if one and not one.selection}
    asked += [(measure_named(code), None) for code in SERIES if code not in plain]
    return [(measure, one) for measure, one in asked if measure.kind in _OF_REPORTS]


@dataclass(frozen=True)
class _Question:
    """What is asked of a measure: the same part of each year, then the earlier years in full; and the months of a Row.

    There are no requests of a measure that is for whole years only.
    """

    measure: Measure
    indicator: IndicatorPart | None
    requests: tuple[Request, ...]
    months: tuple[Request, ...]

    @property
    def so_far(self) -> Request:
        """What is asked of this year."""
        return self.requests[YEARS_BEFORE]

    def row(self, answers: Mapping[Request, Result]) -> Row:
        """Return the question with its answers."""
        found = tuple(answers[request] for request in self.requests)
        months = tuple(answers[request] for request in self.months)
        return Row(self.measure, self.indicator, found[: YEARS_BEFORE + 1], found[YEARS_BEFORE + 1 :], months)


def _question(
    measure: Measure,
    indicator: IndicatorPart | None,
    end: dt.date,
    where: Mapping[str, tuple[str, ...]],
    *,
    by_month: bool,
) -> _Question:
    years = range(end.year - YEARS_BEFORE, end.year + 1)
    periods = [period_to(end, year) for year in years] + [Period.year(year) for year in years[:-1]]
    wanted = indicator.variant if indicator else ""
    narrowed = {**where, **(indicator.selection if indicator else {})}
    found = (interim_request(measure, period, wanted=wanted, where=narrowed) for period in periods)
    requests = tuple(request for request in found if request is not None)
    months = _of_month(requests[YEARS_BEFORE], end) if by_month and requests else ()
    return _Question(measure, indicator, requests, months)


def _told(rows: Sequence[Row], economy: Row) -> tuple[Row, ...]:
    """Return the rows that there are data of: without any cost delivered a cost per person would be nought, and nobody knows."""
    has_costs = not economy.results[-1].is_empty
    return tuple(
        row for row in rows if not row.results[-1].is_empty and (has_costs or row.measure.code not in COSTS_PER)
    )


def _of_month(so_far: Request, end: dt.date) -> tuple[Request, ...]:
    """Return what is asked so far of the month that ends then, the year before and now; none where the month is no window."""
    months = [Period.month(year, end.month) for year in (end.year - 1, end.year)]
    found = tuple(replace(so_far, period=month) for month in months)
    tells = so_far.measure.kind in _OF_MONTHS and all(one.cohort == one.period for one in found)
    return found if tells else ()
