"""The integration unit: newly arrived people in their two years of establishment."""

from datetime import date

from demo.dates import LAST_DAY, add_months, days, on_weekday
from demo.draw import Draw
from demo.enrolments import Enrolment, Planned
from demo.exits import exit_fields, gone_reason
from demo.people import Person, Register

RECEIVED = {2017: 62, 2018: 57, 2019: 43, 2020: 21, 2021: 26, 2022: 74, 2023: 47, 2024: 33}
"""Adults received each year: few during the pandemic, many under the Temporary Protection Directive in 2022."""
GROUNDS = {"kvot": 3, "etablering": 4, "anhorig": 3, "annan": 0.5}
GROUNDS_2022 = {"kvot": 1, "etablering": 1.5, "anhorig": 1.5, "massflykt": 5}

INTRO = Planned("introkurs", (40, 70), 0.0, (6, 12))
SOCIETY = Planned("samhallskurs", (60, 110), 0.0, (4, 10))
DIGITAL = Planned("digital_kurs", (30, 60), 0.0, (3, 6))
RIGHTS = Planned("mr_grupp", (30, 60), 0.0, (2, 4))


def receive(draw: Draw, register: Register) -> list[Person]:
    """Everyone received from 2017 on, in the order of their days."""
    people: list[Person] = []
    for year, number in RECEIVED.items():
        grounds = GROUNDS_2022 if year >= 2022 else GROUNDS
        received = sorted(draw.workday(date(year, 1, 7), date(year, 12, 20)) for _ in range(number))
        people += [register.add_newly_arrived(day, grounds) for day in received]
    return people


def enrol(draw: Draw, people: list[Person]) -> list[Enrolment]:
    """One enrolment for each of the newly arrived, for up to two years, a few a little longer."""
    return [_enrolment(draw, person, person.received) for person in people if person.received is not None]


def activities_for(draw: Draw, person: Person) -> list[Planned]:
    """The courses a newly arrived person takes, by the ground of reception."""
    chosen = []
    if person.ground == "kvot":
        chosen.append(INTRO)
    if person.ground == "massflykt":
        chosen.append(SOCIETY)
    if draw.chance(0.5):
        chosen.append(DIGITAL)
    if draw.chance(0.35):
        chosen.append(RIGHTS)
    return chosen


def _enrolment(draw: Draw, person: Person, received: date) -> Enrolment:
    start = min(on_weekday(received + days(draw.between(3, 20))), LAST_DAY)
    met = on_weekday(start - days(draw.between(0, 1)))
    assessed = start + days(draw.between(0, 30)) if draw.chance(0.8) else None
    enrolment = Enrolment(person, "INT", draw.weighted({"annan": 7, "af": 3}), received, start, met=met)
    enrolment.assessed = assessed if assessed is not None and assessed <= LAST_DAY else None
    end, category = _end(draw, received)
    if end > LAST_DAY:
        return enrolment
    enrolment.end = end
    enrolment.exit = exit_fields(draw, category, end)
    if gone_reason(enrolment.exit) == "avliden":
        person.died = end
    elif gone_reason(enrolment.exit) == "flyttat":
        person.moved = end
    return enrolment


def _end(draw: Draw, received: date) -> tuple[date, str]:
    """The last day and the category of the exit: most stay their two years out."""
    two_years = add_months(received, 24)
    if draw.chance(0.25):
        early = draw.workday(add_months(received, 5), add_months(received, 23))
        return early, draw.weighted({"A": 5, "B": 2, "E": 4})
    if draw.chance(0.1):
        return on_weekday(two_years + days(draw.between(10, 120))), "D"
    return on_weekday(two_years - days(draw.between(0, 12))), draw.weighted({"D": 8, "C": 2})
