"""The labour-market unit: episodes with a given result, and the enrolments they are recorded as.

An episode is what the measures count once: one enrolment, or several that overlap and are joined (measures.md, section 1).
"""

from dataclasses import dataclass
from datetime import date

from demo.dates import LAST_DAY, YEARS, add_months, days, month_end, on_weekday
from demo.draw import Draw
from demo.enrolments import Enrolment, Planned
from demo.exits import exit_fields, gone_reason
from demo.people import Person, Register
from demo.support import Case
from demo.targets import EXITS

STILL_OPEN = 86
"""Episodes going on when the data ends."""
CHAINS = 13
"""Episodes recorded as two or three enrolments that overlap; each overlap is a warning at import."""
FROM_SUPPORT, FROM_INTEGRATION, AGAIN = 0.48, 0.35, 0.12
"""The chances that a participant is on financial assistance; if not, is newly arrived; if not, has been here before."""

ACTIVITIES = {
    "praktisk_verksamhet": Planned("praktisk_verksamhet", (60, 200), 0.45, (8, 25)),
    "sprakbana": Planned("sprakbana", (50, 120), 0.0, (6, 12)),
    "sprakpraktik": Planned("sprakpraktik", (60, 150), 1.0, (8, 30)),
    "arbetsformagebedomning": Planned("arbetsformagebedomning", (25, 70), 0.2, (5, 20)),
    "en_vag_ut": Planned("en_vag_ut", (60, 120), 0.0, (6, 15)),
}


@dataclass(eq=False)
class Episode:
    """A person's unbroken time at the unit; ``category`` is the result by KAS, None while it goes on."""

    start: date
    end: date | None
    category: str | None

    @property
    def last_day(self) -> date:
        """The last day known of."""
        return self.end or LAST_DAY


def episodes(draw: Draw) -> list[Episode]:
    """As many episodes as the targets have exits of each result in each year, and those still open, by start."""
    result = []
    for year, exits in EXITS.items():
        last = min(date(year, 12, 31), LAST_DAY)
        numbers = zip(
            "ABCDE", (exits.work, exits.studies, exits.other_authority, exits.completed, exits.other), strict=True
        )
        for category, number in numbers:
            for _ in range(number):
                end = draw.workday(date(year, 1, 2), last)
                result.append(Episode(on_weekday(end - days(int(draw.bell(25, 470)))), end, category))
    for _ in range(STILL_OPEN):
        start = draw.workday(date(2024, 2, 1), date(2025, 1, 24))
        result.append(Episode(on_weekday(start - days(180 if draw.chance(0.15) else 0)), None, None))
    return sorted(result, key=lambda episode: (episode.start, episode.last_day, episode.category or ""))


@dataclass
class Participants:
    """Finds the person of each episode, so that no one has two episodes that overlap."""

    draw: Draw
    register: Register
    cases: list[Case]
    newly_arrived: list[Person]

    def __post_init__(self) -> None:
        self._last_day: dict[Person, date] = {}
        self._granted = [case for case in self.cases if case.decision in {"bifall", "delavslag"}]

    def person_for(self, episode: Episode, *, leaves: bool) -> tuple[Person, str]:
        """The person and who referred them; ``leaves`` asks for one who is in nothing else, as the exit is a move or death."""
        found = (
            None if leaves else self._from_support(episode) or self._from_integration(episode) or self._again(episode)
        )
        person = found or self.register.add(episode.start, ages=(18, 62))
        referrer = (
            "socialtjanst"
            if found
            else self.draw.weighted({"af": 6, "fk": 2, "region": 1.5, "egen": 0.3, "annan": 0.5})
        )
        self._last_day[person] = episode.last_day
        return person, referrer

    def _from_support(self, episode: Episode) -> Person | None:
        if not self.draw.chance(FROM_SUPPORT):
            return None
        for _ in range(60):
            case = self.draw.pick(self._granted)
            person = self.draw.pick(case.household.adults)
            if (
                case.applied < episode.start - days(20)
                and episode.start <= (case.closed or LAST_DAY)
                and self._fits(person, episode)
            ):
                return person
        return None

    def _from_integration(self, episode: Episode) -> Person | None:
        if not self.draw.chance(FROM_INTEGRATION):
            return None
        candidates = [
            person
            for person in self.newly_arrived
            if person.received is not None
            and add_months(person.received, 4) <= episode.start <= add_months(person.received, 26)
            and self._fits(person, episode)
        ]
        return self.draw.pick(candidates) if candidates else None

    def _again(self, episode: Episode) -> Person | None:
        if not self._last_day or not self.draw.chance(AGAIN):
            return None
        people = list(self._last_day)
        candidates = (self.draw.pick(people) for _ in range(30))
        return next((person for person in candidates if self._fits(person, episode)), None)

    def _fits(self, person: Person, episode: Episode) -> bool:
        free = self._last_day.get(person, date.min) < episode.start
        return free and not person.is_gone_by(episode.last_day) and person.is_of_working_age_on(episode.start)


def enrol(draw: Draw, participants: Participants) -> list[Enrolment]:
    """The enrolments of all episodes, in the order of their start."""
    everything = episodes(draw)
    long_enough = [episode for episode in everything if (episode.last_day - episode.start).days > 150]
    chained = set(draw.shuffled([episode for episode in long_enough if episode.end is not None])[: CHAINS - 1])
    chained.add(next(episode for episode in long_enough if episode.end is None))
    enrolments = []
    for episode in everything:
        last = _last_enrolment(draw, participants, episode)
        enrolments += _as_chain(draw, last, how=len(chained) % 4) if episode in chained else [last]
        chained.discard(episode)
    return enrolments


