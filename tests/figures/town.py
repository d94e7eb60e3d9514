"""A small town with something for every measure: regular on purpose, so that a figure can be counted in one's head.

Sixty persons, every tenth protected. Each has one enrolment at AME that ended in 2023, most with one activity, every fourth
with two, every fifth with none. AME moved from KUN to SN on 2023-07-01. Every second person has been enrolled at INT since 2022,
with plans, follow-ups and pauses; every third was referred there again in 2023. Support, SFI and costs for the same persons.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from reporting.snapshots.engine import Engine
from tests.measures.tiny import organisation, tiny_engine

AS_OF = dt.date(2025, 1, 31)
SIZE = 60
Row = dict[str, object]

_REASONS = ("arbete_osubventionerat", "studier", "franvaro", "slutfort_uppdrag", "flyttat", "arbete_subventionerat")
_RESULTS = ("godkand", "avbrott", "utan_godkant", None)
_DROPOUTS = ("arbete", "privata_skal", None)


def town(as_of: dt.date = AS_OF) -> Engine:
    """Return an engine over the town as of a date."""
    return tiny_engine(town_rows(), as_of)


def town_rows() -> dict[str, Sequence[Mapping[str, object]]]:
    """Return the rows of the town, by table of the snapshot."""
    rows: dict[str, Sequence[Mapping[str, object]]] = {**organisation()}
    rows["responsibility"] = [
        {"unit": "AME", "committee": "KUN", "start": dt.date(2019, 1, 1), "ended": dt.date(2023, 6, 30)},
        {"unit": "AME", "committee": "SN", "start": dt.date(2023, 7, 1)},
        {"unit": "INT", "committee": "SN", "start": dt.date(2019, 1, 1)},
        {"unit": "SF", "committee": "SN", "start": dt.date(2019, 1, 1)},
        {"unit": "SFI", "committee": "KUN", "start": dt.date(2019, 1, 1)},
    ]
    rows["activity_type"] = [
        {"code": "praktik", "name": "Språkpraktik", "unit": "AME", "provider": "egen"},
        {"code": "kurs", "name": "Digital kurs", "unit": "AME", "provider": "avtal"},
    ]
    rows["person"] = [_person(number) for number in range(SIZE)]
    ended = [_enrolment(number) for number in range(SIZE)]
    referrals = [_referral(number) for number in range(0, SIZE, 3)]
    rows["enrolment"] = ended + [_open_enrolment(number) for number in range(0, SIZE, 2)] + referrals
    activities = [row for number in range(SIZE) for row in _activities(number)]
    rows["activity"] = activities + [_open_activity(number) for number in range(0, SIZE, 4)]
    rows["plan"] = [_plan(number) for number in range(0, SIZE, 6)]
    rows["follow_up"] = [
        _follow_up(number, month) for number in range(0, SIZE, 2) for month in range(1, 13, 1 + number % 4)
    ]
    rows["pause"] = [_pause(number) for number in range(0, SIZE, 2)]
    rows["support_case"] = [row for number in range(SIZE) for row in _support_cases(number)]
    rows["support_month"] = [row for number in range(SIZE) for row in _support_months(number)]
    rows["sfi_referral"] = [_sfi_referral(number) for number in range(SIZE)]
    courses = [_sfi_participation(number) for number in range(SIZE) if number % 5]
    rows["sfi_participation"] = courses + [_passed_course(number) for number in range(0, SIZE, 5)]
    rows["cost"] = list(_costs())
    rows["population"] = [{"year": year, "inhabitants": 1200, "adults": 1000} for year in (2022, 2023, 2024)]
    return rows


def is_protected(number: int) -> bool:
    """Return whether the person of that number is protected."""
    return number % 10 == 9


def _person(number: int) -> Row:
    return {
        "person": f"p{number}",
        "birth_date": dt.date(1955 + number * 47 % 50, 1 + number % 12, 1 + number % 28),
        "sex": "KM"[number % 2],
        "received": dt.date(2018 + number % 6, 3, 1) if number % 3 else None,
        "ground": "kvot" if number % 3 == 1 else None,
        "moved": dt.date(2023, 9, 1) if number % 13 == 12 else None,
        "protected": is_protected(number),
    }


def _enrolment(number: int) -> Row:
    reason = _REASONS[number % len(_REASONS)]
    works = reason.startswith("arbete")
    return {
        "enrolment": f"e{number}",
        "person": f"p{number}",
        "unit": "AME",
        "referrer": ("af", "egen", None)[number % 3],
        "start": dt.date(2022, 1 + number % 12, 1),
        "ended": dt.date(2023, 1 + number % 12, 15),
        "exit_reason": reason,
        "employed_from": dt.date(2023, 1 + number % 12, 16) if works and number % 4 else None,
        "study_aid": True if reason == "studier" and number % 7 else None,
    }


def _activities(number: int) -> list[Row]:
    if number % 5 == 4:
        return []
    types = ("praktik", "kurs") if number % 4 == 0 else (("praktik", "kurs")[number % 2],)
    start = dt.date(2022, 1 + number % 12, 1)
    return [{"enrolment": f"e{number}", "activity_type": name, "start": start} for name in types]


def _open_enrolment(number: int) -> Row:
    start = dt.date(2022, 1 + number % 12, 10)
    assessed = start if number % 3 else None
    return {"enrolment": f"o{number}", "person": f"p{number}", "unit": "INT", "referrer": "af", "start": start,
            "assessed": assessed}  # fmt: skip


def _referral(number: int) -> Row:
    referred = dt.date(2023, 1 + number % 12, 20)
    met = referred + dt.timedelta(days=number) if number % 4 else None
    return {"enrolment": f"r{number}", "person": f"p{number}", "unit": "INT", "referrer": "af", "referred": referred,
            "start_meeting": met}  # fmt: skip


def _open_activity(number: int) -> Row:
    hours = (4, 8, None)[number % 3]
    return {"enrolment": f"o{number}", "activity_type": "praktik", "start": dt.date(2023, 1, 1), "hours_per_week": hours,
            "workplace": True}  # fmt: skip


def _plan(number: int) -> Row:
    return {"enrolment": f"o{number}", "kind": "genomforandeplan", "drawn_up": dt.date(2023, 2, 1)}


def _follow_up(number: int, month: int) -> Row:
    kind = "sexmanadersprovning" if number % 8 == 0 else "uppfoljning"
    return {"enrolment": f"o{number}", "kind": kind, "held": dt.date(2023, month, 15)}


def _pause(number: int) -> Row:
    return {"enrolment": f"o{number}", "start": dt.date(2023, 12 - number % 3, 1), "reason": "sjukdom"}


def _support_cases(number: int) -> list[Row]:
    first: Row = {
        "support_case": f"s{number}",
        "household": f"h{number}",
        "person": f"p{number}",
        "role": "huvudsokande",
        "applied": dt.date(2021, 5, 1),
        "decision": "bifall",
        "decided": dt.date(2021, 5, 10),
        "closed": dt.date(2022, 1 + number % 12, 20),
        "unit": "SF",
    }
    if number % 4:
        return [first]
    again = first | {
        "support_case": f"s{number}b",
        "applied": dt.date(2023, 2, 1),
        "closed": None,
        "decision": "avslag",
    }
    return [first, again]


def _support_months(number: int) -> list[Row]:
    months = 12 if number % 3 == 0 else 5
    person = {"household": f"h{number}", "person": f"p{number}", "role": "huvudsokande", "unit": "SF",
              "hinder": "sjukskriven" if number % 7 == 6 else "arbetslos_vantar"}  # fmt: skip
    return [{**person, "month": dt.date(2023, month, 1), "amount": 4000} for month in range(1, months + 1)]


def _sfi_referral(number: int) -> Row:
    return {
        "referral": f"r{number}",
        "person": f"p{number}",
        "referred": dt.date(2023, 1, 10),
        "planned_start": dt.date(2023, 1 + number % 12, 1),
        "referrer": "socialtjanst",
        "unit": "SFI",
        "withdrawn": dt.date(2023, 1, 20) if number % 9 == 8 else None,
        "withdrawal_reason": "annat" if number % 9 == 8 else None,
    }


def _sfi_participation(number: int) -> Row:
    result = _RESULTS[number % len(_RESULTS)]
    return {
        "participation": f"d{number}",
        "person": f"p{number}",
        "start": dt.date(2023, 1 + number % 9, 5),
        "ended": dt.date(2023, 2 + number % 10, 20) if result else None,
        "result": result,
        "dropout_reason": _DROPOUTS[number % 3] if result == "avbrott" else None,
        "unit": "SFI",
    }


def _passed_course(number: int) -> Row:
    """A course that ended the year before the town's year."""
    return {
        "participation": f"f{number}",
        "person": f"p{number}",
        "start": dt.date(2022, 1, 10),
        "ended": dt.date(2022, 6, 1 + number % 10),
        "result": "godkand",
        "after_year": ("arbete", "studier", "annat", None)[number // 5 % 4],
        "unit": "SFI",
    }


def _costs() -> Iterator[Row]:
    for month in range(1, 13):
        for activity_type, outcome in (("praktik", 30_000), ("kurs", 20_000), (None, 50_000)):
            kind = "direkt" if activity_type else "gemensam"
            yield {
                "month": dt.date(2023, month, 1),
                "unit": "AME",
                "activity_type": activity_type,
                "kind": kind,
                "outcome": outcome,
            }
