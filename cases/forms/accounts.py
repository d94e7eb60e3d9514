"""Saying what the accounts and objects of a SIE file are: pairs of patterns and what they lead to, in three groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from cases.deliveries.accounts import AccountRules, Patterns
from cases.enums import CostKind
from cases.models import ActivityType
from cases.uploads.accounts import AccountsInFile, Unsaid
from committees.models import Unit

LEFT_OUT = "-"
_EMPTY_LINES = 2


@dataclass(frozen=True)
class Line:
    """A pattern, what the file says of it, and what is chosen. One without a pattern is to be written."""

    pattern: str = ""
    about: str = ""
    chosen: str = ""


@dataclass(frozen=True)
class Group:
    """One kind of code: `name` in what is posted, the heading, what a code may lead to, and the lines."""

    name: str
    heading: str
    choices: Sequence[tuple[str, str]]
    lines: Sequence[Line]


def rules_posted(posted: QueryDict) -> AccountRules:
    """Return what is said in the form; a pattern without a choice says nothing."""
    return AccountRules(
        unit_dimension=posted.get("unit_dimension", "").strip(),
        accounts=_patterns(posted, "accounts"),
        units=_patterns(posted, "units"),
        activity_dimension=posted.get("activity_dimension", "").strip(),
        activities=_patterns(posted, "activities"),
    )


def groups_of(rules: AccountRules, found: AccountsInFile) -> list[Group]:
    """Return what the page asks: what is said already, what nothing is said of, and some empty lines."""
    units = list(Unit.objects.order_by("code").values_list("code", "name"))
    activities = list(ActivityType.objects.order_by("code").values_list("code", "name"))
    asked: list[tuple[str, str, Sequence[tuple[str, str]], Patterns, Sequence[Unsaid]]] = [
        ("accounts", "Konton: slag av kostnad", CostKind.choices, rules.accounts, found.accounts),
        ("units", "Objekt: enhet", units, rules.units, found.units),
    ]
    if rules.activity_dimension:
        asked.append(("activities", "Objekt: insats", activities, rules.activities, found.activities))
    return [
        Group(name, heading, choices, _lines(patterns.leads_to, unsaid))
        for name, heading, choices, patterns, unsaid in asked
    ]


def _lines(said: Mapping[str, str], unsaid: Sequence[Unsaid]) -> list[Line]:
    return [
        *(Line(pattern, "", code or LEFT_OUT) for pattern, code in said.items()),
        *(Line(one.code, f"{one.name}, {one.amount}".removeprefix(", ")) for one in unsaid),
        *(Line() for _ in range(_EMPTY_LINES)),
    ]


def _patterns(posted: QueryDict, name: str) -> Patterns:
    pairs = zip(posted.getlist(f"pattern_{name}"), posted.getlist(f"leads_{name}"), strict=False)
    return Patterns(
        {pattern.strip(): "" if leads == LEFT_OUT else leads for pattern, leads in pairs if pattern.strip() and leads}
    )
