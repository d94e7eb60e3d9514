"""What is asked for and what is answered: requests, figures and results. Plain values, safe to share between threads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from reporting.measures.cohorts import Period
from reporting.measures.model import Measure

__all__ = ["NO_KEY", "CaseTable", "Change", "Figure", "PartFigure", "Period", "Request", "RequestFault", "Result"]

NO_KEY: Mapping[str, str | None] = MappingProxyType({})
"""The key of a total."""

CATEGORY = "category"
"""What the key of a distribution's group calls its category."""


class RequestFault(Exception):
    """What was asked for cannot be answered. The text is Swedish and names what exists."""


@dataclass(frozen=True)
class Request:
    """One question: a measure in a variant for a period, split by up to two dimensions, over the rows that `where` keeps.

    `where` holds pairs of dimension and accepted values, in order of dimension; an empty value stands for "not known".
    Made by `reporting.figures.requests.request`, which checks it.
    """

    measure: Measure
    variant: str
    period: Period
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def cohort(self) -> Period:
        """The stretch whose cases are looked at; the period itself for most measures."""
        return self.measure.variants[self.variant.split("+", maxsplit=1)[0]].cohort_of(self.period)


@dataclass(frozen=True)
class PartFigure:
    """One of the figures inside a figure: a share after so many days, or one of the parts of a measure with several.

    `denominator`: None for a plain number. `persons`: distinct persons behind the numerator, None where it has none. `extra`:
    what stands beside it (`at_risk`: how many were still waiting; `date`: of a forecast).
    """

    numerator: float | None
    denominator: float | None
    value: float | None
    low: float | None = None
    high: float | None = None
    persons: int | None = None
    adds_up: bool = True
    suppressed: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)

    def hidden(self) -> PartFigure:
        """Return it with everything that tells its size taken away."""
        return PartFigure(None, None, None, adds_up=self.adds_up, suppressed=True, extra=dict.fromkeys(self.extra))

    def as_json(self) -> dict[str, object]:
        """Return it as commands.md writes it."""
        return {
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            **self.extra,
            "persons": self.persons,
            "adds_up": self.adds_up,
            "suppressed": self.suppressed,
        }


@dataclass(frozen=True)
class Figure:
    """One figure: a total or a group of a split.

    `key`: dimension → value, None where the value is not known. `value`: percent 0–100, persons or kronor, unrounded;
    None where the denominator is 0 or the figure is hidden. `low`, `high`: the ends of a share's 95 % Wilson interval.
    `persons`: distinct persons behind the denominator. `adds_up`: whether the groups of its split add up to the total.
    `flags`: how many of the cases carry each mark. `extra`: what stands beside the value of a count (`share`, `share_low`,
    `share_high`, `of_population`, all percent), a ratio (`per_inhabitant`, kronor) or a duration (`median`, `mean`,
    `events`, `n`). `within`: by number of days, the share that came to its end within them; `parts`: by name, the figures of a
    measure with several.
    """

    key: Mapping[str, str | None]
    numerator: float | None
    denominator: float | None
    value: float | None
    low: float | None = None
    high: float | None = None
    persons: int | None = None
    adds_up: bool = True
    flags: Mapping[str, int | None] = field(default_factory=dict)
    suppressed: bool = False
    extra: Mapping[str, float | None] = field(default_factory=dict)
    within: Mapping[str, PartFigure] = field(default_factory=dict)
    parts: Mapping[str, PartFigure] = field(default_factory=dict)

    def hidden(self) -> Figure:
        """Return it with everything that tells its size taken away; only its key is left."""
        return replace(
            self,
            numerator=None,
            denominator=None,
            value=None,
            low=None,
            high=None,
            persons=None,
            flags={},
            suppressed=True,
            extra=dict.fromkeys(self.extra),
            within={name: part.hidden() for name, part in self.within.items()},
            parts={name: part.hidden() for name, part in self.parts.items()},
        )

    def as_json(self) -> dict[str, object]:
        """Return it as commands.md writes it."""
        inner = {"within": self.within, "parts": self.parts}
        return {
            "key": dict(self.key),
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            **self.extra,
            **{name: {key: part.as_json() for key, part in found.items()} for name, found in inner.items() if found},
            "persons": self.persons,
            "adds_up": self.adds_up,
            "flags": dict(self.flags),
            "suppressed": self.suppressed,
        }


@dataclass(frozen=True)
class Result:
    """The answer to one request, from one or several snapshots as of a date.

    `cohort` is set when the measure looked at other days than the period's. `excluded` counts the cases left out of `total`,
    by reason; None where the count is hidden.
    """

    request: Request
    as_of: dt.date
    snapshots: tuple[str, ...]
    groups: tuple[Figure, ...]
    total: Figure
    excluded: Mapping[str, int | None]

    @property
    def measure(self) -> Measure:
        """The definition that was followed."""
        return self.request.measure

    @property
    def period(self) -> Period:
        """The period asked for."""
        return self.request.period

    @property
    def by(self) -> tuple[str, ...]:
        """The dimensions of the split."""
        return self.request.by

    @property
    def cohort(self) -> Period | None:
        """The days whose cases were looked at, None when they are the period's own."""
        cohort = self.request.cohort
        return None if cohort == self.period else cohort

    @property
    def is_empty(self) -> bool:
        """Whether no case at all was judged, in or out of the population."""
        told = [self.total.denominator, self.total.suppressed, *(part.numerator for part in self.total.parts.values())]
        return not self.excluded and not any(told)

    def group(self, **key: str | None) -> Figure | None:
        """Return the group with exactly that key, None when the split has none."""
        return next((figure for figure in self.groups if dict(figure.key) == key), None)

    def as_json(self) -> dict[str, object]:
        """Return it as commands.md writes it. Several snapshots together are listed in `snapshots`."""
        document: dict[str, object] = {
            "measure": self.measure.code,
            "version": self.measure.version,
            "variant": self.request.variant,
            "unit": self.measure.unit.value,
            "better": self.measure.better.value,
            "period": _dates(self.period),
        }
        if self.cohort:
            document["cohort"] = _dates(self.cohort)
        document["as_of"] = self.as_of.isoformat()
        if len(self.snapshots) == 1:
            document["snapshot"] = self.snapshots[0]
        else:
            document["snapshots"] = list(self.snapshots)
        if self.request.where:
            document["where"] = {name: list(values) for name, values in self.request.where}
        document |= {
            "by": list(self.by),
            "groups": [figure.as_json() for figure in self.groups],
            "total": self.total.as_json(),
            "excluded": dict(self.excluded),
        }
        return document


@dataclass(frozen=True)
class CaseTable:
    """The cases behind a figure: rows in the order of `columns`; `total` counts them all, also those on other pages."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    total: int


@dataclass(frozen=True)
class Change:
    """How one figure differs from an earlier one.

    `difference` is later minus earlier, in the unit of the value (percentage points for shares). `p` is the two-sided p-value
    of the two-proportion z-test, None where it cannot be made. `certain`: whether p is below 5 %.
    """

    difference: float | None
    p: float | None
    certain: bool


def _dates(period: Period) -> dict[str, str]:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}
