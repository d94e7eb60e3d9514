"""The rules for all measures: what is known on a day, months later, who is an adult, and what a judged case is."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
World = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Judged:
    """One case as a measure judges it (rule 1)."""

    key: str
    person: str | None
    unit: str | None
    date: dt.date
    counts: bool
    reason: str
    met: bool | None = None
    category: str | None = None
    flags: frozenset[str] = frozenset()
    days: int | None = None
    event: str | None = None


def months_later(day: dt.date, months: int) -> dt.date:
    """Rule 9: the same day of the month, or the month's last when it has no such day."""
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def month_end(day: dt.date) -> dt.date:
    """The last day of the day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def is_adult(person: Row, day: dt.date) -> bool:
    """Whether the person has turned 18 by the day."""
    return months_later(person["birth_date"], 18 * 12) <= day


def committee_on(world: World, unit: str | None, day: dt.date) -> str | None:
    """Who answers for the unit that day; where two would, the one that took over last."""
    answering = [
        row
        for row in world["responsibility"]
        if row["unit"] == unit and row["start"] <= day <= (row.get("ended") or dt.date.max)
    ]
    return max(answering, key=lambda row: row["start"])["committee"] if answering else None


def age_group(person: Row, day: dt.date) -> str:
    """The age in full years on the day, in groups."""
    groups = {"–24": 25, "25–34": 35, "35–44": 45, "45–54": 55}
    born = person["birth_date"]
    return next((group for group, end in groups.items() if months_later(born, 12 * end) > day), "55–")


def newly_arrived(person: Row, day: dt.date) -> str:
    """Whether the day is within 24 months of the reception."""
    received = person.get("received")
    if received is None:
        return "okänd"
    return "ja" if received <= day <= months_later(received, 24) else "nej"


_EVENTS: dict[str, dict[str, tuple[str, ...]]] = {
    "person": {"received": (), "moved": (), "died": ()},
    "enrolment": {
        "referred": (),
        "withdrawn": (),
        "start_meeting": (),
        "assessed": (),
        "start": (),
        "ended": ("exit_reason", "study_aid"),
        "employed_from": (),
        "employed_to": (),
    },
    "activity": {"start": (), "ended": ()},
    "plan": {"drawn_up": ()},
    "follow_up": {"held": ()},
    "pause": {"start": (), "ended": ()},
    "support_case": {"applied": (), "decided": ("decision",), "opened": (), "closed": ("closing_reason",)},
    "sfi_referral": {"referred": (), "withdrawn": ("withdrawal_reason",)},
    "sfi_participation": {"start": (), "ended": ("result", "dropout_reason")},
}
"""Rule 2: the events of each kind of row, and what hangs on each."""

_OWN = {
    "enrolment": ("referred", "start"),
    "activity": ("start",),
    "plan": ("drawn_up",),
    "follow_up": ("held",),
    "pause": ("start",),
    "support_case": ("applied",),
    "sfi_referral": ("referred",),
    "sfi_participation": ("start",),
}
"""The date that is a row's own: a row is seen when one of them has come, or when it has none."""


def known(world: World, as_of: dt.date) -> dict[str, list[dict[str, Any]]]:
    """Rule 2: the rows as they were known at the end of the as-of date."""
    seen = {name: [dict(row) for row in rows] for name, rows in world.items()}
    for name, events in _EVENTS.items():
        seen[name] = [_masked(row, events, as_of) for row in seen.get(name, ()) if _is_seen(name, row, as_of)]
    for name in ("support_month", "cost"):
        seen[name] = [row for row in seen.get(name, ()) if month_end(row["month"]) <= as_of]
    return seen


def _is_seen(name: str, row: Row, as_of: dt.date) -> bool:
    own = [row[date] for date in _OWN.get(name, ()) if row.get(date)]
    return not own or min(own) <= as_of


def _masked(row: dict[str, Any], events: Mapping[str, Sequence[str]], as_of: dt.date) -> dict[str, Any]:
    for event, hanging in events.items():
        if row.get(event) and row[event] > as_of:
            row |= dict.fromkeys((event, *hanging))
    return row


def by_key(rows: Sequence[Row], key: str) -> dict[str, Row]:
    """The rows by one of their columns."""
    return {row[key]: row for row in rows}


def unit_kinds(world: World) -> dict[str, str]:
    """The kind of each unit."""
    return {row["code"]: row["kind"] for row in world["unit"]}


def unit_of(row: Row, world: World, kind: str) -> str | None:
    """A row delivered without a unit belongs to the municipality's only one of the kind."""
    only = [unit for unit, its_kind in unit_kinds(world).items() if its_kind == kind]
    delivered: str | None = row.get("unit")
    return delivered or (only[0] if len(only) == 1 else None)
