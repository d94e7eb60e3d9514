"""What activities cost per participant, participant-day and result, and how costs stood against the budget."""

from __future__ import annotations

import pandas as pd

from bench.country.model import Numbers
from bench.country.pandas_programs.municipality import FOREVER, Municipality
from bench.country.pandas_programs.period import Period

_COSTS = ("direkt", "gemensam")
_GRANT = "statsbidrag"
_PLACE = ["person", "unit", "activity_type"]


def figures(municipality: Municipality, period: Period) -> dict[str, Numbers]:
    """Return the numbers of the subject's measures, state grants not taken off."""
    costs = municipality.read("cost", "month", "unit", "kind", "outcome", "budget")
    costs = _signed(costs)
    return {**_per_unit(municipality, costs, period), "budget_outcome": _budget_outcome(municipality, costs, period)}


def _signed(rows: pd.DataFrame) -> pd.DataFrame:
    """Gross cost counts up, internal revenue and sales to other municipalities down; state grants stand apart."""
    rows = rows[rows.kind != _GRANT]
    return rows.assign(sign=rows.kind.isin(_COSTS).map({True: 1, False: -1}))


def _per_unit(municipality: Municipality, costs: pd.DataFrame, period: Period) -> dict[str, Numbers]:
    rows = costs.merge(municipality.units, on="unit")
    month_end = rows.month + pd.offsets.MonthEnd(0)
    rows = rows[(rows.unit_kind == "ame") & month_end.between(period.start, period.end)]
    cost = round(float((rows.sign * rows.outcome).sum()), 4)
    stays = _stays(municipality)
    stays = stays[(stays.start <= period.last) & (stays.last_day >= period.start) & (period.last >= period.start)]
    days = stays.last_day.clip(upper=period.last) - stays.start.clip(lower=period.start)
    exits = municipality.exits
    exits = exits[exits.ended.between(period.start, period.end)]
    divisors = {
        "cost_per_participant": stays.person.nunique(),
        "cost_per_participant_day": int((days.dt.days + 1).sum()),
        "cost_per_result": int(exits.category.isin(["A", "B"]).sum()),
    }
    return {measure: {"numerator": cost, "denominator": divisor} for measure, divisor in divisors.items()}


def _stays(municipality: Municipality) -> pd.DataFrame:
    """Stretches of days in an activity at a labour-market unit; those of one person, unit and activity that overlap are one.

    An activity ends at the latest with its joined enrolment. Drop-in activities have no participants.
    """
    rows = municipality.activities_of_joined
    rows = rows[~rows.drop_in]
    last_day = rows[["ended", "joined_ended"]].min(axis=1).fillna(FOREVER)
    rows = rows[[*_PLACE, "start"]].assign(last_day=last_day)
    rows = rows[rows.start <= rows.last_day].sort_values([*_PLACE, "start", "last_day"])
    place = [rows[name] for name in _PLACE]
    latest_before = rows.last_day.groupby(place, sort=False).cummax().groupby(place, sort=False).shift()
    rows["stretch"] = (~(rows.start <= latest_before)).cumsum()
    return rows.groupby("stretch").agg({"person": "first", "start": "min", "last_day": "max"})


def _budget_outcome(municipality: Municipality, costs: pd.DataFrame, period: Period) -> Numbers:
    month_end = costs.month + pd.offsets.MonthEnd(0)
    rows = costs[month_end.between(period.start, period.end)]
    a_year_on = (costs.month + pd.DateOffset(months=12)) + pd.offsets.MonthEnd(0)
    before = costs[a_year_on.between(period.start, period.end)]
    forecasts = municipality.read("forecast", "year", "made", "unit", "kind", "forecast")
    forecasts = forecasts[forecasts.year == period.year]
    forecasts = _signed(forecasts[forecasts.made == forecasts.groupby("unit").made.transform("max")])
    if rows.empty and before.empty and forecasts.empty:
        return {}
    outcome, budget = _total(rows, "outcome"), _total(rows, "budget")
    return {
        "outcome": outcome,
        "budget": budget,
        "deviation": None if budget is None else round(budget - (outcome or 0), 4),
        "forecast": _total(forecasts, "forecast"),
        "previous_year": _total(before, "outcome"),
    }


def _total(rows: pd.DataFrame, amount: str) -> float | None:
    """The sum of the signed amounts; None where no amount is known."""
    amounts = (rows.sign * rows[amount]).dropna()
    return round(float(amounts.sum()), 4) if len(amounts) else None
