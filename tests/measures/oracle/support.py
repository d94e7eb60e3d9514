"""Section 2: return within a year and long-term support."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from tests.measures.oracle.rules import Judged, Row, World, by_key, is_adult, known, month_end, months_later, unit_of

APPLICANTS = {"huvudsokande", "medsokande"}


def cohort(variant: str, start: dt.date, end: dt.date) -> tuple[dt.date, dt.date]:
    """The days whose closings are looked at; the year T is that of the period's last day."""
    before = end.year - 1
    return {
        "kolada": (dt.date(before, 1, 1), dt.date(before, 6, 30)),
        "full_year": (dt.date(before, 1, 1), dt.date(before, 12, 31)),
        "period": (start, end),
    }[variant]


def not_returned(world: World, as_of: dt.date, start: dt.date, end: dt.date, *, variant: str) -> list[Judged]:
    """`not_returned_within_year`, in a variant with or without "+resident"."""
    window, _, narrowed = variant.partition("+")
    first, last = cohort(window, start, end)
    seen = known(world, as_of)
    persons = by_key(seen["person"], "person")
    closings: dict[str, list[Row]] = defaultdict(list)
    for case in seen["support_case"]:
        if _ends_support(case, persons[case["person"]], first, last):
            closings[case["person"]].append(case)
    firsts = [min(cases, key=lambda case: (case["closed"], case["support_case"])) for cases in closings.values()]
    return [
        _judged_closing(case, persons[case["person"]], seen, as_of, resident=narrowed == "resident") for case in firsts
    ]


def _ends_support(case: Row, person: Row, first: dt.date, last: dt.date) -> bool:
    return bool(
        case["role"] in APPLICANTS
        and case.get("decision") in {"bifall", "delavslag"}
        and case.get("closed")
        and first <= case["closed"] <= last
        and is_adult(person, case["closed"])
    )


def _judged_closing(case: Row, person: Row, seen: World, as_of: dt.date, *, resident: bool) -> Judged:
    closed = case["closed"]
    twelve_months_on = months_later(closed, 12)
    returns = [
        again["applied"]
        for again in seen["support_case"]
        if again["person"] == case["person"]
        and again["support_case"] != case["support_case"]
        and again["role"] in APPLICANTS
        and closed < again["applied"] <= twelve_months_on
    ]
    reason = _departure(person, twelve_months_on, returns) if resident else None
    if reason is None and twelve_months_on > as_of:
        reason = "window_open"
    counts = reason is None
    if reason is None:
        reason = "returned" if returns else "not_returned"
    unit = unit_of(case, seen, "ekonomiskt_bistand")
    return Judged(case["person"], case["person"], unit, closed, counts, reason, met=not returns if counts else None)


def _departure(person: Row, last: dt.date, returns: list[dt.date]) -> str | None:
    """Why the person is left out: the first of a move or death in the window that no return came before."""
    departures = [(person[event], order, reason) for order, (event, reason) in enumerate(
        [("moved", "moved"), ("died", "deceased")]) if person.get(event)]  # fmt: skip
    for day, _, reason in sorted(departures):
        if day <= last and not any(returned < day for returned in returns):
            return reason
    return None


def long_term_support(world: World, as_of: dt.date, start: dt.date, end: dt.date, *, variant: str) -> list[Judged]:
    """`long_term_support`, by calendar year or for the twelve months that end with the period's last."""
    looked_at = end if variant == "rolling" else dt.date(end.year, 12, 31)
    last_month = looked_at.replace(day=1)
    window = {months_later(last_month, -back) for back in range(12)}
    seen = known(world, as_of)
    persons = by_key(seen["person"], "person")
    aided: dict[str, dict[dt.date, Row]] = defaultdict(dict)
    for row in seen["support_month"]:
        household = [
            other
            for other in seen["support_month"]
            if (other["household"], other["month"]) == (row["household"], row["month"])
        ]
        if row["month"] in window and sum(other["amount"] for other in household) > 0:
            aided[row["person"]][row["month"]] = row
    over = month_end(last_month) <= as_of
    rows = []
    for person, months in aided.items():
        if not is_adult(persons[person], looked_at):
            continue
        met = len(months) >= 10
        reason = "ten_months_or_more" if met else "fewer_than_ten_months"
        unit = unit_of(months[max(months)], seen, "ekonomiskt_bistand")
        rows.append(
            Judged(person, person, unit, looked_at, over, reason if over else "window_open", met=met if over else None)
        )
    return rows