def _last_enrolment(draw: Draw, participants: Participants, episode: Episode) -> Enrolment:
    """The episode as one enrolment, with its referral, meeting and assessment before it."""
    fields = exit_fields(draw, episode.category, episode.end) if episode.category and episode.end else {}
    leaves = gone_reason(fields) if fields else None
    person, referrer = participants.person_for(episode, leaves=leaves is not None)
    if leaves == "flyttat":
        person.moved = episode.end
    elif leaves == "avliden":
        person.died = episode.end
    return _prepared(draw, Enrolment(person, "AME", referrer, None, episode.start, episode.end, fields))


def _prepared(draw: Draw, enrolment: Enrolment) -> Enrolment:
    start = enrolment.start or LAST_DAY
    enrolment.met = on_weekday(start - days(draw.between(0, 9)))
    wait = int(draw.bell(2, 18)) if draw.chance(0.75) else draw.between(15, 55)
    enrolment.referred = on_weekday(enrolment.met - days(wait))
    if draw.chance(0.8):
        enrolment.assessed = on_weekday(start - days(draw.between(0, 25)))
    elif draw.chance(0.5):
        assessed = start + days(draw.between(3, 40))
        enrolment.assessed = assessed if assessed <= enrolment.last_day else None
    return enrolment


def _as_chain(draw: Draw, last: Enrolment, how: int) -> list[Enrolment]:
    """The enrolment as several that overlap; the one that ends last keeps the result, the others say something else."""
    start, span = last.start or LAST_DAY, (last.last_day - (last.start or LAST_DAY)).days
    if how == 0:  # one inside the other: the outer one ends last
        inner = _earlier(draw, last, start + days(span // 4), start + days(span // 2))
        return [last, inner]
    if how == 1:  # three in a chain, each begun on the other's last day
        middle, late = start + days(span // 3), start + days(2 * span // 3)
        first, second = _earlier(draw, last, start, middle), _earlier(draw, last, middle, late)
        last.start = late
        return [first, second, _prepared(draw, last)]
    if how == 2 and last.end:  # both end on one day: the one that began later keeps the result
        first = _earlier(draw, last, start, last.end)
        last.start = start + days(span // 3)
        return [first, _prepared(draw, last)]
    first = _earlier(draw, last, start, start + days(span // 2))
    last.start = start + days(span // 2 - draw.between(5, 30))
    return [first, _prepared(draw, last)]


def _earlier(draw: Draw, last: Enrolment, start: date, end: date) -> Enrolment:
    category = draw.pick("ABCD") if last.end else "A"
    fields = exit_fields(draw, category, end)
    return _prepared(draw, Enrolment(last.person, "AME", last.referrer, None, start, end, fields))


def referrals_only(draw: Draw, register: Register) -> list[Enrolment]:
    """Referrals that were withdrawn, and those of the last weeks that still wait for a start."""
    result = []
    for year in YEARS:
        for _ in range(draw.between(9, 16)):
            referred = draw.workday(date(year, 1, 2), month_end(year, 11))
            referral = Enrolment(
                register.add(referred), "AME", draw.weighted({"socialtjanst": 6, "af": 3, "fk": 1}), referred, None
            )
            referral.withdrawn = referred + days(draw.between(4, 45))
            if draw.chance(0.3):
                referral.met = min(referred + days(draw.between(3, 20)), referral.withdrawn)
            result.append(referral)
    for _ in range(7):
        referred = draw.workday(date(2024, 12, 10), date(2025, 1, 29))
        result.append(Enrolment(register.add(referred), "AME", "socialtjanst", referred, None))
    return result


def activities_for(draw: Draw, enrolment: Enrolment) -> list[Planned]:
    """One to three activities; more often language practice at a workplace before an exit to work or studies."""
    succeeded = "anställning_från" in enrolment.exit or enrolment.exit.get("studiemedel") is True
    weights = {"praktisk_verksamhet": 45.0, "sprakbana": 32.0, "sprakpraktik": 48.0 if succeeded else 26.0}
    if enrolment.start and enrolment.start.year >= 2021:
        weights["en_vag_ut"] = 6.0
    chosen = [ACTIVITIES["arbetsformagebedomning"]] if draw.chance(0.14) else []
    for _ in range(draw.weighted({0: 4, 1: 60, 2: 36})):
        code = draw.weighted(weights)
        chosen.append(ACTIVITIES[code])
        del weights[code]
    return chosen


def add_faults(draw: Draw, enrolments: list[Enrolment]) -> None:
    """Put in a few faults of each kind that the import is to warn of; none of them changes a result."""
    alone = [
        item
        for item in draw.shuffled(enrolments)
        if item.end and "anställning_från" in item.exit and item.end.year < 2024
    ]
    working = [item for item in alone if item.exit["avslutsorsak"] != "kommunal_anstallning" and _lasted(item)]
    for item in working[:4]:
        item.exit |= {"anställning_från": None, "anställning_till": None}
    for item in working[4:6]:
        end = item.last_day
        item.exit |= {"anställning_från": end - days(75), "anställning_till": end - days(9)}
    others = [
        item
        for item in enrolments
        if item.end and "anställning_från" not in item.exit and item.start and item.end.year < 2025
    ]
    others = draw.shuffled(others)
    for item in others[:6]:
        item.met = None
    for item in others[6:9]:
        item.referred = item.met = (item.start or LAST_DAY) + days(draw.between(1, 6))
    gone = next(item for item in others[9:] if item.exit["avslutsorsak"] == "flyttat")
    gone.person.moved = (gone.start or LAST_DAY) - days(12)


def _lasted(item: Enrolment) -> bool:
    begun, ended = item.exit["anställning_från"], item.exit["anställning_till"]
    if not isinstance(begun, date):
        return False
    return not isinstance(ended, date) or add_months(begun, 1) <= ended + days(1)
