"""An annual report as plain values: everything its pages are made of, gathered once from a snapshot."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from committees.models import Committee
from reporting.comparison.fetching import standard_kpis
from reporting.comparison.selectors import Comparison, chosen_group, comparisons
from reporting.documents.annual.past import NOTHING, Past, pasts
from reporting.documents.annual.questions import Published, called_for, published, series_years
from reporting.documents.annual.restatement import Restatement, restatement
from reporting.documents.chosen.asking import can_be_computed
from reporting.documents.parts import CriterionPart, IndicatorPart, criteria, indicators
from reporting.figures.computing import compute_many
from reporting.figures.dimensions import label_of
from reporting.figures.model import Request, Result
from reporting.figures.publishing import publish
from reporting.figures.requests import request as make_request
from reporting.figures.swedish import date_long
from reporting.snapshots.engine import Engine, engine_for
from reporting.snapshots.models import Snapshot

COMPARED_KPI = "U40455"
"""The key figure in Kolada that `work_or_study_at_exit` follows, and so can be compared with."""


class ReportFault(Exception):
    """A report cannot be made of what was asked for; the Swedish text says why and what to do."""


@dataclass(frozen=True)
class Responsibility:
    """Which committee answered for a unit from one day to another (None: still), and by what decision."""

    unit: str
    committee: str
    start: dt.date
    ended: dt.date | None
    decision: str


@dataclass(frozen=True)
class Exemption:
    """A recorded decision that a measure's total for the municipality may be shown although numbers are small."""

    measure: str
    reason: str
    decision: str


@dataclass(frozen=True)
class Order:
    """What was asked for: whose report, of which year, from which snapshot, under which registry number and version."""

    committees: tuple[tuple[str, str], ...]
    year: int
    snapshot: str
    registry_number: str = ""
    version: int = 1

    @property
    def is_joint(self) -> bool:
        """Whether it is one joint follow-up of several committees."""
        return len(self.committees) > 1


