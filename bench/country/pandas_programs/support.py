"""Financial assistance: who has it and for how long, what it costs, who comes back, who waits."""

from __future__ import annotations

import pandas as pd

from bench.country.model import Numbers
from bench.country.pandas_programs.municipality import Municipality
from bench.country.pandas_programs.period import Period, going_on, months_after, turned_18

_ADULT_ROLES = ["huvudsokande", "medsokande"]
_GRANTED = ["bifall", "delavslag"]
_UNEMPLOYED = ["arbetslos_ingen_ersattning", "arbetslos_otillracklig", "arbetslos_vantar", "arbetslos_etablering"]
_DECISION_DAYS = 14


def figures(municipality: Municipality, period: Period) -> dict[str, Numbers]:
    """Return the numbers of the subject's measures."""
    names = ("support_case", "person", "role", "applied", "decision", "decided", "opened", "closed")
    cases = municipality.read("support_case", *names)
    cases = cases[cases.role.isin(_ADULT_ROLES)]
    return {
        **_by_months(municipality, period),
        "need_without_activity": _need_without_activity(municipality, period),
        "not_returned_within_year": _not_returned(municipality, cases, period),
        "application_to_decision": _application_to_decision(cases, period),
    }


def _count(met: pd.Series) -> Numbers:
    return {"numerator": int(met.sum()), "denominator": len(met)} if len(met) else {}


def _by_months(municipality: Municipality, period: Period) -> dict[str, Numbers]:
    aided = municipality.aided
    people = municipality.persons[["person", "birth_date"]]
    people = people.assign(adult=turned_18(people.birth_date) <= period.end)
    month_end = aided.month + pd.offsets.MonthEnd(0)
    of_year = aided[month_end.between(period.start, period.end)].merge(people, on="person")
    of_adults = of_year[of_year.adult]
    recipients = of_adults.person.nunique()
    whole_year = period.end <= period.as_of
    paid = round(float(of_year.amount.sum()), 4)
    return {
        "recipients": {"numerator": recipients, "denominator": recipients} if recipients else {},
        "support_paid": {"numerator": paid, "denominator": recipients} if len(of_year) else {},
        "long_term_support": _count(of_adults.person.value_counts() >= 10) if whole_year else {},
        "very_long_term_support": _very_long(aided, people, period) if whole_year else {},
    }


def _very_long(aided: pd.DataFrame, people: pd.DataFrame, period: Period) -> Numbers:
    """Aid in at least 27 of 36 months and never more than two months in a row without, of those with aid in the last year."""
    window = aided[aided.month.between(period.start - pd.DateOffset(years=2), period.end)]
    window = window[["person", "month"]].sort_values(["person", "month"])
    number = window.month.dt.year * 12 + window.month.dt.month
    window["gap"] = number.groupby(window.person).diff().fillna(1) - 1
    persons = window.groupby("person").agg(
        months=("month", "size"), last_month=("month", "max"), longest_gap=("gap", "max")
    )
    adults = people[people.adult].person
    persons = persons[(persons.last_month >= period.start) & persons.index.isin(adults)]
    return _count((persons.months >= 27) & (persons.longest_gap <= 2))


def _need_without_activity(municipality: Municipality, period: Period) -> Numbers:
    if not len(period.months):
        return {}
    month = period.months[-1]
    day = month + pd.offsets.MonthEnd(0)
    aided = municipality.aided
    rows = aided[(aided.month == month) & aided.hinder.isin(_UNEMPLOYED)]
    rows = rows.merge(municipality.persons, on="person")
    rows = rows[(turned_18(rows.birth_date) <= day) & ~(rows.moved < day) & ~(rows.died < day)]
    activities = municipality.activities
    activities = activities[going_on(activities.start, activities.ended, day)]
    active = activities.merge(
        municipality.enrolments[["enrolment", "person", "ended"]], on="enrolment", suffixes=("", "_e")
    )
    active = active[active.ended_e.isna() | (active.ended_e >= day)]
    courses = municipality.read("sfi_participation", "person", "start", "ended")
    courses = courses[going_on(courses.start, courses.ended, day)]
    return _count(~rows.person.isin(active.person) & ~rows.person.isin(courses.person))


def _not_returned(municipality: Municipality, cases: pd.DataFrame, period: Period) -> Numbers:
    """Closings in the first half of the year before; a return is an application in another case within twelve months."""
    first_day, last_day = pd.Timestamp(period.year - 1, 1, 1), pd.Timestamp(period.year - 1, 6, 30)
    closings = cases[cases.closed.between(first_day, last_day) & cases.decision.isin(_GRANTED)]
    closings = closings.merge(municipality.persons[["person", "birth_date"]], on="person")
    closings = closings[turned_18(closings.birth_date) <= closings.closed]
    closings = closings.sort_values(["closed", "support_case"]).drop_duplicates("person")
    closings["until"] = months_after(closings.closed, 12)
    closings = closings[closings.until <= period.as_of]
    again = closings[["person", "support_case", "closed", "until"]].merge(
        cases[["person", "support_case", "applied"]], on="person", suffixes=("", "_new")
    )
    again = again[again.support_case != again.support_case_new]
    again = again[(again.applied > again.closed) & (again.applied <= again.until)]
    return _count(~closings.person.isin(again.person))


def _application_to_decision(cases: pd.DataFrame, period: Period) -> Numbers:
    received = cases[cases.applied.between(period.start, period.end)]
    first = received.assign(later=received.role != "huvudsokande").sort_values(["later", "person"])
    first = first.drop_duplicates("support_case")
    first = first[~first.support_case.isin(_followed_another(received, cases))]
    if first.empty:
        return {}
    days = (first.decided.fillna(period.as_of) - first.applied).dt.days.clip(lower=0)
    decided = first.decided.notna()
    old_enough = (period.as_of - first.applied).dt.days >= _DECISION_DAYS
    waited = days[decided]
    return {
        "median": float(waited.median()) if len(waited) else None,
        "mean": float(waited.mean()) if len(waited) else None,
        "n": len(first),
        "events": len(waited),
        "within": int((old_enough & decided & (days <= _DECISION_DAYS)).sum()),
        "within.of": int(old_enough.sum()),
    }


def _followed_another(received: pd.DataFrame, cases: pd.DataFrame) -> pd.Series:
    """The cases one of whose adults had another case that was open on some day of the twelve months before."""
    granted = cases.decided.where(cases.decision.isin(_GRANTED))
    others = cases.assign(began=cases.opened.fillna(granted).fillna(cases.closed))
    pairs = received[["support_case", "person", "applied"]].merge(
        others[["support_case", "person", "began", "closed"]], on="person", suffixes=("", "_other")
    )
    was_open = pairs.closed.isna() | (months_after(pairs.closed, 12) >= pairs.applied)
    another = pairs.support_case != pairs.support_case_other
    return pairs[another & (pairs.began < pairs.applied) & was_open].support_case
