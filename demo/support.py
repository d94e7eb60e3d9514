"""Financial assistance: households that come, stay, leave and sometimes come back, year by year.

Each year is settled in one order, so that the targets hold by construction: those who carry over and those who return
are topped up with new households to the year's recipients; the closings are chosen among them; the long-term ones among
those who stay; last, who of the closed applies again within twelve months.
"""

from dataclasses import dataclass, field
from datetime import date

from demo.dates import FIRST_YEAR, LAST_DAY, LAST_YEAR, YEARS, add_months, days, month_end, month_start, on_weekday
from demo.draw import Draw
from demo.people import Person, Register
from demo.targets import SUPPORT, Support

MONTHS_FOR_LONG_TERM = 10
STOCK_AT_START = 318
"""Adults in households with an open case when the data begins."""
AIDED_AFTER_MOVE = (2020, 2022)
"""Years with one month of aid after a move: a fault of the kind that the import warns of."""


@dataclass(eq=False)
class Household:
    """People who are supported together; ``adults`` stand as applicant and co-applicant."""

    code: str
    adults: list[Person]
    children: list[Person]
    was_long_term: bool = False


@dataclass(eq=False)
class Case:
    """A support case, from application to closing; what is not known yet is None."""

    household: Household
    applied: date
    decision: str | None
    decided: date | None
    closed: date | None = None

    def close(self, day: date) -> None:
        """Close the case; it was decided by then."""
        self.closed = day
        if self.decided is not None:
            self.decided = min(self.decided, day)


@dataclass
class Year:
    """What is settled for one year while it is being built."""

    number: int
    target: Support
    first_month: dict[Household, int]
    closing_month: dict[Household, int] = field(default_factory=dict)
    long_term: set[Household] = field(default_factory=set)
    aid: dict[Household, set[int]] = field(default_factory=dict)


def weight(households: list[Household]) -> int:
    """How many adults there are in the households."""
    return sum(len(household.adults) for household in households)


def take(households: list[Household], adults: int) -> list[Household]:
    """The first households that together have exactly so many adults.

    Raises ValueError when there are none: the targets then contradict each other.
    """
    taken = []
    for household in households:
        if len(household.adults) <= adults:
            taken.append(household)
            adults -= len(household.adults)
    if adults:
        raise ValueError(f"{adults} adults are missing")
    return taken


