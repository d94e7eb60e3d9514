"""Section 5: plans, follow-ups, assessments and the watch lists; and who is still here (rule 10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.measures.oracle.rules import Judged, Row, World, by_key, known, month_end, months_later, unit_kinds

ONE_DAY = dt.timedelta(days=1)
GRACE = dt.timedelta(days=30)
_FOREVER = dt.date.max

Answer = tuple[str | None, str, bool]
"""Why it is left out, or else its reason; and whether it is met."""


def departures(person: Row, enrolment: Row) -> list[tuple[dt.date, str]]:
    """The move and the death of the person; one before the enrolment's start is ignored for it (rule 10)."""
    events = ((person.get("moved"), "moved"), (person.get("died"), "deceased"))
    return [(day, reason) for day, reason in events if day and day >= enrolment["start"]]


def covered_units(world: World) -> set[str]:
    """The units that the section covers."""
    return {unit for unit, kind in unit_kinds(world).items() if kind in {"ame", "integration"}}


def begun(seen: World) -> list[Row]:
    """The enrolments that have begun, at the units that the section covers."""
    units = covered_units(seen)
    return [row for row in seen["enrolment"] if row.get("start") and row["unit"] in units]


def _going_on(row: Row, day: dt.date) -> bool:
    return bool(row["start"] <= day <= (row.get("ended") or _FOREVER))


def _gone(enrolment: Row, seen: World, day: dt.date) -> str | None:
    person = by_key(seen["person"], "person")[enrolment["person"]]
    return next((reason for left, reason in departures(person, enrolment) if left < day), None)


def _of(seen: World, table: str, enrolment: Row) -> list[dict[str, Any]]:
    return [dict(row) for row in seen.get(table, ()) if row["enrolment"] == enrolment["enrolment"]]


def _on_the_last_day(
    judge: Callable[[Row, World, dt.date], Answer], world: World, as_of: dt.date, start: dt.date, end: dt.date
) -> list[Judged]:
    """Judge every enrolment going on the last day of the period, or the as-of date if that is earlier."""
    seen, day = known(world, as_of), min(end, as_of)
    rows = []
    for enrolment in begun(seen):
        if _going_on(enrolment, day):
            left_out, reason, met = judge(enrolment, seen, day)
            rows.append(
                _judged(enrolment["enrolment"], enrolment, day, _gone(enrolment, seen, day) or left_out, reason, met)
            )
    return rows


def _judged(key: str, enrolment: Row, day: dt.date, left_out: str | None, reason: str, met: bool) -> Judged:
    counts = left_out is None
    return Judged(key, enrolment["person"], enrolment["unit"], day, counts, left_out or reason, met if counts else None)


def _plan(enrolment: Row, seen: World, day: dt.date, *, kinds: set[str]) -> Answer:
    left_out = "grace" if day - enrolment["start"] < GRACE else None
    drawn = [plan for plan in _of(seen, "plan", enrolment) if plan["kind"] in kinds and plan["drawn_up"] <= day]
    if any(plan.get("valid_to") is None or plan["valid_to"] >= day for plan in drawn):
        return left_out, "valid", True
    return left_out, "expired" if drawn else "none", False


def _review(enrolment: Row, seen: World, day: dt.date) -> Answer:
    left_out = None if months_later(enrolment["start"], 6) < day else "grace"
    reviews = [
        review["held"]
        for review in _of(seen, "follow_up", enrolment)
        if review["kind"] == "sexmanadersprovning" and review["held"] <= day
    ]
    if any(day <= months_later(held, 6) for held in reviews):
        return left_out, "reviewed", False
    return left_out, "overdue" if reviews else "never_reviewed", True


def _hours(enrolment: Row, seen: World, day: dt.date) -> Answer:
    hours = [row.get("hours_per_week") for row in _of(seen, "activity", enrolment) if _going_on(row, day)]
    if None in hours:
        return "hours_unknown", "", False
    low = sum(float(each) for each in hours if each is not None) < 6
    return None, "no_activity" if not hours else "under_six_hours" if low else "six_hours_or_more", low


