"""The people of a municipality: participants, SFI students, and the households that get aid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from bench.country.draw import UNKNOWN, Bools, Draw, Ints, dates, day, known, numbers, words
from cases.enums import Ground, Sex

_PARTICIPANTS = 0.6
_STUDENTS = 0.1
_NEWLY_ARRIVED = 0.3
_GROUNDS = {Ground.QUOTA.value: 1.0, Ground.ESTABLISHMENT: 4, Ground.MASS_FLIGHT: 1, Ground.FAMILY: 3, Ground.OTHER: 1}
_SEXES = (Sex.WOMAN.value, Sex.MAN.value)


@dataclass
class People:
    """Everybody, in one column each. Participants stand first, then students, then those who only get aid, children last."""

    draw: Draw
    keys: pa.Array
    participants: int
    students: int
    birth: Ints
    received: Ints
    moved: Ints
    died: Ints
    refugee_household: Bools

    @classmethod
    def drawn(cls, draw: Draw, *, enrolments: int, aided_adults: int, children: int) -> People:
        """Draw the people that so many enrolments need, and besides them so many adults with aid and children."""
        participants, students = max(1, round(_PARTICIPANTS * enrolments)), max(1, round(_STUDENTS * enrolments))
        adults = participants + students + aided_adults
        number = adults + children
        birth = np.concatenate(
            [
                draw.between(day("1957-01-01"), day("2004-06-30"), adults),
                draw.between(day("2004-01-01"), day("2023-12-31"), children),
            ]
        )
        newly_arrived = draw.chance(number, _NEWLY_ARRIVED)
        newly_arrived[participants : participants + students] = True
        return cls(
            draw=draw,
            keys=draw.keys(number),
            participants=participants,
            students=students,
            birth=birth,
            received=known(draw.between(day("2014-01-01"), day("2024-12-31"), number), newly_arrived),
            moved=known(draw.between(day("2019-06-01"), day("2025-03-31"), number), draw.chance(number, 0.04)),
            died=known(draw.between(day("2020-01-01"), day("2024-12-31"), number), draw.chance(number, 0.004)),
            refugee_household=draw.chance(number, 0.12),
        )

    @property
    def adults_beside(self) -> int:
        """Where those begin who are neither participants nor students."""
        return self.participants + self.students

    def newly_arrived(self) -> Ints:
        """Return the places of participants and students who have been received as newly arrived."""
        return np.flatnonzero(self.received[: self.adults_beside] != UNKNOWN)

    def column(self, places: Ints) -> pa.Array:
        """Return the keys of the people at those places."""
        return self.keys.take(pa.array(places))

    def table(self) -> pa.Table:
        """Return the delivered rows."""
        number, draw = len(self.keys), self.draw
        return pa.table(
            {
                "person": self.keys,
                "birth_date": dates(self.birth),
                "sex": words(_SEXES, draw.between(0, 1, number)),
                "received": dates(self.received),
                "ground": words(_GROUNDS, draw.pick(_GROUNDS, number), when=self.received != UNKNOWN),
                "moved": dates(self.moved),
                "died": dates(self.died),
                "refugee_household": numbers(self.refugee_household, when=draw.chance(number, 0.9)),
                "protected": numbers(draw.chance(number, 0.003), when=draw.chance(number, 0.5)),
            }
        )
