"""Enrolments at the units for labour market and integration, and what happens within them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from bench.country.draw import UNKNOWN, Bools, Draw, Ints, dates, day, known, names, numbers, places_within, words
from bench.country.organisation import ACTIVITIES, ACTIVITY_UNITS, Organisation
from bench.country.people import People
from cases.enums import ExitReason, FollowUpKind, PauseReason, PlanKind, Referrer

_REASONS = {
    ExitReason.UNSUBSIDISED_WORK.value: 14.0,
    ExitReason.SUBSIDISED_WORK: 10,
    ExitReason.STUDIES: 8,
    ExitReason.OTHER_AUTHORITY: 11,
    ExitReason.COMPLETED: 25,
    ExitReason.MUNICIPAL_EMPLOYMENT: 3,
    ExitReason.MOVED: 4,
    ExitReason.DECEASED: 0.4,
    ExitReason.ABSENCE: 11,
    ExitReason.NOT_ELIGIBLE: 5,
    ExitReason.DROPOUT: 7,
    ExitReason.OTHER: 3,
}
_REFERRERS = {Referrer.EMPLOYMENT_SERVICE.value: 5.0, Referrer.SOCIAL_SERVICES: 3, Referrer.OWN: 1, Referrer.OTHER: 1}
_FIRST, _LAST = day("2020-01-01"), day("2024-12-31")
_PLANS = (PlanKind.IMPLEMENTATION_PLAN.value, PlanKind.WORK_PLAN.value)
_FOLLOW_UPS = (FollowUpKind.FOLLOW_UP.value, FollowUpKind.SIX_MONTH_REVIEW.value)


@dataclass
class Enrolments:
    """The enrolments in the order person, unit, start; `start` unknown: referred only. `unit` is a place among the units."""

    draw: Draw
    people: People
    person: Ints
    unit: Ints
    referred: Ints
    start: Ints
    ended: Ints
    reason: Ints

    @classmethod
    def drawn(cls, draw: Draw, people: People, organisation: Organisation, number: int) -> Enrolments:
        """Draw so many enrolments; a few of a person at a unit overlap."""
        person = draw.between(0, people.participants - 1, number)
        newly_arrived = people.received[person] != UNKNOWN
        at_integration = newly_arrived & draw.chance(number, 0.55)
        unit = np.where(at_integration, organisation.integration, organisation.labour_market(draw, number))
        start = draw.between(_FIRST - 150, _LAST - 3, number)
        order = np.lexsort((start, unit, person))
        person, unit, start = person[order], unit[order], start[order]
        ended = _ends(draw, person, unit, start)
        begun = ~draw.chance(number, 0.03)
        reason = draw.pick(_REASONS, number)
        found = cls(
            draw=draw,
            people=people,
            person=person,
            unit=unit,
            referred=known(start - draw.spread(14, 0.7, number), ~begun | draw.chance(number, 0.85)),
            start=known(start, begun),
            ended=known(ended, begun & (ended <= _LAST)),
            reason=reason,
        )
        found._settle_departures()
        return found

    @property
    def begun(self) -> Ints:
        """The places of those that have begun."""
        return np.flatnonzero(self.start != UNKNOWN)

    def last_day(self, places: Ints) -> Ints:
        """Return the last day of those enrolments, the last of the data for those still going on."""
        return np.where(self.ended[places] == UNKNOWN, _LAST, self.ended[places])

    def _settle_departures(self) -> None:
        """Whoever leaves because they move or die has done so that day."""
        for reason, column in ((ExitReason.MOVED, self.people.moved), (ExitReason.DECEASED, self.people.died)):
            gone = (self.reason == list(_REASONS).index(reason)) & (self.ended != UNKNOWN)
            column[self.person[gone]] = self.ended[gone]

    def table(self, organisation: Organisation) -> pa.Table:
        """Return the delivered rows."""
        draw, number = self.draw, len(self.person)
        begun, over = self.start != UNKNOWN, self.ended != UNKNOWN
        to_work = over & (self.reason <= 1)
        lasts = known(self.ended + draw.spread(120, 1.0, number), to_work & draw.chance(number, 0.35))
        dated = to_work & draw.chance(number, 0.97)
        met = begun & draw.chance(number, 0.93)
        return pa.table(
            {
                "enrolment": names("I", np.arange(number)),
                "person": self.people.column(self.person),
                "unit": words(organisation.units, self.unit),
                "referrer": words(_REFERRERS, draw.pick(_REFERRERS, number), when=draw.chance(number, 0.95)),
                "referred": dates(self.referred),
                "withdrawn": dates(known(self.referred + 10, ~begun & draw.chance(number, 0.4))),
                "start_meeting": dates(known(self.start - draw.between(0, 6, number), met)),
                "assessed": dates(known(self.start + draw.between(-25, 12, number), begun & draw.chance(number, 0.8))),
                "start": dates(self.start),
                "ended": dates(self.ended),
                "exit_reason": words(_REASONS, self.reason, when=over),
                "employed_from": dates(known(self.ended + draw.between(0, 14, number), dated)),
                "employed_to": dates(known(lasts, dated)),
                "study_aid": numbers(draw.chance(number, 0.7), when=over & (self.reason == 2)),
                "employment_rate": numbers(25.0 * draw.between(1, 4, number), when=to_work & draw.chance(number, 0.8)),
            }
        )


def _ends(draw: Draw, person: Ints, unit: Ints, start: Ints) -> Ints:
    """Return the last days. Most enrolments of a person at a unit end before the next begins, some overlap with it."""
    number = len(person)
    ended = start + draw.spread(150, 0.8, number)
    following = np.append(start[1:], _LAST + 1000)
    same = np.append((person[1:] == person[:-1]) & (unit[1:] == unit[:-1]), False)
    apart = same & (ended >= following) & draw.chance(number, 0.8)
    return np.where(apart, np.maximum(start, following - 1 - draw.between(0, 40, number)), ended)


def activities(draw: Draw, enrolments: Enrolments, organisation: Organisation) -> pa.Table:
    """Return up to three activities in each enrolment, of different types."""
    begun = enrolments.begun
    counts = draw.generator.choice([0, 1, 2, 3], size=len(begun), p=[0.1, 0.58, 0.25, 0.07])
    places = np.repeat(begun, counts)
    number = len(places)
    at_integration = enrolments.unit[places] == organisation.integration
    within = [np.flatnonzero([unit == kind for unit in ACTIVITY_UNITS]) for kind in ("AME", "INT")]
    first = np.repeat(draw.between(0, 1000, len(begun)), counts) + places_within(counts)
    kind = np.where(at_integration, within[1][first % len(within[1])], within[0][first % len(within[0])])
    start = enrolments.start[places] + draw.spread(10, 1.2, number)
    last = enrolments.last_day(places)
    start = np.minimum(start, last)
    ended = np.minimum(start + draw.spread(80, 0.8, number), last + draw.between(0, 3, number))
    going_on = (enrolments.ended[places] == UNKNOWN) & draw.chance(number, 0.4)
    return pa.table(
        {
            "enrolment": names("I", places),
            "activity_type": words([activity.code for activity in ACTIVITIES], kind),
            "start": dates(start),
            "ended": dates(known(ended, ~going_on & draw.chance(number, 0.95))),
            "workplace": numbers(draw.chance(number, 0.35), when=draw.chance(number, 0.9)),
            "hours_per_week": numbers(draw.between(1, 16, number) * 2.5, when=draw.chance(number, 0.93)),
        }
    )


def plans(draw: Draw, enrolments: Enrolments) -> pa.Table:
    """Return the plans: most enrolments have one of the first kind, fewer one of the other, some a later one."""
    begun = enrolments.begun
    chosen = [begun[draw.chance(len(begun), share)] for share in (0.78, 0.22, 0.18)]
    places = np.concatenate(chosen)
    kind = np.repeat([0, 1, 0], [len(some) for some in chosen])
    number = len(places)
    later = np.repeat([0, 0, 150], [len(some) for some in chosen])
    drawn_up = enrolments.start[places] + later + draw.between(0, 60, number)
    return pa.table(
        {
            "enrolment": names("I", places),
            "kind": words(_PLANS, kind),
            "drawn_up": dates(drawn_up),
            "valid_to": dates(known(drawn_up + 30 * draw.between(3, 12, number), draw.chance(number, 0.6))),
        }
    )


def follow_ups(draw: Draw, enrolments: Enrolments) -> pa.Table:
    """Return follow-ups, at most one in each thirty days, in two out of five of them; every sixth or so is a review."""
    begun = enrolments.begun
    counts = (enrolments.last_day(begun) - enrolments.start[begun]) // 30 + 1
    kept = draw.chance(int(counts.sum()), 0.4)
    places, slot = np.repeat(begun, counts)[kept], places_within(counts)[kept]
    number = len(places)
    held = enrolments.start[places] + 30 * slot + draw.between(0, 29, number)
    review = (slot >= 5) & draw.chance(number, 0.25)
    return pa.table(
        {
            "enrolment": names("I", places),
            "held": dates(held),
            "kind": words(_FOLLOW_UPS, review.astype(np.int64), when=review | draw.chance(number, 0.7)),
            "form": words(["möte", "telefon"], draw.between(0, 1, number), when=draw.chance(number, 0.8)),
        }
    )


def pauses(draw: Draw, enrolments: Enrolments) -> pa.Table:
    """Return pauses in one enrolment in seven, some of them still going on."""
    begun = enrolments.begun
    places = begun[draw.chance(len(begun), 0.15)]
    number = len(places)
    reasons = {PauseReason.SICKNESS.value: 6.0, PauseReason.PARENTAL_LEAVE: 2, PauseReason.OTHER: 2}
    start = np.minimum(enrolments.start[places] + draw.spread(60, 0.8, number), enrolments.last_day(places))
    still: Bools = (enrolments.ended[places] == UNKNOWN) & draw.chance(number, 0.5)
    return pa.table(
        {
            "enrolment": names("I", places),
            "start": dates(start),
            "ended": dates(known(start + draw.spread(25, 0.9, number), ~still)),
            "reason": words(reasons, draw.pick(reasons, number)),
        }
    )
