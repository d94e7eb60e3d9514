"""Invented histories of aid over many months, with hinders, roles, and what people took part in meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from cases.enums import Hinder
from tests.measures.histories import DAYS, PEOPLE, Rows, labour_market, later

_FIRST_YEAR, _MONTHS = 2021, 44
_HINDERS = [None, *Hinder.values, *[Hinder.UNEMPLOYED_NO_BENEFIT.value] * 8]


@st.composite
def aid(draw: st.DrawFn) -> Rows:
    """Aid most months for most people, with gaps of one, two and three months; activities and courses beside."""
    rows = draw(labour_market())
    for person in rows["person"]:
        person["refugee_household"] = draw(st.sampled_from([None, True, False]))
    rows["support_month"] = [row for person in PEOPLE for row in _months_of(draw, person)]
    rows["sfi_participation"] = [_course(draw, number) for number in range(draw(st.integers(0, 4)))]
    rows["population"] = [
        {"year": year, "inhabitants": 1000 + year, "adults": 900} for year in draw(st.sets(st.integers(2021, 2024)))
    ]
    return rows


def _months_of(draw: st.DrawFn, person: str) -> list[dict[str, Any]]:
    gaps = draw(st.lists(st.tuples(st.integers(0, _MONTHS - 1), st.integers(1, 3)), max_size=4))
    without = {first + more for first, length in gaps for more in range(length)}
    shared = draw(st.booleans())
    hinder = draw(st.sampled_from(_HINDERS))
    return [
        {
            "household": "H" if shared else f"H{person}",
            "person": person,
            "month": dt.date(_FIRST_YEAR + number // 12, number % 12 + 1, 1),
            "amount": draw(st.sampled_from([0, 4000, 4000, 4000])),
            "role": draw(st.sampled_from([None, "huvudsokande", "medsokande"])),
            "hinder": hinder if number % 5 else draw(st.sampled_from(_HINDERS)),
        }
        for number in range(_MONTHS)
        if number not in without
    ]


def _course(draw: st.DrawFn, number: int) -> dict[str, Any]:
    start = draw(DAYS)
    ended = later(draw, start)
    return {
        "participation": f"D{number}",
        "person": draw(st.sampled_from(PEOPLE)),
        "start": start,
        "ended": ended,
        "result": "godkand" if ended else None,
    }
