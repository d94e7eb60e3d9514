"""What a report shows that lives above reporting: each app registers its parts in a `parts.py`, found as Django's admin is.

Imports go one way, so a report cannot ask governance for its goals; governance gives them here, as plain values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache

from django.utils.module_loading import autodiscover_modules

from committees.models import Committee, User
from reporting.snapshots.models import Snapshot


@dataclass(frozen=True)
class GoalPart:
    """A goal: its code and name, its committee's name, and the names of the goals it serves."""

    code: str
    name: str
    committee: str
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class TargetPart:
    """What an indicator is to reach in a year: `value` in the measure's unit, or None where it follows a group in Kolada."""

    comparator: str
    comparator_label: str
    value: Decimal | None
    kpi: str = ""
    group: str = ""


@dataclass(frozen=True)
class ReportedPart:
    """A value of a whole year that a committee has reported by hand and somebody else has attested, and where it comes from."""

    value: Decimal
    source: str
    committee: str


@dataclass(frozen=True)
class ExplanationPart:
    """What a committee says of an outcome: why, and the action or the reason for none, one of them empty.

    `action` has its last day and how it stands. `period` is what the outcome is of, in words.
    """

    text: str
    action: str
    reason_for_none: str
    committee: str
    period: str = ""

    @property
    def answer(self) -> str:
        """The action, or that there is none and why."""
        return self.action or f"Ingen åtgärd: {self.reason_for_none}"


@dataclass(frozen=True)
class IndicatorPart:
    """An indicator as a report needs it. `measure` is empty for one reported by hand, whose values have the unit `unit`.

    `targets` and `reported` are by year, `explanations` by the last day of what is explained, which begins with its year; `url`
    is its own page.
    """

    code: str
    name: str
    goals: tuple[GoalPart, ...]
    measure: str = ""
    variant: str = ""
    selection: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    targets: Mapping[int, TargetPart] = field(default_factory=dict)
    unit: str = ""
    reported: Mapping[int, tuple[ReportedPart, ...]] = field(default_factory=dict)
    explanations: Mapping[dt.date, tuple[ExplanationPart, ...]] = field(default_factory=dict)
    url: str = ""

    def said_before(self, end: dt.date) -> tuple[ExplanationPart, ...]:
        """Return what was said of the last earlier period that anything is said of, at most as old as the year before."""
        earlier = [day for day in self.explanations if dt.date(end.year - 1, 1, 1) <= day < end]
        return self.explanations[max(earlier)] if earlier else ()


IndicatorSource = Callable[[Sequence[str], Sequence[int], str], Sequence[IndicatorPart]]
"""From committee codes, years and a measure to the indicators of those committees' goals, with the years' targets.

With an empty measure all of them, and what is said of them too; else the measure's own, with their targets only.
"""

_indicator_sources: list[IndicatorSource] = []


def register_indicators(source: IndicatorSource) -> None:
    """Let reports show the indicators that the source gives."""
    if source not in _indicator_sources:
        _indicator_sources.append(source)


def indicators(committees: Sequence[str], years: Sequence[int], *, measure: str = "") -> tuple[IndicatorPart, ...]:
    """Return the indicators of the committees, from every app that has some.

    With a measure only those it gives, with their targets and nothing more.
    """
    discover()
    return tuple(indicator for source in _indicator_sources for indicator in source(committees, years, measure))


@dataclass(frozen=True)
class DuePart:
    """Something a committee owes or is owed by a day: the Swedish word for its kind ("åtgärd"), its title, and its page."""

    due: dt.date
    kind: str
    title: str
    url: str


DueSource = Callable[[User, Sequence[Committee]], Iterable[DuePart]]
"""From a reader and committees to what stands open for them and may be seen by the reader, the nearest date first."""

_due_sources: list[DueSource] = []


def register_due(source: DueSource) -> None:
    """Let the overview show what the source says is due."""
    if source not in _due_sources:
        _due_sources.append(source)


def due(user: User, committees: Sequence[Committee]) -> tuple[DuePart, ...]:
    """Return what is due from every app that has something, the nearest date first."""
    discover()
    found = (part for source in _due_sources for part in source(user, committees))
    return tuple(sorted(found, key=lambda part: part.due))


class Topic(StrEnum):
    """What else than measures a report tells of; the value is the anchor of its chapter."""

    RESPONSIBILITY = "ansvar"
    GOALS = "mal"


@dataclass(frozen=True)
class CriterionPart:
    """Something auditors ask, or recommend the committees: its number and text, and what would answer it.

    `origin`: the framework or the audit it stands in. `measures`: codes of measures. `topics`: what a report tells of it besides.
    `elsewhere`: what else would answer it and is not in reports, in Swedish ("rutin", "samverkansforum").
    """

    origin: str
    number: str
    text: str
    measures: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    elsewhere: tuple[str, ...] = ()


CriterionSource = Callable[[Sequence[str]], Sequence[CriterionPart]]
"""From committee codes to what auditors ask and what they have recommended those committees, in the order it is to be read."""

_criterion_sources: list[CriterionSource] = []


def register_criteria(source: CriterionSource) -> None:
    """Let reports say where they answer what the source gives."""
    if source not in _criterion_sources:
        _criterion_sources.append(source)


def criteria(committees: Sequence[str]) -> tuple[CriterionPart, ...]:
    """Return what auditors ask of the committees, from every app that knows."""
    discover()
    return tuple(criterion for source in _criterion_sources for criterion in source(committees))


@dataclass(frozen=True)
class OwedPart:
    """An outcome that misses its target or has certainly become worse, and that nobody has explained.

    `key` names it within a report; `value` and `target` are in words; `before`: what was said the last time before, with what
    has become of the action; `url`: where it is explained.
    """

    key: str
    name: str
    committee: str
    value: str
    target: str
    before: tuple[ExplanationPart, ...]
    url: str


class CannotTell(Exception):
    """The reader may not see what would tell whether an explanation is owed. The text says of which committee, in Swedish."""


OwedSource = Callable[[User, Sequence[Committee], dt.date, Snapshot], Sequence[OwedPart]]
"""From a reader, committees, the last day of a period that begins with its year, and a snapshot to the explanations owed of it.

Raises CannotTell when the reader may not see a committee's figures.
"""

_owed_sources: list[OwedSource] = []


def register_owed(source: OwedSource) -> None:
    """Let reports ask for the explanations that the source says are owed."""
    if source not in _owed_sources:
        _owed_sources.append(source)


def owed(user: User, committees: Sequence[Committee], end: dt.date, snapshot: Snapshot) -> tuple[OwedPart, ...]:
    """Return the explanations that the committees owe, by the snapshot, of the outcomes from New Year to the day.

    Raises CannotTell when the reader may not see a committee's figures: what is not seen is not taken for explained.
    """
    discover()
    return tuple(part for source in _owed_sources for part in source(user, committees, end, snapshot))


@cache
def discover() -> None:
    """Let every app that has a `parts.py` register what it gives to reports."""
    autodiscover_modules("parts")
