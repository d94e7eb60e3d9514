"""Section 3: early dropout, passed courses, and what people do a year after them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tests.measures.oracle.rules import Judged, Row, World, known, months_later, unit_of

EARLY = dt.timedelta(days=14)
_FOREVER = dt.date.max


def sfi_early_dropout(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`sfi_early_dropout`: participations begun in the period."""
    seen = known(world, as_of)
    rows = []
    for one in seen["sfi_participation"]:
        if not start <= one["start"] <= end:
            continue
        ended = one.get("ended")
        early = one.get("result") == "avbrott" and ended is not None and ended - one["start"] <= EARLY
        counts = as_of - one["start"] >= EARLY
        reason = ("early_dropout" if early else "no_early_dropout") if counts else "window_open"
        day = min(ended or end, end)
        rows.append(_row(one["participation"], one, seen, day, reason, met=early if counts else None))
    return rows


def sfi_completed(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`sfi_completed`: participations ended in the period."""
    seen = known(world, as_of)
    reasons = {"godkand": "passed", "utan_godkant": "not_passed", "avbrott": "dropout"}
    return [
        _row(one["participation"], one, seen, one["ended"], reasons[one["result"]], met=one["result"] == "godkand")
        for one in seen["sfi_participation"]
        if one.get("ended") and start <= one["ended"] <= end
    ]


def sfi_work_or_study_after_year(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`sfi_work_or_study_after_year`: persons by the last course they had begun by the period's end."""
    seen = known(world, as_of)
    rows = []
    for person in seen["person"]:
        courses = [
            one for one in seen["sfi_participation"] if one["person"] == person["person"] and one["start"] <= end
        ]
        if not courses:
            continue
        last = max(courses, key=lambda one: (one.get("ended") or _FOREVER, one["start"], one["participation"]))
        if last.get("result") != "godkand" or last["ended"].year != end.year - 1:
            continue
        answer = last.get("after_year")
        if months_later(last["ended"], 12) > as_of:
            reason, met = "window_open", None
        elif answer in {None, "okant"}:
            reason, met = "unknown", None
        else:
            reasons = {"arbete": "working", "studier": "studying", "annat": "other"}
            reason, met = reasons[str(answer)], answer != "annat"
        rows.append(_row(person["person"], last, seen, last["ended"], reason, met=met))
    return rows


def _row(key: str, one: Row, seen: World, day: dt.date, reason: str, *, met: bool | None) -> Judged:
    return Judged(key, one["person"], unit_of(one, seen, "sfi"), day, met is not None, reason, met=met)


READINGS: dict[tuple[str, str], Callable[..., list[Judged]]] = {
    ("sfi_early_dropout", "standard"): sfi_early_dropout,
    ("sfi_completed", "standard"): sfi_completed,
    ("sfi_work_or_study_after_year", "standard"): sfi_work_or_study_after_year,
}
"""The readings by measure and variant."""
