"""Invented histories of aid over many months, with hinders, roles, and what people took part in meanwhile."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from hypothesis import strategies as st

from cases.enums import AfterYear, Hinder
from tests.measures.histories import PEOPLE, Rows, people
from tests.measures.routine_histories import routines

_FIRST_YEAR, _MONTHS = 2021, 44
_HINDERS = [None, *Hinder.values, *[Hinder.UNEMPLOYED_NO_BENEFIT.value] * 12]


@st.composite
def aid(draw: st.DrawFn) -> Rows:
    """Aid most months for most people, with gaps of one, two and three months; activities and courses beside."""
    rows = draw(routines())
    chance = draw(st.randoms(use_true_random=True))
    for person in rows["person"]:
        person["refugee_household"] = chance.choice([None, True, False])
    rows["support_month"] = [row for person in PEOPLE for row in _months_of(chance, person)]
    rows["sfi_participation"] = [_course(chance, number) for number in range(chance.randint(0, 4))]
    rows["population"] = [
        {"year": year, "inhabitants": 1000 + year, "adults": 900} for year in range(2021, 2025) if chance.random() < 0.8
    ]
    return rows


@st.composite
def courses(draw: st.DrawFn) -> Rows:
    """Courses of a few people in SFI, one after the other or at the same time, with what they did a year later."""
    rows = draw(people())
    chance = draw(st.randoms(use_true_random=True))
    rows["sfi_participation"] = [_course(chance, number) for number in range(chance.randint(1, 10))]
    for course in rows["sfi_participation"]:
        if chance.random() < 0.3:
            gap = dt.timedelta(days=chance.choice([0, 1, 13, 14, 15]))
            course |= {"ended": course["start"] + gap, "result": chance.choice(["avbrott", "utan_godkant", "godkand"])}
        if course["result"] == "godkand":
            course["after_year"] = chance.choice([None, *AfterYear.values])
    return rows


def _months_of(chance: Random, person: str) -> list[dict[str, Any]]:
    gaps = [(chance.randrange(_MONTHS), chance.randint(1, 3)) for _ in range(chance.randint(0, 4))]
    without = {first + more for first, length in gaps for more in range(length)}
    household = chance.choice(["H", f"H{person}"])
    hinder = chance.choice(_HINDERS)
    return [
        {
            "household": household,
            "person": person,
            "month": dt.date(_FIRST_YEAR + number // 12, number % 12 + 1, 1),
            "amount": chance.choice([0, *[4000] * 12]),
            "role": chance.choice([None, "huvudsokande", "medsokande"]),
            "hinder": hinder if number % 5 else chance.choice(_HINDERS),
        }
        for number in range(_MONTHS)
        if number not in without
    ]


def _course(chance: Random, number: int) -> dict[str, Any]:
    start = dt.date(2021 + chance.randrange(3), chance.choice([1, 8]), 15)
    ended = chance.choice([None, dt.date(start.year, 12, 31), dt.date(start.year, 12, 30)])
    return {
        "participation": f"D{number}",
        "person": chance.choice(PEOPLE),
        "start": start,
        "ended": ended,
        "result": "godkand" if ended else None,
    }
