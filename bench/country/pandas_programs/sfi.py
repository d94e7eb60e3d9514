"""SFI: dropout, results, who never began, and how far those referred have come."""

from __future__ import annotations

import pandas as pd

from bench.country.model import Numbers
from bench.country.pandas_programs.municipality import FOREVER, Municipality
from bench.country.pandas_programs.period import Period, months_after

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


def figures(municipality: Municipality, period: Period) -> dict[str, Numbers]:
    """Return the numbers of the subject's measures."""
    names = ("participation", "person", "referral", "start", "ended", "result", "dropout_reason", "after_year")
    courses = municipality.read("sfi_participation", *names)
    dates = ("referred", "planned_start", "withdrawn")
    referrals = municipality.read("sfi_referral", "referral", "person", *dates, "withdrawal_reason")
    referrals = referrals[referrals.planned_start.between(period.start, period.end)]
    return {
        **_results(courses, period),
        "sfi_early_dropout": _early_dropout(municipality, courses, period),
        "sfi_not_started": _not_started(municipality, referrals, courses, period),
        "sfi_reach": _reach(referrals, courses, period),
        "sfi_work_or_study_after_year": _after_year(courses, period),
    }


def _share(met: pd.Series) -> Numbers:
    return {"numerator": int(met.sum()), "denominator": len(met)} if len(met) else {}


def _results(courses: pd.DataFrame, period: Period) -> dict[str, Numbers]:
    active = courses[(courses.start <= period.end) & (courses.ended.isna() | (courses.ended >= period.start))]
    ended = courses[courses.ended.between(period.start, period.end)]
    dropouts = ended[ended.result == "avbrott"]
    reasons = dropouts.dropout_reason.fillna("okant").value_counts()
    by_reason: Numbers = {reason: int(reasons.get(reason, 0)) for reason in _REASONS}
    return {
        "sfi_dropout": _share((active.result == "avbrott") & (active.ended <= period.end)),
        "sfi_dropout_reasons": {**by_reason, "denominator": len(dropouts)} if len(dropouts) else {},
        "sfi_completed": _share(ended.result == "godkand"),
    }


def _early_dropout(municipality: Municipality, courses: pd.DataFrame, period: Period) -> Numbers:
    begun = courses[courses.start.between(period.start, period.end)]
    early_until = begun.start + pd.Timedelta(days=municipality.limits["sfi_early_dropout_days"])
    early = (begun.result == "avbrott") & (begun.ended <= early_until)
    return _share(early[early_until <= period.as_of])


def _not_started(municipality: Municipality, referrals: pd.DataFrame, courses: pd.DataFrame, period: Period) -> Numbers:
    rows = referrals.merge(municipality.persons[["person", "moved", "died"]], on="person", how="left")
    rows["begin_by"] = rows.planned_start + pd.Timedelta(days=municipality.limits["sfi_start_days"])
    withdrawn = (rows.withdrawn < rows.planned_start) & (rows.withdrawal_reason != "tackat_nej")
    gone = (rows.moved < rows.planned_start) | (rows.died < rows.planned_start)
    rows = rows[~withdrawn & ~gone & (rows.begin_by <= period.as_of)]
    linked = rows[["referral", "begin_by"]].merge(courses[["referral", "start"]], on="referral")
    began = [linked[linked.start <= linked.begin_by].referral]
    own = rows.merge(courses[["person", "start", "ended"]], on="person")
    between = own.start.between(own.referred, own.begin_by)
    under_way = (own.start <= own.planned_start) & (own.ended.isna() | (own.ended >= own.planned_start))
    began.append(own[between | under_way].referral)
    return _share(~rows.referral.isin(pd.concat(began)))


def _reach(referrals: pd.DataFrame, courses: pd.DataFrame, period: Period) -> Numbers:
    """A course counts when it is linked to one of the referrals, or was not over on the day of the person's first."""
    first = referrals.sort_values(["planned_start", "referred", "referral"]).drop_duplicates("person")
    first = first[first.planned_start <= period.as_of]
    if first.empty:
        return {}
    own = first[["person", "referred"]].merge(courses[["person", "ended", "result"]], on="person")
    own = own[own.ended.isna() | (own.ended >= own.referred)]
    linked = referrals[["referral", "person"]].merge(courses[["referral", "result"]], on="referral")
    reached = pd.concat([own[["person", "result"]], linked[["person", "result"]]])
    passed = reached[reached.result == "godkand"].person
    return {
        "referred": len(first),
        "begun": int(first.person.isin(reached.person).sum()),
        "begun.of": len(first),
        "passed": int(first.person.isin(passed).sum()),
        "passed.of": len(first),
    }


def _after_year(courses: pd.DataFrame, period: Period) -> Numbers:
    begun = courses[courses.start <= period.end]
    begun = begun.assign(last_day=begun.ended.fillna(FOREVER))
    last = begun.sort_values(["last_day", "start", "participation"]).drop_duplicates("person", keep="last")
    passed = last[(last.result == "godkand") & (last.ended.dt.year == period.year - 1)]
    asked = passed[months_after(passed.ended, 12) <= period.as_of]
    known = asked[asked.after_year.notna() & (asked.after_year != "okant")]
    return _share(known.after_year.isin(["arbete", "studier"]))
