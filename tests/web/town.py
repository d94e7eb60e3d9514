"""A small municipality for the pages: cases of two committees, told apart by their keys, and log-ins of every kind.

Labour market (AME) was under KUN to the end of 2023 and is under SN from 2024, so keys beginning with `KUN` are secret to SN and
the other way round.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from committees.actions.people import add_person, assign_role
from committees.enums import Role
from committees.models import Committee, Unit, User
from reporting.snapshots.freezing import freeze
from reporting.snapshots.models import Snapshot
from tests.factories import deliver, setup_small_municipality

PASSWORD = "words-that-only-tests-use"
YEAR = 2024
KUN_KEY, SN_KEY, INT_KEY = "KUN-", "SN-", "INT-"

GOALS = """
[[mal]]
kod = "M1"
namn = "Fler ska gå till arbete eller studier"
namnd = "SN"

[[indikator]]
kod = "arbete"
mal = ["M1"]
matt = "work_or_study_at_exit"

[[malvarde]]
indikator = "arbete"
ar = 2024
jamforelse = ">="
varde = 35
"""


def build_town() -> Snapshot:
    """Set up, deliver and freeze as of 2025-01-31; return the snapshot."""
    setup_small_municipality(GOALS)
    deliver(**_files())
    return freeze(as_of=date(2025, 1, 31), label="Helår 2024")


def _files() -> dict[str, Any]:
    people: list[Mapping[str, object]] = []
    enrolments: list[Mapping[str, object]] = []
    activities: list[Mapping[str, object]] = []
    for number in range(36):
        unit, key, year = [("AME", KUN_KEY, 2023), ("AME", SN_KEY, 2024), ("INT", INT_KEY, 2024)][number % 3]
        person, enrolment = f"P{number:02}", f"{key}{number:02}"
        born = date(1980 + number % 20, 1 + number % 12, 5)
        protected = {"skyddad": True} if number == 1 else {}
        people.append({"person": person, "födelsedatum": born, "kön": "KM"[number % 2], **protected})
        enrolments.append(_enrolment(enrolment, person, unit, year, reason=_REASONS[number // 3 % len(_REASONS)]))
        kind = "introkurs" if unit == "INT" else ("sprakpraktik", "verkstad")[number // 3 % 2]
        activities.append(
            {"inskrivning": enrolment, "insats": kind, "start": date(year, 2, 1), "slut": date(year, 9, 30)}
        )
    costs: list[Mapping[str, object]] = [
        {"månad": f"{year}-{month:02}", "enhet": "AME", "insats": kind, "slag": "direkt", "utfall": 25000}
        for year in (2023, 2024)
        for month in range(1, 13)
        for kind in ("sprakpraktik", "verkstad")
    ]
    return {"personer": people, "inskrivningar": enrolments, "insatser": activities, "kostnader": costs}


_REASONS = ("arbete_osubventionerat", "slutfort_uppdrag", "annan_myndighet", "franvaro")


def _enrolment(key: str, person: str, unit: str, year: int, *, reason: str) -> dict[str, object]:
    row: dict[str, object] = {
        "inskrivning": key,
        "person": person,
        "enhet": unit,
        "start": date(year, 1, 15),
        "slut": date(year, 10, 15),
        "avslutsorsak": reason,
    }
    if reason.startswith("arbete"):
        row["anställning_från"] = date(year, 10, 16)
    return row


def person(
    username: str, role: Role, committee: str | None = None, unit: str | None = None, ended: date | None = None
) -> User:
    """Return a new person with the role; `ended` is the role's last day."""
    of = Committee.objects.get(code=committee) if committee else None
    at = Unit.objects.get(code=unit) if unit else None
    if ended is None:
        return add_person(username=username, password=PASSWORD, role=role, committee=of, unit=at)
    user = User.objects.create_user(username=username, password=PASSWORD)
    assign_role(person=user, role=role, committee=of, unit=at, start=date(2020, 1, 1), end=ended)
    return user
