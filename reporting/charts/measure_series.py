"""From the results of a series to what a line chart shows of them, the same for page and paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reporting.charts.series import Break, Line, Series
from reporting.figures.history import KnownBefore
from reporting.figures.model import Figure, Period, Result
from reporting.figures.reorganisation import Handover
from reporting.figures.steps import Step, labels_of
from reporting.figures.swedish import HIDDEN, MISSING, NO_DENOMINATOR
from reporting.measures.model import Unit

HISTORY = "Före systemet"
_MOST_YEARS_BEFORE = 10


@dataclass(frozen=True)
class Beside:
    """What a series is to be seen against: a target and how it is written, other municipalities' values (one for each result),
    what was known before the first result, and the moves of units on the way.
    """

    target: tuple[float, str] | None = None
    peers: Line | None = None
    country: Line | None = None
    history: tuple[KnownBefore, ...] = ()
    handovers: tuple[Handover, ...] = ()


ALONE = Beside()


def series_content(
    results: Sequence[Result],
    *,
    name: str,
    beside: Beside = ALONE,
    step: Step = Step.YEAR,
    links: Sequence[str | None] = (),
    scale: Callable[[float], float] = float,
) -> Series:
    """Return the chart's content: the totals of the results, those of shares with their intervals, and what stands beside them.

    Years between what was known before and the first result that nobody has told of are places without a value. `links`: one for
    each result. `scale` turns a value into what is drawn, say kronor into tkr.
    """
    percent = results[-1].measure.unit is Unit.PERCENT
    before = _years_before(results, beside.history) if step is Step.YEAR else ()
    empty = (None,) * len(before)
    totals = [result.total for result in results]
    own = Line(
        name=name,
        values=empty + tuple(_scaled(total.value, scale) for total in totals),
        low=empty + tuple(total.low for total in totals) if percent else (),
        high=empty + tuple(total.high for total in totals) if percent else (),
        symbols=tuple("" if known else MISSING for known in before) + tuple(_symbol(total) for total in totals),
        links=(*empty, *links) if links else (),
    )
    first_year = results[0].period.end.year - len(before)
    return Series(
        labels=tuple(str(first_year + at) for at in range(len(before))) + labels_of(results, step),
        own=own,
        peers=_moved(beside.peers, empty),
        country=_moved(beside.country, empty),
        target=beside.target,
        floor=min(0.0, *(_scaled(total.value, scale) or 0.0 for total in totals)),
        ceiling=100.0 if percent else None,
        history=_history_line(before, len(results), scale),
        breaks=tuple(_break(each, [result.period for result in results], len(before)) for each in beside.handovers),
    )


def _symbol(total: Figure) -> str:
    return HIDDEN if total.suppressed else NO_DENOMINATOR


def _scaled(value: float | None, scale: Callable[[float], float]) -> float | None:
    return None if value is None else scale(value)


def _years_before(results: Sequence[Result], history: Sequence[KnownBefore]) -> tuple[KnownBefore | None, ...]:
    """Return what is known of each year from the first told of to the last before the series, ten years back at most."""
    first = results[0].period.end.year
    known = {row.year: row for row in history if first - _MOST_YEARS_BEFORE <= row.year < first}
    return tuple(known.get(year) for year in range(min(known), first)) if known else ()


def _history_line(before: Sequence[KnownBefore | None], count: int, scale: Callable[[float], float]) -> Line | None:
    if not before:
        return None
    values = tuple(scale(row.value) if row else None for row in before)
    return Line(HISTORY, values + (None,) * count)


def _moved(line: Line | None, empty: tuple[None, ...]) -> Line | None:
    if line is None or not empty:
        return line
    return Line(line.name, empty + line.values)


def _break(handover: Handover, periods: Sequence[Period], moved: int) -> Break:
    """Return the handover at its place: half-way between two values when it came as one period gave way to the next."""
    return Break(moved + _place(handover.date, periods), handover.label)


def _place(day: dt.date, periods: Sequence[Period]) -> float:
    for at, period in enumerate(periods):
        if period.start <= day <= period.end:
            return at - 0.5 + (day - period.start).days / ((period.end - period.start).days + 1)
    return -0.5 if day < periods[0].start else len(periods) - 0.5
