"""What a measure says of an audited committee: the figure of the audited period, its years one by one, and the years since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audits.frameworks.model import MeasureEvidence
from audits.models import Audit
from committees.models import Committee
from governance.figures import NoFigure, PinnedFigure, movement, pinned
from reporting.figures.computing import compute_many
from reporting.figures.model import Period, RequestFault
from reporting.figures.requests import last_full_year, request
from reporting.snapshots.engine import engine_for
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.models import Snapshot

MOST_YEARS = 10
"""How many years are shown at most, the latest ones."""


@dataclass(frozen=True)
class Series:
    """`whole` is the figure of the audited period. `within` are its whole calendar years, where they are more than one, and
    `since` the full years that have ended after it, oldest first."""

    whole: PinnedFigure
    within: tuple[PinnedFigure, ...]
    since: tuple[PinnedFigure, ...]

    @property
    def figures(self) -> tuple[PinnedFigure, ...]:
        """Every figure once, that of the audited period first."""
        return (self.whole, *self.within, *self.since)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What may be said of them, in Swedish: the value, how it moved in the period and how since."""
        return tuple(self._said())

    def _said(self) -> Iterator[str]:
        yield f"{self.whole.period}: {self.whole.in_words}."
        if self.within:
            yield movement(self.within[0], self.within[-1]).sentence
        if self.since:
            yield movement(self.within[-1] if self.within else self.whole, self.since[-1]).sentence


def series_of(wanted: MeasureEvidence, audit: Audit, committee: Committee, snapshot: Snapshot | None) -> Series:
    """Return the committee's figures of what is wanted. Raises NoFigure, saying why, where there are none to give."""
    if snapshot is None:
        raise NoFigure("Det finns inget underlag än.")
    audited = Period(audit.period_start, audit.period_end)
    within, since = _years(audited, last_full_year(snapshot.as_of).end.year)
    periods = [audited, *(Period.year(year) for year in (*within, *since))]
    selection: Mapping[str, tuple[str, ...]] = wanted.selection or {}
    where = {**selection, "namnd": (committee.code,)}
    try:
        asked = [
            request(wanted.measure, period=period, variant=wanted.variant or None, where=where) for period in periods
        ]
        results = compute_many(engine_for(snapshot), asked)
    except (RequestFault, SnapshotFault) as fault:
        raise NoFigure(str(fault)) from fault
    whole, *years = (pinned(result, selection, committee) for result in results)
    return Series(whole, tuple(years[: len(within)]), tuple(years[len(within) :]))


def _years(audited: Period, last: int) -> tuple[list[int], list[int]]:
    """Return the whole years of the audited period, none where it is one year itself, and the full years after it."""
    first = audited.start.year + (audited.start != Period.year(audited.start.year).start)
    end = audited.end.year - (audited.end != Period.year(audited.end.year).end)
    within = [] if first == end else list(range(first, end + 1))
    since = [year for year in range(audited.end.year, last + 1) if Period.year(year).start > audited.end]
    shown = set([*within, *since][-MOST_YEARS:])
    return [year for year in within if year in shown], [year for year in since if year in shown]
