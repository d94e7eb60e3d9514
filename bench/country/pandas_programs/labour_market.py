"""Outcome of labour-market activities: results at exit, time to work, volumes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bench.country.model import Numbers
from bench.country.pandas_programs.municipality import Municipality
from bench.country.pandas_programs.period import Period

_AFTER = (91, 183, 365, 730)


def figures(municipality: Municipality, period: Period) -> dict[str, Numbers]:
    """Return the numbers of the subject's measures."""
    active = _active(municipality, period)
    contents = _contents(municipality, active, period)
    return {
        **_results(municipality, period),
        "time_to_work": _time_to_work(municipality, period),
        "participants": _participants(municipality, active, contents, period),
        "workplace_share": _workplace_share(active, contents),
    }


def _results(municipality: Municipality, period: Period) -> dict[str, Numbers]:
    exits = municipality.exits
    exits = exits[exits.ended.between(period.start, period.end)]
    count = {category: int((exits.category == category).sum()) for category in "ABCDE"}
    n = len(exits)
    if not n:
        return {"exit_results": {}, "work_or_study_at_exit": {}, "work_at_exit": {}, "study_at_exit": {}}
    return {
        "exit_results": {**count, "denominator": n},
        "work_or_study_at_exit": {"numerator": count["A"] + count["B"], "denominator": n},
        "work_at_exit": {"numerator": count["A"], "denominator": n},
        "study_at_exit": {"numerator": count["B"], "denominator": n},
    }


def _time_to_work(municipality: Municipality, period: Period) -> Numbers:
    joined = municipality.joined
    rows = joined[joined.start.between(period.start, period.end)]
    if rows.empty:
        return {}
    category = municipality.exits.set_index("chain").category.reindex(rows.chain)
    days = (rows.ended.fillna(period.as_of) - rows.start).dt.days.to_numpy()
    is_open = rows.ended.isna().to_numpy()
    return _incidence(days, category.isin(["A", "B"]).to_numpy(), is_open)


def _incidence(days: np.ndarray, succeeded: np.ndarray, is_open: np.ndarray) -> Numbers:
    """The share that has come to the event after so many days, by Aalen and Johansen; exits otherwise compete with it."""
    times, at = np.unique(days, return_inverse=True)
    events = np.bincount(at, weights=succeeded)
    leavers = np.bincount(at, weights=~is_open)
    at_risk = len(days) - np.concatenate([[0], np.cumsum(np.bincount(at))[:-1]])
    still_there = np.concatenate([[1.0], np.cumprod(1 - leavers / at_risk)[:-1]])
    share = np.cumsum(still_there * events / at_risk)
    numbers: Numbers = {"denominator": len(days)}
    for after in _AFTER:
        reached = times <= after
        remaining = int((days >= after).sum())
        # Beyond the longest time anyone was followed nothing is known while somebody is still open.
        unknown = remaining == 0 and bool(is_open[days == times[-1]].any())
        value = 100 * float(share[reached][-1]) if reached.any() else 0.0
        numbers[str(after)] = None if unknown else value
        numbers[f"{after}.numerator"] = int(events[reached].sum())
        numbers[f"{after}.at_risk"] = remaining
    return numbers


def _active(municipality: Municipality, period: Period) -> pd.DataFrame:
    """Joined enrolments with a day in the period. `last_day`: the last of them."""
    joined = municipality.joined
    within = (joined.start <= period.last) & (joined.ended.isna() | (joined.ended >= period.start))
    rows = joined[within & (period.last >= period.start)]
    return rows.assign(last_day=rows.ended.fillna(period.last).clip(upper=period.last))


def _contents(municipality: Municipality, active: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The activities that ran on a day of the period on which their enrolment did."""
    rows = municipality.activities_of_joined.merge(active[["chain", "last_day"]], on="chain")
    last = rows[["ended", "joined_ended"]].min(axis=1)
    return rows[(rows.start <= rows.last_day) & (last.isna() | (last >= period.start))]


def _participants(municipality: Municipality, active: pd.DataFrame, contents: pd.DataFrame, period: Period) -> Numbers:
    visits = municipality.read("visit", "month", "visits")
    visits = visits[(visits.month + pd.offsets.MonthEnd(0)).between(period.start, period.end)].visits
    if active.empty and visits.empty:
        return {}
    at_work = contents[contents.workplace & ~contents.drop_in]
    return {
        "active": len(active),
        "new_starts": int((active.start >= period.start).sum()),
        "exits": int((active.ended <= period.last).sum()),
        "left_before_end": int((active.ended < period.last).sum()),
        "active_at_end": int((active.ended.isna() | (active.ended >= period.last)).sum()),
        "workplace_share": at_work.person.nunique(),
        "workplace_share.of": active.person.nunique(),
        "assessed": contents[contents.assesses_work_capacity].chain.nunique(),
        "drop_in_visits": int(visits.sum()),
    }


def _workplace_share(active: pd.DataFrame, contents: pd.DataFrame) -> Numbers:
    if active.empty:
        return {}
    at_work = contents[contents.workplace & ~contents.drop_in]
    return {"numerator": at_work.person.nunique(), "denominator": active.person.nunique()}
