"""SFI: referrals, and participations in one course after another, year by year as the targets have them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from demo.dates import LAST_DAY, YEARS, add_months, days, month_end, on_weekday
from demo.draw import Draw
from demo.files import Row
from demo.people import Person, Register
from demo.targets import DROPOUT_REASONS_2023, SFI, SFI_NOT_STARTED

FIRST_INTAKE = date(2017, 1, 9)
INTAKE_EVERY = days(42)
"""Admission every sixth week."""
FIRST_COURSE = {1: "A", 2: "B", 3: "C"}
PATHS = {1: 3, 2: 5, 3: 3}
CARRIED_INTO_FIRST_YEAR, PASSED_BEFORE = 192, 190
STARTS_BY_TERM = (0.38, 0.2, 0.42)
ENDS_BY_TERM = (0.36, 0.3, 0.34)
OTHER_DROPOUT_REASONS = {**DROPOUT_REASONS_2023, "studier": 3, "ej_framsteg": 2, "annat": 3, "okant": 2}
AFTER_A_YEAR = {"arbete": 42, "studier": 24, "annat": 18, "okant": 16}


@dataclass(eq=False)
class Course:
    """A participation in a course; open while ``end`` is None."""

    person: Person
    path: int
    level: str
    start: date
    referral: str | None = None
    end: date | None = None
    result: str | None = None
    reason: str | None = None
    followed_by_another: bool = False
    code: str = ""


@dataclass
class School:
    """The participations and referrals of the demonstration data."""

    draw: Draw
    register: Register
    newly_arrived: list[Person]
    courses: list[Course] = field(default_factory=list)
    referrals: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._open: list[Course] = []
        self._ready: list[Course] = []
        self._students: set[Person] = set()
        self._referred: Counter[int] = Counter()

    def build(self) -> None:
        """Fill the school from the first year's carried-over participations to the last year."""
        for _ in range(PASSED_BEFORE):
            self._pass_before_the_data_begins()
        for _ in range(CARRIED_INTO_FIRST_YEAR):
            self._begin(self.draw.day(date(2017, 6, 1), date(2017, 12, 15)))
        for year in YEARS:
            self._settle(year)
            self._refer_those_who_do_not_start(year)
        self._go_on_into_january()
        self.courses.sort(key=lambda course: (course.start, course.person.code, course.level))
        for number, course in enumerate(self.courses, start=1):
            course.code = f"D{course.start.year}-{number:05d}"

    def _pass_before_the_data_begins(self) -> None:
        """A course passed in 2017 that is not in the delivery; whoever passed it may go on to the next."""
        start = self.draw.day(date(2016, 8, 1), date(2017, 5, 1))
        path = self.draw.weighted(PATHS)
        person = self.register.add(start, ages=(18, 55))
        end = start + days(self.draw.between(90, 200))
        self._ready.append(Course(person, path, FIRST_COURSE[path], start, end=end, result="godkand"))

    def _settle(self, year: int) -> None:
        """Let courses begin and end, term by term, so that someone can take several in a year."""
        target = SFI[year]
        beginning = _split(target.active - len(self._open), STARTS_BY_TERM)
        ending = _split(target.active - target.carried, ENDS_BY_TERM)
        dropouts = _split(target.dropouts, ENDS_BY_TERM)
        reasons = self.draw.shuffled(self._dropout_reasons(year, target.dropouts))
        for term, (first, last) in enumerate(_terms(year)):
            for start in self._starts(first, last, beginning[term]):
                self._begin(start)
            ended = self.draw.shuffled(self._longest_on_the_whole(first)[: ending[term]])
            for position, course in enumerate(ended):
                self._end(course, (first, last), reasons.pop() if position < dropouts[term] else None)
            self._open = [course for course in self._open if course.end is None]

    def _longest_on_the_whole(self, first: date) -> list[Course]:
        """The open courses in the order they end: roughly, but not only, in the order they began."""
        order = {course: self.draw.share() * 150 + (course.start - first).days for course in self._open}
        return sorted(order, key=order.__getitem__)

    def _starts(self, first: date, last: date, number: int) -> list[date]:
        """First days of attendance: an intake of the term or within the fortnight after it."""
        intakes = [day for day in self._intakes() if first <= day <= last - days(21)]
        waits = {0: 6, 1: 2, 2: 1, 7: 1, 14: 0.5}
        return sorted(self.draw.pick(intakes) + days(self.draw.weighted(waits)) for _ in range(number))

    def _intakes(self) -> list[date]:
        return [FIRST_INTAKE + INTAKE_EVERY * number for number in range(75)]

    def _dropout_reasons(self, year: int, number: int) -> list[str]:
        if year == 2023:
            return [reason for reason, times in DROPOUT_REASONS_2023.items() for _ in range(times)]
        return [self.draw.weighted(OTHER_DROPOUT_REASONS) for _ in range(number)]

    def _begin(self, start: date) -> None:
        """Someone who passed a course lately goes on to the next; else someone new begins; rarely one takes two at once."""
        under_way = [course for course in self._open if course.level != "D" and course.start + days(60) < start]
        if under_way and self.draw.chance(0.015):
            other = self.draw.pick(under_way)
            self._add(Course(other.person, other.path, chr(ord(other.level) + 1), start))
            return
        ready = [course for course in self._ready if course.end and course.end < start <= add_months(course.end, 12)]
        if ready and self.draw.chance(0.62):
            before = self.draw.pick(ready)
            self._ready.remove(before)
            before.followed_by_another = True
            self._add(Course(before.person, before.path, chr(ord(before.level) + 1), start))
        else:
            self._begin_new(start)

    def _add(self, course: Course) -> None:
        self.courses.append(course)
        self._open.append(course)

    def _begin_new(self, start: date) -> None:
        person = self._new_student(start)
        path = self.draw.weighted(PATHS)
        intake = max((day for day in self._intakes() if day <= start), default=start)
        late = self.draw.chance(0.03)
        planned = intake - INTAKE_EVERY * 2 if late else intake
        self._referred[planned.year] += 1
        referral = self._refer(person, planned)
        self._add(Course(person, path, FIRST_COURSE[path], start, referral))

    def _new_student(self, start: date) -> Person:
        candidates = [
            person
            for person in self.newly_arrived
            if person not in self._students
            and person.received is not None
            and person.received + days(150) <= start <= add_months(person.received, 20)
            and not person.is_gone_by(LAST_DAY)
        ]
        person = self.draw.pick(candidates) if candidates and self.draw.chance(0.7) else None
        if person is None:
            person = self.register.add(start, ages=(18, 55))
        self._students.add(person)
        return person

    def _refer(self, person: Person, planned: date, withdrawn: date | None = None, why: str | None = None) -> str:
        code = f"R{planned.year}-{len(self.referrals) + 1:05d}"
        referred = planned - days(self.draw.between(10, 48))
        self.referrals.append(
            {
                "anvisning": code,
                "person": person.code,
                "anvisad": min(referred, withdrawn) if withdrawn else referred,
                "planerad_start": planned,
                "anvisare": self.draw.weighted({"annan": 5, "socialtjanst": 3, "af": 3, "egen": 2}),
                "återkallad": withdrawn,
                "återkallad_orsak": why,
            }
        )
        return code

    def _refer_those_who_do_not_start(self, year: int) -> None:
        """Those who say no, those who never come, and those whose referral was withdrawn for another reason."""
        share, begun = SFI_NOT_STARTED[year], self._referred[year]
        intakes = [day for day in self._intakes() if day.year == year]
        for _ in range(int(begun * share / (1 - share))):
            planned = self.draw.pick(intakes)
            person = self.register.add(planned, ages=(18, 55))
            if self.draw.chance(0.55):
                self._refer(person, planned)
            else:
                self._refer(person, planned, planned - days(self.draw.between(-10, 20)), "tackat_nej")
        for _ in range(self.draw.between(8, 14)):
            planned = self.draw.pick(intakes)
            why = self.draw.weighted({"arbete": 5, "flyttat": 3, "annat": 3})
            person = self.register.add(planned, ages=(18, 55))
            withdrawn = planned - days(self.draw.between(1, 25))
            person.moved = withdrawn if why == "flyttat" else None
            self._refer(person, planned, withdrawn, why)

    def _end(self, course: Course, term: tuple[date, date], reason: str | None) -> None:
        earliest = max(course.start + days(4 if reason else 45), term[0] + days(6))
        last = term[1] - days(8)
        if reason and course.start >= term[0] and self.draw.chance(0.4):
            last = course.start + days(14)
        day = on_weekday(self.draw.day(min(earliest, last), last))
        course.end = max(course.start, min(day, term[1]))
        if reason:
            course.result, course.reason = "avbrott", reason
            if reason == "flytt" and course.person.received is None:
                course.person.moved = course.end
        elif self.draw.chance(0.14):
            course.result = "utan_godkant"
        else:
            course.result = "godkand"
            if course.level != "D":
                self._ready.append(course)

    def _go_on_into_january(self) -> None:
        """The first weeks of the year after: some pass, some begin, a few drop out."""
        for course in self.draw.shuffled(self._open)[:16]:
            course.end = self.draw.workday(date(2025, 1, 8), LAST_DAY)
            course.result = "godkand" if self.draw.chance(0.75) else "avbrott"
            course.reason = "arbete" if course.result == "avbrott" else None
        for _ in range(22):
            self._begin(date(2025, 1, 20) + days(self.draw.between(0, 4)))

    def course_rows(self) -> list[Row]:
        """The rows of sfi_deltaganden.csv; what became of someone is known a year after the last course passed."""
        rows: list[Row] = []
        for course in self.courses:
            elapsed = course.end is not None and add_months(course.end, 12) <= LAST_DAY
            last_passed = course.result == "godkand" and not course.followed_by_another
            rows.append(
                {
                    "deltagande": course.code,
                    "person": course.person.code,
                    "anvisning": course.referral,
                    "studieväg": course.path,
                    "kurs": course.level,
                    "start": course.start,
                    "slut": course.end,
                    "resultat": course.result,
                    "avbrottsorsak": course.reason,
                    "efter_ett_år": self.draw.weighted(AFTER_A_YEAR) if elapsed and last_passed else None,
                    "enhet": "SFI",
                }
            )
        return rows


def _terms(year: int) -> list[tuple[date, date]]:
    """The first and last days of the year's three terms."""
    return [(date(year, month, 1), month_end(year, month + 3)) for month in (1, 5, 9)]


def _split(number: int, shares: tuple[float, ...]) -> list[int]:
    """The number in whole parts of about these shares; the last part takes what is left over."""
    parts = [int(number * share) for share in shares[:-1]]
    return [*parts, number - sum(parts)]
