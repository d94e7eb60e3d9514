"""Section 3: dropout from SFI, its reasons, and referrals that nobody began."""

from __future__ import annotations

import datetime as dt

from tests.measures.oracle.rules import Judged, Row, World, by_key, known, unit_of

DAYS_TO_BEGIN = dt.timedelta(days=42)


def sfi_dropout(world: World, as_of: dt.date, start: dt.date, end: dt.date, *, variant: str) -> list[Judged]:
    """`sfi_dropout`: of all participations in the period, or of those that ended in it."""
    seen = known(world, as_of)
    rows = []
    for one in seen["sfi_participation"]:
        ended = one.get("ended")
        active = one["start"] <= end and (ended is None or ended >= start)
        ended_within = ended is not None and start <= ended <= end
        if not active or (variant == "ended" and not ended_within):
            continue
        reasons = {"avbrott": "dropout", "godkand": "passed", "utan_godkant": "not_passed"}
        reason = reasons[one["result"]] if ended_within else "ongoing"
        day = min(ended, end) if ended else end
        rows.append(_row(one, "participation", seen, day, reason, met=reason == "dropout"))
    return rows


def sfi_dropout_reasons(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`sfi_dropout_reasons`: the dropouts of the period."""
    seen = known(world, as_of)
    return [
        _row(one, "participation", seen, one["ended"], "dropout", category=one.get("dropout_reason") or "okant")
        for one in seen["sfi_participation"]
        if one.get("result") == "avbrott" and start <= one["ended"] <= end
    ]


def sfi_not_started(world: World, as_of: dt.date, start: dt.date, end: dt.date) -> list[Judged]:
    """`sfi_not_started`: referrals with their planned start in the period."""
    seen = known(world, as_of)
    persons = by_key(seen["person"], "person")
    rows = []
    for referral in seen["sfi_referral"]:
        planned = referral["planned_start"]
        if not start <= planned <= end:
            continue
        left_out = _left_out(referral, persons[referral["person"]], as_of)
        has_begun = any(_is_a_beginning(one, referral) for one in seen["sfi_participation"])
        reason = left_out or ("began" if has_begun else _why_not(referral, seen))
        rows.append(_row(referral, "referral", seen, planned, reason, counts=left_out is None,
                         met=None if left_out else not has_begun))  # fmt: skip
    return rows


def _left_out(referral: Row, person: Row, as_of: dt.date) -> str | None:
    planned = referral["planned_start"]

    def before(day: dt.date | None) -> bool:
        return day is not None and day < planned

    if before(referral.get("withdrawn")) and referral.get("withdrawal_reason") != "tackat_nej":
        return "withdrawn"
    if before(person.get("moved")):
        return "moved"
    if before(person.get("died")):
        return "deceased"
    return "window_open" if planned + DAYS_TO_BEGIN > as_of else None


def _is_a_beginning(one: Row, referral: Row) -> bool:
    planned = referral["planned_start"]
    begin_by = planned + DAYS_TO_BEGIN
    if one.get("referral") == referral["referral"] and one["start"] <= begin_by:
        return True
    if one["person"] != referral["person"]:
        return False
    going_on = one["start"] <= planned and (one.get("ended") is None or one["ended"] >= planned)
    return going_on or bool(referral["referred"] <= one["start"] <= begin_by)


def _why_not(referral: Row, seen: World) -> str:
    if referral.get("withdrawal_reason") == "tackat_nej":
        return "declined"
    concerns = [
        one
        for one in seen["sfi_participation"]
        if one["person"] == referral["person"] or one.get("referral") == referral["referral"]
    ]
    late = any(one["start"] > referral["planned_start"] + DAYS_TO_BEGIN for one in concerns)
    return "late_start" if late else "never"


def _row(
    row: Row, key: str, seen: World, day: dt.date, reason: str, *,
    counts: bool = True, met: bool | None = None, category: str | None = None,
) -> Judged:  # fmt: skip
    return Judged(row[key], row["person"], unit_of(row, seen, "sfi"), day, counts, reason, met=met, category=category)
