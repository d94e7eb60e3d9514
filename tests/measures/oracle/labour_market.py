"""Section 1: joined enrolments, results at exit and the share to work or studies."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from tests.measures.oracle.rules import Judged, Row, World, known, months_later, unit_kinds

FOREVER = dt.date.max
WORK = {"arbete_osubventionerat", "arbete_subventionerat"}


@dataclass(frozen=True)
class Joined:
    """Overlapping enrolments of one person at one unit, as one; `counted` is the one whose result counts."""

    counted: Row
    parts: tuple[Row, ...]

    @property
    def start(self) -> dt.date:
        """The earliest start."""
        first: dt.date = min(part["start"] for part in self.parts)
        return first

    @property
    def ended(self) -> dt.date | None:
        """The latest end; none while one part is open."""
        last = max(last_day(part) for part in self.parts)
        return None if last == FOREVER else last


def last_day(enrolment: Row) -> dt.date:
    """The last day of an enrolment; an open one has no end."""
    ended: dt.date | None = enrolment.get("ended")
    return ended or FOREVER


def joined_enrolments(world: World) -> list[Joined]:
    """Put overlapping enrolments together, pair by pair until none overlap any more."""
    at_unit: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in world["enrolment"]:
        if row.get("start"):
            at_unit[row["person"], row["unit"]].append(row)
    return [_joined(chain) for rows in at_unit.values() for chain in _chains(rows)]


def _chains(rows: list[Row]) -> list[list[Row]]:
    chains: list[list[Row]] = []
    for row in rows:
        touching = [chain for chain in chains if any(_overlap(row, other) for other in chain)]
        chains = [chain for chain in chains if chain not in touching]
        chains.append([row, *(other for chain in touching for other in chain)])
    return chains


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["start"] <= last_day(other) and other["start"] <= last_day(one))


def _joined(chain: list[Row]) -> Joined:
    def ended_last(row: Row) -> tuple[Any, ...]:
        return last_day(row), row["start"], row["enrolment"]

    return Joined(counted=max(chain, key=ended_last), parts=tuple(chain))


@dataclass(frozen=True)
class Exit:
    """A joined enrolment that has ended, with its category and why."""

    joined: Joined
    ended: dt.date
    category: str
    reason: str
    flags: frozenset[str] = frozenset()

    @property
    def exit_reason(self) -> str:
        """The reason as delivered."""
        return str(self.joined.counted["exit_reason"])


def exits(world: World, as_of: dt.date) -> list[Exit]:
    """The exits from units of kind ame, judged as of the date."""
    kinds = unit_kinds(world)
    return [
        Exit(joined, joined.ended, *_judged(joined.counted, as_of))
        for joined in joined_enrolments(world)
        if joined.ended and kinds[joined.counted["unit"]] == "ame"
    ]


def _judged(enrolment: Row, as_of: dt.date) -> tuple[str, str, frozenset[str]]:
    """Return category, reason and flags."""
    reason = enrolment["exit_reason"]
    if reason in WORK:
        return _work(enrolment, as_of)
    if reason == "studier":
        return ("B", reason, frozenset()) if enrolment.get("study_aid") else ("E", "ej_studiemedel", frozenset())
    return {"annan_myndighet": "C", "slutfort_uppdrag": "D"}.get(reason, "E"), reason, frozenset()


def _work(enrolment: Row, as_of: dt.date) -> tuple[str, str, frozenset[str]]:
    reason, first, last = enrolment["exit_reason"], enrolment.get("employed_from"), enrolment.get("employed_to")
    if first is None:
        return "A", reason, frozenset({"duration_unknown"})
    last_day_of_first_month = months_later(first, 1) - dt.timedelta(days=1)
    if last is not None:
        return ("A", reason, frozenset()) if last >= last_day_of_first_month else ("E", "kort_anstallning", frozenset())
    return "A", reason, frozenset() if as_of >= last_day_of_first_month else frozenset({"preliminary"})


def exit_results(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`exit_results`: every exit of the period with its category."""
    return [
        _row(one, counts=True, reason=one.reason, category=one.category, flags=one.flags)
        for one in exits(known(world, as_of), as_of)
        if start <= one.ended <= end
    ]


def work_or_study(
    world: World, as_of: dt.date, start: dt.date, end: dt.date, *, categories: str, variant: str
) -> list[Judged]:
    """`work_or_study_at_exit` ("AB") and its parts ("A", "B")."""
    rows = []
    for one in exits(known(world, as_of), as_of):
        if not start <= one.ended <= end:
            continue
        gone = {"flyttat": "moved", "avliden": "deceased"}.get(one.exit_reason) if variant == "resident" else None
        subsidised = one.exit_reason == "arbete_subventionerat"
        met = one.category in categories and not (variant == "unsubsidised" and subsidised)
        flags = one.flags if met else frozenset()
        counts = gone is None
        rows.append(
            _row(
                one,
                counts=counts,
                reason=gone or one.reason,
                met=met if counts else None,
                category=one.category,
                flags=flags,
            )
        )
    return rows


def _row(one: Exit, *, counts: bool, reason: str, **more: Any) -> Judged:
    counted = one.joined.counted
    return Judged(counted["enrolment"], counted["person"], counted["unit"], one.ended, counts, reason, **more)
