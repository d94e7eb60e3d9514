"""What activities cost per participant, participant-day and result, and how costs stood against the budget."""

from __future__ import annotations

import polars as pl

from bench.country.polars_programs.period import Period
from bench.country.polars_programs.tables import KOMMUN, Tables, chains

_GRANT = "statsbidrag"


def figures(tables: Tables, period: Period) -> dict[str, pl.LazyFrame]:
    """Return a query for each of the subject's measures, state grants not taken off."""
    costs = tables.scan("cost", "month", "unit", "kind", "outcome", "budget")
    costs = costs.filter(pl.col("kind") != _GRANT).with_columns(_signed("outcome"), _signed("budget"))
    return {**_per_unit(tables, costs, period), "budget_outcome": _budget_outcome(tables, costs, period)}


def _signed(amount: str) -> pl.Expr:
    """Gross cost counts up, internal revenue and sales to other municipalities down."""
    number = pl.col(amount).cast(pl.Float64)
    return pl.when(pl.col("kind").is_in(["direkt", "gemensam"])).then(number).otherwise(-number).alias(amount)


def _per_unit(tables: Tables, costs: pl.LazyFrame, period: Period) -> dict[str, pl.LazyFrame]:
    spent = costs.filter(pl.col("month").dt.month_end().is_between(period.start, period.end))
    spent = spent.join(tables.units("ame"), on=[KOMMUN, "unit"], how="semi")
    spent = spent.group_by(KOMMUN).agg(numerator=pl.col("outcome").sum())
    stays = _stays(tables, period)
    days = (pl.col("last_day") - pl.col("start")).dt.total_days() + 1
    results = tables.joined.filter(period.has("ended") & pl.col("category").is_in(["A", "B"]))
    divisors = {
        "cost_per_participant": stays.group_by(KOMMUN).agg(denominator=pl.col("person").n_unique()),
        "cost_per_participant_day": stays.group_by(KOMMUN).agg(denominator=days.sum()),
        "cost_per_result": results.group_by(KOMMUN).agg(denominator=pl.len()),
    }
    return {
        measure: spent.join(divisor, on=KOMMUN, how="full", coalesce=True).with_columns(
            pl.col("numerator", "denominator").fill_null(0)
        )
        for measure, divisor in divisors.items()
    }


def _stays(tables: Tables, period: Period) -> pl.LazyFrame:
    """Stretches of the period's days in an activity; those of one person, unit and activity that overlap are one.

    Drop-in activities have no participants.
    """
    rows = tables.activities_in(period).filter(~pl.col("drop_in"))
    place = (KOMMUN, "person", "unit", "activity_type")
    first, last = pl.col("start").clip(period.start), pl.col("last_day").fill_null(period.last).clip(None, period.last)
    rows = rows.select(*place, start=first, last_day=last).filter(pl.col("start") <= pl.col("last_day"))
    stretches = chains(rows, *place).group_by("chain")
    return stretches.agg(pl.col(KOMMUN, "person").first(), pl.col("start").min(), pl.col("last_day").max())


def _budget_outcome(tables: Tables, costs: pl.LazyFrame, period: Period) -> pl.LazyFrame:
    month_end = pl.col("month").dt.month_end()
    rows = costs.filter(month_end.is_between(period.start, period.end))
    before = costs.filter(pl.col("month").dt.offset_by("12mo").dt.month_end().is_between(period.start, period.end))
    forecasts = tables.scan("forecast", "year", "made", "unit", "kind", "forecast").filter(
        pl.col("year") == period.year
    )
    forecasts = forecasts.filter(pl.col("made") == pl.col("made").max().over(KOMMUN, "unit"))
    forecasts = forecasts.filter(pl.col("kind") != _GRANT).with_columns(_signed("forecast"))
    numbers = rows.group_by(KOMMUN).agg(_total("outcome"), _total("budget"))
    for others in (
        forecasts.group_by(KOMMUN).agg(_total("forecast")),
        before.group_by(KOMMUN).agg(_total("outcome").alias("previous_year")),
    ):
        numbers = numbers.join(others, on=KOMMUN, how="full", coalesce=True)
    return numbers.with_columns(deviation=pl.col("budget") - pl.col("outcome").fill_null(0))


def _total(amount: str) -> pl.Expr:
    """The sum; null where no amount is known."""
    return pl.when(pl.col(amount).is_not_null().any()).then(pl.col(amount).sum()).alias(amount)
