"""The figures that the texts of a report may refer to: those of its own edition, from the snapshot it rests on today."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from reporting.documents.actions import FAULTS
from reporting.documents.models import BoardReport
from reporting.documents.parts import indicators
from reporting.documents.work.edition import figures_of
from reporting.documents.work.markdown import references_in
from reporting.documents.work.policies import codes_of
from reporting.documents.work.references import Quotables, ReferenceFault
from reporting.figures.keeping import workbench
from reporting.snapshots.engine import engine_for
from reporting.snapshots.selectors import latest_snapshot

NOT_THERE = "[siffran finns inte]"
"""What a draft shows for a reference that stands for nothing."""


class NoFigures(Exception):
    """The report has no figures yet. The Swedish text says why."""


def quotables_of(report: BoardReport) -> Quotables:
    """Return what the report's texts may refer to; worked out once for a snapshot and kept in the process.

    Raises NoFigures when the snapshot has nothing of the period, or there is no snapshot.
    """
    snapshot = report.snapshot or latest_snapshot()
    if snapshot is None:
        raise NoFigures("Det finns inget underlag än, så rapporten har inga siffror att hänvisa till.")
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


def check_references(report: BoardReport, text: str, *, before: str) -> None:
    """Refuse a text that refers to a figure the report does not have; what stood in the text `before` is let through.

    Raises ValidationError, in Swedish, naming what exists.
    """
    new = [raw for raw in references_in(text) if raw not in set(references_in(before))]
    if not new:
        return
    try:
        quotables = quotables_of(report)
        for raw in new:
            quotables.shown(raw)
    except (NoFigures, ReferenceFault) as fault:
        raise ValidationError({"text": str(fault)}) from fault


class FiguresInDraft:
    """What stands for the references of a report that is being written: asked for only when a text has one, and never refused."""

    def __init__(self, report: BoardReport) -> None:
        """Answer for this report."""
        self._report = report
        self._found: Quotables | None = None

    def __call__(self, raw: str) -> str:
        """Return the figure as it would stand in the report, or that there is none."""
        try:
            if self._found is None:
                self._found = quotables_of(self._report)
            return self._found.shown(raw)
        except (NoFigures, ReferenceFault):
            return NOT_THERE
