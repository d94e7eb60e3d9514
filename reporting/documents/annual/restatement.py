"""Restatement: what earlier reports said of the same years, what is known now, and why it differs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from reporting.documents.annual.questions import Published, Where, requests_of
from reporting.documents.models import Report
from reporting.enums import ReportKind, ReportStatus
from reporting.figures.disclosure.register import request_of
from reporting.figures.model import NO_KEY, Figure, Request, RequestFault, Result
from reporting.figures.restating import differences, differences_in_words
from reporting.measures.model import Kind
from reporting.snapshots.engine import Engine, engine_for
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.models import Snapshot


@dataclass(frozen=True)
class Restated:
    """A figure that an earlier report (`said_in`) gave otherwise: what it said, what is published now, and why they differ."""

    said_in: str
    before: Figure
    now: Result
    why: str


@dataclass(frozen=True)
class Restatement:
    """How the figures compare with those of earlier reports: which reports, how many were the same, and which were not."""

    reports: tuple[str, ...] = ()
    unchanged: int = 0
    changed: tuple[Restated, ...] = ()


def restatement(
    codes: Sequence[str], snapshot: Snapshot, engine: Engine, figures: Published, where: Where
) -> Restatement:
    """Hold every total of the report against what the latest earlier report of the same committees said of the same thing.

    Earlier are the reports that rest on earlier snapshots. What they hid said nothing, and what is hidden now stays so.
    """
    said = _said(_earlier(codes, snapshot))
    questions = [question for question in figures.answers if not question.by]
    unchanged, changed, used = 0, [], []
    for question, request in zip(questions, requests_of(questions, where), strict=True):
        now = figures.answers[question]
        if request not in said or now.measure.kind is Kind.DISTRIBUTION:
            continue
        report, document = said[request]
        used.append(str(report))
        if _is_same(document["total"], now.total):
            unchanged += 1
        else:
            why = _why(engine, report, document, now)
            changed.append(Restated(str(report), _figure(document["total"]), now, why))
    return Restatement(tuple(dict.fromkeys(used)), unchanged, tuple(changed))


def _earlier(codes: Sequence[str], snapshot: Snapshot) -> Sequence[Report]:
    """Return the finished annual reports of just these committees that rest on earlier snapshots, the latest first."""
    found = (
        Report.objects.told()
        .annotate(size=Count("committees", distinct=True))
        .filter(kind=ReportKind.ANNUAL, status=ReportStatus.READY, size=len(codes))
        .filter(Q(snapshot__as_of__lt=snapshot.as_of) | Q(snapshot__as_of=snapshot.as_of, snapshot_id__lt=snapshot.pk))
        .select_related("snapshot")
        .order_by("-snapshot__as_of", "-snapshot_id", "-year", "-version", "-pk")
    )
    for code in codes:
        found = found.filter(pk__in=Report.objects.filter(committees__code=code).values("pk"))
    return list(found)


def _said(reports: Sequence[Report]) -> dict[Request, tuple[Report, Mapping[str, Any]]]:
    """Return what was last said in answer to each question that can still be asked."""
    found: dict[Request, tuple[Report, Mapping[str, Any]]] = {}
    for report in reports:
        for document in report.manifest["figures"]:
            if document["by"] or document["total"]["suppressed"]:
                continue
            try:
                found.setdefault(request_of(document), (report, document))
            except RequestFault:
                continue
    return found


def _is_same(before: Mapping[str, Any], now: Figure) -> bool:
    if now.suppressed:
        return False
    pairs = ((before[name], getattr(now, name)) for name in ("numerator", "denominator", "value"))
    return all(
        one == other or (one is not None and other is not None and math.isclose(one, other, rel_tol=1e-9))
        for one, other in pairs
    )


def _figure(document: Mapping[str, Any]) -> Figure:
    return Figure(NO_KEY, document["numerator"], document["denominator"], document["value"])


def _why(engine: Engine, report: Report, document: Mapping[str, Any], now: Result) -> str:
    return why_it_differs(engine, report.snapshot, document, now.request, hidden=now.total.suppressed)


def why_it_differs(
    engine: Engine, before: Snapshot, document: Mapping[str, Any], request: Request, *, hidden: bool
) -> str:
    """Return in Swedish why a published figure, as its manifest's document says it, is another in the engine's snapshot.

    `hidden`: whether the figure is hidden now, and numbers of cases would tell it.
    """
    version = request.measure.version
    if document["version"] != version:
        return f"Måttets definition är ändrad, från version {document['version']} till {version}."
    try:
        found = differences(engine_for(before), engine, request)
    except SnapshotFault:
        return "Det tidigare underlaget kan inte läsas längre, så orsaken går inte att räkna fram."
    if hidden:
        return differences_in_words(found)
    [limit] = engine.rows("SELECT small_number_limit FROM municipality").fetchone()
    return differences_in_words(found, limit=int(limit))
