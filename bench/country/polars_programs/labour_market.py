"""Outcome of labour-market activities: results at exit, time to work, volumes."""

from __future__ import annotations

import polars as pl

from bench.country.polars_programs.period import Period, count_of, on_or_after
from bench.country.polars_programs.tables import KOMMUN, Tables

_AFTER = (91, 183, 365, 730)


def figures(tables: Tables, period: Period) -> dict[str, pl.LazyFrame]:
    """Return a query for each of the subject's measures."""
    active = _active(tables, period)
    contents = tables.activities_in(period).join(active.select("chain"), on="chain", how="semi")
    at_work = contents.filter(pl.col("workplace") & ~pl.col("drop_in")).select(KOMMUN, "person").unique()
    return {
        **_results(tables, period),
        "time_to_work": _time_to_work(tables, period),
        "participants": _participants(tables, active, contents, at_work, period),
        "workplace_share": _workplace_share(active, at_work),
    }


def _results(tables: Tables, period: Period) -> dict[str, pl.LazyFrame]:
    exits = tables.joined.filter(period.has("ended")).group_by(KOMMUN)
    category = pl.col("category")
    counts = [(category == code).sum().alias(code) for code in "ABCDE"]
    return {
        "exit_results": exits.agg(*counts, pl.len().alias("denominator")),
        "work_or_study_at_exit": exits.agg(count_of(category.is_in(["A", "B"]))),
        "work_at_exit": exits.agg(count_of(category == "A")),
        "study_at_exit": exits.agg(count_of(category == "B")),
    }


def _time_to_work(tables: Tables, period: Period) -> pl.LazyFrame:
    """The share that has come to the event after so many days, by Aalen and Johansen; exits otherwise compete with it."""
    days = (pl.col("ended").fill_null(period.as_of) - pl.col("start")).dt.total_days()
    by_day = (
        tables.joined.filter(period.has("start"))
        .group_by(KOMMUN, days.alias("days"))
        .agg(
            n=pl.len(),
            leavers=pl.col("ended").is_not_null().sum(),
            events=pl.col("category").is_in(["A", "B"]).sum(),
        )
        .sort(KOMMUN, "days")
        .with_columns(at_risk=pl.col("n").cum_sum(reverse=True).over(KOMMUN))
    )
    left = (1 - pl.col("leavers") / pl.col("at_risk")).cum_prod().shift(fill_value=1.0).over(KOMMUN)
    share = (left * pl.col("events") / pl.col("at_risk")).cum_sum().over(KOMMUN)
    by_day = by_day.with_columns(share=share, open=pl.col("n") > pl.col("leavers"))
    numbers = [number for after in _AFTER for number in _after(after)]
    return by_day.group_by(KOMMUN, maintain_order=True).agg(pl.col("n").sum().alias("denominator"), *numbers)


def _after(after: int) -> list[pl.Expr]:
    """The numbers after so many days; beyond the longest time anyone was followed nothing is known while somebody is open."""
    reached, remaining = pl.col("days") <= after, pl.col("days") >= after
    share = 100 * pl.col("share").filter(reached).last().fill_null(0.0)
    known = remaining.any() | ~pl.col("open").last()
    return [
        pl.when(known).then(share).alias(str(after)),
        pl.col("events").filter(reached).sum().alias(f"{after}.numerator"),
        pl.col("n").filter(remaining).sum().alias(f"{after}.at_risk"),
    ]


def _active(tables: Tables, period: Period) -> pl.LazyFrame:
    """Joined enrolments with a day in the period."""
    within = (pl.col("start") <= period.last) & on_or_after("ended", period.start)
    return tables.joined.filter(within & pl.lit(period.last >= period.start))


def _participants(
    tables: Tables, active: pl.LazyFrame, contents: pl.LazyFrame, at_work: pl.LazyFrame, period: Period
) -> pl.LazyFrame:
    ended, started = pl.col("ended"), pl.col("start")
    volumes = active.group_by(KOMMUN).agg(
        pl.len().alias("active"),
        (started >= period.start).sum().alias("new_starts"),
        (ended <= period.last).sum().alias("exits"),
        (ended < period.last).sum().alias("left_before_end"),
        on_or_after("ended", period.last).sum().alias("active_at_end"),
        pl.col("person").n_unique().alias("workplace_share.of"),
    )
    assessed = contents.filter("assesses_work_capacity").group_by(KOMMUN).agg(assessed=pl.col("chain").n_unique())
    visits = tables.scan("visit", "month", "visits").filter(pl.col("month").dt.month_end().pipe(_within, period))
    visits = visits.group_by(KOMMUN).agg(drop_in_visits=pl.col("visits").sum())
    persons = at_work.group_by(KOMMUN).agg(pl.len().alias("workplace_share"))
    for numbers in (persons, assessed, visits):
        volumes = volumes.join(numbers, on=KOMMUN, how="full", coalesce=True)
    return volumes.with_columns(pl.exclude(KOMMUN).fill_null(0))


def _within(days: pl.Expr, period: Period) -> pl.Expr:
    return days.is_between(period.start, period.end)


def _workplace_share(active: pl.LazyFrame, at_work: pl.LazyFrame) -> pl.LazyFrame:
    persons = active.select(KOMMUN, "person").unique()
    persons = persons.join(at_work.with_columns(works=pl.lit(value=True)), on=[KOMMUN, "person"], how="left")
    return persons.group_by(KOMMUN).agg(count_of(pl.col("works").fill_null(value=False)))