@dataclass(frozen=True)
class AnnualReport:
    """Everything an annual report says, after disclosure control. `labels`: (dimension, value) → Swedish.

    `pasts`: what stands behind the series, by measure.

    `comparison` is of the key figure that is compared with own figures, `beside` are the others that have been fetched.
    """

    order: Order
    municipality: str
    as_of: dt.date
    figures: Published
    pasts: Mapping[str, Past] = field(repr=False)
    restatement: Restatement = field(repr=False)
    labels: Mapping[tuple[str, str | None], str] = field(repr=False)
    indicators: tuple[IndicatorPart, ...]
    criteria: tuple[CriterionPart, ...]
    comparison: Comparison | None
    beside: tuple[Comparison, ...]
    responsibilities: tuple[Responsibility, ...]
    exemptions: tuple[Exemption, ...]
    small_number_limit: int
    snapshot_tables: Mapping[str, int] = field(repr=False)

    @property
    def year(self) -> int:
        """The year reported."""
        return self.order.year

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the series, oldest first."""
        return self.figures.years

    def past(self, code: str) -> Past:
        """Return what stands behind the series of a measure."""
        return self.pasts.get(code, NOTHING)

    def label(self, dimension: str, value: str | None) -> str:
        """Return what a value of a split is called."""
        return self.labels[dimension, value]


def annual_report(
    *,
    committees: Sequence[Committee],
    year: int,
    snapshot: Snapshot,
    registry_number: str = "",
    version: int = 1,
    chosen: Sequence[Request] = (),
) -> AnnualReport:
    """Gather the committees' annual report from the snapshot, with what its template has `chosen`.

    Several committees make one joint follow-up. Raises ReportFault when the year had not ended then or holds no data for them.
    """
    named = tuple(sorted((committee.code, committee.name) for committee in committees))
    order = Order(named, year, snapshot.hash, registry_number, version)
    _refuse_unended_year(year, snapshot.as_of)
    engine, codes = engine_for(snapshot), [code for code, _ in order.committees]
    parts = indicators(codes, series_years(year))
    where = rows_of(engine, codes)
    asked = criteria(codes)
    called = [code for code in called_for(asked) if can_be_computed(engine, make_request(code, year=year, where=where))]
    figures = published(year, parts, where, partial(_answered, engine, order), called, chosen)
    compared = _compared(engine, year)
    return AnnualReport(
        order=order,
        municipality=_municipality(engine)[0],
        as_of=engine.as_of,
        figures=figures,
        pasts=pasts(engine, figures, where),
        restatement=restatement(codes, snapshot, engine, figures, where),
        labels=_labels(engine, figures),
        indicators=parts,
        criteria=asked,
        comparison=next((one for one in compared if one.kpi == COMPARED_KPI), None),
        beside=tuple(one for one in compared if one.kpi != COMPARED_KPI),
        responsibilities=_responsibilities(engine, codes, year),
        exemptions=_exemptions(engine),
        small_number_limit=_municipality(engine)[1],
        snapshot_tables={name: table["rows"] for name, table in sorted(snapshot.manifest["tables"].items())},
    )


def _compared(engine: Engine, year: int) -> tuple[Comparison, ...]:
    """Return every key figure that has been fetched, in the order of the standard ones; none without a chosen group."""
    group = chosen_group()
    if group is None:
        return ()
    [own] = engine.municipalities
    return comparisons(standard_kpis(), group=group, years=series_years(year), own=own)


def _computed(engine: Engine, asked: Sequence[Request]) -> list[Result]:
    """Return the results in order; different measures are judged side by side, since each is small and mostly planning."""
    by_measure: dict[str, list[int]] = {}
    for position, request in enumerate(asked):
        by_measure.setdefault(request.measure.code, []).append(position)
    results: dict[int, Result] = {}
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        answers = pool.map(lambda places: compute_many(engine, [asked[place] for place in places]), by_measure.values())
        for places, answer in zip(by_measure.values(), answers, strict=True):
            results |= zip(places, answer, strict=True)
    return [results[position] for position in range(len(asked))]


def _answered(engine: Engine, order: Order, asked: Sequence[Request]) -> list[Result]:
    """Return the results as they may be published. A report that is refused for its emptiness has published nothing."""
    results = _computed(engine, asked)
    _refuse_empty_year(results, order, engine)
    return publish(engine, results)


def _refuse_unended_year(year: int, as_of: dt.date) -> None:
    if dt.date(year, 12, 31) > as_of:
        raise ReportFault(
            f"Det går inte att göra en helårsrapport för {year}: underlaget har uppgifter till och med "
            f"{date_long(as_of)} och året är inte slut då. Välj ett tidigare år eller ett senare underlag."
        )


def _refuse_empty_year(results: Sequence[Result], order: Order, engine: Engine) -> None:
    if all(result.is_empty for result in results if result.period.end.year == order.year):
        names = " och ".join(name for _, name in order.committees)
        raise ReportFault(
            f"Det finns inga uppgifter för {order.year} som {names} ansvarar för i underlaget "
            f"(uppgifter till och med {date_long(engine.as_of)}). Ingen rapport har gjorts. "
            "Kontrollera året, nämnderna och vilka filer som har lästs in."
        )


def rows_of(engine: Engine, codes: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the rows that the committees answer for; nothing is narrowed when they answer for every unit there is.

    Then the totals are the municipality's own, which is what Kolada publishes and an exemption covers.
    """
    responsible = {row[0] for row in engine.rows("SELECT DISTINCT committee FROM responsibilities").fetchall()}
    return {} if responsible <= set(codes) else {"namnd": tuple(sorted(codes))}


def _municipality(engine: Engine) -> tuple[str, int]:
    found = engine.rows("SELECT name, small_number_limit FROM municipality").fetchone()
    if found is None:
        raise ReportFault("Underlaget saknar uppgift om vilken kommun det gäller.")
    return str(found[0]), int(found[1])


def _labels(engine: Engine, figures: Published) -> dict[tuple[str, str | None], str]:
    keys = {
        (dimension, value)
        for result in figures.answers.values()
        for group in result.groups
        for dimension, value in group.key.items()
        if dimension in result.by
    }
    return {(dimension, value): label_of(engine, dimension, value) for dimension, value in keys}


def _responsibilities(engine: Engine, codes: Sequence[str], year: int) -> tuple[Responsibility, ...]:
    """Return who answered for the committees' units during the years of the report and up to the snapshot's date."""
    rows = engine.rows(
        """
        SELECT u.name, c.name, r.start, r.ended, r.decision
        FROM responsibilities AS r
        JOIN units AS u USING (kommun, unit)
        JOIN committee AS c ON c.kommun = r.kommun AND c.code = r.committee
        WHERE coalesce(r.ended, $as_of) >= $first AND r.start <= $as_of
          AND r.unit IN (SELECT unit FROM responsibilities WHERE list_contains($codes, committee))
        ORDER BY u.name, r.start
        """,
        {"as_of": engine.as_of, "first": dt.date(series_years(year)[0], 1, 1), "codes": list(codes)},
    )
    return tuple(
        Responsibility(unit, committee, start, ended, decision or "")
        for unit, committee, start, ended, decision in rows.fetchall()
    )


def _exemptions(engine: Engine) -> tuple[Exemption, ...]:
    rows = engine.rows("SELECT measure, reason, decision FROM disclosure_exemption ORDER BY measure").fetchall()
    return tuple(Exemption(*row) for row in rows)
