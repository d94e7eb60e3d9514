"""What a rule of disposal is about: the persons whose last entry in an area is old enough and who have nothing open there.

The unit is a person within an area, as a personal file is: all of it goes at once or none. What a row says is what its latest
version says; its earlier versions go with it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max, Q

from cases.columns import ColumnType, Kind
from cases.enums import DisposalArea
from cases.extracts.gathering import latest
from cases.kinds import (
    ACTIVITIES,
    ENROLMENTS,
    FOLLOW_UPS,
    PAUSES,
    PLANS,
    SFI_PARTICIPATIONS,
    SFI_REFERRALS,
    SUPPORT_CASES,
    SUPPORT_MONTHS,
)

AT_A_TIME = 500


@dataclass(frozen=True)
class Area:
    """What belongs together when it is disposed of.

    `kinds` by the field that tells rows apart when they are looked for: `person` or what has the person's place. `open_when`: the
    fields that are set and not set while something goes on. `years`: how many whole years must have passed since the last entry.
    """

    kinds: Mapping[Kind, str]
    open_when: Mapping[Kind, tuple[str, str]]
    years: int = 0


AREAS: Mapping[DisposalArea, Area] = {
    DisposalArea.LABOUR_MARKET: Area(
        kinds={
            ENROLMENTS: "enrolment",
            ACTIVITIES: "enrolment",
            PLANS: "enrolment",
            FOLLOW_UPS: "enrolment",
            PAUSES: "enrolment",
        },
        open_when={ENROLMENTS: ("start", "ended")},
    ),
    # Five years is what the Social Services Act has for personal files (socialtjänstlagen).
    DisposalArea.SUPPORT: Area(
        kinds={SUPPORT_CASES: "person", SUPPORT_MONTHS: "person"},
        open_when={SUPPORT_CASES: ("opened", "closed")},
        years=5,
    ),
    DisposalArea.SFI: Area(
        kinds={SFI_REFERRALS: "referral", SFI_PARTICIPATIONS: "participation"},
        open_when={SFI_PARTICIPATIONS: ("start", "ended")},
    ),
}


@dataclass(frozen=True)
class Proposal:
    """The persons (by keyed hash) with the day of their last entry, those left out because something is open, and the rows.

    `keys` has by kind the values, of the field that the area names, of everything that would go.
    """

    area: DisposalArea
    last_day: dt.date
    last_entries: Mapping[str, dt.date]
    left_open: int
    rows: Mapping[Kind, int]
    keys: Mapping[Kind, tuple[str, frozenset[str]]]

    @property
    def persons(self) -> frozenset[str]:
        """Those whose rows would go."""
        return frozenset(self.last_entries)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over area, day and the keys of everything that would go: the same list has the same."""
        digest = hashlib.sha256(f"{self.area.value}\n{self.last_day.isoformat()}\n".encode())
        for kind, (_, values) in self.keys.items():
            for value in sorted(values):
                digest.update(f"{kind.name}\x1f{value}\n".encode())
        for person, day in sorted(self.last_entries.items()):
            digest.update(f"{person}\x1f{day.isoformat()}\n".encode())
        return digest.hexdigest()


def last_possible_day(area: DisposalArea, today: dt.date) -> dt.date:
    """Return the latest day that a rule may have: the end of a year, with as many whole years between as the area asks."""
    return dt.date(today.year - 1 - AREAS[area].years, 12, 31)


def propose(area: DisposalArea, last_day: dt.date) -> Proposal:
    """Return what the rule is about now."""
    rule = AREAS[area]
    owners = _owners(rule)
    entries: dict[str, dt.date] = {}
    for kind in rule.kinds:
        for person, day in _last_entries(kind, owners):
            entries[person] = max(day, entries.get(person, day))
    old = {person: day for person, day in entries.items() if day <= last_day}
    still_open = set(_open(rule)) & old.keys()
    going = {person: day for person, day in old.items() if person not in still_open}
    keys = {kind: (field, _keys(kind, field, owners, going)) for kind, field in rule.kinds.items()}
    rows = {kind: _rows(kind, field, values) for kind, (field, values) in keys.items()}
    return Proposal(area, last_day, going, len(still_open), rows, keys)


def chunks(values: Iterable[str]) -> Iterator[list[str]]:
    """Yield the values in order, as many at a time as a query takes."""
    ordered = sorted(values)
    for start in range(0, len(ordered), AT_A_TIME):
        yield ordered[start : start + AT_A_TIME]


def _owners(rule: Area) -> dict[str, str]:
    """Whose each enrolment is, where rows of the area hang on enrolments."""
    if ENROLMENTS not in rule.kinds:
        return {}
    return dict(latest(ENROLMENTS).values_list("enrolment", "person"))


def _last_entries(kind: Kind, owners: Mapping[str, str]) -> Iterator[tuple[str, dt.date]]:
    dated = [column for column in kind.columns if column.type in {ColumnType.DATE, ColumnType.MONTH}]
    owner = "person" if "person" in kind.fields else "enrolment"
    lasts = {f"last_{column.field}": Max(column.field) for column in dated}
    for one in latest(kind).values(owner).annotate(**lasts).order_by(owner):
        person = one[owner] if owner == "person" else owners.get(one[owner])
        days = [_day(one[f"last_{column.field}"], column.type) for column in dated if one[f"last_{column.field}"]]
        if person and days:
            yield person, max(days)


def _day(value: dt.date, column_type: ColumnType) -> dt.date:
    """A month counts as its last day."""
    if column_type is ColumnType.MONTH:
        return value.replace(day=calendar.monthrange(value.year, value.month)[1])
    return value


def _open(rule: Area) -> Iterator[str]:
    for kind, (begun, over) in rule.open_when.items():
        going_on = Q(**{f"{begun}__isnull": False, f"{over}__isnull": True, "superseded_by__isnull": True})
        yield from latest(kind).filter(going_on).values_list("person", flat=True)


def _keys(kind: Kind, field: str, owners: Mapping[str, str], going: Mapping[str, dt.date]) -> frozenset[str]:
    if field == "person":
        return frozenset(going)
    if field == "enrolment":
        return frozenset(enrolment for enrolment, person in owners.items() if person in going)
    found: set[str] = set()
    for persons in chunks(going):
        found |= set(latest(kind).filter(person__in=persons).values_list(field, flat=True))
    return frozenset(found)


def _rows(kind: Kind, field: str, values: frozenset[str]) -> int:
    return sum(
        kind.model.objects.current().filter(**{f"{field}__in": some}).order_by().count() for some in chunks(values)
    )
