"""Invented histories of things that took their time: referrals with start meetings, applications with decisions."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from tests.measures.histories import DAYS, Rows, labour_market, later, maybe, support_cases


@st.composite
def referrals(draw: st.DrawFn) -> Rows:
    """Referrals that were met, withdrawn, begun without a meeting or wait; some of people who left meanwhile."""
    rows = draw(labour_market())
    for enrolment in rows["enrolment"]:
        referred = draw(maybe(DAYS))
        enrolment["unit"] = draw(st.sampled_from(["AME", "INT", "SFI"]))
        enrolment["referred"] = referred
        enrolment["start_meeting"] = _near(draw, referred)
        enrolment["withdrawn"] = draw(st.one_of(st.none(), st.none(), DAYS))
        if draw(st.booleans()):
            enrolment.update(start=None, ended=None, exit_reason=None)
    return rows


def _near(draw: st.DrawFn, day: dt.date | None) -> dt.date | None:
    """A day at or after the day, sometimes just before it."""
    if day is None:
        return draw(maybe(DAYS))
    return draw(st.one_of(st.just(later(draw, day)), st.just(day - dt.timedelta(days=1))))


@st.composite
def applications(draw: st.DrawFn) -> Rows:
    """Support cases of which some say when they were opened."""
    rows = draw(support_cases())
    opened = {case["support_case"]: later(draw, case["applied"]) for case in rows["support_case"]}
    for case in rows["support_case"]:
        case["opened"] = opened[case["support_case"]]
    return rows
