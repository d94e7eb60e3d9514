"""What the parts of a template ask for that choose their measures: requests that join the report's one publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.documents.parts import IndicatorPart
from reporting.documents.templates.model import MeasureChoice, PartSpec
from reporting.enums import ReportKind
from reporting.figures.computing import compute
from reporting.figures.interim import interim_request, period_to
from reporting.figures.model import Period, Request
from reporting.figures.requests import request
from reporting.measures.catalogue import measure as measure_named
from reporting.measures.model import Measure
from reporting.snapshots.engine import Engine
from reporting.snapshots.faults import SnapshotFault

YEARS = 5
"""How many years a chosen measure is shown for: as many as the report's own series."""


@dataclass(frozen=True)
class Asked:
    """A measure or an indicator that a part shows: the requests of the years, oldest first, and the last one's split.

    `why_not` says in Swedish why nothing is asked, empty otherwise. `by_hand`: an indicator that no measure gives.
    """

    name: str
    series: tuple[Request, ...] = ()
    split: Request | None = None
    indicator: IndicatorPart | None = None
    why_not: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether it is an indicator whose values are reported by hand."""
        return self.indicator is not None and not self.indicator.measure

    @property
    def requests(self) -> tuple[Request, ...]:
        """Everything it asks for."""
        return (*self.series, *([self.split] if self.split else []))


@dataclass(frozen=True)
class Asking:
    """Who asks: the kind of report, the last day of its period, the rows of its committees, and their indicators.

    A part that names no variant shows a measure in that of the first indicator that names one, as the rest of the report does.
    """

    engine: Engine
    kind: str
    end: dt.date
    where: Mapping[str, tuple[str, ...]]
    indicators: Sequence[IndicatorPart]

    def of(self, spec: PartSpec) -> tuple[Asked, ...]:
        """Return what the part shows, in its order."""
        asked = [self._choice(choice) for choice in spec.choices]
        return (*asked, *(self._indicator(code) for code in spec.indicators))

    def _choice(self, choice: MeasureChoice) -> Asked:
        measure = measure_named(choice.measure)
        variant = choice.variant or self._usual_variant(measure.code)
        goal = next((one for one in self.indicators if one.measure == measure.code and not one.selection), None)
        asked = self._asked(Asked(measure.name, indicator=goal), measure, variant, {})
        split = replace(asked.series[-1], by=(choice.by,)) if choice.by and asked.series else None
        return self._kept(replace(asked, split=split))

    def _indicator(self, code: str) -> Asked:
        found = next((one for one in self.indicators if one.code == code), None)
        if found is None:
            return Asked(code, why_not=f"Indikatorn ”{code}” hör inte till nämndens mål.")
        named = Asked(found.name, indicator=found)
        if not found.measure:
            return named
        variant = found.variant or self._usual_variant(found.measure)
        return self._kept(self._asked(named, measure_named(found.measure), variant, found.selection))

    def _usual_variant(self, code: str) -> str:
        return next((one.variant for one in self.indicators if one.measure == code and one.variant), "")

    def _asked(self, asked: Asked, measure: Measure, variant: str, selection: Mapping[str, tuple[str, ...]]) -> Asked:
        where = {**self.where, **selection}
        found = [self._request(measure, variant, year, where) for year in self._years]
        series = tuple(one for one in found if one is not None)
        if not series:
            why = f"”{asked.name}” räknas bara för hela år och visas inte i en rapport om en del av ett år."
            return replace(asked, why_not=why)
        return replace(asked, series=series)

    @property
    def _years(self) -> range:
        return range(self.end.year - YEARS + 1, self.end.year + 1)

    def _request(
        self, measure: Measure, variant: str, year: int, where: Mapping[str, tuple[str, ...]]
    ) -> Request | None:
        if self.kind == ReportKind.ANNUAL:
            return request(measure, period=Period.year(year), variant=variant or None, where=where)
        return interim_request(measure, period_to(self.end, year), wanted=variant, where=where)

    def _kept(self, asked: Asked) -> Asked:
        """Return it without what the snapshot cannot answer, saying why."""
        if not asked.series or can_be_computed(self.engine, asked.split or asked.series[-1]):
            return asked
        why = f"Underlaget saknar uppgifter som ”{asked.name}” räknas på."
        return replace(asked, series=(), split=None, why_not=why)


def can_be_computed(engine: Engine, asked: Request) -> bool:
    """Whether the snapshot has what the request needs: one that was frozen before a column came has not."""
    try:
        compute(engine, asked)
    except SnapshotFault:
        return False
    return True


def requests_in(asked: Iterable[Sequence[Asked]]) -> Iterator[Request]:
    """Yield every request, part by part."""
    for of_part in asked:
        for one in of_part:
            yield from one.requests
