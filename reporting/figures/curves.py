"""The whole course of a duration: how large a share has come to the end so many days after the beginning.

Each step of a curve is a few cases, often one. A curve is for those who may see the figures inside the committee and is never
published; what is published are the shares after named numbers of days, protected like other figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from reporting.figures.adding import added_sums
from reporting.figures.durations import (
    Days,
    duration_sums,
    each_case,
    incidence_steps,
    log_log_interval,
    median_with_open,
)
from reporting.figures.judging import condition, judged_rows
from reporting.figures.model import Request
from reporting.figures.swedish import NBSP, number
from reporting.figures.wording import days_in_words
from reporting.measures.inner import Summary
from reporting.measures.model import Measure
from reporting.snapshots.engine import Engine

_MOST_MARKS = 6
_MARK_STEPS = (7, 14, 30, 60, 90, 180, 365)


@dataclass(frozen=True)
class AtRisk:
    """How many had come so far without any end just before the day, and how many had by then come to the end waited for."""

    day: int
    at_risk: int
    arrived: int


@dataclass(frozen=True)
class Curve:
    """The share in percent from each day on, with its 95 % log-log interval (None where it is not defined, as at 0 and 100).

    `days` begins with day 0, where the share is 0 unless somebody came to the end that same day. `n`: all cases, `arrived`: those
    who have come to the end. `until`: the longest that anybody has been followed, in days. `median`: the day on which half
    have come to the end, of a measure that tells it.
    """

    days: tuple[int, ...]
    shares: tuple[float, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    at_risk: tuple[AtRisk, ...]
    n: int
    arrived: int
    until: int
    median: float | None

    def share_at(self, day: int) -> float:
        """Return the share that had come to the end by the day."""
        return max((share for start, share in zip(self.days, self.shares, strict=True) if start <= day), default=0.0)


@dataclass(frozen=True)
class _Days:
    ended: Days
    other: Days
    waiting: Days

    @property
    def n(self) -> int:
        return sum(sum(days.values()) for days in (self.ended, self.other, self.waiting))

    def still_there(self, day: int) -> int:
        return sum(n for days in (self.ended, self.other, self.waiting) for waited, n in days.items() if waited >= day)

    def arrived(self, day: int) -> int:
        return sum(n for waited, n in self.ended.items() if waited <= day)


def curve(engine: Engine, request: Request) -> Curve | None:
    """Return the course of the request's total; None for a measure that counts no days, or when nobody has come to the end."""
    duration = request.measure.duration
    if duration is None or duration.summary is Summary.ENDED:
        return None
    kept, params = condition(request.where)
    sums = {name: sql for name, sql in duration_sums(duration).items() if name in {"ended", "other", "open_days"}}
    asked = ", ".join(sums.values())
    portions = [
        judged_rows(portion, request).rows(f"SELECT {asked} FROM judged WHERE {kept}", params)[0]
        for portion in engine.portions()
    ]
    together = added_sums([dict(zip(sums, row, strict=True)) for row in portions])
    found = {name: _counts(days) for name, days in together.items()}
    days = _Days(found["ended"], found["other"], found["open_days"])
    if not days.ended:
        return None
    if duration.summary is Summary.INCIDENCE:
        return curve_of_incidence(days.ended, days.other, days.waiting, marks=(0, *duration.days))
    return curve_of_waiting(days.ended, days.waiting)


def curve_of_incidence(ended: Days, other: Days, waiting: Days, *, marks: Sequence[int]) -> Curve:
    """Return the cumulative incidence (Aalen–Johansen): those who left otherwise can come to the end no more."""
    times, shares, errors = incidence_steps(ended, other, waiting)
    steps = [
        (int(day), 100 * float(share), *log_log_interval(float(share), float(error)))
        for day, share, error in zip(times, shares, errors, strict=True)
    ]
    return _curve(steps, _Days(ended, other, waiting), marks, None)


def curve_of_waiting(ended: Days, waiting: Days) -> Curve:
    """Return one minus the Kaplan–Meier survival: how many no longer wait, those who still do counted as far as is known."""
    import numpy as np
    from statsmodels.duration.survfunc import SurvfuncRight

    each = [each_case(days) for days in (waiting, ended)]
    with np.errstate(divide="ignore", invalid="ignore"):
        found = SurvfuncRight(np.concatenate(each), np.repeat([0, 1], [len(days) for days in each]))
        left, errors = found.surv_prob, found.surv_prob_se
    steps = []
    for day, share, error in zip(found.surv_times, left, errors, strict=True):
        low, high = log_log_interval(float(share), float(error))
        ends = (None, None) if low is None or high is None else (100 - high, 100 - low)
        steps.append((int(day), 100 * (1 - float(share)), *ends))
    days = _Days(ended, {}, waiting)
    return _curve(steps, days, _marks(max([*ended, *waiting])), median_with_open(ended, waiting))


def _curve(
    steps: Sequence[tuple[int, float, float | None, float | None]],
    days: _Days,
    marks: Sequence[int],
    median: float | None,
) -> Curve:
    longest = max([*days.ended, *days.other, *days.waiting])
    rows = [*([(0, 0.0, None, None)] if not steps or steps[0][0] > 0 else []), *steps]
    return Curve(
        days=tuple(row[0] for row in rows),
        shares=tuple(row[1] for row in rows),
        low=tuple(row[2] for row in rows),
        high=tuple(row[3] for row in rows),
        at_risk=tuple(AtRisk(day, days.still_there(day), days.arrived(day)) for day in marks if day <= longest),
        n=days.n,
        arrived=sum(days.ended.values()),
        until=longest,
        median=median,
    )


def _marks(longest: int) -> list[int]:
    """Return even days from 0 to the longest known wait, no more than six of them after 0."""
    step = next((each for each in _MARK_STEPS if longest <= each * _MOST_MARKS), _MARK_STEPS[-1])
    return list(accumulate([step] * min(longest // step, _MOST_MARKS), initial=0))


def _counts(days: Mapping[int, int] | None) -> Days:
    return {int(day): int(count) for day, count in (days or {}).items()}


def curve_in_words(measure: Measure, course: Curve) -> str:
    """Return in Swedish what the curve says, for those who do not see it and as the sentence above it."""
    told = [
        f"{days_in_words(each.day)} {number(course.share_at(each.day), 1)}{NBSP}procent"
        for each in course.at_risk
        if each.day
    ]
    events = measure.duration.events if measure.duration else ()
    ends = " eller ".join(measure.word(event) for event in events)
    said = f"{number(course.arrived)} av {number(course.n)} {measure.case.many} har lett till {ends}."
    if told:
        said += f" Andelen efter {', '.join(told)}."
    if course.median is not None:
        said += f" Hälften har kommit dit efter {days_in_words(course.median)}."
    return said