class SupportHistory:
    """All support cases and aided months of the demonstration data.

    ``aid`` has, for each household and year, the months it was given aid; ``open`` those with a case still open.
    """

    def __init__(self, draw: Draw, register: Register, newly_arrived: list[Person]) -> None:
        self._draw = draw
        self._register = register
        self._newly_arrived = newly_arrived
        self._known: set[Person] = set()
        self._households = 0
        self._returning: dict[int, list[tuple[Household, date]]] = {
            year: [] for year in range(FIRST_YEAR, LAST_YEAR + 2)
        }
        self.open: dict[Household, Case] = {}
        self.cases: list[Case] = []
        self.aid: dict[tuple[Household, int], set[int]] = {}

    def build(self) -> None:
        """Fill the history from the first year to the last."""
        while (missing := STOCK_AT_START - weight(list(self.open))) > 0:
            applied = self._draw.day(date(2016, 2, 1), date(2017, 12, 10))
            household = self._new_household(applied, at_most=missing)
            household.was_long_term = self._draw.chance(0.55)
            self._open(household, applied)
        for number in YEARS:
            self._settle(number)
        for household, applied in self._returning[LAST_YEAR + 1]:
            self._open(household, applied)
        for household in self.open:
            self.aid.setdefault((household, LAST_YEAR + 1), set()).add(1)

    def _new_household(self, day: date, at_most: int) -> Household:
        applicant = self._newly_arrived_applicant(day) or self._register.add(day)
        adults = [applicant]
        if at_most > 1 and self._draw.chance(0.24):
            grown_child = self._draw.chance(0.08) and day.year - applicant.born.year > 42
            adults.append(self._register.add(day, ages=(18, 22) if grown_child else (20, 60)))
        number = self._draw.weighted({1: 4, 2: 4, 3: 2}) if self._draw.chance(0.7 if len(adults) > 1 else 0.3) else 0
        children = [self._register.add_child_of(day) for _ in range(number)]
        for child in children:
            child.refugee_household = applicant.refugee_household
        self._households += 1
        return Household(f"H{self._households:05d}", adults, children)

    def _newly_arrived_applicant(self, day: date) -> Person | None:
        candidates = [
            person
            for person in self._newly_arrived
            if person not in self._known
            and person.received is not None
            and person.received <= day < add_months(person.received, 30)
            and not person.is_gone_by(LAST_DAY)
        ]
        if not candidates or not self._draw.chance(0.3):
            return None
        person = self._draw.pick(candidates)
        self._known.add(person)
        return person

    def _open(self, household: Household, applied: date) -> Case:
        decided = applied + days(self._draw.between(2, 22))
        known = decided <= LAST_DAY
        decision = "delavslag" if self._draw.chance(0.07) else "bifall"
        case = Case(household, applied, decision if known else None, decided if known else None)
        self.cases.append(case)
        self.open[household] = case
        return case

    def _settle(self, number: int) -> None:
        year = Year(number, SUPPORT[number], dict.fromkeys(self.open, 1))
        self._enter(year)
        self._choose_closings(year)
        self._choose_long_term(year)
        for household in year.first_month:
            year.aid[household] = self._aided_months(year, household)
        self._settle_afterwards(year, [self._close(year, household) for household in year.closing_month])
        self._refuse_newcomers(number)
        for household, months in year.aid.items():
            self.aid[household, number] = months
            household.was_long_term = household in year.long_term

    def _enter(self, year: Year) -> None:
        """Open the cases of those who return, and of new households up to the year's recipients."""
        for household, applied in self._returning[year.number]:
            self._open(household, applied)
            year.first_month[household] = applied.month
        while (missing := year.target.recipients - weight(list(year.first_month))) > 0:
            month = self._draw.between(1, 12)
            applied = month_start(year.number, month) + days(self._draw.between(0, 14))
            household = self._new_household(applied, at_most=missing)
            self._open(household, applied)
            year.first_month[household] = month

    def _choose_closings(self, year: Year) -> None:
        order = {
            household: self._draw.share() + (0.55 if household.was_long_term else 0.0) for household in year.first_month
        }
        for household in take(sorted(order, key=order.__getitem__), year.target.closed):
            month = self._draw.between(year.first_month[household], 12)
            if self._draw.chance(0.35):
                month = min(month, self._draw.between(year.first_month[household], 12))
            year.closing_month[household] = month
            stayed = month >= MONTHS_FOR_LONG_TERM and year.first_month[household] == 1
            if stayed and household.was_long_term:
                year.long_term.add(household)

    def _choose_long_term(self, year: Year) -> None:
        order = {
            household: self._draw.share() - (0.7 if household.was_long_term else 0.0)
            for household in self.open
            if household not in year.closing_month and year.first_month[household] == 1
        }
        missing = year.target.long_term - weight(list(year.long_term))
        year.long_term.update(take(sorted(order, key=order.__getitem__), missing))

    def _aided_months(self, year: Year, household: Household) -> set[int]:
        first, last = year.first_month[household], year.closing_month.get(household, 12)
        span = list(range(first, last + 1))
        if household in year.long_term:
            return set(self._draw.shuffled(span)[: self._draw.between(MONTHS_FOR_LONG_TERM, len(span))])
        usual = 0.85 if household in year.closing_month or first > 1 else 0.5
        months = [month for month in span if self._draw.chance(usual)]
        kept = set(self._draw.shuffled(months)[: MONTHS_FOR_LONG_TERM - 2])
        return kept | {last if household in year.closing_month else first}

    def _close(self, year: Year, household: Household) -> tuple[Household, date]:
        end = month_end(year.number, year.closing_month[household])
        case = self.open.pop(household)
        earliest = max(end.replace(day=20), case.applied + days(3))
        day = max(case.applied, on_weekday(self._draw.day(min(earliest, end), end)))
        case.close(day)
        return household, day

    def _settle_afterwards(self, year: Year, closings: list[tuple[Household, date]]) -> None:
        """Decide for each closed household whether it comes back, is gone, or is heard of no more."""
        rest = self._draw.shuffled(closings)
        rest = self._settle_returns(year, rest)
        rest = self._settle_gone(year, rest)
        for position, (household, closed) in enumerate(rest):
            elapsed = add_months(closed, 12)
            applied = elapsed + days(1 if position == 0 else self._draw.between(2, 500))
            if (position == 0 or self._draw.chance(0.1)) and applied.year <= LAST_YEAR:
                self._returning[applied.year].append((household, applied))

    def _settle_returns(self, year: Year, rest: list[tuple[Household, date]]) -> list[tuple[Household, date]]:
        left, stay_away = year.target.returned, []
        for household, closed in rest:
            if left == 0:
                stay_away.append((household, closed))
                continue
            last = min(add_months(closed, 12), LAST_DAY)
            at_limit = left == year.target.returned
            applied = last if at_limit else self._draw.day(closed + days(20), last)
            back = self._who_returns(household, at_most=left)
            left -= len(back.adults)
            self._return(year, back, household, applied)
        return stay_away

    def _who_returns(self, household: Household, at_most: int) -> Household:
        """The household, or one of a couple alone (the other then is not back)."""
        if len(household.adults) == 1 or (at_most > 1 and not self._draw.chance(0.25)):
            return household
        self._households += 1
        return Household(f"H{self._households:05d}", [self._draw.pick(household.adults)], [])

    def _return(self, year: Year, back: Household, before: Household, applied: date) -> None:
        if self._draw.chance(0.2):
            self._refuse(back, applied)
        elif applied.year > year.number:
            self._returning[applied.year].append((back, applied))
        else:
            self._open(back, applied)
            last = 12
            if applied.month <= 9 and self._draw.chance(0.2):
                last = self._draw.between(applied.month + 1, 12)
                self.open.pop(back).close(month_end(year.number, last))
            room = MONTHS_FOR_LONG_TERM - 1 - len(year.aid[before])
            months = set(list(range(applied.month, last + 1))[: max(room, 0)])
            year.aid[back] = year.aid.get(back, set()) | months

    def _refuse(self, household: Household, applied: date) -> None:
        decided = applied + days(self._draw.between(2, 22))
        if decided > LAST_DAY:
            self.cases.append(Case(household, applied, None, None))
            return
        decision = "aterkallad" if self._draw.chance(0.25) else "avslag"
        self.cases.append(Case(household, applied, decision, decided, closed=decided))

    def _settle_gone(self, year: Year, rest: list[tuple[Household, date]]) -> list[tuple[Household, date]]:
        """Let some move or die within twelve months; in two of the years one moved while still supported."""
        alone = [item for item in rest if len(item[0].adults) == 1 and item[0].adults[0].received is None]
        alone.sort(key=lambda item: year.closing_month[item[0]] - year.first_month[item[0]] < 2)
        for position, (household, closed) in enumerate(alone[: year.target.moved]):
            early = position == 0 and year.number in AIDED_AFTER_MOVE
            last = min(add_months(closed, 11), LAST_DAY)
            moved = closed.replace(day=1) - days(25) if early else self._draw.day(closed, last)
            household.adults[0].moved = moved
        gone = alone[: year.target.moved + year.target.died]
        for household, closed in gone[year.target.moved :]:
            household.adults[0].died = closed - days(self._draw.between(3, 15))
        return [item for item in rest if item not in gone]

    def _refuse_newcomers(self, number: int) -> None:
        """Applications that came to nothing, from people who never are supported."""
        for _ in range(self._draw.between(24, 34)):
            applied = self._draw.workday(date(number, 1, 1), date(number, 12, 31))
            self._households += 1
            self._refuse(Household(f"H{self._households:05d}", [self._register.add(applied)], []), applied)
