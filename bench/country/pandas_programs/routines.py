"""Routines that must be followed: plans, follow-ups, lead times, assessments and the watch lists."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bench.country.model import Numbers
from bench.country.pandas_programs.municipality import FOREVER, Municipality
from bench.country.pandas_programs.period import Period, going_on, months_after

_ONE_DAY = pd.Timedelta(days=1)


def figures(municipality: Municipality, period: Period) -> dict[str, Numbers]:
    """Return the numbers of the subject's measures."""
    present = municipality.present
    there = present[going_on(present.start, present.delivered_end, period.last)]
    there = there[~(there.moved < period.last) & ~(there.died < period.last)]
    started = present[present.start.between(period.start, period.end)]
    follow_ups = municipality.read("follow_up", "enrolment", "held", "kind")
    pauses = municipality.read("pause", "enrolment", "start", "ended", "reason")
    return {
        "plan_coverage": _plan_coverage(municipality, there, period),
        "follow_up_compliance": _follow_up_compliance(present, follow_ups, pauses, period),
        "referral_lead_time": _referral_lead_time(municipality, period),
        "assessment_before_start": _count(started.assessed <= started.start),
        "six_month_review": _six_month_review(there, follow_ups, period),
        "establishment_overdue": _establishment_overdue(there, period),
        "low_hours": _low_hours(municipality, there, period),
        "long_sick_leave": _long_sick_leave(there, pauses, period),
    }


def _count(met: pd.Series) -> Numbers:
    return {"numerator": int(met.sum()), "denominator": len(met)} if len(met) else {}


def _plan_coverage(municipality: Municipality, there: pd.DataFrame, period: Period) -> Numbers:
    grace = pd.Timedelta(days=municipality.limits["plan_days"])
    rows = there[there.start + grace <= period.last]
    plans = municipality.read("plan", "enrolment", "kind", "drawn_up", "valid_to")
    plans = plans[(plans.kind == "genomforandeplan") & going_on(plans.drawn_up, plans.valid_to, period.last)]
    return _count(rows.enrolment.isin(plans.enrolment))


def _follow_up_compliance(
    present: pd.DataFrame, follow_ups: pd.DataFrame, pauses: pd.DataFrame, period: Period
) -> Numbers:
    """Calendar months with at least eleven enrolled days, not all of them paused: those with a follow-up within the enrolment."""
    months = pd.DataFrame({"month": period.months})
    if months.empty:
        return {}
    months["month_end"] = months.month + pd.offsets.MonthEnd(0)
    rows = present[["enrolment", "start", "ended"]]
    rows = rows[(rows.start <= months.month_end.max()) & (rows.ended.isna() | (rows.ended >= months.month.min()))]
    rows = rows.merge(months, how="cross")
    rows["first_day"] = np.maximum(rows.start, rows.month)
    rows["last_day"] = np.minimum(rows.ended.fillna(FOREVER), rows.month_end)
    rows = rows[(rows.last_day - rows.first_day).dt.days + 1 >= 11]
    covering = rows.merge(_pause_stretches(pauses), on="enrolment")
    covering = covering[(covering.first <= covering.first_day) & (covering.last >= covering.last_day)]
    rows = _without(rows, covering)
    held = follow_ups.assign(month=follow_ups.held.dt.to_period("M").dt.start_time)
    held = rows.merge(held[["enrolment", "month", "held"]], on=["enrolment", "month"])
    followed_up = held[held.held.between(held.first_day, held.last_day)]
    missing = _without(rows, followed_up)
    return {"numerator": len(rows) - len(missing), "denominator": len(rows)} if len(rows) else {}


def _without(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The enrolment-months that are not among the others."""
    return rows.merge(others[["enrolment", "month"]].drop_duplicates(), on=["enrolment", "month"], how="left_anti")


def _pause_stretches(pauses: pd.DataFrame) -> pd.DataFrame:
    """Stretches of days covered by pauses without a gap; an open one lasts."""
    rows = pauses.assign(last=pauses.ended.fillna(FOREVER)).sort_values(["enrolment", "start"])
    latest_before = rows.groupby("enrolment")["last"].cummax().groupby(rows.enrolment).shift()
    rows["stretch"] = (~(rows.start <= latest_before + _ONE_DAY)).cumsum()
    return rows.groupby("stretch").agg(enrolment=("enrolment", "first"), first=("start", "min"), last=("last", "max"))


def _referral_lead_time(municipality: Municipality, period: Period) -> Numbers:
    limit = municipality.limits["referral_days"]
    rows = municipality.all_enrolments
    rows = rows[rows.referred.between(period.start, period.end) & rows.unit_kind.isin(["ame", "integration"])]
    rows = rows.merge(municipality.persons[["person", "moved", "died"]], on="person", how="left")
    waits = rows.start_meeting.isna()
    gone = pd.Series(data=False, index=rows.index)
    for event in ("moved", "died"):
        gone |= (rows[event] >= rows.referred) & (rows[event] < period.as_of)
    rows = rows[rows.withdrawn.isna() & ~(waits & (rows.start.notna() | gone))]
    if rows.empty:
        return {}
    met = rows.start_meeting.notna()
    days = (rows.start_meeting.fillna(period.as_of) - rows.referred).dt.days.clip(lower=0)
    old_enough = (period.as_of - rows.referred).dt.days >= limit
    return {
        "median": _median_with_open(days.to_numpy(), met.to_numpy()),
        "n": len(rows),
        "events": int(met.sum()),
        "within": int((old_enough & met & (days <= limit)).sum()),
        "within.of": int(old_enough.sum()),
    }


def _median_with_open(days: np.ndarray, ended: np.ndarray) -> float | None:
    """The Kaplan–Meier median: the smallest number of days after which at most half remain."""
    times, at = np.unique(days, return_inverse=True)
    at_risk = len(days) - np.concatenate([[0], np.cumsum(np.bincount(at))[:-1]])
    remaining = np.cumprod(1 - np.bincount(at, weights=ended) / at_risk)
    reached = times[remaining <= 0.5 + 1e-9]
    return float(reached[0]) if len(reached) else None


def _six_month_review(there: pd.DataFrame, follow_ups: pd.DataFrame, period: Period) -> Numbers:
    rows = there[months_after(there.start, 6) < period.last]
    reviews = follow_ups[(follow_ups.kind == "sexmanadersprovning") & (follow_ups.held <= period.last)]
    recent = reviews[months_after(reviews.held, 6) >= period.last]
    return _count(~rows.enrolment.isin(recent.enrolment))


def _establishment_overdue(there: pd.DataFrame, period: Period) -> Numbers:
    rows = there[there.unit_kind == "integration"].drop_duplicates("person")
    rows = rows[rows.received.notna()]
    return _count(months_after(rows.received, 24) < period.last)


def _low_hours(municipality: Municipality, there: pd.DataFrame, period: Period) -> Numbers:
    activities = municipality.activities
    activities = activities[going_on(activities.start, activities.ended, period.last)]
    unknown = activities[activities.hours_per_week.isna()].enrolment
    rows = there[~there.enrolment.isin(unknown)]
    hours = activities.groupby("enrolment").hours_per_week.sum().round(6)
    return _count(rows.enrolment.map(hours).fillna(0) < 6)


def _long_sick_leave(there: pd.DataFrame, pauses: pd.DataFrame, period: Period) -> Numbers:
    sick = pauses[(pauses.reason == "sjukdom") & going_on(pauses.start, pauses.ended, period.last)]
    sick = sick[sick.enrolment.isin(there.enrolment)]
    return _count(months_after(sick.start, 1) < period.last)
