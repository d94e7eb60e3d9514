"""Section 1: who was at a workplace."""

from __future__ import annotations

import datetime as dt

from tests.measures.oracle.labour_market import Joined, joined_enrolments, last_day
from tests.measures.oracle.rules import Judged, World, known, unit_kinds


def workplace_share(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`workplace_share`: persons active in the period, by the enrolment that reaches furthest into it."""
    seen, last = known(world, as_of), min(end, as_of)
    kinds = unit_kinds(seen)
    rows = []
    for person in {row["person"] for row in seen["enrolment"]}:
        active = [
            joined
            for joined in joined_enrolments(seen)
            if joined.counted["person"] == person
            and kinds[joined.counted["unit"]] == "ame"
            and joined.start <= last
            and min(joined.ended or last, last) >= start
        ]
        if not active:
            continue
        shown = max(active, key=lambda one: (min(one.ended or last, last), one.start, one.counted["enrolment"]))
        met = any(_at_workplace(joined, seen, start, last) for joined in active)
        reason = "at_workplace" if met else "not_at_workplace"
        day = min(shown.ended or last, last)
        rows.append(Judged(person, person, shown.counted["unit"], day, counts=True, reason=reason, met=met))
    return rows


def _at_workplace(joined: Joined, seen: World, start: dt.date, last: dt.date) -> bool:
    parts = {part["enrolment"] for part in joined.parts}
    drop_in = {row["code"] for row in seen["activity_type"] if row.get("drop_in")}
    for activity in seen["activity"]:
        if activity["enrolment"] in parts and activity.get("workplace") and activity["activity_type"] not in drop_in:
            first_day = max(activity["start"], start)
            if first_day <= min(last_day(activity), joined.ended or dt.date.max, last):
                return True
    return False
