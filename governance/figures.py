"""Figures that steering leans on: what a measure said on a day, kept with its snapshot, and what it says now.

An action, an explanation, a commission or a control keeps the figure it was decided on; the page shows it beside today's. The
figures are a committee's own and computed whole, so they are shown to those who may see the committee's figures, never published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from committees.models import Committee
from governance.models.measured import Measured
from reporting.figures.computing import compute
from reporting.figures.model import Figure, Period, RequestFault
from reporting.figures.requests import last_full_year, request
from reporting.figures.trend import test_of_change
from reporting.figures.wording import period_in_words, value_in_words
from reporting.measures.catalogue import measure as measure_named
from reporting.snapshots.engine import engine_for
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot


class NoFigure(Exception):
    """There is no figure to give; the text says why, in Swedish."""


@dataclass(frozen=True)
class PinnedFigure:
    """A measure's total for one committee and period, as one snapshot gave it.

    `value`, `numerator` and `denominator` are unrounded; `in_words` is the value as it was shown ("19,7 %"), `period` the period
    in words. `snapshot` is the snapshot's hash.
    """

    measure: str
    version: int
    variant: str
    selection: dict[str, list[str]]
    committee: str
    start: str
    end: str
    period: str
    value: float | None
    numerator: float | None
    denominator: float | None
    low: float | None
    high: float | None
    in_words: str
    as_of: str
    snapshot: str

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> PinnedFigure | None:
        """Return what was stored, None where nothing was."""
        return cls(**stored) if stored else None

    @property
    def name(self) -> str:
        """The measure's Swedish name."""
        return measure_named(self.measure).name

    @property
    def url(self) -> str:
        """The address of the measure's page that shows this figure in its series, with the same snapshot."""
        query = {**self.selection, "variant": self.variant, "underlag": self.snapshot[:12]}
        place = {"committees": (self.committee,), "year": dt.date.fromisoformat(self.end).year, "code": self.measure}
        return f"{reverse('measure', kwargs=place)}?{urlencode(query, doseq=True)}"

    def figure(self) -> Figure:
        """Return it as a figure, for tests of change."""
        return Figure({}, self.numerator, self.denominator, self.value, self.low, self.high)


def figure_of(
    measured: Measured, committee: Committee, *, period: Period | None = None, snapshot: Snapshot | None = None
) -> PinnedFigure:
    """Return the total of the measure it is tied to, for the committee.

    Without a period the last full year of the snapshot, without a snapshot the latest. Raises NoFigure, saying why, when nothing
    is tied to it, there is no snapshot, or the measure cannot be asked so.
    """
    if not measured.measure:
        raise NoFigure("Inget mått är valt.")
    snapshot = snapshot or latest_snapshot()
    if snapshot is None:
        raise NoFigure("Det finns inget underlag än.")
    where: dict[str, Sequence[str]] = {**measured.selection, "namnd": [committee.code]}
    try:
        asked = request(
            measured.measure,
            period=period or last_full_year(snapshot.as_of),
            variant=measured.variant or None,
            where=where,
        )
        result = compute(engine_for(snapshot), asked)
    except RequestFault as fault:
        raise NoFigure(str(fault)) from fault
    total = result.total
    return PinnedFigure(
        measure=measured.measure,
        version=asked.measure.version,
        variant=asked.variant,
        selection={name: list(values) for name, values in measured.selection.items()},
        committee=committee.code,
        start=asked.period.start.isoformat(),
        end=asked.period.end.isoformat(),
        period=period_in_words(result),
        value=total.value,
        numerator=total.numerator,
        denominator=total.denominator,
        low=total.low,
        high=total.high,
        in_words=value_in_words(asked.measure, total),
        as_of=result.as_of.isoformat(),
        snapshot=snapshot.hash,
    )


def baseline_of(measured: Measured, committee: Committee) -> dict[str, Any] | None:
    """Return the figure of today as it is stored with what was decided on it, None when there is no figure to give."""
    try:
        return figure_of(measured, committee).as_json()
    except NoFigure:
        return None


@dataclass(frozen=True)
class Movement:
    """A figure then and now. `sentence` says in Swedish whether it moved, and never that something caused it."""

    then: PinnedFigure
    now: PinnedFigure
    sentence: str


def movement(then: PinnedFigure, now: PinnedFigure) -> Movement:
    """Return the two figures with what may be said of the difference between them."""
    return Movement(then, now, _moved_in_words(then, now))


def _moved_in_words(then: PinnedFigure, now: PinnedFigure) -> str:
    if (then.start, then.end, then.snapshot) == (now.start, now.end, now.snapshot):
        return "Inget nytt underlag har kommit sedan dess."
    if then.value is None or now.value is None:
        return "Värdena går inte att jämföra."
    if then.version != now.version:
        return "Måttets definition har ändrats, så värdena går inte att jämföra."
    change = test_of_change(then.figure(), now.figure())
    spoken = f"Från {then.in_words} ({then.period}) till {now.in_words} ({now.period})."
    if not change.difference:
        return f"{spoken} Värdet är detsamma."
    if change.p is None:
        return spoken
    return f"{spoken} Skillnaden är {'' if change.certain else 'inte '}statistiskt säkerställd."
