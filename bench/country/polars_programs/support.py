"""Financial assistance: who has it and for how long, what it costs, who comes back, who waits."""

from __future__ import annotations

import datetime as dt

import polars as pl

from bench.country.polars_programs.period import Period, count_of, covers, is_adult, months_after, on_or_after
from bench.country.polars_programs.tables import ENROLMENT, KOMMUN, PERSON, Tables

_ADULT_ROLES = ("huvudsokande", "medsokande")
_GRANTED = ("bifall", "delavslag")
_UNEMPLOYED = ("arbetslos_ingen_ersattning", "arbetslos_otillracklig", "arbetslos_vantar", "arbetslos_etablering")
_DECISION_DAYS = 14


def figures(tables: Tables, period: Period) -> dict[str, pl.LazyFrame]:
    """Return a query for each of the subject's measures."""
    names = ("support_case", "person", "role", "applied", "decision", "decided", "opened", "closed")
    cases = tables.scan("support_case", *names).filter(pl.col("role").is_in(_ADULT_ROLES))
    return {
        **_by_months(tables, period),
        "need_without_activity": _need_without_activity(tables, period),
        "not_returned_within_year": _not_returned(tables, cases, period),
        "application_to_decision": _application_to_decision(cases, period),
    }


def _aided(tables: Tables, first: dt.date, last: dt.date, *columns: str) -> pl.LazyFrame:
    """Persons and months, of those between the two days, in which the household's total is above nothing."""
    rows = tables.scan("support_month", "household", "person", "month", "amount", *columns)
    rows = rows.filter(pl.col("month").is_between(first, last))
    household = (KOMMUN, "household", "month")
    with_aid = rows.group_by(household).agg(pl.col("amount").sum()).filter(pl.col("amount") > 0)
    return rows.join(with_aid, on=household, how="semi")


def _by_months(tables: Tables, period: Period) -> dict[str, pl.LazyFrame]:
    """The measures of months with aid, from one row a person with aid in the year."""
    first = period.start.replace(year=period.year - 2)
    in_year = pl.col("month") >= period.start
    number = pl.col("month").dt.year().cast(pl.Int32) * 12 + pl.col("month").dt.month()
    aided = _aided(tables, first, period.end)
    persons = aided.group_by(PERSON).agg(
        of_36=pl.len(),
        of_12=in_year.sum(),
        gap=number.sort().diff().max() - 1,
        paid=pl.col("amount").filter(in_year).sum(),
    )
    persons = persons.filter(pl.col("of_12") > 0).join(tables.scan("person", "person", "birth_date"), on=PERSON)
    persons = persons.with_columns(adult=is_adult(period.end).fill_null(value=False))
    rows = persons.collect(engine="streaming").lazy()
    adults = rows.filter("adult").group_by(KOMMUN)
    whole_year = pl.lit(period.end <= period.as_of)
    paid = rows.group_by(KOMMUN).agg(numerator=pl.col("paid").sum().cast(pl.Float64), denominator=pl.col("adult").sum())
    very_long = (pl.col("of_36") >= 27) & (pl.col("gap").fill_null(0) <= 2)
    return {
        "recipients": adults.agg(numerator=pl.len(), denominator=pl.len()),
        "support_paid": paid,
        "long_term_support": adults.agg(count_of(pl.col("of_12") >= 10)).filter(whole_year),
        "very_long_term_support": adults.agg(count_of(very_long)).filter(whole_year),
    }


