"""Households with financial assistance: their cases, and the aid of each month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bench.country.draw import (
    MONTHS,
    UNKNOWN,
    Bools,
    Draw,
    Ints,
    dates,
    first_day,
    known,
    names,
    numbers,
    places_within,
    words,
)
from bench.country.people import People
from cases.enums import Hinder, HouseholdRole, SupportDecision

_HOUSEHOLDS = 0.235
"""Households for each enrolment, so that there are somewhat more months than are asked for."""

_KINDS = ((0.015, 0.15), (0.02, 0.06), (0.05, 0.02))
"""How probable it is in a month that aid begins, and that it ends: seldom, now and then, for long."""

_APPLICANT, _CO_APPLICANT, _CHILD = range(3)
_ROLES = tuple(role.value for role in HouseholdRole)
_GRANTED = (SupportDecision.GRANTED.value, SupportDecision.PARTLY_GRANTED.value)
_REFUSED = (SupportDecision.REFUSED.value, SupportDecision.WITHDRAWN.value)
_HINDERS = {hinder.value: 1.0 for hinder in Hinder} | {
    Hinder.UNEMPLOYED_NO_BENEFIT.value: 8.0,
    Hinder.UNEMPLOYED_ESTABLISHMENT: 3,
    Hinder.SICK_NOTE: 3,
    Hinder.SOCIAL_REASONS: 3,
}


@dataclass
class Sizes:
    """How many adults and children each household has."""

    adults: Ints
    children: Ints

    @classmethod
    def drawn(cls, draw: Draw, enrolments: int) -> Sizes:
        """Draw the households that so many enrolments go with."""
        number = max(2, round(_HOUSEHOLDS * enrolments))
        parents = draw.chance(number, 0.38)
        return cls(1 + draw.chance(number, 0.27).astype(np.int64), np.where(parents, draw.between(1, 4, number), 0))

    @property
    def persons(self) -> Ints:
        """How many persons each household has."""
        return self.adults + self.children


@dataclass
class Households:
    """The households, the places of their persons (applicant, co-applicant, children), and the months with aid."""

    draw: Draw
    people: People
    sizes: Sizes
    person: Ints
    role: Ints
    aided: Bools
    unit: pa.Scalar

    @classmethod
    def drawn(cls, draw: Draw, people: People, sizes: Sizes) -> Households:
        """Put people together: nearly half of the adults are participants too, everybody is in one household only."""
        counts = sizes.persons
        within = places_within(counts)
        adults = np.repeat(sizes.adults, counts)
        role = np.where(within == 0, _APPLICANT, np.where(within < adults, _CO_APPLICANT, _CHILD))
        is_child = role == _CHILD
        person = np.empty(len(role), dtype=np.int64)
        number_of_adults, children = int(sizes.adults.sum()), int(sizes.children.sum())
        person[is_child] = len(people.keys) - children + np.arange(children)
        taken = min(people.participants, round(0.45 * number_of_adults))
        own = people.adults_beside + np.arange(number_of_adults - taken)
        chosen = np.concatenate([draw.generator.permutation(people.participants)[:taken], own])
        person[~is_child] = draw.generator.permutation(chosen)
        unit = pa.scalar("EB" if draw.chance(1, 0.5)[0] else None, pa.string())
        return cls(draw, people, sizes, person, role, _months_with_aid(draw, len(counts)), unit)

    @property
    def first_member(self) -> Ints:
        """Where each household's persons begin."""
        counts = self.sizes.persons
        found: Ints = np.cumsum(counts) - counts
        return found

    def months(self, rows: int) -> pa.Table:
        """Return the delivered months, no more than so many rows."""
        draw = self.draw
        household, month = np.nonzero(self.aided)
        counts = self.sizes.persons[household]
        kept = slice(0, rows)
        member = (np.repeat(self.first_member[household], counts) + places_within(counts))[kept]
        household, month = np.repeat(household, counts)[kept], np.repeat(month, counts)[kept]
        number = len(member)
        role = self.role[member]
        hinder = draw.pick(_HINDERS, len(self.person))[member]
        shared = (household % 3 == 0) & (role == _CO_APPLICANT)
        amount = np.where((role == _APPLICANT) | shared, draw.between(150_000, 1_400_000, number) / 100, 0)
        amount[(role == _APPLICANT) & draw.chance(number, 0.01)] = 0
        return pa.table(
            {
                "household": names("H", household),
                "person": self.people.column(self.person[member]),
                "month": dates(first_day(month)),
                "amount": numbers(amount),
                "role": words(_ROLES, role, when=draw.chance(number, 0.98)),
                "paid": dates(first_day(month) + draw.between(-6, 27, number)),
                "hinder": words(_HINDERS, hinder, when=(role != _CHILD) & draw.chance(number, 0.97)),
                "unit": pa.repeat(self.unit, number),
            }
        )

    def cases(self) -> pa.Table:
        """Return the delivered cases: one for each time aid began, and some that were refused; a row for each person."""
        draw = self.draw
        before = np.zeros((len(self.aided), 1), dtype=bool)
        household, begun = np.nonzero(self.aided & ~np.hstack([before, self.aided[:, :-1]]))
        _, last = np.nonzero(self.aided & ~np.hstack([self.aided[:, 1:], before]))
        refused = np.flatnonzero(draw.chance(len(self.aided), 0.2))
        applied = np.concatenate(
            [
                first_day(begun) - draw.between(0, 35, len(begun)),
                first_day(draw.between(0, MONTHS - 1, len(refused))) + draw.between(0, 27, len(refused)),
            ]
        )
        closed = np.concatenate(
            [
                known(first_day(last + 1) + draw.between(-1, 25, len(last)), last < MONTHS - 1),
                np.full(len(refused), UNKNOWN),
            ]
        )
        granted = np.arange(len(applied)) < len(begun)
        return self._case_rows(np.concatenate([household, refused]), applied, closed, granted)

    def _case_rows(self, household: Ints, applied: Ints, closed: Ints, granted: Bools) -> pa.Table:
        draw, number = self.draw, len(applied)
        decided = known(applied + draw.spread(10, 0.8, number), draw.chance(number, 0.995))
        closed = np.where(granted, np.where(closed == UNKNOWN, UNKNOWN, np.maximum(closed, decided)), decided)
        decision = np.where(granted, draw.chance(number, 0.2), 2 + draw.chance(number, 0.3)).astype(np.int64)
        counts = self.sizes.persons[household]
        member = np.repeat(self.first_member[household], counts) + places_within(counts)
        case = np.repeat(np.arange(number), counts)
        return pa.table(
            {
                "support_case": names("A", case),
                "household": names("H", household[case]),
                "person": self.people.column(self.person[member]),
                "role": words(_ROLES, self.role[member]),
                "applied": dates(applied[case]),
                "decision": words([*_GRANTED, *_REFUSED], decision[case], when=decided[case] != UNKNOWN),
                "decided": dates(decided[case]),
                "opened": dates(known(decided, granted)[case]),
                "closed": dates(closed[case]),
                "closing_reason": pa.nulls(len(case), pa.string()),
                "unit": pa.repeat(self.unit, len(case)),
            }
        )


def _months_with_aid(draw: Draw, households: int) -> Bools:
    """Return a row for each household with its sixty months: aid goes on, ends and begins again from month to month."""
    kind = draw.pick({"seldom": 0.55, "now and then": 0.3, "for long": 0.15}, households)
    begins, ends = (np.array(column)[kind] for column in zip(*_KINDS, strict=True))
    aided = np.empty((households, MONTHS), dtype=bool)
    now: NDArray[np.bool_] = draw.generator.random(households) < begins / (begins + ends)
    for month in range(MONTHS):
        change = draw.generator.random(households)
        now = np.where(now, change >= ends, change < begins)
        aided[:, month] = now
    return aided
