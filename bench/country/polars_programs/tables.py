"""The country's tables, and what several measures need of them, prepared once."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import polars as pl

from bench.country.model import Country
from bench.country.polars_programs.period import Period, months_after, on_or_after

KOMMUN = "kommun"
"""The number of the municipality in the country's list; ids are unique only together with it."""

PERSON = (KOMMUN, "person")
ENROLMENT = (KOMMUN, "enrolment")
FOREVER = dt.date(9999, 12, 30)
"""Stands for the end of what has not ended."""

_WORK = ("arbete_osubventionerat", "arbete_subventionerat")


class Tables:
    """The Parquet files of all municipalities as lazy frames."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self._activities: dict[Period, pl.LazyFrame] = {}

    def scan(self, table: str, *columns: str) -> pl.LazyFrame:
        """Return the columns of the table in all municipalities, with the municipality."""
        files = enumerate(self.country.files(table))
        return pl.concat(
            pl.scan_parquet(path).select(pl.lit(at, dtype=pl.UInt16).alias(KOMMUN), *columns) for at, (_, path) in files
        )

    def limit(self, name: str) -> pl.LazyFrame:
        """Return the municipalities' own limit of that name, in days."""
        return self.scan("municipality", name)

    def units(self, *kinds: str) -> pl.LazyFrame:
        """Return the units of the kinds."""
        units = self.scan("unit", "code", "kind").filter(pl.col("kind").is_in(kinds))
        return units.rename({"code": "unit", "kind": "unit_kind"})

    @cached_property
    def parts(self) -> pl.LazyFrame:
        """Enrolments at labour-market units with `chain`, the number of the joined enrolment they are part of.

        Enrolments of one person at one unit that overlap, first and last day included, are one; an open one has no end.
        `category`: of the result (A–E), for those that have ended.
        """
        outcome = ("exit_reason", "employed_from", "employed_to", "study_aid")
        rows = self.scan("enrolment", "enrolment", "person", "unit", "start", "ended", *outcome)
        rows = rows.filter(pl.col("start").is_not_null())
        rows = rows.join(self.units("ame"), on=[KOMMUN, "unit"], how="semi")
        category = pl.when(pl.col("ended").is_not_null()).then(_category())
        rows = rows.with_columns(category=category, last_day=pl.col("ended").fill_null(FOREVER)).drop(outcome)
        return chains(rows, KOMMUN, "person", "unit").collect(engine="streaming").lazy()

    @cached_property
    def joined(self) -> pl.LazyFrame:
        """Joined enrolments: the earliest start, and all else of the part that ended last (of two, the one that began later)."""
        rows = self.parts.with_columns(first_start=pl.col("start").min().over("chain"))
        rows = rows.sort("chain", "last_day", "start", "enrolment").unique("chain", keep="last", maintain_order=True)
        kept = (KOMMUN, "chain", "person", "unit", pl.col("first_start").alias("start"), "ended", "category")
        return rows.select(kept).collect().lazy()

    def activities_in(self, period: Period) -> pl.LazyFrame:
        """Return the activities that ran on a day of the period, with their joined enrolment; they end at the latest with it.

        `last_day`: the last day of the activity, empty for one still going on.
        """
        if period not in self._activities:
            self._activities[period] = self._run_in(period).collect(engine="streaming").lazy()
        return self._activities[period]

    def _run_in(self, period: Period) -> pl.LazyFrame:
        names = ("drop_in", "assesses_work_capacity")
        types = self.scan("activity_type", "code", *names).rename({"code": "activity_type"})
        rows = self.scan("activity", "enrolment", "activity_type", "start", "ended", "workplace")
        rows = rows.filter((pl.col("start") <= period.last) & on_or_after("ended", period.start))
        rows = rows.join(self.parts.select(*ENROLMENT, "chain"), on=ENROLMENT)
        joined = self.joined.select("chain", "person", "unit", pl.col("ended").alias("joined_ended"))
        rows = rows.join(joined, on="chain").join(types, on=[KOMMUN, "activity_type"], how="left")
        rows = rows.with_columns(
            pl.col("workplace", *names).fill_null(value=False), last_day=pl.min_horizontal("ended", "joined_ended")
        )
        begun_in_time = pl.col("joined_ended").is_null() | (pl.col("start") <= pl.col("joined_ended"))
        return rows.filter(begun_in_time & on_or_after("last_day", period.start))


def _category() -> pl.Expr:
    """The category of the result: work for a month, studies with student aid, another authority, completed, or something else."""
    reason = pl.col("exit_reason")
    too_short = months_after("employed_from", 1) > pl.col("employed_to").dt.offset_by("1d")
    return (
        pl.when(reason.is_in(_WORK) & ~too_short.fill_null(value=False))
        .then(pl.lit("A"))
        .when((reason == "studier") & pl.col("study_aid"))
        .then(pl.lit("B"))
        .when(reason == "annan_myndighet")
        .then(pl.lit("C"))
        .when(reason == "slutfort_uppdrag")
        .then(pl.lit("D"))
        .otherwise(pl.lit("E"))
    )


def chains(rows: pl.LazyFrame, *place: str, gap: str = "0d") -> pl.LazyFrame:
    """Return the rows with `chain`, a number for each run of stretches (`start`, `last_day`) of one place that overlap.

    `gap`: how far apart two days may lie and still be of one run ("1d": also stretches that follow on each other).
    """
    new_place = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift()) for name in place)
    latest_before = pl.col("last_day").cum_max().over("place").shift()
    apart = pl.col("start") > latest_before.dt.offset_by(gap)
    return (
        rows.sort(*place, "start")
        .with_columns(new_place=new_place)
        .with_columns(place=pl.col("new_place").cum_sum())
        .with_columns(chain=(pl.col("new_place") | apart).cum_sum())
        .drop("new_place", "place")
    )
