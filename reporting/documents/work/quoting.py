"""The figures that the texts of a report may refer to: those of its own edition, from the snapshot it rests on today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.core.exceptions import ValidationError

from reporting.documents.actions import FAULTS
from reporting.documents.models import BoardReport
from reporting.documents.parts import indicators
from reporting.documents.work.edition import figures_of
from reporting.documents.work.markdown import references_in
from reporting.documents.work.policies import codes_of
from reporting.documents.work.references import (
    CATEGORY_WORD,
    PATTERN,
    UNKNOWN_WORD,
    Quotable,
    Quotables,
    ReferenceFault,
)
from reporting.documents.work.selectors import edition_of_report
from reporting.enums import ReportStatus
from reporting.figures.dimensions import label_of
from reporting.figures.keeping import workbench
from reporting.measures.model import Measure
from reporting.snapshots.engine import Engine, engine_for
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot

NOT_THERE = "[siffran finns inte]"
"""What a draft shows for a reference that stands for nothing."""


class NoFigures(Exception):
    """The report has no figures yet. The Swedish text says why."""


def quotables_of(report: BoardReport) -> Quotables:
    """Return what the report's texts may refer to; worked out once for a snapshot and kept in the process.

    Raises NoFigures when the snapshot has nothing of the period, or there is no snapshot.
    """
    snapshot = _snapshot_of(report)
    codes = codes_of(report)
    aims = tuple(
        (one.measure, one.variant, tuple(sorted(one.selection.items()))) for one in indicators(codes, [report.end.year])
    )
    asked = (Quotables, report.kind, report.template_version_id, tuple(codes), report.start, report.end, aims)
    try:
        return workbench(engine_for(snapshot)).answers.get(
            asked, lambda: Quotables.of(figures_of(report, snapshot), end=report.end, codes=codes)
        )
    except FAULTS as fault:
        raise NoFigures(str(fault)) from fault


def _snapshot_of(report: BoardReport) -> Snapshot:
    snapshot = report.snapshot or latest_snapshot()
    if snapshot is None:
        raise NoFigures("Det finns inget underlag än, så rapporten har inga siffror att hänvisa till.")
    return snapshot


@dataclass(frozen=True)
class Listed:
    """A figure in the list that writers choose from; `name`: what tells it from the measure's others."""

    name: str
    one: Quotable


def listed_figures(report: BoardReport) -> list[tuple[str, list[Listed]]]:
    """Return the report's figures with Swedish names, measure by measure, the latest period first. Raises NoFigures."""
    quotables = quotables_of(report)
    engine = engine_for(_snapshot_of(report))
    found = []
    for measure, of_measure in groupby(quotables, lambda one: one.measure):
        latest_first = sorted(of_measure, key=lambda one: one.period.end, reverse=True)
        found.append((measure.name, [Listed(", ".join(_name(one, engine)), one) for one in latest_first]))
    return found


def _name(one: Quotable, engine: Engine) -> Iterator[str]:
    """Yield what tells the figure from the measure's others: period, way of counting, part and group."""
    yield one.period.label()
    if len(one.measure.variants) > 1:
        yield one.measure.variant_label(one.variant)
    yield from (part.label for part in one.measure.parts if part.name == one.reference.part)
    for dimension, values in sorted(one.reference.narrowed):
        yield " eller ".join(_value_name(one.measure, engine, dimension, value) for value in values.split(","))


def _value_name(measure: Measure, engine: Engine, dimension: str, value: str) -> str:
    if dimension == CATEGORY_WORD:
        return next((category.label for category in measure.categories if category.code == value), value)
    return label_of(engine, dimension, None if value == UNKNOWN_WORD else value)


def check_references(report: BoardReport, text: str, *, before: str) -> None:
    """Refuse a text that refers to a figure the report does not have; what stood in the text `before` is let through.

    Raises ValidationError, in Swedish, naming what exists.
    """
    if not set(PATTERN.findall(text)) - set(PATTERN.findall(before)):
        return
    stood = set(references_in(before))
    new = [raw for raw in references_in(text) if raw not in stood]
    if not new:
        return
    try:
        quotables = quotables_of(report)
        for raw in new:
            quotables.shown(raw)
    except (NoFigures, ReferenceFault) as fault:
        raise ValidationError({"text": str(fault)}) from fault


class FiguresInDraft:
    """What stands for the references of a report on its way: asked for only when a text has one, and never refused.

    Of a report whose PDF is made it is what stands there, also when its snapshot has been disposed of.
    """

    def __init__(self, report: BoardReport) -> None:
        """Answer for this report."""
        self._report = report

    def __call__(self, raw: str) -> str:
        """Return the figure as it would stand in the report, or that there is none."""
        try:
            return self._printed.get(raw) or self._found.shown(raw)
        except ReferenceFault:
            return NOT_THERE

    @cached_property
    def _printed(self) -> Mapping[str, str]:
        edition = edition_of_report(self._report)
        told = edition.manifest.get("references", ()) if edition and edition.status == ReportStatus.READY else ()
        return {one["reference"]: one["shown"] for one in told}

    @cached_property
    def _found(self) -> Quotables:
        try:
            return quotables_of(self._report)
        except NoFigures:
            return Quotables((), end=self._report.end)
