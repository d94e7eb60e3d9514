"""The invented people: who they are, never what they are called."""

from dataclasses import dataclass
from datetime import date

from demo.dates import add_months, age_on, days
from demo.draw import Draw
from demo.files import Row


@dataclass(eq=False)
class Person:
    """An invented person under a local id.

    ``received`` is the day the municipality received a newly arrived person, ``ground`` the ground of it.
    """

    code: str
    born: date
    woman: bool
    received: date | None = None
    ground: str | None = None
    refugee_household: bool = False
    moved: date | None = None
    died: date | None = None
    protected: bool = False

    def is_adult_on(self, day: date) -> bool:
        """Whether the person is 18 or more on the day."""
        return age_on(self.born, day) >= 18

    def is_gone_by(self, day: date) -> bool:
        """Whether the person has moved from the municipality or died by the day."""
        return any(gone is not None and gone <= day for gone in (self.moved, self.died))

    def is_of_working_age_on(self, day: date) -> bool:
        """Whether the person is 18-64 on the day."""
        return 18 <= age_on(self.born, day) <= 64

    def as_row(self) -> Row:
        """The person's row in personer.csv."""
        return {
            "person": self.code,
            "födelsedatum": self.born,
            "kön": "K" if self.woman else "M",
            "mottagen": self.received,
            "grund": self.ground,
            "utflyttad": self.moved,
            "avliden": self.died,
            "flyktinghushåll": self.refugee_household,
            "skyddad": self.protected or None,
        }


class Register:
    """Everyone in the demonstration data, with the one way to add a person."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self.people: list[Person] = []

    def add(self, day: date, ages: tuple[int, int] = (18, 63)) -> Person:
        """A person of an age within the bounds on the day, settled in the municipality."""
        years = int(self._draw.bell(ages[0], ages[1] + 1))
        born = add_months(day, -12 * years) - days(self._draw.between(0, 364))
        person = Person(f"P{len(self.people) + 1:05d}", born, woman=self._draw.chance(0.51))
        person.protected = self._draw.chance(0.003)
        self.people.append(person)
        return person

    def add_newly_arrived(self, received: date, grounds: dict[str, float]) -> Person:
        """An adult received by the municipality on the day, on one of the grounds."""
        person = self.add(received, ages=(18, 58))
        person.received = received
        person.ground = self._draw.weighted(grounds)
        person.refugee_household = person.ground in {"kvot", "etablering", "massflykt"}
        return person

    def add_child_of(self, day: date) -> Person:
        """A child of at most 16 years on the day."""
        return self.add(day, ages=(0, 15))
