"""The figures that the texts of a report may refer to: those that its own tables show today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.core.exceptions import ValidationError

from committees.models import User
from reporting.documents.models import BoardReport, DraftFigures
from reporting.documents.templates.model import PartSpec
from reporting.documents.work.drafts import WAITING, draft_of, make_draft_figures, quotables_in
from reporting.documents.work.policies import codes_of, may_see_figures
from reporting.documents.work.references import (
    CATEGORY_WORD,
    PATTERN,
    Quotable,
    Quotables,
    ReferenceFault,
)
from reporting.documents.work.selectors import edition_of_report
from reporting.documents.work.showing import references_in_part
from reporting.enums import ReportStatus
from reporting.measures.model import Measure

NOT_THERE = "[siffran finns inte]"
"""What a draft shows for a reference that stands for nothing."""
NOT_YET = "[siffran räknas fram]"
"""What it shows while the figures are on their way."""
NOT_SHOWN = "[siffran visas inte för dig]"
"""What it shows a reader who may see no figures of the report's committees."""

NOT_FOR_READER = "Siffrorna visas för den som får se nämndens alla siffror."


class NoFigures(Exception):
    """The report has no figures yet. The Swedish text says why."""


def quotables_of(report: BoardReport) -> Quotables:
    """Return what the report's texts may refer to: the figures that are kept of the draft, or those it was frozen with.

    Raises NoFigures when there are none, or none yet.
    """
    edition = edition_of_report(report)
    if edition is not None and edition.status == ReportStatus.READY:
        return Quotables.of(edition.manifest.get("figures", ()), end=report.end, codes=codes_of(report))
    return quotables_in(_kept(report), end=report.end, codes=codes_of(report))


def _kept(report: BoardReport) -> DraftFigures:
    draft = draft_of(report)
    if draft.figures is None:
        raise NoFigures(draft.said)
    return draft.figures


@dataclass(frozen=True)
class Listed:
    """A figure in the list that writers choose from; `name`: what tells it from the measure's others."""

    name: str
    one: Quotable


def listed_figures(report: BoardReport, *, by: User) -> list[tuple[str, list[Listed]]]:
    """Return the draft's figures with Swedish names, measure by measure, the latest period first.

    Raises NoFigures, also for a reader who may see none of them.
    """
    if not may_see_figures(by, report):
        raise NoFigures(NOT_FOR_READER)
    kept = _kept(report)
    found = []
    for measure, of_measure in groupby(
        quotables_in(kept, end=report.end, codes=codes_of(report)), lambda one: one.measure
    ):
        latest_first = sorted(of_measure, key=lambda one: one.period.end, reverse=True)
        found.append((measure.name, [Listed(", ".join(_name(one, kept.labels)), one) for one in latest_first]))
    return found


def _name(one: Quotable, labels: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield what tells the figure from the measure's others: period, way of counting, part and group."""
    yield one.period.label()
    if len(one.measure.variants) > 1:
        yield one.measure.variant_label(one.variant)
    yield from (part.label for part in one.measure.parts if part.name == one.reference.part)
    for dimension, values in sorted(one.reference.narrowed):
        yield " eller ".join(_value_name(one.measure, labels, dimension, value) for value in values.split(","))


def _value_name(measure: Measure, labels: Mapping[str, Mapping[str, str]], dimension: str, value: str) -> str:
    if dimension == CATEGORY_WORD:
        return next((category.label for category in measure.categories if category.code == value), value)
    return labels[dimension][value]


def check_references(report: BoardReport, spec: PartSpec, text: str, *, before: str) -> None:
    """Refuse a part's text that refers to a figure the report does not have; what stood in the text `before` is let through.

    Raises ValidationError, in Swedish, naming what exists.
    """
    if not set(PATTERN.findall(text)) - set(PATTERN.findall(before)):
        return
    stood = set(references_in_part(spec, before))
    new = [raw for raw in references_in_part(spec, text) if raw not in stood]
    if not new:
        return
    # The very first figure that is quoted is not refused because nobody has opened the report yet.
    draft = draft_of(report)
    if draft.figures is None and not draft.fault:
        make_draft_figures(report)
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

    def __init__(self, report: BoardReport, *, by: User, kept: DraftFigures | None = None) -> None:
        """Answer for this report, to this reader; `kept`: the draft's figures, where they have been fetched already."""
        self._report = report
        self._by = by
        self._kept = kept

    def __call__(self, raw: str) -> str:
        """Return the figure as it would stand in the report, or why none does."""
        if not self._is_for_reader:
            return NOT_SHOWN
        try:
            return self._printed.get(raw) or self._found.shown(raw)
        except ReferenceFault:
            return NOT_THERE
        except NoFigures as fault:
            return NOT_YET if str(fault) == WAITING else NOT_THERE

    @cached_property
    def _is_for_reader(self) -> bool:
        return may_see_figures(self._by, self._report)

    @cached_property
    def _printed(self) -> Mapping[str, str]:
        edition = edition_of_report(self._report)
        told = edition.manifest.get("references", ()) if edition and edition.status == ReportStatus.READY else ()
        return {one["reference"]: one["shown"] for one in told}

    @cached_property
    def _found(self) -> Quotables:
        if self._kept is not None:
            return quotables_in(self._kept, end=self._report.end, codes=codes_of(self._report))
        return quotables_of(self._report)
