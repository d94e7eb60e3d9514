"""Section 4: cost per participant, participant-day and result, counted day by day."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.measures.oracle.labour_market import Joined, exits, joined_enrolments, last_day
from tests.measures.oracle.rules import Row, World, known, month_end, unit_kinds

SIGN = {"direkt": 1, "gemensam": 1, "intern_intakt": -1, "forsaljning": -1}
GRANTS_SIGN = {"standard": 0, "net_of_grants": -1}
ONE_DAY = dt.timedelta(days=1)

PersonDay = tuple[str, str, str, dt.date]
"""Unit, activity type, person, day."""


@dataclass
class Total:
    """Cost with what it is divided by, for one activity type or all (`None` as a key: cost of no activity)."""

    cost: float = 0.0
    persons: set[str] = field(default_factory=set)
    days: int = 0
    results: set[str] = field(default_factory=set)


def cost_totals(
    world: World, as_of: dt.date, start: dt.date, end: dt.date, *, variant: str
) -> tuple[Total, dict[str | None, Total]]:
    """Return the total and the totals by activity type, of the units of kind ame."""
    seen = known(world, as_of)
    days = set(_participant_days(seen, start, min(end, as_of)))
    by_activity: dict[str | None, Total] = defaultdict(Total)
    for _, activity_type, person, _ in days:
        by_activity[activity_type].persons.add(person)
        by_activity[activity_type].days += 1
    for named, cost in _costs(seen, days, (start, end), SIGN | {"statsbidrag": GRANTS_SIGN[variant]}):
        by_activity[named].cost += cost
    whole = Total(
        cost=sum(total.cost for total in by_activity.values()),
        persons={person for _, _, person, _ in days},
        days=len(days),
    )
    for one in exits(seen, as_of):
        if one.category in "AB" and start <= one.ended <= end:
            whole.results.add(one.joined.counted["enrolment"])
            for contained in _contained(one.joined, seen) or {None}:
                by_activity[contained].results.add(one.joined.counted["enrolment"])
    return whole, by_activity


def _contained(joined: Joined, seen: World) -> set[str | None]:
    parts = {part["enrolment"] for part in joined.parts}
    return {row["activity_type"] for row in seen["activity"] if row["enrolment"] in parts}


def _participant_days(seen: World, start: dt.date, end: dt.date) -> Iterator[PersonDay]:
    """Every day on which a person is in an activity at an ame unit, drop-in activities apart."""
    kinds = unit_kinds(seen)
    drop_in = {row["code"] for row in seen.get("activity_type", ()) if row.get("drop_in")}
    for joined in joined_enrolments(seen):
        unit, person = joined.counted["unit"], joined.counted["person"]
        parts = {part["enrolment"] for part in joined.parts}
        for row in seen["activity"] if kinds[unit] == "ame" else ():
            if row["enrolment"] not in parts or row["activity_type"] in drop_in:
                continue
            day = max(row["start"], start)
            last = min(last_day(row), joined.ended or dt.date.max, end)
            while day <= last:
                yield unit, row["activity_type"], person, day
                day += ONE_DAY


def _costs(
    seen: World, days: set[PersonDay], period: tuple[dt.date, dt.date], sign: dict[str, int]
) -> Iterator[tuple[str | None, float]]:
    """Direct cost to its activity; shared cost by participant-days, or to none where the unit has none."""
    kinds = unit_kinds(seen)
    days_at: dict[str, Counter[str]] = defaultdict(Counter)
    for unit, activity_type, _, _ in days:
        days_at[unit][activity_type] += 1
    for row in seen["cost"]:
        if kinds[row["unit"]] != "ame" or not period[0] <= month_end(row["month"]) <= period[1]:
            continue
        yield from _spread(row, float(row["outcome"]) * sign[row["kind"]], days_at[row["unit"]])


def _spread(row: Row, amount: float, days: Counter[str]) -> Iterator[tuple[str | None, float]]:
    if row.get("activity_type") or not days:
        yield row.get("activity_type"), amount
        return
    for activity_type, count in days.items():
        yield activity_type, amount * count / days.total()