def follow_up_compliance(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`follow_up_compliance`: day by day, month by month."""
    seen = known(world, as_of)
    persons = by_key(seen["person"], "person")
    rows = []
    for enrolment in begun(seen):
        last = min(
            [
                enrolment.get("ended") or _FOREVER,
                *(day for day, _ in departures(persons[enrolment["person"]], enrolment)),
            ]
        )
        paused = _of(seen, "pause", enrolment)
        held = {follow_up["held"] for follow_up in _of(seen, "follow_up", enrolment)}
        for month in _whole_months(start, min(end, as_of)):
            days = [day for day in _days(month, month_end(month)) if enrolment["start"] <= day <= last]
            if len(days) < 11 or all(any(_going_on(pause, day) for pause in paused) for day in days):
                continue
            met = not held.isdisjoint(days)
            reason = "followed_up" if met else "not_followed_up"
            key = f"{enrolment['enrolment']}/{month:%Y-%m}"
            rows.append(_judged(key, enrolment, month_end(month), None, reason, met))
    return rows


def _whole_months(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    month = start if start.day == 1 else months_later(start.replace(day=1), 1)
    while month_end(month) <= end:
        yield month
        month = months_later(month, 1)


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    while first <= last:
        yield first
        first += ONE_DAY


def assessment_before_start(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`assessment_before_start`: the enrolments that began in the period."""
    rows = []
    for enrolment in begun(known(world, as_of)):
        if start <= enrolment["start"] <= end:
            assessed = enrolment.get("assessed")
            reason = "none" if assessed is None else "before" if assessed <= enrolment["start"] else "after"
            rows.append(
                _judged(enrolment["enrolment"], enrolment, enrolment["start"], None, reason, reason == "before")
            )
    return rows


def establishment_overdue(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`establishment_overdue`: one row a person, for the enrolment that began first of those the person has not left."""
    seen, day = known(world, as_of), min(end, as_of)
    kinds = unit_kinds(seen)
    rows = []
    for person in seen["person"]:
        enrolments = [
            row
            for row in begun(seen)
            if row["person"] == person["person"] and kinds[row["unit"]] == "integration" and _going_on(row, day)
        ]
        if not enrolments:
            continue
        first = min(enrolments, key=lambda row: (_gone(row, seen, day) is not None, row["start"], row["enrolment"]))
        received = person.get("received")
        left_out = _gone(first, seen, day) or (None if received else "reception_unknown")
        overdue = received is not None and months_later(received, 24) < day
        reason = "overdue" if overdue else "within_24_months"
        rows.append(_judged(person["person"], first, day, left_out, reason, overdue))
    return rows


def long_sick_leave(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`long_sick_leave`: the pauses for sickness going on the last day."""
    seen, day = known(world, as_of), min(end, as_of)
    rows = []
    for enrolment in begun(seen):
        for pause in _of(seen, "pause", enrolment):
            if pause["reason"] == "sjukdom" and _going_on(pause, day) and _going_on(enrolment, day):
                longer = months_later(pause["start"], 1) < day
                reason = "longer_than_a_month" if longer else "a_month_or_less"
                key = f"{enrolment['enrolment']}/{pause['start']}"
                rows.append(_judged(key, enrolment, day, _gone(enrolment, seen, day), reason, longer))
    return rows


READINGS: dict[tuple[str, str], Callable[..., list[Judged]]] = {
    ("plan_coverage", "standard"): partial(_on_the_last_day, partial(_plan, kinds={"genomforandeplan"})),
    ("plan_coverage", "any_plan"): partial(_on_the_last_day, partial(_plan, kinds={"genomforandeplan", "arbetsplan"})),
    ("follow_up_compliance", "standard"): follow_up_compliance,
    ("assessment_before_start", "standard"): assessment_before_start,
    ("six_month_review", "standard"): partial(_on_the_last_day, _review),
    ("establishment_overdue", "standard"): establishment_overdue,
    ("low_hours", "standard"): partial(_on_the_last_day, _hours),
    ("long_sick_leave", "standard"): long_sick_leave,
}
"""The readings by measure and variant."""
