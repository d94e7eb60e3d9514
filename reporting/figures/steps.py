"""The series of a measure by year, quarter or month: which steps make sense, and the periods they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from reporting.figures.computing import compute, compute_many
from reporting.figures.judging import condition, judged_rows
from reporting.figures.kinds import Group, total_of
from reporting.figures.model import Period, Request, Result
from reporting.figures.requests import Where, request
from reporting.measures.dimensions import Dimension
from reporting.measures.model import Kind, Measure
from reporting.snapshots.engine import Engine

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_THE_PERIOD = "period"
_OWN_WINDOWS = frozenset({_THE_PERIOD, "calendar_year", "previous_year", "first_half_of_previous_year"})
"""The cohorts that, year by year, never look at the same days twice."""


_ONE_MONTH_EACH = frozenset(
    {
        ("application_to_decision", "standard"),
        ("assessment_before_start", "standard"),
        ("referral_lead_time", "standard"),
        ("sfi_completed", "standard"),
        ("sfi_not_started", "standard"),
        ("study_at_exit", "kolada"),
        ("study_at_exit", "resident"),
        ("time_to_work", "standard"),
        *(("work_at_exit", variant) for variant in ("kolada", "resident", "unsubsidised")),
        *(("work_or_study_at_exit", variant) for variant in ("kolada", "resident", "unsubsidised")),
    }
)
"""Measures and variants whose cases belong to the one month of their attribution date, whatever period is asked for.

Their months are the groups of one split: a twentieth of the work of judging each month by itself. A test compares the two ways.
"""


class Step(StrEnum):
    """How far it is from one value of a series to the next."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"

    @property
    def months(self) -> int:
        """How many months it is."""
        return _MONTHS[self.value]

    @property
    def many(self) -> str:
        """The Swedish plural: "24 månader"."""
        return _MANY[self]

    @property
    def definite(self) -> str:
        """The Swedish definite plural: "de 24 månaderna"."""
        return _DEFINITE[self]


_MANY = {Step.YEAR: "år", Step.QUARTER: "kvartal", Step.MONTH: "månader"}
_DEFINITE = {Step.YEAR: "åren", Step.QUARTER: "kvartalen", Step.MONTH: "månaderna"}


def steps_of(measure: Measure, variant: str) -> tuple[Step, ...]:
    """Return the steps that a series of the variant can have, the longest first.

    Shorter ones than a year are for variants that look at the period itself. What a result costs is told for a year: in a month
    there are too few results to share a cost that is booked unevenly.
    """
    by_year_only = measure.kind is Kind.RATIO and Dimension.MONTH not in measure.dimensions
    if _cohort(measure, variant) != _THE_PERIOD or by_year_only:
        return (Step.YEAR,)
    return (Step.YEAR, Step.QUARTER, Step.MONTH)


def has_limits(measure: Measure, variant: str, step: Step) -> bool:
    """Return whether process limits may be told of such a series: only where its values do not share cases with each other.

    Where the same persons are counted month after month, one value says much of the next; the moving ranges are then too small
    and would call what is usual a signal. A distribution has no single value to follow.
    """
    if measure.kind is Kind.DISTRIBUTION:
        return False
    if step is Step.YEAR:
        return _cohort(measure, variant) in _OWN_WINDOWS
    return step in steps_of(measure, variant) and Dimension.MONTH in measure.dimensions


def stretches(step: Step, end: dt.date, count: int) -> tuple[Period, ...]:
    """Return the last `count` whole years, quarters or months that are over by `end` (that day included), oldest first."""
    after = end + dt.timedelta(days=1)
    last = (after.year * 12 + after.month - 1) // step.months * step.months
    starts = [last - step.months * back for back in range(count, 0, -1)]
    return tuple(Period(_first_of(start), _first_of(start + step.months) - dt.timedelta(days=1)) for start in starts)


def series_by(
    engine: Engine,
    measure: Measure,
    step: Step,
    *,
    end: dt.date,
    count: int,
    variant: str | None = None,
    where: Where = (),
) -> list[Result]:
    """Return the measure's totals for the last `count` stretches that are over by `end`, oldest first.

    `variant`: the measure's default for a year where None, so that every value is counted in the same way.
    """
    settled = variant or measure.default_variant[0]
    asked = [request(measure, period=period, variant=settled, where=where) for period in stretches(step, end, count)]
    if step is Step.MONTH and (measure.code, settled) in _ONE_MONTH_EACH:
        return _months_of_one_split(engine, asked)
    return compute_many(engine, asked)


def _months_of_one_split(engine: Engine, asked: Sequence[Request]) -> list[Result]:
    """Return the results of months that follow on each other, taken from one split of them all."""
    first = asked[0]
    whole = Period(first.period.start, asked[-1].period.end)
    split = request(first.measure, period=whole, variant=first.variant, by=(Dimension.MONTH,), where=first.where)
    together = compute(engine, split)
    groups = {group.key[Dimension.MONTH]: group for group in together.groups}
    left_out = _left_out_by_month(engine, replace(split, by=()))
    nothing = total_of(first.measure, Group({}, {}, {}, adds_up=True), lambda _: None)
    results = []
    for each in asked:
        month = f"{each.period.start:%Y-%m}"
        total = replace(groups[month], key={}) if month in groups else nothing
        results.append(Result(each, together.as_of, together.snapshots, (), total, left_out.get(month, {})))
    return results


def _left_out_by_month(engine: Engine, whole: Request) -> dict[str, dict[str, int | None]]:
    kept, params = condition(whole.where)
    sql = (
        f"SELECT {Dimension.MONTH.value}, reason, count(*) FROM judged"
        f" WHERE NOT in_population AND {kept} GROUP BY ALL ORDER BY ALL"
    )
    found: dict[str, dict[str, int | None]] = {}
    for month, reason, count in judged_rows(engine, whole).rows(sql, params):
        found.setdefault(month, {})[reason] = count
    return found


def labels_of(results: Sequence[Result], step: Step) -> tuple[str, ...]:
    """Return what the axis of a chart says under each value: "2023", "2023 kv 2" or "2023-04"."""
    return tuple(_label(result.period, step) for result in results)


def _label(period: Period, step: Step) -> str:
    if step is Step.YEAR:
        return str(period.end.year)
    if step is Step.QUARTER:
        return f"{period.end.year} kv {period.end.month // 3}"
    return f"{period.end:%Y-%m}"


def _cohort(measure: Measure, variant: str) -> str:
    return measure.variants[variant.split("+", maxsplit=1)[0]].cohort


def _first_of(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)
