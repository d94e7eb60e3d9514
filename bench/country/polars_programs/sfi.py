"""SFI: dropout, results, who never began, and how far those referred have come."""

from __future__ import annotations

import polars as pl

from bench.country.polars_programs.period import Period, count_of, months_after, on_or_after
from bench.country.polars_programs.tables import FOREVER, KOMMUN, PERSON, Tables

_REASONS = (
    "arbete",
    "praktik",
    "studier",
    "privata_skal",
    "flytt",
    "sjukdom",
    "foraldraledighet",
    "franvaro",
    "ej_framsteg",
    "annat",
    "okant",
)
_REFERRAL = (KOMMUN, "referral")


def figures(tables: Tables, period: Period) -> dict[str, pl.LazyFrame]:
    """Return a query for each of the subject's measures."""
    names = ("participation", "person", "referral", "start", "ended", "result", "dropout_reason", "after_year")
    courses = tables.scan("sfi_participation", *names)
    dates = ("referred", "planned_start", "withdrawn")
    referrals = tables.scan("sfi_referral", "referral", "person", *dates, "withdrawal_reason")
    referrals = referrals.filter(period.has("planned_start"))
    return {
        **_results(courses, period),
        "sfi_early_dropout": _early_dropout(tables, courses, period),
        "sfi_not_started": _not_started(tables, referrals, courses, period),
        "sfi_reach": _reach(referrals, courses, period),
        "sfi_work_or_study_after_year": _after_year(courses, period),
    }


def _share(rows: pl.LazyFrame, met: pl.Expr) -> pl.LazyFrame:
    return rows.group_by(KOMMUN).agg(count_of(met.fill_null(value=False)))


def _results(courses: pl.LazyFrame, period: Period) -> dict[str, pl.LazyFrame]:
    active = courses.filter((pl.col("start") <= period.end) & on_or_after("ended", period.start))
    ended = courses.filter(period.has("ended"))
    dropped_out = pl.col("result") == "avbrott"
    reason = pl.col("dropout_reason").fill_null("okant")
    by_reason = [(reason == code).sum().alias(code) for code in _REASONS]
    dropouts = ended.filter(dropped_out).group_by(KOMMUN)
    return {
        "sfi_dropout": _share(active, dropped_out & (pl.col("ended") <= period.end)),
        "sfi_dropout_reasons": dropouts.agg(*by_reason, pl.len().alias("denominator")),
        "sfi_completed": _share(ended, pl.col("result") == "godkand"),
    }


def _days_on(day: str, days: str) -> pl.Expr:
    return pl.col(day) + pl.duration(days=pl.col(days))


def _early_dropout(tables: Tables, courses: pl.LazyFrame, period: Period) -> pl.LazyFrame:
    rows = courses.filter(period.has("start")).join(tables.limit("sfi_early_dropout_days"), on=KOMMUN)
    rows = rows.with_columns(early_until=_days_on("start", "sfi_early_dropout_days"))
    rows = rows.filter(pl.col("early_until") <= period.as_of)
    return _share(rows, (pl.col("result") == "avbrott") & (pl.col("ended") <= pl.col("early_until")))


def _not_started(tables: Tables, referrals: pl.LazyFrame, courses: pl.LazyFrame, period: Period) -> pl.LazyFrame:
    planned = pl.col("planned_start")
    rows = referrals.join(tables.limit("sfi_start_days"), on=KOMMUN)
    rows = rows.join(tables.scan("person", "person", "moved", "died"), on=PERSON, how="left")
    rows = rows.with_columns(begin_by=_days_on("planned_start", "sfi_start_days"))
    withdrawn = (pl.col("withdrawn") < planned) & pl.col("withdrawal_reason").ne_missing("tackat_nej")
    left_out = pl.any_horizontal(withdrawn, pl.col("moved") < planned, pl.col("died") < planned)
    rows = rows.filter(~left_out.fill_null(value=False) & (pl.col("begin_by") <= period.as_of))
    linked = rows.join(courses.select(*_REFERRAL, "start"), on=_REFERRAL)
    linked = linked.filter(pl.col("start") <= pl.col("begin_by"))
    own = rows.join(courses.select(*PERSON, "start", "ended"), on=PERSON)
    between = pl.col("start").is_between("referred", "begin_by")
    under_way = (pl.col("start") <= planned) & (pl.col("ended").is_null() | (pl.col("ended") >= planned))
    own = own.filter(between | under_way)
    began = pl.concat([linked.select(_REFERRAL), own.select(_REFERRAL)]).unique()
    rows = rows.join(began.with_columns(began=pl.lit(value=True)), on=_REFERRAL, how="left")
    return _share(rows, pl.col("began").is_null())


def _reach(referrals: pl.LazyFrame, courses: pl.LazyFrame, period: Period) -> pl.LazyFrame:
    """A course counts when it is linked to one of the referrals, or was not over on the day of the person's first."""
    first = referrals.sort("planned_start", "referred", "referral").unique(PERSON, keep="first", maintain_order=True)
    first = first.filter(pl.col("planned_start") <= period.as_of).select(*PERSON, "referred")
    own = first.join(courses.select(*PERSON, "ended", "result"), on=PERSON)
    own = own.filter(pl.col("ended").is_null() | (pl.col("ended") >= pl.col("referred")))
    linked = referrals.select(*_REFERRAL, "person").join(courses.select(*_REFERRAL, "result"), on=_REFERRAL)
    reached = pl.concat([own.select(*PERSON, "result"), linked.select(*PERSON, "result")])
    reached = reached.group_by(PERSON).agg(has_passed=(pl.col("result") == "godkand").any())
    rows = first.join(reached, on=PERSON, how="left")
    return rows.group_by(KOMMUN).agg(
        pl.len().alias("referred"),
        pl.col("has_passed").is_not_null().sum().alias("begun"),
        pl.len().alias("begun.of"),
        pl.col("has_passed").sum().alias("passed"),
        pl.len().alias("passed.of"),
    )


def _after_year(courses: pl.LazyFrame, period: Period) -> pl.LazyFrame:
    begun = courses.filter(pl.col("start") <= period.end).with_columns(last_day=pl.col("ended").fill_null(FOREVER))
    last = begun.sort("last_day", "start", "participation").unique(PERSON, keep="last", maintain_order=True)
    passed = last.filter((pl.col("result") == "godkand") & (pl.col("ended").dt.year() == period.year - 1))
    asked = passed.filter(months_after("ended", 12) <= period.as_of)
    known = asked.filter(pl.col("after_year").fill_null("okant") != "okant")
    return _share(known, pl.col("after_year").is_in(["arbete", "studier"]))
