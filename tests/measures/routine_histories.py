"""Invented histories of what the routines ask for: plans, follow-ups, reviews, pauses and hours within enrolments.

Dense on purpose: most enrolments go on for long, and most records lie just at a limit counted from the days that are looked at.
"""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.measures.histories import PEOPLE, Rows, people

_LOOKED_AT = [dt.date(year, month, day) for year in (2022, 2023, 2024) for month, day in ((8, 31), (12, 31), (2, 28))]
_BEFORE = [0, 1, 2, 10, 11, 12, 27, 28, 29, 30, 31, 32, 180, 181, 182, 183, 184, 185, 186, 300, 728, 729, 730, 731, 732]
_LASTS = [0, 1, 9, 10, 11, 28, 29, 30, 31, 60, 200, None, None, None]


@st.composite
def routines(draw: st.DrawFn) -> Rows:
    """Enrolments with everything that is recorded within them; some of it missing."""
    rows = draw(people())
    chance = draw(st.randoms(use_true_random=True))
    for person in rows["person"]:
        person["received"] = chance.choice([None, _day(chance), dt.date(2020, 1, 1), dt.date(2020, 8, 31)])
        for gone in ("moved", "died"):
            person[gone] = chance.choice([None, None, None, _day(chance)])
    rows["activity_type"] = [{"code": code, "provider": "egen", "drop_in": False} for code in "AB"]
    rows["enrolment"] = [_enrolment(chance, f"I{number}") for number in range(chance.randint(1, 8))]
    keys = [enrolment["enrolment"] for enrolment in rows["enrolment"] if enrolment["start"]]
    rows["activity"] = _some(chance, keys, _activity)
    rows["plan"] = _some(chance, keys, _plan)
    rows["follow_up"] = _some(chance, keys, _follow_up) + _some(chance, keys, _follow_up)
    rows["follow_up"] = _one_a_key(rows["follow_up"])
    rows["pause"] = _some(chance, keys, _pause)
    return rows


def _day(chance: Random) -> dt.date:
    return chance.choice(_LOOKED_AT) - dt.timedelta(days=chance.choice(_BEFORE))


def _until(chance: Random, start: dt.date) -> dt.date | None:
    length = chance.choice(_LASTS)
    return None if length is None else start + dt.timedelta(days=length)


def _enrolment(chance: Random, key: str) -> dict[str, Any]:
    start = chance.choice([None, *[_day(chance)] * 9])
    ended = _until(chance, start) if start and chance.random() < 0.4 else None
    return {
        "enrolment": key,
        "person": chance.choice(PEOPLE),
        "unit": chance.choice(["AME", "AME", "INT", "INT", "SFI"]),
        "start": start,
        "assessed": chance.choice([None, start, _day(chance)]),
        "ended": ended,
        "exit_reason": "ovrigt" if ended else None,
    }


def _some(chance: Random, keys: list[str], make: Any) -> list[dict[str, Any]]:
    return _one_a_key([{"enrolment": key} | make(chance) for key in keys for _ in range(chance.randint(0, 3))])


def _one_a_key(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep one row for each enrolment, kind and date of its own, as a delivery does."""
    dates = ("activity_type", "drawn_up", "held", "start")
    return list({(row["enrolment"], row.get("kind"), *map(row.get, dates)): row for row in rows}.values())


def _activity(chance: Random) -> dict[str, Any]:
    start = _day(chance)
    hours = chance.choice([None, "2.5", "3.5", "3.5", "6", "6", "10", "10"])
    return {
        "activity_type": chance.choice("AB"),
        "start": start,
        "ended": _until(chance, start),
        "hours_per_week": hours,
    }


def _plan(chance: Random) -> dict[str, Any]:
    drawn_up = _day(chance)
    kind = chance.choice(["arbetsplan", "genomforandeplan", "genomforandeplan"])
    return {"kind": kind, "drawn_up": drawn_up, "valid_to": chance.choice([_until(chance, drawn_up), _day(chance)])}


def _follow_up(chance: Random) -> dict[str, Any]:
    return {"kind": chance.choice(["uppfoljning", "sexmanadersprovning"]), "held": _day(chance)}


def _pause(chance: Random) -> dict[str, Any]:
    start = _day(chance)
    ended = chance.choice([None, None, _until(chance, start)])
    reason = chance.choice(["sjukdom", "sjukdom", "sjukdom", "annat"])
    return {"start": start, "ended": ended, "reason": reason}
