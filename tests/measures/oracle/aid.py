"""Section 2: who had aid in which months, for how long, how much, and who of them was given nothing to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.measures.oracle.rules import Judged, Row, World, by_key, is_adult, known, month_end, months_later, unit_of

_FOREVER = dt.date.max
UNEMPLOYED = {"arbetslos_ingen_ersattning", "arbetslos_otillracklig", "arbetslos_vantar", "arbetslos_etablering"}


def aided_months(seen: World, person: str) -> list[Row]:
    """The person's months in which the household had something, in order."""
    return sorted(
        (row for row in seen["support_month"] if row["person"] == person and household_total(seen, row) > 0),
        key=lambda row: row["month"],
    )


def household_total(seen: World, row: Row) -> float:
    """What the whole household had that month."""
    return sum(
        float(other["amount"])
        for other in seen["support_month"]
        if (other["household"], other["month"]) == (row["household"], row["month"])
    )


def _judged(row: Row, seen: World, day: dt.date, left_out: str | None, reason: str, *, met: bool) -> Judged:
    unit = unit_of(row, seen, "ekonomiskt_bistand")
    counts = left_out is None
    return Judged(row["person"], row["person"], unit, day, counts, left_out or reason, met=met if counts else None)


def recipients(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`recipients`: adults on the period's last day with aid in any of its months."""
    seen = known(world, as_of)
    rows = []
    for person in seen["person"]:
        months = [row for row in aided_months(seen, person["person"]) if start <= month_end(row["month"]) <= end]
        if months and is_adult(person, end):
            rows.append(_judged(months[-1], seen, month_end(months[-1]["month"]), None, "recipient", met=True))
    return rows


def very_long_term_support(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`very_long_term_support`: 27 of the 36 months that end with the year, walked one by one."""
    seen = known(world, as_of)
    last_day = dt.date(end.year, 12, 31)
    window = [months_later(dt.date(end.year - 2, 1, 1), number) for number in range(36)]
    left_out = "window_open" if last_day > as_of else None
    rows = []
    for person in seen["person"]:
        months = [row for row in aided_months(seen, person["person"]) if row["month"] in window]
        if not months or months[-1]["month"].year != end.year or not is_adult(person, last_day):
            continue
        has_aid = "".join("x" if month in {row["month"] for row in months} else "." for month in window)
        enough, gap = len(months) >= 27, "..." in has_aid.strip(".")
        reason = "fewer_than_27_months" if not enough else "gap_over_two_months" if gap else "very_long"
        rows.append(_judged(months[-1], seen, last_day, left_out, reason, met=enough and not gap))
    return rows


def need_without_activity(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`need_without_activity`: the unemployed with aid in the last month that is over."""
    seen = known(world, as_of)
    day = _last_month_end(start, min(end, as_of))
    persons = by_key(seen["person"], "person")
    rows = []
    for row in seen["support_month"] if day else ():
        person = persons[row["person"]]
        if (
            month_end(row["month"]) != day
            or row.get("hinder") not in UNEMPLOYED
            or not is_adult(person, day)
            or household_total(seen, row) <= 0
        ):
            continue
        departures = ((person.get("moved"), "moved"), (person.get("died"), "deceased"))
        left_out = next((reason for left, reason in departures if left and left < day), None)
        covers = _what_covers(row["person"], seen, day)
        rows.append(_judged(row, seen, day, left_out, covers, met=covers == "no_activity"))
    return rows


def _last_month_end(start: dt.date, end: dt.date) -> dt.date | None:
    day = end
    while day >= start:
        if day == month_end(day):
            return day
        day -= dt.timedelta(days=1)
    return None


def _what_covers(person: str, seen: World, day: dt.date) -> str:
    def covers(row: Row) -> bool:
        return bool(row["start"] <= day <= (row.get("ended") or _FOREVER))

    enrolments = {row["enrolment"]: row for row in seen["enrolment"] if row.get("start") and row["person"] == person}
    for activity in seen["activity"]:
        enrolment = enrolments.get(activity["enrolment"])
        if enrolment and covers(activity) and day <= (enrolment.get("ended") or _FOREVER):
            return "in_activity"
    in_sfi = any(row["person"] == person and covers(row) for row in seen["sfi_participation"])
    return "in_sfi" if in_sfi else "no_activity"


@dataclass
class Paid:
    """What was paid and to which adults; `left_out`: how many months of persons were not counted."""

    amount: float = 0
    adults: set[str] = field(default_factory=set)
    left_out: int = 0


def support_paid(world: World, as_of: dt.date, start: dt.date, end: dt.date, *, without_refugees: bool) -> Paid:
    """`support_paid`: the sum over the months of the period, with or without refugee households."""
    seen = known(world, as_of)
    persons = by_key(seen["person"], "person")
    paid = Paid()
    for row in seen["support_month"]:
        if not start <= month_end(row["month"]) <= end or household_total(seen, row) <= 0:
            continue
        if without_refugees and _is_refugee_household(row, seen, persons):
            paid.left_out += 1
            continue
        paid.amount += float(row["amount"])
        if is_adult(persons[row["person"]], end):
            paid.adults.add(row["person"])
    return paid


def _is_refugee_household(row: Row, seen: World, persons: dict[str, Row]) -> bool:
    """Whether somebody who is or may be the household's applicant that month is flagged."""
    return any(
        persons[other["person"]].get("refugee_household")
        for other in seen["support_month"]
        if (other["household"], other["month"]) == (row["household"], row["month"])
        and other.get("role") in {None, "huvudsokande"}
    )


READINGS: dict[tuple[str, str], Callable[..., list[Judged]]] = {
    ("recipients", "standard"): recipients,
    ("very_long_term_support", "standard"): very_long_term_support,
    ("need_without_activity", "standard"): need_without_activity,
}
"""The readings by measure and variant."""
