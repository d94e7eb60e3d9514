"""What several measures need of a municipality's tables, each read and prepared once."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from bench.country.pandas_programs.period import months_after

FOREVER = pd.Timestamp(2200, 12, 31)
"""Stands for the end of what has not ended."""

_WORK = ["arbete_osubventionerat", "arbete_subventionerat"]
_CATEGORIES = {"studier": "B", "annan_myndighet": "C", "slutfort_uppdrag": "D"}


class Municipality:
    """The tables of one municipality's snapshot folder."""

    def __init__(self, folder: Path, as_of: dt.date) -> None:
        self.folder = folder
        self.as_of = pd.Timestamp(as_of)

    def read(self, table: str, *columns: str) -> pd.DataFrame:
        """Read the columns. Dates come as timestamps, decimal numbers as floats."""
        found = pq.read_table(self.folder / f"{table}.parquet", columns=list(columns))
        plain = [pa.field(f.name, pa.float64() if pa.types.is_decimal(f.type) else f.type) for f in found.schema]
        return found.cast(pa.schema(plain)).to_pandas(date_as_object=False)

    @cached_property
    def limits(self) -> dict[str, int]:
        """The municipality's own limits, in days."""
        names = ("sfi_start_days", "sfi_early_dropout_days", "referral_days", "plan_days")
        row = self.read("municipality", *names).iloc[0]
        return {name: int(row[name]) for name in names}

    @cached_property
    def units(self) -> pd.DataFrame:
        """The units with their kind."""
        return self.read("unit", "code", "kind").rename(columns={"code": "unit", "kind": "unit_kind"})

    @cached_property
    def persons(self) -> pd.DataFrame:
        """The persons with the dates that measures look at."""
        return self.read("person", "person", "birth_date", "received", "moved", "died")

    @cached_property
    def all_enrolments(self) -> pd.DataFrame:
        """Enrolments and referrals as delivered, with the kind of their unit."""
        columns = (
            "enrolment",
            "person",
            "unit",
            "referred",
            "withdrawn",
            "start_meeting",
            "assessed",
            "start",
            "ended",
        )
        outcome = ("exit_reason", "employed_from", "employed_to", "study_aid")
        return self.read("enrolment", *columns, *outcome).merge(self.units, on="unit")

    @cached_property
    def enrolments(self) -> pd.DataFrame:
        """Enrolments that have begun."""
        return self.all_enrolments[self.all_enrolments.start.notna()]

    @cached_property
    def activities(self) -> pd.DataFrame:
        """Activities within enrolments."""
        return self.read("activity", "enrolment", "activity_type", "start", "ended", "workplace", "hours_per_week")

    @cached_property
    def activity_types(self) -> pd.DataFrame:
        """The catalogue of activities, with its two marks."""
        types = self.read("activity_type", "code", "drop_in", "assesses_work_capacity")
        types = types.rename(columns={"code": "activity_type"})
        marks = ["drop_in", "assesses_work_capacity"]
        types[marks] = types[marks].isin([True])
        return types

    @cached_property
    def chained(self) -> pd.DataFrame:
        """Enrolments at labour-market units with `chain`, the number of the joined enrolment they are part of.

        Enrolments of one person at one unit that overlap, first and last day included, are one; an open one has no end.
        """
        rows = self.enrolments[self.enrolments.unit_kind == "ame"].sort_values(["person", "unit", "start", "enrolment"])
        rows["last_day"] = rows.ended.fillna(FOREVER)
        place = [rows.person, rows.unit]
        latest = rows.last_day.groupby(place, sort=False).cummax()
        latest_before = latest.groupby(place, sort=False).shift()
        rows["chain"] = (~(rows.start <= latest_before)).cumsum()
        return rows

    @cached_property
    def joined(self) -> pd.DataFrame:
        """Joined enrolments: the earliest start, and all else of the part that ended last (of two, the one that began later)."""
        rows = self.chained
        rows = rows.assign(first_start=rows.groupby("chain").start.transform("min"))
        rows = rows.sort_values(["chain", "last_day", "start", "enrolment"]).drop_duplicates("chain", keep="last")
        return rows.assign(start=rows.first_start)

    @cached_property
    def activities_of_joined(self) -> pd.DataFrame:
        """Activities with the joined enrolment (`chain`) they belong to and the marks of their type."""
        rows = self.activities.merge(self.chained[["enrolment", "chain"]], on="enrolment")
        rows = rows.merge(self.activity_types, on="activity_type", how="left")
        marks = ["drop_in", "assesses_work_capacity", "workplace"]
        rows[marks] = rows[marks].isin([True])
        joined = self.joined[["chain", "person", "unit", "ended"]]
        return rows.merge(joined.rename(columns={"ended": "joined_ended"}), on="chain")

    @cached_property
    def exits(self) -> pd.DataFrame:
        """Joined enrolments that have ended, with the category of the result (A–E)."""
        rows = self.joined[self.joined.ended.notna()].copy()
        rows["category"] = rows.exit_reason.map(_CATEGORIES).fillna("E")
        rows.loc[(rows.category == "B") & ~rows.study_aid.isin([True]), "category"] = "E"
        too_short = months_after(rows.employed_from, 1) > rows.employed_to + pd.Timedelta(days=1)
        rows.loc[rows.exit_reason.isin(_WORK) & ~too_short, "category"] = "A"
        return rows

    @cached_property
    def present(self) -> pd.DataFrame:
        """Enrolments at labour-market and integration units, ended at the latest on the day the person moved or died.

        A move or death before the enrolment's start is ignored. `delivered_end` is the end as the case system has it.
        """
        rows = self.enrolments[self.enrolments.unit_kind.isin(["ame", "integration"])]
        rows = rows[["enrolment", "person", "unit_kind", "start", "ended", "assessed"]]
        rows = rows.merge(self.persons, on="person", how="left").rename(columns={"ended": "delivered_end"})
        for event in ("moved", "died"):
            rows[event] = rows[event].where(rows[event] >= rows.start)
        rows["ended"] = rows[["delivered_end", "moved", "died"]].min(axis=1)
        return rows

    @cached_property
    def aided(self) -> pd.DataFrame:
        """Rows of persons and months in which the household's total is above nothing, with the 18th birthday known or not."""
        rows = self.read("support_month", "household", "person", "month", "amount", "hinder")
        return rows[rows.groupby(["household", "month"]).amount.transform("sum") > 0]
