"""Routines that must be followed: plans, follow-ups, lead times, assessments and the watch lists."""

from __future__ import annotations

import polars as pl

from bench.country.polars_programs.period import Period, count_of, covers, months_after, on_or_after
from bench.country.polars_programs.tables import ENROLMENT, FOREVER, KOMMUN, PERSON, Tables, chains

_KINDS = ("ame", "integration")


def figures(tables: Tables, period: Period) -> dict[str, pl.LazyFrame]:
    """Return a query for each of the subject's measures."""
    present = _present(tables, period).collect(engine="streaming").with_row_index("number").lazy()
    here = on_or_after("moved", period.last) & on_or_after("died", period.last)
    there = present.filter(covers("start", "delivered_end", period.last) & here)
    follow_ups = tables.scan("follow_up", "enrolment", "held", "kind")
    pauses = tables.scan("pause", "enrolment", "start", "ended", "reason")
    return {
        "plan_coverage": _plan_coverage(tables, there, period),
        "follow_up_compliance": _follow_up_compliance(present, follow_ups, pauses, period),
        "referral_lead_time": _referral_lead_time(tables, period),
        "assessment_before_start": _count(present.filter(period.has("start")), pl.col("assessed") <= pl.col("start")),
        "six_month_review": _six_month_review(there, follow_ups, period),
        "establishment_overdue": _establishment_overdue(there, period),
        "low_hours": _low_hours(tables, there, period),
        "long_sick_leave": _long_sick_leave(there, pauses, period),
    }


def _count(rows: pl.LazyFrame, met: pl.Expr) -> pl.LazyFrame:
    return rows.group_by(KOMMUN).agg(count_of(met.fill_null(value=False)))


def _present(tables: Tables, period: Period) -> pl.LazyFrame:
    """Enrolments of the period at labour-market and integration units, ended at the latest when the person moved or died.

    A move or death before the enrolment's start is ignored. `delivered_end` is the end as the case system has it.
    """
    rows = tables.scan("enrolment", "enrolment", "person", "unit", "start", "ended", "assessed")
    of_period = (pl.col("start") <= period.end) & (on_or_after("ended", period.start) | period.has("start"))
    rows = rows.filter(of_period).join(tables.units(*_KINDS), on=[KOMMUN, "unit"]).drop("unit")
    rows = rows.join(tables.scan("person", "person", "received", "moved", "died"), on=PERSON, how="left")
    later = [pl.when(pl.col(event) >= pl.col("start")).then(pl.col(event)).alias(event) for event in ("moved", "died")]
    rows = rows.rename({"ended": "delivered_end"}).with_columns(later)
    return rows.with_columns(ended=pl.min_horizontal("delivered_end", "moved", "died"))


def _marked(rows: pl.LazyFrame, others: pl.LazyFrame) -> pl.LazyFrame:
    """The enrolments with `marked`: whether they are among the others."""
    marks = others.select(ENROLMENT).unique().with_columns(marked=pl.lit(value=True))
    return rows.join(marks, on=ENROLMENT, how="left").with_columns(pl.col("marked").fill_null(value=False))


def _plan_coverage(tables: Tables, there: pl.LazyFrame, period: Period) -> pl.LazyFrame:
    rows = there.join(tables.limit("plan_days"), on=KOMMUN)
    rows = rows.filter(pl.col("start") + pl.duration(days=pl.col("plan_days")) <= period.last)
    plans = tables.scan("plan", "enrolment", "kind", "drawn_up", "valid_to")
    plans = plans.filter((pl.col("kind") == "genomforandeplan") & covers("drawn_up", "valid_to", period.last))
    return _count(_marked(rows, plans), pl.col("marked"))


def _follow_up_compliance(
    present: pl.LazyFrame, follow_ups: pl.LazyFrame, pauses: pl.LazyFrame, period: Period
) -> pl.LazyFrame:
    """Calendar months with at least eleven enrolled days, not all of them paused: those with a follow-up within the enrolment."""
    last_month = period.last_month_over
    if last_month is None:
        return pl.LazyFrame(schema={KOMMUN: pl.UInt16})
    last_end = pl.lit(last_month).dt.month_end()
    first = pl.max_horizontal("start", pl.lit(period.start)).dt.truncate("1mo")
    last = pl.min_horizontal("ended", last_end).dt.truncate("1mo")
    rows = present.filter((pl.col("start") <= last_end) & on_or_after("ended", period.start))
    rows = rows.select(*ENROLMENT, "number", "start", "ended", month=pl.date_ranges(first, last, "1mo")).explode(
        "month"
    )
    rows = rows.with_columns(
        first_day=pl.max_horizontal("start", "month"),
        last_day=pl.min_horizontal("ended", pl.col("month").dt.month_end()),
    ).filter((pl.col("last_day") - pl.col("first_day")).dt.total_days() + 1 >= 11)
    stretches = _pause_stretches(pauses).join(present.select(*ENROLMENT, "number"), on=ENROLMENT)
    covered = rows.join(stretches, on="number")
    covered = covered.filter(
        (pl.col("paused_from") <= pl.col("first_day")) & (pl.col("paused_to") >= pl.col("last_day"))
    )
    rows = rows.join(covered, on=["number", "month"], how="anti")
    held = follow_ups.filter(period.has("held")).join(
        present.select(*ENROLMENT, "number", "start", "ended"), on=ENROLMENT
    )
    held = held.filter((pl.col("held") >= pl.col("start")) & (pl.col("held") <= pl.col("ended").fill_null(FOREVER)))
    held = held.select("number", month=pl.col("held").dt.truncate("1mo"), met=pl.lit(value=True)).unique()
    rows = rows.join(held, on=["number", "month"], how="left")
    return _count(rows, pl.col("met"))


