"""The demonstration figures counted again from the written files, in plain Python and straight from measures.md."""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

TOML = Path(__file__).parents[2] / "demo" / "kommun.toml"
DAY = timedelta(days=1)
EVENT_COLUMNS = {
    "slut": ("avslutsorsak", "resultat", "avbrottsorsak", "studiemedel"),
    "avslutat": ("avslutsorsak",),
    "beslutsdatum": ("beslut",),
    "återkallad": ("återkallad_orsak",),
    "ansökan": (),
    "start": (),
    "anställning_från": (),
    "anställning_till": (),
    "utflyttad": (),
    "avliden": (),
}
CATEGORIES = {
    "arbete_osubventionerat": "A",
    "arbete_subventionerat": "A",
    "studier": "B",
    "annan_myndighet": "C",
    "slutfort_uppdrag": "D",
}

Record = dict[str, str]


def day(text: str) -> date | None:
    """The date in a field, None for an empty one."""
    return date.fromisoformat(text) if text else None


def months_on(start: date, months: int) -> date:
    """The same day so many months on, or that month's last day where it has no such day."""
    total = start.year * 12 + start.month - 1 + months
    first = date(total // 12, total % 12 + 1, 1)
    following = date((total + 1) // 12, (total + 1) % 12 + 1, 1)
    return min(first + DAY * (start.day - 1), following - DAY)


def age(born: date, on: date) -> int:
    """Full years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def end_of_month(month: str) -> date:
    """The last day of a month written YYYY-MM."""
    return months_on(date.fromisoformat(f"{month}-01"), 1) - DAY


class Delivery:
    """The files as known on a day: later events, and what hangs on them, are empty."""

    def __init__(self, directory: Path, as_of: date) -> None:
        self._directory = directory
        self.as_of = as_of
        self._read: dict[str, list[Record]] = {}
        settings = tomllib.loads(TOML.read_text(encoding="utf-8"))
        self.reason_codes = {item["text"]: item["kod"] for item in settings["avslutsorsak"]}
        self.people = {row["person"]: row for row in self.rows("personer")}

    def rows(self, kind: str) -> list[Record]:
        """The rows of a file, masked (read once)."""
        if kind not in self._read:
            with (self._directory / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
                self._read[kind] = [self._masked(row) for row in csv.DictReader(file, delimiter=";")]
        return self._read[kind]

    def _masked(self, row: Record) -> Record:
        for column, hanging in EVENT_COLUMNS.items():
            happened = day(row.get(column, ""))
            if happened is not None and happened > self.as_of:
                row |= dict.fromkeys((column, *(name for name in hanging if name in row)), "")
        return row

    def age(self, person: str, on: date) -> int:
        """The person's age on the day."""
        return age(date.fromisoformat(self.people[person]["födelsedatum"]), on)


def joined_exits(delivery: Delivery) -> list[Record]:
    """Exits from the labour-market unit: overlapping enrolments of a person joined, the deciding row of each."""
    by_person: dict[str, list[Record]] = defaultdict(list)
    for row in delivery.rows("inskrivningar"):
        if row["enhet"] == "AME" and row["start"]:
            by_person[row["person"]].append(row)
    groups = [
        group for rows in by_person.values() for group in _overlapping(sorted(rows, key=lambda row: row["start"]))
    ]
    ended = [group for group in groups if all(row["slut"] for row in group)]
    return [max(group, key=lambda row: (row["slut"], row["start"])) for group in ended]


def _overlapping(rows: Iterable[Record]) -> list[list[Record]]:
    groups: list[list[Record]] = []
    reach = ""
    for row in rows:
        if groups and row["start"] <= reach:
            groups[-1].append(row)
        else:
            groups.append([row])
            reach = ""
        reach = max(reach, row["slut"] or "9999-12-31")
    return groups


def category(delivery: Delivery, row: Record) -> tuple[str, bool]:
    """The KAS category of an exit, and whether it is preliminary."""
    reason = delivery.reason_codes.get(row["avslutsorsak"], row["avslutsorsak"])
    begun, ended = day(row["anställning_från"]), day(row["anställning_till"])
    found = CATEGORIES.get(reason, "E")
    if found == "B":
        return ("B" if row["studiemedel"] == "ja" else "E"), False
    if found != "A" or begun is None:
        return found, False
    month_is_full = months_on(begun, 1) <= (ended or delivery.as_of) + DAY
    if ended is not None:
        return ("A" if month_is_full else "E"), False
    return "A", not month_is_full


def exit_categories(delivery: Delivery, year: int) -> dict[str, int]:
    """Exits in the year by category."""
    counts = dict.fromkeys("ABCDE", 0)
    for row in joined_exits(delivery):
        if row["slut"].startswith(str(year)):
            counts[category(delivery, row)[0]] += 1
    return counts


def preliminary(delivery: Delivery, year: int) -> int:
    """Exits in the year to work that the day of counting cannot yet tell to have lasted."""
    return sum(category(delivery, row)[1] for row in joined_exits(delivery) if row["slut"].startswith(str(year)))


def closings(delivery: Delivery, first: date, last: date) -> dict[str, tuple[date, str]]:
    """Each adult's first closing in the window of a case with support granted: the day and the case."""
    found: dict[str, tuple[date, str]] = {}
    for row in delivery.rows("stodarenden"):
        closed = day(row["avslutat"])
        if closed is None or not first <= closed <= last:
            continue
        counts = row["roll"] in {"huvudsokande", "medsokande"} and row["beslut"] in {"bifall", "delavslag"}
        if counts and delivery.age(row["person"], closed) >= 18:
            item = (closed, row["ärende"])
            found[row["person"]] = min(found.get(row["person"], item), item)
    return found


def judged_closings(delivery: Delivery, first: date, last: date) -> dict[str, tuple[date, date | None]]:
    """Those of the closings that have had their twelve months: the limit, and the first new application by then."""
    applications: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for row in delivery.rows("stodarenden"):
        applied = day(row["ansökan"])
        if applied is not None and row["roll"] != "barn":
            applications[row["person"]].append((applied, row["ärende"]))
    judged = {}
    for person, (closed, case) in closings(delivery, first, last).items():
        limit = months_on(closed, 12)
        if limit <= delivery.as_of:
            again = (applied for applied, other in applications[person] if closed < applied <= limit and other != case)
            judged[person] = (limit, min(again, default=None))
    return judged


def not_returned(delivery: Delivery, first: date, last: date) -> tuple[int, int]:
    """Of the judged closings in the window: those without a new application, and all."""
    judged = judged_closings(delivery, first, last)
    return sum(again is None for _, again in judged.values()), len(judged)


def resident_not_returned(delivery: Delivery, first: date, last: date) -> tuple[int, int]:
    """As not_returned, without those who moved or died by the limit and had not returned before."""
    stayed = []
    for person, (limit, again) in judged_closings(delivery, first, last).items():
        gone = [day(delivery.people[person][column]) for column in ("utflyttad", "avliden")]
        left = min((when for when in gone if when is not None and when <= limit), default=None)
        if left is None or (again is not None and again < left):
            stayed.append(again)
    return sum(again is None for again in stayed), len(stayed)


def support_months(delivery: Delivery) -> dict[str, set[str]]:
    """The months each person lived in a household whose aid for the month was above 0."""
    amount: dict[tuple[str, str], float] = defaultdict(float)
    members: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in delivery.rows("stodmanader"):
        if end_of_month(row["månad"]) <= delivery.as_of:
            key = row["hushåll"], row["månad"]
            amount[key] += float(row["belopp"].replace(",", "."))
            members[key].add(row["person"])
    months: dict[str, set[str]] = defaultdict(set)
    for key, people in members.items():
        if amount[key] > 0:
            for person in people:
                months[person].add(key[1])
    return months


def long_term(delivery: Delivery, year: int) -> tuple[int, int]:
    """Adults with aid in at least ten months of the year, and all adult recipients of the year."""
    in_year = {
        person: sum(month.startswith(str(year)) for month in months)
        for person, months in support_months(delivery).items()
        if delivery.age(person, date(year, 12, 31)) >= 18
    }
    return sum(number >= 10 for number in in_year.values()), sum(number > 0 for number in in_year.values())


def sfi_dropouts(delivery: Delivery, year: int) -> tuple[list[str], int]:
    """The reasons of the dropouts in the year, and how many participations were active at any time in it."""
    active = [
        row
        for row in delivery.rows("sfi_deltaganden")
        if row["start"] and row["start"] <= f"{year}-12-31" and (row["slut"] or "9999") >= f"{year}-01-01"
    ]
    dropped = [row for row in active if row["resultat"] == "avbrott" and row["slut"].startswith(str(year))]
    return [row["avbrottsorsak"] for row in dropped], len(active)


def sfi_not_started(delivery: Delivery, year: int) -> tuple[int, int]:
    """Of the referrals planned to start in the year: those not begun within 42 days, and all that are counted."""
    courses: dict[str, list[Record]] = defaultdict(list)
    for row in delivery.rows("sfi_deltaganden"):
        if row["start"]:
            courses[row["person"]].append(row)
    missed = total = 0
    for row in delivery.rows("sfi_anvisningar"):
        planned = date.fromisoformat(row["planerad_start"])
        limit = planned + 42 * DAY
        if planned.year == year and not _left_out(delivery, row, planned) and limit <= delivery.as_of:
            total += 1
            missed += not any(_has_begun(row, course, planned, limit) for course in courses[row["person"]])
    return missed, total


def _left_out(delivery: Delivery, row: Record, planned: date) -> bool:
    withdrawn = day(row["återkallad"])
    if withdrawn is not None and withdrawn < planned and row["återkallad_orsak"] != "tackat_nej":
        return True
    person = delivery.people[row["person"]]
    gone = [day(person[column]) for column in ("utflyttad", "avliden")]
    return any(when is not None and when < planned for when in gone)


def _has_begun(row: Record, course: Record, planned: date, limit: date) -> bool:
    began = date.fromisoformat(course["start"])
    linked = course["anvisning"] == row["anvisning"] and began <= limit
    since_referral = date.fromisoformat(row["anvisad"]) <= began <= limit
    going_on = began <= planned <= (day(course["slut"]) or date.max)
    return linked or since_referral or going_on


def unit_cost(delivery: Delivery, unit: str, year: int) -> float:
    """Gross cost less internal revenue and sales of a unit in a year, in kronor."""
    signs = {"direkt": 1, "gemensam": 1, "intern_intakt": -1, "forsaljning": -1, "statsbidrag": 0}
    return sum(
        signs[row["slag"]] * float(row["utfall"].replace(",", "."))
        for row in delivery.rows("kostnader")
        if row["enhet"] == unit and row["månad"].startswith(str(year))
    )
