"""Enrolments at a unit, and what happens within one: activities, plans, follow-ups and pauses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from demo.dates import FIRST_YEAR, LAST_DAY, add_months, days, month_end, month_start, on_weekday
from demo.draw import Draw
from demo.exits import Fields
from demo.files import Row
from demo.people import Person

FOLLOWED_UP = {2018: 0.60, 2019: 0.62, 2020: 0.56, 2021: 0.63, 2022: 0.68, 2023: 0.75, 2024: 0.81, 2025: 0.82}
"""The chance that a month of an enrolment has a follow-up."""
PLANNED = {
    2016: 0.62,
    2017: 0.62,
    2018: 0.62,
    2019: 0.64,
    2020: 0.64,
    2021: 0.66,
    2022: 0.74,
    2023: 0.82,
    2024: 0.87,
    2025: 0.87,
}
"""The chance that an enrolment begun in the year gets an implementation plan."""
FORMS = {"möte": 6, "telefon": 3, "digitalt möte": 2, "besök på arbetsplats": 2}


@dataclass(eq=False)
class Enrolment:
    """An enrolment or a referral that has not become one (``start`` is None)."""

    person: Person
    unit: str
    referrer: str
    referred: date | None
    start: date | None
    end: date | None = None
    exit: Fields = field(default_factory=dict)
    withdrawn: date | None = None
    met: date | None = None
    assessed: date | None = None
    code: str = ""

    @property
    def last_day(self) -> date:
        """The last enrolled day known of."""
        return self.end or LAST_DAY

    def as_row(self) -> Row:
        """The row in inskrivningar.csv."""
        return {
            "inskrivning": self.code,
            "person": self.person.code,
            "enhet": self.unit,
            "anvisare": self.referrer,
            "remissdatum": self.referred,
            "återtagen": self.withdrawn,
            "uppstartsmöte": self.met,
            "utredning": self.assessed,
            "start": self.start,
            "slut": self.end,
            **self.exit,
        }


@dataclass(frozen=True)
class Planned:
    """An activity to be placed in an enrolment: how long it lasts, at a workplace how often, for how many hours."""

    code: str
    length: tuple[int, int]
    workplace: float
    hours: tuple[int, int]


@dataclass
class Contents:
    """Collects the rows of everything that hangs on enrolments."""

    draw: Draw
    activities: list[Row] = field(default_factory=list)
    plans: list[Row] = field(default_factory=list)
    follow_ups: list[Row] = field(default_factory=list)
    pauses: list[Row] = field(default_factory=list)

    def fill(self, enrolment: Enrolment, activities: list[Planned]) -> None:
        """Give an enrolment that has begun its activities, plans, follow-ups and pauses."""
        start, last = enrolment.start, enrolment.last_day
        if start is None:
            raise ValueError(f"{enrolment.code} has not begun")
        self._add_activities(enrolment, start, activities)
        self._add_plans(enrolment, start)
        for day in self._follow_up_days(start, last):
            self.follow_ups.append(
                {"inskrivning": enrolment.code, "datum": day, "slag": "uppfoljning", "form": self.draw.weighted(FORMS)}
            )
        self._add_reviews(enrolment, start, last)
        if self.draw.chance(0.11) and (last - start).days > 60:
            self._add_pause(enrolment, start, last)

    def _add_activities(self, enrolment: Enrolment, start: date, activities: list[Planned]) -> None:
        begins = max(start, on_weekday(start + days(self.draw.between(0, 14))))
        for activity in activities:
            if begins > enrolment.last_day:
                return
            ends = begins + days(self.draw.between(*activity.length))
            goes_on = ends >= enrolment.last_day
            self.activities.append(
                {
                    "inskrivning": enrolment.code,
                    "insats": activity.code,
                    "start": begins,
                    "slut": enrolment.end if goes_on else ends,
                    "arbetsplats": self.draw.chance(activity.workplace),
                    "timmar_per_vecka": None if self.draw.chance(0.07) else self.draw.between(*activity.hours),
                }
            )
            begins = max(start, on_weekday(ends + days(self.draw.between(-20, 10))))

    def _add_plans(self, enrolment: Enrolment, start: date) -> None:
        if self.draw.chance(0.25):
            self._add_plan(enrolment, "arbetsplan", start - days(self.draw.between(0, 20)), None)
        drawn_up = start + days(self.draw.between(3, 45))
        if not self.draw.chance(PLANNED[start.year]):
            return
        limited = self.draw.chance(0.35)
        while drawn_up <= enrolment.last_day:
            valid_to = add_months(drawn_up, 6) if limited else None
            self._add_plan(enrolment, "genomforandeplan", drawn_up, valid_to)
            if valid_to is None or not self.draw.chance(0.7):
                return
            drawn_up = valid_to + days(self.draw.between(1, 12))

    def _add_plan(self, enrolment: Enrolment, kind: str, drawn_up: date, valid_to: date | None) -> None:
        self.plans.append({"inskrivning": enrolment.code, "plan": kind, "upprättad": drawn_up, "giltig_till": valid_to})

    def _follow_up_days(self, start: date, last: date) -> Iterator[date]:
        month = max(month_start(start.year, start.month), date(FIRST_YEAR, 1, 1))
        while month <= last:
            first_day, last_day = max(start, month), min(last, month_end(month.year, month.month))
            if self.draw.chance(FOLLOWED_UP[month.year]):
                yield max(first_day, on_weekday(self.draw.day(first_day, last_day)))
            month = add_months(month, 1)

    def _add_reviews(self, enrolment: Enrolment, start: date, last: date) -> None:
        due = add_months(start, 6)
        while due <= last:
            day = on_weekday(due + days(self.draw.between(-15, 25)))
            if day <= last and self.draw.chance(0.65):
                self.follow_ups.append(
                    {"inskrivning": enrolment.code, "datum": day, "slag": "sexmanadersprovning", "form": "möte"}
                )
            due = add_months(due, 6)

    def _add_pause(self, enrolment: Enrolment, start: date, last: date) -> None:
        begins = self.draw.day(start + days(14), last - days(14))
        ends = begins + days(self.draw.between(8, 90))
        self.pauses.append(
            {
                "inskrivning": enrolment.code,
                "från": begins,
                "till": min(ends, enrolment.end) if enrolment.end else (ends if ends <= LAST_DAY else None),
                "orsak": self.draw.weighted({"sjukdom": 6, "foraldraledighet": 2, "annat": 2}),
            }
        )