def _pause_stretches(pauses: pl.LazyFrame) -> pl.LazyFrame:
    """Stretches of days covered by pauses without a gap; an open one lasts."""
    rows = pauses.select(*ENROLMENT, "start", last_day=pl.col("ended").fill_null(FOREVER))
    stretches = chains(rows, *ENROLMENT, gap="1d").group_by("chain")
    return stretches.agg(
        pl.col(ENROLMENT).first(), paused_from=pl.col("start").min(), paused_to=pl.col("last_day").max()
    )


def _referral_lead_time(tables: Tables, period: Period) -> pl.LazyFrame:
    rows = tables.scan("enrolment", "person", "unit", "referred", "withdrawn", "start_meeting", "start")
    rows = rows.filter(period.has("referred") & pl.col("withdrawn").is_null())
    rows = rows.join(tables.units(*_KINDS), on=[KOMMUN, "unit"]).join(tables.limit("referral_days"), on=KOMMUN)
    rows = rows.join(tables.scan("person", "person", "moved", "died"), on=PERSON, how="left")
    gone = [(pl.col(event) >= pl.col("referred")) & (pl.col(event) < period.as_of) for event in ("moved", "died")]
    met = pl.col("start_meeting").is_not_null()
    left = pl.any_horizontal(pl.col("start").is_not_null(), *gone).fill_null(value=False)
    days = (pl.col("start_meeting").fill_null(period.as_of) - pl.col("referred")).dt.total_days().clip(0)
    rows = rows.filter(met | ~left).with_columns(met=met, days=days)
    old_enough = (period.as_of - pl.col("referred")).dt.total_days() >= pl.col("referral_days")
    counts = rows.group_by(KOMMUN).agg(
        pl.len().alias("n"),
        pl.col("met").sum().alias("events"),
        (old_enough & pl.col("met") & (pl.col("days") <= pl.col("referral_days"))).sum().alias("within"),
        old_enough.sum().alias("within.of"),
    )
    return counts.join(_medians_with_open(rows), on=KOMMUN, how="left")


def _medians_with_open(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The Kaplan–Meier medians: the smallest number of days after which at most half remain."""
    by_day = rows.group_by(KOMMUN, "days").agg(n=pl.len(), ended=pl.col("met").sum()).sort(KOMMUN, "days")
    by_day = by_day.with_columns(at_risk=pl.col("n").cum_sum(reverse=True).over(KOMMUN))
    remaining = (1 - pl.col("ended") / pl.col("at_risk")).cum_prod().over(KOMMUN)
    return by_day.filter(remaining <= 0.5 + 1e-9).group_by(KOMMUN).agg(median=pl.col("days").min().cast(pl.Float64))


def _six_month_review(there: pl.LazyFrame, follow_ups: pl.LazyFrame, period: Period) -> pl.LazyFrame:
    rows = there.filter(months_after("start", 6) < period.last)
    reviews = follow_ups.filter((pl.col("kind") == "sexmanadersprovning") & (pl.col("held") <= period.last))
    return _count(_marked(rows, reviews.filter(months_after("held", 6) >= period.last)), ~pl.col("marked"))


def _establishment_overdue(there: pl.LazyFrame, period: Period) -> pl.LazyFrame:
    rows = there.filter((pl.col("unit_kind") == "integration") & pl.col("received").is_not_null())
    return _count(rows.unique(PERSON), months_after("received", 24) < period.last)


def _low_hours(tables: Tables, there: pl.LazyFrame, period: Period) -> pl.LazyFrame:
    activities = tables.scan("activity", "enrolment", "start", "ended", "hours_per_week")
    hours = pl.col("hours_per_week")
    of_day = activities.filter(covers("start", "ended", period.last)).group_by(ENROLMENT)
    sums = of_day.agg(unknown=hours.is_null().any(), hours=hours.sum())
    rows = there.join(sums, on=ENROLMENT, how="left").filter(~pl.col("unknown").fill_null(value=False))
    return _count(rows, pl.col("hours").fill_null(0) < 6)


def _long_sick_leave(there: pl.LazyFrame, pauses: pl.LazyFrame, period: Period) -> pl.LazyFrame:
    sick = pauses.filter((pl.col("reason") == "sjukdom") & covers("start", "ended", period.last))
    sick = sick.join(there.select(ENROLMENT), on=ENROLMENT, how="semi")
    return _count(sick, months_after("start", 1) < period.last)
