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
from committees.permissions import Access, Permission
from governance.models.measured import Measured
from reporting.figures.computing import compute
from reporting.figures.interim import interim_variant
from reporting.figures.model import Change, Figure, Period, RequestFault, Result
from reporting.figures.requests import last_full_year, request
from reporting.figures.trend import change_of_count, counts, equally_long, test_of_change
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
    in words. `snapshot` is the snapshot's hash, `persons` the distinct persons behind the denominator.
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
    persons: int | None = None

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
    def said(self) -> str:
        """The value as it stands in a sentence: "19,7 %", or that there is none to give."""
        return self.in_words if self.value is not None else "inget värde"

    @property
    def url(self) -> str:
        """The address of the measure's page that shows this figure in its series, with the same snapshot."""
        query = {**self.selection, "variant": self.variant, "underlag": self.snapshot[:12]}
        place = {"committees": (self.committee,), "year": dt.date.fromisoformat(self.end).year, "code": self.measure}
        return f"{reverse('measure', kwargs=place)}?{urlencode(query, doseq=True)}"

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (dt.date.fromisoformat(self.end) - dt.date.fromisoformat(self.start)).days + 1

    def figure(self) -> Figure:
        """Return it as a figure, for tests of change."""
        return Figure({}, self.numerator, self.denominator, self.value, self.low, self.high, self.persons)


NEEDED_TO_SEE = (Permission.SEE_FIGURES, Permission.SEE_CASES)
"""What somebody needs to be shown figures as they are: whole, and narrowed as the committee likes, so that they tell of cases."""


def may_see_figures(access: Access, committee: Committee) -> bool:
    """Tell whether somebody may be shown the committee's figures as they are."""
    return all(access.may_for(one, [committee.code]) for one in NEEDED_TO_SEE)


def figure_of(
    measured: Measured, committee: Committee, *, period: Period | None = None, snapshot: Snapshot | None = None
) -> PinnedFigure:
    """Return the total of the measure it is tied to, for the committee.

    Without a period the last full year of the snapshot, without a snapshot the latest; a part of a year is counted as an interim
    report does. Raises NoFigure, saying why, when nothing is tied to it, there is no snapshot, or the measure cannot be asked so.
    """
    if not measured.measure:
        raise NoFigure("Inget mått är valt.")
    snapshot = snapshot or latest_snapshot()
    if snapshot is None:
        raise NoFigure("Det finns inget underlag än.")
    where: dict[str, Sequence[str]] = {**measured.selection, "namnd": [committee.code]}
    period = period or last_full_year(snapshot.as_of)
    variant = measured.variant or None
    try:
        if not period.is_calendar_year:
            variant = interim_variant(measure_named(measured.measure), variant or "")
            if variant is None:
                raise NoFigure("Måttet redovisas bara för hela år.")
        asked = request(measured.measure, period=period, variant=variant, where=where)
        result = compute(engine_for(snapshot), asked)
    except RequestFault as fault:
        raise NoFigure(str(fault)) from fault
    return pinned(result, measured.selection, committee)


def pinned(result: Result, selection: Mapping[str, Sequence[str]], committee: Committee) -> PinnedFigure:
    """Return the total of a result that was asked of one committee, as it is kept."""
    total, asked = result.total, result.request
    return PinnedFigure(
        measure=asked.measure.code,
        version=asked.measure.version,
        variant=asked.variant,
        selection={name: list(values) for name, values in selection.items()},
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
        snapshot=result.snapshots[0],
        persons=total.persons,
    )


def baseline_of(measured: Measured, committee: Committee, day: dt.date | None = None) -> dict[str, Any] | None:
    """Return the figure as it is stored with what was decided on it, None when there is no figure to give.

    Of today; with a day, what the latest frozen snapshot of that day told.
    """
    try:
        if day is None:
            return figure_of(measured, committee).as_json()
        known = Snapshot.objects.frozen().filter(as_of__lte=day).latest_first().first()
        return figure_of(measured, committee, snapshot=known).as_json() if known else None
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
    same_period = (then.start, then.end) == (now.start, now.end)
    if same_period and then.snapshot == now.snapshot:
        return "Inget nytt underlag har kommit sedan dess."
    if then.value is None or now.value is None:
        return "Värdena går inte att jämföra."
    if then.version != now.version:
        return "Måttets definition har ändrats, så värdena går inte att jämföra."
    if same_period:
        return f"Båda värdena gäller {now.period}. Med nyare uppgifter är det {now.in_words} i stället för {then.in_words}."
    spoken = f"Från {then.in_words} ({then.period}) till {now.in_words} ({now.period})."
    return " ".join([spoken, *_certainty(_change(then, now))])


def _certainty(change: Change) -> list[str]:
    """Return what may be said of a change; nothing where its chance cannot be reckoned."""
    if not change.difference:
        return ["Värdet är detsamma."]
    if change.p is None:
        return []
    return [f"Skillnaden är {'' if change.certain else 'inte '}statistiskt säkerställd."]


def _change(then: PinnedFigure, now: PinnedFigure) -> Change:
    """Return the change, tested as its kind of measure can be: counts only over equally long times."""
    if counts(measure_named(now.measure)) and equally_long(then.days, now.days):
        return change_of_count(then.figure(), now.figure())
    return test_of_change(then.figure(), now.figure())
