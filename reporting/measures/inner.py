"""What a definition says when a figure has figures inside: durations with their shares after so many days, and parts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

OPEN = "open"
"""What the column `event` says of a case that has not come to any end by the as-of date."""


class Unit(StrEnum):
    """What the value of a figure is counted in. CASES: what the measure calls a case, where that is not a person."""

    PERCENT = "percent"
    PERSONS = "persons"
    CASES = "cases"
    KRONOR = "kronor"
    DAYS = "days"

    @property
    def is_number_of(self) -> bool:
        """Whether the value is a number of persons or cases, of which there can be more or fewer."""
        return self in {Unit.PERSONS, Unit.CASES}


class Summary(StrEnum):
    """How durations are summed up.

    KAPLAN_MEIER: the median with those still open as censored. ENDED: mean and median of those that have ended.
    INCIDENCE: the share that has come to the event after so many days, other ends competing (Aalen–Johansen).
    """

    KAPLAN_MEIER = "kaplan_meier"
    ENDED = "ended"
    INCIDENCE = "incidence"


@dataclass(frozen=True)
class Duration:
    """How the rows' `days` are read. `events`: the values of `event` that are what is waited for.

    `days`: the days after which a share is given. For a median the rows' own column `within_days` says it, and `days` has the one
    number that holds for a group without rows. Of an incidence the share after `headline` days stands as the value.
    """

    events: tuple[str, ...]
    summary: Summary
    days: tuple[int, ...]
    headline: int


class Counting(StrEnum):
    """What a part counts of the rows in the population.

    CASES: those with a mark. PERSONS: the persons with it. SUM: an amount. DISTINCT: the different values of a column, say the
    enrolments that the rows are months of, in rows with a mark or in all.
    """

    CASES = "cases"
    PERSONS = "persons"
    SUM = "sum"
    DISTINCT = "distinct"


@dataclass(frozen=True)
class Count:
    """One number over the rows: how it is counted, and the column with the mark or the amount (empty: in all rows).

    `key`: the column whose different values are counted, when that is what is done.
    """

    how: Counting
    column: str
    key: str = ""


@dataclass(frozen=True)
class Part:
    """One of the figures of a measure with several. `of`: what it is a share of, None for a plain number.

    `dated`: the column that dates its amount, empty without one; the latest date stands beside the figure.
    """

    name: str
    label: str
    unit: Unit
    count: Count
    of: Count | None = None
    dated: str = ""
