"""Invented case histories for the oracle: many people, few dates, so that days meet, overlap and miss each other by one.

Most dates are the first or last of a month around 2023, with leap days among them.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from hypothesis import strategies as st

from cases.enums import AfterYear, DropoutReason, ExitReason
from tests.measures.tiny import organisation

Rows = dict[str, list[dict[str, Any]]]

FIRST, LAST = dt.date(2021, 10, 1), dt.date(2024, 4, 30)
_MONTHS = [(year, month) for year in (2022, 2023, 2024) for month in range(1, 13)][:28]
_EDGES = [
    dt.date(year, month, day)
    for year, month in _MONTHS
    for day in (1, 2, calendar.monthrange(year, month)[1] - 1, calendar.monthrange(year, month)[1])
]
DAYS = st.one_of(st.sampled_from(_EDGES), st.dates(FIRST, LAST))
AS_OF = st.one_of(st.sampled_from(_EDGES[48:]), st.dates(dt.date(2023, 6, 1), dt.date(2025, 6, 30)))
PEOPLE = [f"P{number}" for number in range(1, 5)]
PERSON = st.sampled_from(PEOPLE)
_BIRTH = st.sampled_from([dt.date(1980, 6, 15), dt.date(2004, 2, 29), dt.date(2005, 12, 31), dt.date(2006, 1, 1)])
_YES_NO = st.sampled_from([None, True, False])
_RECEIVED = st.sampled_from([dt.date(2020, 2, 29), dt.date(2020, 12, 31), dt.date(2021, 6, 30), dt.date(2023, 3, 1)])
_CHANGING = ("AME", "SFI", "SF")
_CHANGES = (None, dt.date(2023, 7, 1), dt.date(2023, 3, 15), dt.date(2024, 2, 29))
"""When units change committee, if they do: at the turn of a month, in the midst of one, on a leap day."""


def maybe(days: st.SearchStrategy[dt.date]) -> st.SearchStrategy[dt.date | None]:
    """One of the days, or none."""
    return st.one_of(st.none(), days)


def later(draw: st.DrawFn, day: dt.date) -> dt.date | None:
    """A day on or after the day, often near it, sometimes none."""
    gap = draw(st.sampled_from([None, 0, 1, 13, 14, 26, 27, 28, 29, 30, 31, 32, 41, 42, 43, 90, 364, 365, 366]))
    return None if gap is None else day + dt.timedelta(days=gap)


@st.composite
def people(draw: st.DrawFn) -> Rows:
    """The organisation and its people, of whom some move or die."""
    rows: Rows = {name: [dict(row) for row in table] for name, table in organisation().items()}
    rows["unit"].append({"code": "AME2", "name": "AME2", "kind": "ame"})
    changed = draw(st.sampled_from(_CHANGES))
    if changed:
        last_day = changed - dt.timedelta(days=1)
        rows["responsibility"] = [row for row in rows["responsibility"] if row["unit"] not in _CHANGING]
        for unit in _CHANGING:
            rows["responsibility"].append({"unit": unit, "committee": "KUN", "start": FIRST, "ended": last_day})
            rows["responsibility"].append({"unit": unit, "committee": "SN", "start": changed})
    rows["person"] = [
        {
            "person": person,
            "birth_date": draw(_BIRTH),
            "sex": "K",
            "received": draw(maybe(_RECEIVED)),
            "moved": draw(maybe(DAYS)),
            "died": draw(maybe(DAYS)),
        }
        for person in PEOPLE
    ]
    return rows


@st.composite
def labour_market(draw: st.DrawFn) -> Rows:
    """Enrolments with their ends and jobs, activities within them, and costs."""
    rows = draw(people())
    rows["enrolment"] = [_enrolment(draw, f"I{number}") for number in range(draw(st.integers(1, 12)))]
    rows["activity_type"] = [{"code": code, "provider": "egen", "drop_in": code == "C"} for code in "ABC"]
    activities = {}
    for _ in range(draw(st.integers(0, 10))):
        enrolment = draw(st.sampled_from(rows["enrolment"]))["enrolment"]
        start = draw(DAYS)
        kind = draw(st.sampled_from("ABC"))
        activities[enrolment, kind, start] = {"enrolment": enrolment, "activity_type": kind, "start": start,
                                              "ended": later(draw, start), "workplace": draw(_YES_NO)}  # fmt: skip
    rows["activity"] = list(activities.values())
    rows["cost"] = [
        {
            "month": draw(DAYS).replace(day=1),
            "unit": draw(st.sampled_from(["AME", "AME2", "INT"])),
            "activity_type": draw(st.sampled_from([None, "A", "B", "C"])),
            "kind": draw(st.sampled_from(["direkt", "gemensam", "intern_intakt", "forsaljning", "statsbidrag"])),
            "account": str(number),
            "outcome": draw(st.integers(0, 1000)),
        }
        for number in range(draw(st.integers(0, 6)))
    ]
    return rows


def _enrolment(draw: st.DrawFn, key: str) -> dict[str, Any]:
    start = draw(maybe(DAYS))
    ended = later(draw, start) if start else None
    employed_from = later(draw, ended) if ended else None
    return {
        "enrolment": key,
        "person": draw(PERSON),
        "unit": draw(st.sampled_from(["AME", "AME", "AME", "AME2", "INT"])),
        "referred": draw(DAYS) if start is None else draw(maybe(DAYS)),
        "start": start,
        "ended": ended,
        "exit_reason": draw(st.sampled_from(_REASONS)) if ended else None,
        "employed_from": employed_from,
        "employed_to": later(draw, employed_from) if employed_from else None,
        "study_aid": draw(_YES_NO),
    }


_REASONS = [*ExitReason.values, *["arbete_osubventionerat", "arbete_subventionerat", "studier"] * 3]


@st.composite
def support_cases(draw: st.DrawFn) -> Rows:
    """Support cases that open, close and come back, within households of several."""
    rows = draw(people())
    rows["support_case"] = []
    for number in range(draw(st.integers(1, 10))):
        applied = draw(DAYS)
        decided = later(draw, applied)
        closed = later(draw, decided or applied)
        rows["support_case"] += [
            {
                "support_case": f"Å{number}",
                "household": f"H{number}",
                "person": person,
                "role": draw(st.sampled_from(["huvudsokande", "huvudsokande", "medsokande", "barn"])),
                "applied": applied,
                "decision": draw(st.sampled_from(["bifall", "bifall", "delavslag", "avslag", "aterkallad"]))
                if decided
                else None,
                "decided": decided,
                "closed": closed,
            }
            for person in draw(st.lists(PERSON, min_size=1, max_size=2, unique=True))
        ]
    return rows


@st.composite
def support_months(draw: st.DrawFn) -> Rows:
    """Aid over 20 months, most months for most people, sometimes a household of two and sometimes nothing paid."""
    rows = draw(people())
    rows["support_month"] = []
    for person in PEOPLE:
        missing = draw(st.sets(st.integers(0, 19), max_size=9))
        for number in set(range(20)) - missing:
            month = dt.date(2022 + (number + 8) // 12, (number + 8) % 12 + 1, 1)
            shared = draw(st.booleans())
            rows["support_month"].append(
                {
                    "household": "H" if shared else f"H{person}",
                    "person": person,
                    "month": month,
                    "amount": draw(st.sampled_from([0, 0, 4000])),
                }
            )
    return rows


@st.composite
def sfi(draw: st.DrawFn) -> Rows:
    """Referrals, withdrawn or not, and participations before, within and after their windows."""
    rows = draw(people())
    rows["sfi_referral"] = []
    for number in range(draw(st.integers(1, 6))):
        referred = draw(DAYS)
        rows["sfi_referral"].append(
            {
                "referral": f"R{number}",
                "person": draw(PERSON),
                "referred": referred,
                "planned_start": later(draw, referred) or referred,
                "withdrawn": later(draw, referred),
                "withdrawal_reason": draw(st.sampled_from([None, "tackat_nej", "tackat_nej", "arbete"])),
            }
        )
    rows["sfi_participation"] = [_participation(draw, f"D{number}", rows) for number in range(draw(st.integers(0, 8)))]
    return rows


def _participation(draw: st.DrawFn, key: str, rows: Rows) -> dict[str, Any]:
    referral = draw(st.sampled_from(rows["sfi_referral"]))
    near = draw(st.sampled_from([referral["referred"], referral["planned_start"]]))
    start = draw(st.one_of(st.just(later(draw, near) or near), DAYS))
    ended = later(draw, start)
    result = draw(st.sampled_from(["godkand", "utan_godkant", "avbrott", "avbrott"])) if ended else None
    return {
        "participation": key,
        "person": draw(st.sampled_from([referral["person"], draw(PERSON)])),
        "start": start,
        "referral": referral["referral"] if draw(st.booleans()) else None,
        "ended": ended,
        "result": result,
        "dropout_reason": draw(st.sampled_from([None, *DropoutReason.values])) if result == "avbrott" else None,
        "after_year": draw(st.sampled_from([None, *AfterYear.values])) if result == "godkand" else None,
    }