def _need_without_activity(tables: Tables, period: Period) -> pl.LazyFrame:
    month = period.last_month_over
    if month is None:
        return pl.LazyFrame(schema={KOMMUN: pl.UInt16})
    day = (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    rows = _aided(tables, month, month, "hinder").filter(pl.col("hinder").is_in(_UNEMPLOYED)).select(PERSON)
    people = tables.scan("person", "person", "birth_date", "moved", "died")
    here = is_adult(day) & on_or_after("moved", day) & on_or_after("died", day)
    rows = rows.join(people.filter(here).select(PERSON), on=PERSON, how="semi")
    enrolments = tables.scan("enrolment", "enrolment", "person", "start", "ended")
    enrolments = enrolments.filter(pl.col("start").is_not_null() & on_or_after("ended", day)).select(
        *ENROLMENT, "person"
    )
    activities = tables.scan("activity", "enrolment", "start", "ended").filter(covers("start", "ended", day))
    active = enrolments.join(activities.select(ENROLMENT), on=ENROLMENT, how="semi")
    courses = tables.scan("sfi_participation", "person", "start", "ended").filter(covers("start", "ended", day))
    given = pl.concat([active.select(PERSON), courses.select(PERSON)]).unique()
    rows = rows.join(given.with_columns(given=pl.lit(value=True)), on=PERSON, how="left")
    return rows.group_by(KOMMUN).agg(count_of(pl.col("given").is_null()))


def _not_returned(tables: Tables, cases: pl.LazyFrame, period: Period) -> pl.LazyFrame:
    """Closings in the first half of the year before; a return is an application in another case within twelve months."""
    year = period.year - 1
    closings = cases.filter(
        pl.col("closed").is_between(dt.date(year, 1, 1), dt.date(year, 6, 30)) & pl.col("decision").is_in(_GRANTED)
    )
    closings = closings.join(tables.scan("person", "person", "birth_date"), on=PERSON)
    closings = closings.filter(is_adult(pl.col("closed"))).sort("closed", "support_case")
    closings = closings.unique(PERSON, keep="first", maintain_order=True)
    closings = closings.select(*PERSON, "support_case", "closed", until=months_after("closed", 12))
    closings = closings.filter(pl.col("until") <= period.as_of)
    again = closings.join(cases.select(*PERSON, "support_case", "applied"), on=PERSON, suffix="_new")
    again = again.filter(
        (pl.col("support_case") != pl.col("support_case_new"))
        & (pl.col("applied") > pl.col("closed"))
        & (pl.col("applied") <= pl.col("until"))
    )
    again = again.select(PERSON).unique().with_columns(again=pl.lit(value=True))
    rows = closings.join(again, on=PERSON, how="left")
    return rows.group_by(KOMMUN).agg(count_of(pl.col("again").is_null()))


def _application_to_decision(cases: pl.LazyFrame, period: Period) -> pl.LazyFrame:
    received = cases.filter(period.has("applied"))
    key = (KOMMUN, "support_case")
    first = received.sort(pl.col("role") != "huvudsokande", "person").unique(key, keep="first", maintain_order=True)
    first = first.join(_followed_another(received, cases), on=key, how="anti")
    waited = (pl.col("decided").fill_null(period.as_of) - pl.col("applied")).dt.total_days().clip(0)
    decided = pl.col("decided").is_not_null()
    old_enough = (period.as_of - pl.col("applied")).dt.total_days() >= _DECISION_DAYS
    return first.group_by(KOMMUN).agg(
        waited.filter(decided).median().alias("median"),
        waited.filter(decided).mean().alias("mean"),
        pl.len().alias("n"),
        decided.sum().alias("events"),
        (old_enough & decided & (waited <= _DECISION_DAYS)).sum().alias("within"),
        old_enough.sum().alias("within.of"),
    )


def _followed_another(received: pl.LazyFrame, cases: pl.LazyFrame) -> pl.LazyFrame:
    """The cases one of whose adults had another case that was open on some day of the twelve months before."""
    granted = pl.when(pl.col("decision").is_in(_GRANTED)).then(pl.col("decided"))
    others = cases.select(*PERSON, "support_case", "closed", began=pl.coalesce("opened", granted, "closed"))
    pairs = received.select(*PERSON, "support_case", "applied").join(others, on=PERSON, suffix="_other")
    was_open = pl.col("closed").is_null() | (months_after("closed", 12) >= pl.col("applied"))
    another = pl.col("support_case") != pl.col("support_case_other")
    return pairs.filter(another & (pl.col("began") < pl.col("applied")) & was_open).select(KOMMUN, "support_case")
