"""What a definition is: the two files of a measure as one object."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from cases.enums import ExitReason
from reporting.measures.cohorts import COHORTS, Period
from reporting.measures.dimensions import Dimension
from reporting.measures.inner import Duration, Part, Unit
from reporting.measures.text import Section

__all__ = [
    "ActivityLink",
    "Better",
    "CaseNoun",
    "Category",
    "DefinitionChange",
    "DetailColumn",
    "Filter",
    "Kind",
    "Measure",
    "Unit",
    "Variant",
]


class Kind(StrEnum):
    """What the rows of a measure have, and so how they are added up (measures.md rule 1).

    PARTS: several figures over the same rows, each with a column of its own (`Part`).
    """

    SHARE = "share"
    COUNT = "count"
    DISTRIBUTION = "distribution"
    DURATION = "duration"
    RATIO = "ratio"
    PARTS = "parts"


class Better(StrEnum):
    """Which way is the good one, if any."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


class ActivityLink(StrEnum):
    """Where the activity types of a row are found.

    NONE: it has none. ENROLMENT: `activities` of the enrolment that the row names in its column `enrolment`. JOINED_ENROLMENT:
    `activities_when_joined` of the joined enrolment that is the row's unit_key. OWN: the row's own column `activity_type`.
    JOINED_OR_OWN: the row's own where it has one, otherwise as for JOINED_ENROLMENT.
    """

    NONE = "none"
    ENROLMENT = "enrolment"
    JOINED_ENROLMENT = "joined_enrolment"
    JOINED_OR_OWN = "joined_or_own"
    OWN = "own"


@dataclass(frozen=True)
class CaseNoun:
    """What one row is called in Swedish."""

    one: str
    many: str


@dataclass(frozen=True)
class Variant:
    """A named way to count. `cohort` names a function of COHORTS; `params` go to the SQL."""

    name: str
    label: str
    params: Mapping[str, object]
    cohort: str = "period"

    def cohort_of(self, period: Period) -> Period:
        """Return the stretch whose cases are looked at when the period is asked for."""
        return COHORTS[self.cohort](period)


@dataclass(frozen=True)
class Filter:
    """A narrowing that goes with any variant: `kolada+resident`."""

    name: str
    label: str
    params: Mapping[str, object]


@dataclass(frozen=True)
class Category:
    """One category of a distribution, in the order they are shown. `mark`: a word about it, "kan påverkas" or empty."""

    code: str
    label: str
    mark: str = ""


@dataclass(frozen=True)
class DetailColumn:
    """One of the dates and facts that decided a case, with its Swedish heading."""

    name: str
    label: str


@dataclass(frozen=True)
class DefinitionChange:
    """What a version of a definition changed, and from which day it is followed."""

    version: int
    since: dt.date
    what: str


@dataclass(frozen=True, eq=False)
class Measure:
    """A definition. Every text is Swedish and meant for a reader; `sql` yields one row a case.

    `duration`: of a duration, how it is summed up. `parts`: of a measure with several figures, each of them; the first stands as
    the value. Of a share, what stands beside it. `default_variant` is the name of a variant, or a pair (for a calendar year, for
    anything else). `distinct`: for a ratio, what its denominator counts: "units" (the sum of the rows' units), "persons"
    (distinct persons with units above 0) or the name of a list column whose distinct values are counted. `per_inhabitant`:
    whether a ratio's amount is also told per inhabitant. `words`: reasons, ends and flags in Swedish. `kolada`: the key figures
    in Kolada that it can be held against, each with the variant whose value is the same thing, empty where none is. `changes`:
    what each version after the first changed, in order.
    """

    code: str
    version: int
    kind: Kind
    subject: str
    name: str
    numerator: str
    denominator: str
    unit: Unit
    better: Better
    source: str
    why: str
    answers: str
    next_review: dt.date
    case: CaseNoun
    params: Mapping[str, object]
    variants: Mapping[str, Variant]
    filters: Mapping[str, Filter]
    default_variant: tuple[str, str]
    dimensions: tuple[Dimension, ...]
    activities: ActivityLink
    columns: tuple[DetailColumn, ...]
    categories: tuple[Category, ...]
    duration: Duration | None
    parts: tuple[Part, ...]
    distinct: str
    per_inhabitant: bool
    words: Mapping[str, str]
    kolada: Mapping[str, str]
    changes: tuple[DefinitionChange, ...]
    sql: str
    text: str
    sections: tuple[Section, ...]

    def variant_for(self, period: Period) -> str:
        """Return the name of the default variant for a period (measures.md, `long_term_support`)."""
        for_year, otherwise = self.default_variant
        return for_year if period.is_calendar_year else otherwise

    def variant_label(self, name: str) -> str:
        """Return the Swedish label of a variant, with its filter if it has one ("kolada+resident")."""
        variant, *filters = name.split("+")
        return ", ".join([self.variants[variant].label, *(self.filters[part].label for part in filters)])

    def params_for(self, name: str) -> dict[str, object]:
        """Return the SQL parameters of a variant, its filter included."""
        variant, *filters = name.split("+")
        merged = {**self.params, **self.variants[variant].params}
        for part in filters:
            merged |= self.filters[part].params
        return merged

    def word(self, code: str) -> str:
        """Return a reason or flag in Swedish; an exit reason as delivered has its label there, another code is its own."""
        delivered = code in ExitReason.values
        return self.words.get(code, str(ExitReason(code).label).lower() if delivered else code)

    @property
    def case_is_person(self) -> bool:
        """Whether a row stands for a person, who then has no other row in the same municipality."""
        return self.case.one == "person"

    @property
    def variant_names(self) -> tuple[str, ...]:
        """Every name that `--variant` takes: the variants, and each with each filter."""
        return tuple(self.variants) + tuple(f"{variant}+{name}" for variant in self.variants for name in self.filters)

    @cached_property
    def examples(self) -> tuple[Section, ...]:
        """The worked examples: the sections whose heading begins with "Exempel"."""
        return tuple(section for section in self.sections if section.title.startswith("Exempel"))

    def section(self, title: str) -> Section | None:
        """Return the section of the text with that heading, None when there is none."""
        return next((section for section in self.sections if section.title == title), None)
