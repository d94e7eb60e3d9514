"""Referrals to SFI and participations in its courses."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from bench.country.draw import UNKNOWN, Draw, Ints, dates, day, known, names, numbers, words
from bench.country.people import People
from cases.enums import AfterYear, Course, DropoutReason, ReferralWithdrawal, Referrer, SfiResult

_REFERRALS = 0.25
_UNLINKED = 0.12
_FIRST, _LAST = day("2020-01-07"), day("2024-12-31")
_RESULTS = {SfiResult.PASSED.value: 45.0, SfiResult.NOT_PASSED: 15, SfiResult.DROPOUT: 40}
_DROPOUT = list(_RESULTS).index(SfiResult.DROPOUT)
_DROPOUTS = {reason.value: 1.0 for reason in DropoutReason} | {DropoutReason.WORK.value: 6.0, DropoutReason.PRIVATE: 3}
_AFTER = {AfterYear.WORK.value: 35.0, AfterYear.STUDIES: 30, AfterYear.OTHER: 20, AfterYear.UNKNOWN: 15}
_WITHDRAWALS = {reason.value: 1.0 for reason in ReferralWithdrawal}
_REFERRERS = {Referrer.EMPLOYMENT_SERVICE.value: 4.0, Referrer.SOCIAL_SERVICES: 2, Referrer.OWN: 2}


def sfi_tables(draw: Draw, people: People, enrolments: int) -> dict[str, pa.Table]:
    """Return the delivered referrals and participations: most of those referred begin, some in time and some late."""
    number = max(4, round(_REFERRALS * enrolments))
    students = people.newly_arrived()
    person = students[draw.between(0, len(students) - 1, number)]
    planned = draw.between(_FIRST, _LAST + 40, number)
    referred = planned - draw.spread(40, 0.6, number)
    withdrawn = known(planned + draw.between(-20, 20, number), draw.chance(number, 0.07))
    unit = pa.scalar("SFI" if draw.chance(1, 0.5)[0] else None, pa.string())
    referrals = pa.table(
        {
            "referral": names("R", np.arange(number)),
            "person": people.column(person),
            "referred": dates(referred),
            "planned_start": dates(planned),
            "referrer": words(_REFERRERS, draw.pick(_REFERRERS, number), when=draw.chance(number, 0.95)),
            "withdrawn": dates(withdrawn),
            "withdrawal_reason": words(_WITHDRAWALS, draw.pick(_WITHDRAWALS, number), when=withdrawn != UNKNOWN),
            "unit": pa.repeat(unit, number),
        }
    )
    begun = np.flatnonzero((withdrawn == UNKNOWN) & draw.chance(number, 0.83))
    unlinked = max(1, round(_UNLINKED * enrolments))
    start = np.concatenate(
        [planned[begun] + draw.spread(9, 1.3, len(begun)) - 5, draw.between(_FIRST - 200, _LAST, unlinked)]
    )
    others = students[draw.between(0, len(students) - 1, unlinked)]
    linked = np.concatenate([begun, np.full(unlinked, UNKNOWN)])
    participations = _participations(draw, people, np.concatenate([person[begun], others]), start, linked, unit)
    return {"sfi_referral": referrals, "sfi_participation": participations}


def _participations(draw: Draw, people: People, person: Ints, start: Ints, linked: Ints, unit: pa.Scalar) -> pa.Table:
    number = len(person)
    gave_up = draw.chance(number, 0.07)
    ended = start + np.where(gave_up, draw.between(0, 25, number), draw.spread(140, 0.9, number))
    over = ended <= _LAST
    result = np.where(gave_up, _DROPOUT, draw.pick(_RESULTS, number))
    has_referral = (linked != UNKNOWN) & draw.chance(number, 0.9)
    return pa.table(
        {
            "participation": names("D", np.arange(number)),
            "person": people.column(person),
            "start": dates(start),
            "referral": names("R", np.where(linked == UNKNOWN, 0, linked), when=has_referral),
            "study_path": numbers(draw.between(1, 3, number)),
            "course": words([course.value for course in Course], draw.between(0, 3, number)),
            "ended": dates(known(ended, over)),
            "result": words(_RESULTS, result, when=over),
            "dropout_reason": words(
                _DROPOUTS, draw.pick(_DROPOUTS, number), when=over & (result == _DROPOUT) & draw.chance(number, 0.95)
            ),
            "after_year": words(_AFTER, draw.pick(_AFTER, number), when=over & draw.chance(number, 0.9)),
            "unit": pa.repeat(unit, number),
        }
    )
