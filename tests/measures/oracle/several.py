"""Measures with several figures: volumes, the way to a passed SFI course, budget and outcome; rows with marks or amounts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial

from tests.measures.oracle.labour_market import Joined, joined_enrolments, last_day
from tests.measures.oracle.rules import Row, World, known, month_end, unit_kinds

Marks = Mapping[str, object]
Rows = dict[str, Marks]
"""By key: whether it counts, its reason and date, and the columns that its parts are counted from."""

FOREVER = dt.date.max


def participants(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> Rows:
    """`participants`: the enrolments active in the period, and the visits of its months."""
    seen, last = known(world, as_of), min(end, as_of)
    kinds = unit_kinds(seen)
    rows: Rows = {}
    for joined in joined_enrolments(seen):
        ended = joined.ended or FOREVER
        if kinds[joined.counted["unit"]] != "ame" or last < start or joined.start > last or ended < start:
            continue
        contents = [row for row in seen["activity"] if _runs_within(row, joined, start, last)]
        drop_in, assessing = (_types(seen, flag) for flag in ("drop_in", "assesses_work_capacity"))
        rows[joined.counted["enrolment"]] = {
            "counts": True,
            "reason": "enrolled",
            "date": min(ended, last),
            "active": True,
            "new_start": joined.start >= start,
            "has_left": ended <= last,
            "left_before_end": ended < last,
            "active_at_end": ended >= last,
            "at_workplace": any(row.get("workplace") and row["activity_type"] not in drop_in for row in contents),
            "assessed": any(row["activity_type"] in assessing - drop_in for row in contents),
            "visits": None,
        }
    marks = ("active", "new_start", "has_left", "left_before_end", "active_at_end", "at_workplace", "assessed")
    for visit in world.get("visit", ()):
        day = month_end(visit["month"])
        if start <= day <= last:
            key = f"{visit['unit']}/{visit['activity_type']}/{visit['month']:%Y-%m}"
            rows[key] = {"counts": True, "reason": "visits", "date": day, **dict.fromkeys(marks, False)}
            rows[key] = {**rows[key], "visits": visit["visits"]}
    return rows


def _types(seen: World, flag: str) -> set[str]:
    return {row["code"] for row in seen["activity_type"] if row.get(flag)}


def _runs_within(activity: Row, joined: Joined, start: dt.date, last: dt.date) -> bool:
    """Whether the activity is one of the enrolment's and runs on a day of the period on which the enrolment does."""
    if activity["enrolment"] not in {part["enrolment"] for part in joined.parts}:
        return False
    ended = joined.ended or FOREVER
    return bool(max(activity["start"], start) <= min(last_day(activity), ended, last))


def sfi_reach(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> Rows:
    """`sfi_reach`: the persons referred, with whether they have begun and passed."""
    seen = known(world, as_of)
    of_period = [row for row in seen["sfi_referral"] if start <= row["planned_start"] <= end]
    rows: Rows = {}
    for person in {row["person"] for row in of_period}:
        own = [row for row in of_period if row["person"] == person]
        first = min(own, key=lambda row: (row["planned_start"], row["referred"], row["referral"]))
        keys = {row["referral"] for row in own}
        courses = [
            course
            for course in seen["sfi_participation"]
            if course.get("referral") in keys
            or (course["person"] == person and (course.get("ended") or FOREVER) >= first["referred"])
        ]
        passed = any(course.get("result") == "godkand" for course in courses)
        counts = first["planned_start"] <= as_of
        reason = "passed" if passed else "begun" if courses else "not_begun"
        rows[person] = {
            "counts": counts,
            "reason": reason if counts else "window_open",
            "date": first["planned_start"],
            "is_referred": counts,
            "has_begun": bool(courses),
            "has_passed": passed,
        }
    return rows


def budget_outcome(world: World, as_of: dt.date, start: dt.date, end: dt.date, *, grants_off: bool) -> Rows:
    """`budget_outcome`: month by month, and the latest forecast of each unit."""
    costs = [row for row in known(world, as_of)["cost"] if grants_off or row["kind"] != "statsbidrag"]
    months: dict[tuple[str, str, dt.date], dict[str, float | None]] = defaultdict(
        lambda: dict.fromkeys(("outcome", "budget", "previous_year"))
    )
    for row in costs:
        place = (row["unit"], row.get("activity_type") or "–")
        next_year = row["month"].replace(year=row["month"].year + 1)
        if start <= month_end(row["month"]) <= end:
            for amount in ("outcome", "budget"):
                _add(months[(*place, row["month"])], amount, row, amount)
        if start <= month_end(next_year) <= end:
            _add(months[(*place, next_year)], "previous_year", row, "outcome")
    has_budget = any(amounts["budget"] is not None for amounts in months.values())
    rows: Rows = {}
    for (unit, activity, month), amounts in months.items():
        deviation = (amounts["budget"] or 0) - (amounts["outcome"] or 0) if has_budget else None
        named = {"counts": True, "reason": "month", "date": month_end(month), "deviation": deviation, "forecast": None}
        rows[f"{unit}/{activity}/{month:%Y-%m}"] = {**named, **amounts}
    return rows | _forecasts(world, as_of, end, grants_off=grants_off)


def _add(amounts: dict[str, float | None], name: str, row: Row, column: str) -> None:
    if row.get(column) is not None:
        sign = 1 if row["kind"] in {"direkt", "gemensam"} else -1
        amounts[name] = (amounts[name] or 0) + sign * row[column]


def _forecasts(world: World, as_of: dt.date, end: dt.date, *, grants_off: bool) -> Rows:
    made = [row for row in world.get("forecast", ()) if row["year"] == end.year and row["made"] <= as_of]
    rows: Rows = {}
    for unit in {row["unit"] for row in made}:
        latest = max(row["made"] for row in made if row["unit"] == unit)
        amounts: dict[str, dict[str, float | None]] = defaultdict(lambda: {"forecast": None})
        for row in made:
            if row["unit"] == unit and row["made"] == latest and (grants_off or row["kind"] != "statsbidrag"):
                _add(amounts[row.get("activity_type") or "–"], "forecast", row, "forecast")
        names = ("outcome", "budget", "deviation", "previous_year")
        for activity, amount in amounts.items():
            named = {"counts": True, "reason": "forecast", "date": end, **dict.fromkeys(names)}
            rows[f"{unit}/{activity}/prognos"] = {**named, **amount}
    return rows


READINGS: dict[tuple[str, str], Callable[..., Rows]] = {
    ("participants", "standard"): participants,
    ("sfi_reach", "standard"): sfi_reach,
    ("budget_outcome", "standard"): partial(budget_outcome, grants_off=False),
    ("budget_outcome", "net_of_grants"): partial(budget_outcome, grants_off=True),
}
"""The readings by measure and variant."""
