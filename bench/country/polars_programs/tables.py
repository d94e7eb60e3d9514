"""The country's tables, and what several measures need of them, prepared once."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import polars as pl

from bench.country.model import Country
from bench.country.polars_programs.period import months_after

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
    def chained(self) -> pl.DataFrame:
        """Enrolments at labour-market units with `chain`, the number of the joined enrolment they are part of.

        Enrolments of one person at one unit that overlap, first and last day included, are one; an open one has no end.
        """
        columns = (
            "enrolment",
            "person",
            "unit",
            "start",
            "ended",
            "exit_reason",
            "employed_from",
            "employed_to",
            "study_aid",
        )
        rows = self.scan("enrolment", *columns).filter(pl.col("start").is_not_null())
        rows = rows.join(self.units("ame"), on=[KOMMUN, "unit"], how="semi")
        rows = rows.with_columns(last_day=pl.col("ended").fill_null(FOREVER))
        return chains(rows, KOMMUN, "person", "unit").collect(engine="streaming")

    @cached_property
    def joined(self) -> pl.LazyFrame:
        """Joined enrolments: the earliest start, and all else of the part that ended last (of two, the one that began later).

        `category`: of the result (A–E), for those that have ended.
        """
        rows = self.chained.lazy().with_columns(first_start=pl.col("start").min().over("chain"))
        rows = rows.sort("chain", "last_day", "start", "enrolment").unique("chain", keep="last", maintain_order=True)
        too_short = months_after("employed_from", 1) > pl.col("employed_to").dt.offset_by("1d")
        reason = pl.col("exit_reason")
        category = (
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
        category = pl.when(pl.col("ended").is_not_null()).then(category).alias("category")
        kept = (KOMMUN, "chain", "person", "unit", pl.col("first_start").alias("start"), "ended", category)
        return rows.select(kept).collect().lazy()


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
