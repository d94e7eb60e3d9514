"""A small municipality and its rows, put into the database as a delivery leaves them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from cases.kinds import KINDS, Kind
from cases.models import ActivityType, Delivery
from committees.models import Committee, Municipality, Responsibility, Unit

SNAPSHOT_DAY = dt.date(2024, 1, 31)

ENROLMENT = {"unit": "AME", "start": dt.date(2023, 3, 1)}
ROWS: dict[str, list[dict[str, Any]]] = {
    "person": [
        {"person": "p1", "birth_date": dt.date(1980, 5, 5), "sex": "K", "received": dt.date(2022, 6, 1)},
        {
            "person": "p2",
            "birth_date": dt.date(1991, 1, 2),
            "sex": "M",
            "moved": dt.date(2024, 3, 1),
            "protected": False,
        },
    ],
    "enrolment": [
        {"enrolment": "e1", "person": "p1", **ENROLMENT, "ended": dt.date(2023, 9, 1), "exit_reason": "studier"},
        {
            "enrolment": "e2",
            "person": "p2",
            **ENROLMENT,
            "ended": dt.date(2024, 2, 1),
            "exit_reason": "franvaro",
            "study_aid": True,
        },
        {"enrolment": "e3", "person": "p2", "unit": "AME", "referred": dt.date(2024, 2, 1)},
        {"enrolment": "e4", "person": "p2", "unit": "AME"},
    ],
    "activity": [{"enrolment": "e1", "activity_type": "kurs", "start": dt.date(2023, 3, 2), "hours_per_week": "7.5"}],
    "cost": [
        {"month": dt.date(2023, 12, 1), "unit": "AME", "kind": "direkt", "account": "", "outcome": "1200.50"},
        {"month": dt.date(2024, 2, 1), "unit": "AME", "kind": "direkt", "outcome": "900"},
    ],
    "population": [
        {"year": 2022, "inhabitants": 1000, "adults": 800},
        {"year": 2024, "inhabitants": 1010, "adults": 810},
    ],
    "sfi_participation": [
        {
            "participation": "d1",
            "person": "p1",
            "unit": "SFI",
            "start": dt.date(2022, 2, 1),
            "ended": dt.date(2023, 1, 31),
            "result": "godkand",
            "after_year": "arbete",
        },
        {
            "participation": "d2",
            "person": "p1",
            "unit": "SFI",
            "start": dt.date(2022, 2, 1),
            "ended": dt.date(2023, 2, 1),
            "result": "godkand",
            "after_year": "studier",
        },
    ],
}


def set_up(code: str = "9999") -> None:
    """Give the database a municipality with two units and one committee."""
    Municipality.objects.create(code=code, name="Exempelstads kommun")
    committee = Committee.objects.create(code="SN", name="Socialnämnden")
    labour_market = Unit.objects.create(code="AME", name="Arbetsmarknadsenheten", kind="ame")
    Unit.objects.create(code="SFI", name="Sfi", kind="sfi")
    Responsibility.objects.create(unit=labour_market, committee=committee, start=dt.date(2019, 1, 1))
    ActivityType.objects.create(code="kurs", name="Kurs", unit=labour_market)


def deliver(tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> Delivery:
    """Store the rows as the current ones, superseding those with the same key."""
    delivery = Delivery.objects.create()
    kinds = {kind.table: kind for kind in KINDS}
    for table, rows in tables.items():
        for number, row in enumerate(rows, start=2):
            _store(kinds[table], row, number, delivery)
    return delivery


def _store(kind: Kind, row: Mapping[str, Any], number: int, delivery: Delivery) -> None:
    key = "|".join(str(row.get(field) or "") for field in kind.key)
    kind.model.objects.current().filter(row_key=key).update(superseded_by=delivery)
    values = {f"{name}_id" if name in {"unit", "activity_type", "committee"} else name: v for name, v in row.items()}
    content = hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()
    kind.model.objects.create(row_key=key, content=content, source_row=number, delivery=delivery, **values)
