"""How long things took: referrals to start meetings, applications to decisions, starts to exits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tests.measures.oracle.labour_market import exits, joined_enrolments
from tests.measures.oracle.routines import covered_units
from tests.measures.oracle.rules import Judged, Row, World, by_key, known, months_later, unit_kinds, unit_of

FORTNIGHT = 14
ADULTS = {"huvudsokande", "medsokande"}


def referral_lead_time(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`referral_lead_time`: the referrals received in the period."""
    seen = known(world, as_of)
    persons, units = by_key(seen["person"], "person"), covered_units(seen)
    rows = []
    for referral in seen["enrolment"]:
        received, met = referral.get("referred"), referral.get("start_meeting")
        if not received or not start <= received <= end or referral["unit"] not in units:
            continue
        left_out = None
        if referral.get("withdrawn"):
            left_out = "withdrawn"
        elif not met:
            left_out = (
                "meeting_unknown" if referral.get("start") else _gone(persons[referral["person"]], received, as_of)
            )
        rows.append(_timed(referral["enrolment"], referral, received, met, "meeting", as_of, left_out))
    return rows


def _gone(person: Row, received: dt.date, as_of: dt.date) -> str | None:
    """Whether the person moved or died while the referral was open, before the day looked at (rule 10)."""
    for event, reason in (("moved", "moved"), ("died", "deceased")):
        left = person.get(event)
        if left and received <= left < as_of:
            return reason
    return None


def application_to_decision(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`application_to_decision`: the cases applied for in the period whose adults had no other just before."""
    seen = known(world, as_of)
    adults = [row for row in seen["support_case"] if row["role"] in ADULTS]
    rows = []
    for key in {row["support_case"] for row in adults}:
        own = [row for row in adults if row["support_case"] == key]
        first = min(own, key=lambda row: (row["role"] != "huvudsokande", row["person"]))
        applied = first["applied"]
        if not start <= applied <= end or any(_had_another(row, adults) for row in own):
            continue
        unit = unit_of(first, seen, "ekonomiskt_bistand")
        decided = first.get("decided")
        rows.append(_timed(key, {**first, "unit": unit}, applied, decided, "decided", as_of, None))
    return rows


def _had_another(row: Row, adults: Sequence[Row]) -> bool:
    others = [
        other for other in adults if other["person"] == row["person"] and other["support_case"] != row["support_case"]
    ]
    return any(_was_open(other, row["applied"]) for other in others)


def _was_open(case: Row, day: dt.date) -> bool:
    """Whether the case began before the day and was open on some day of the twelve months before it."""
    granted = case["decided"] if case.get("decision") in {"bifall", "delavslag"} else None
    began = case.get("opened") or granted or case.get("closed")
    closed = case.get("closed")
    return bool(began and began < day and (closed is None or day <= months_later(closed, 12)))


def _timed(
    key: str, row: Row, first: dt.date, last: dt.date | None, event: str, as_of: dt.date, left_out: str | None
) -> Judged:
    """A case with the days from first to last, or to the as-of date when nothing has happened yet."""
    days = max(((last or as_of) - first).days, 0)
    if left_out is None and (as_of - first).days < FORTNIGHT:
        left_out = "window_open"
    reason = "waits" if last is None else "in_time" if days <= FORTNIGHT else "late"
    timed = left_out in {None, "window_open"}
    return Judged(
        key,
        row["person"],
        row["unit"],
        first,
        left_out is None,
        left_out or reason,
        days=days if timed else None,
        event=(event if last else "open") if timed else None,
    )


def time_to_work(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`time_to_work`: the joined enrolments that began in the period, with their exits."""
    seen = known(world, as_of)
    found = {one.joined.counted["enrolment"]: one for one in exits(seen, as_of)}
    rows = []
    for joined in joined_enrolments(seen):
        counted = joined.counted
        if unit_kinds(seen)[counted["unit"]] != "ame" or not start <= joined.start <= end:
            continue
        left = found.get(counted["enrolment"])
        rows.append(
            Judged(
                counted["enrolment"],
                counted["person"],
                counted["unit"],
                joined.start,
                True,
                left.reason if left else "still_enrolled",
                flags=left.flags if left else frozenset(),
                days=((left.ended if left else as_of) - joined.start).days,
                event={"A": "work", "B": "study"}.get(left.category, "other_exit") if left else "open",
            )
        )
    return rows
