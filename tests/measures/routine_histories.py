"""Invented histories of what the routines ask for: plans, follow-ups, reviews, pauses and hours within enrolments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from tests.measures.histories import DAYS, Rows, labour_market, later, maybe

_MONTHS_APART = [0, 27, 28, 29, 30, 31, 32, 59, 181, 182, 183, 184, 185, 729, 730, 731, 732]


@st.composite
def routines(draw: st.DrawFn) -> Rows:
    """Enrolments with everything that is recorded within them; some of it just at a limit, some of it missing."""
    rows = draw(labour_market())
    for person in rows["person"]:
        person["received"] = draw(maybe(DAYS))
    for enrolment in rows["enrolment"]:
        enrolment["unit"] = draw(st.sampled_from(["AME", "INT", "INT", "SFI"]))
        enrolment["assessed"] = draw(st.one_of(st.just(enrolment["start"]), maybe(DAYS)))
    for activity in rows["activity"]:
        activity["hours_per_week"] = draw(st.sampled_from([None, "2.5", "3.5", "6", "10"]))
    rows["plan"] = _distinct(_plan(draw, rows) for _ in range(draw(st.integers(0, 8))))
    rows["follow_up"] = _distinct(_follow_up(draw, rows) for _ in range(draw(st.integers(0, 12))))
    rows["pause"] = _distinct(_pause(draw, rows) for _ in range(draw(st.integers(0, 8))))
    return rows


def _distinct(rows: Any) -> list[dict[str, Any]]:
    """Keep one row a key: the enrolment, the kind and the date that is the row's own."""
    dates = ("drawn_up", "held", "start")
    return list({(row["enrolment"], row.get("kind"), *map(row.get, dates)): row for row in rows}.values())


def _within(draw: st.DrawFn, rows: Rows) -> tuple[str, dt.date]:
    """An enrolment and a day that often lies near its start."""
    enrolment = draw(st.sampled_from(rows["enrolment"]))
    near = (enrolment["start"] or draw(DAYS)) + dt.timedelta(days=draw(st.sampled_from(_MONTHS_APART)))
    return enrolment["enrolment"], draw(st.one_of(st.just(near), DAYS))


def _plan(draw: st.DrawFn, rows: Rows) -> dict[str, Any]:
    enrolment, drawn_up = _within(draw, rows)
    kind = draw(st.sampled_from(["arbetsplan", "genomforandeplan"]))
    return {"enrolment": enrolment, "kind": kind, "drawn_up": drawn_up, "valid_to": later(draw, drawn_up)}


def _follow_up(draw: st.DrawFn, rows: Rows) -> dict[str, Any]:
    enrolment, held = _within(draw, rows)
    return {"enrolment": enrolment, "kind": draw(st.sampled_from(["uppfoljning", "sexmanadersprovning"])), "held": held}


def _pause(draw: st.DrawFn, rows: Rows) -> dict[str, Any]:
    enrolment, start = _within(draw, rows)
    reason = draw(st.sampled_from(["sjukdom", "sjukdom", "foraldraledighet", "annat"]))
    return {"enrolment": enrolment, "start": start, "ended": later(draw, start), "reason": reason}
