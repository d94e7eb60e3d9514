"""Whether newer data give other figures than those a report was decided on: looked up, and else compared in the background."""

from __future__ import annotations

from dataclasses import asdict

from django.core.cache import cache
from django_tasks import task

from reporting.documents.models import NewerFigures, Report
from reporting.documents.publication.changes import figure_changes
from reporting.figures.computing import compute_many
from reporting.figures.disclosure.register import request_of
from reporting.figures.model import Request, RequestFault, Result
from reporting.figures.publishing import publish
from reporting.snapshots.engine import Engine, engine_for
from reporting.snapshots.faults import SnapshotFault
from reporting.snapshots.models import Snapshot
from reporting.snapshots.selectors import latest_snapshot

_ASKED_SECONDS = 600
"""For how long a comparison that has been ordered is not ordered again."""


def newer_figures(edition: Report) -> NewerFigures | None:
    """Return how the report's figures compare with the newest snapshot, None when it rests on that or it is not known yet.

    What is not known is ordered from the worker. Totals and groups as they may be published: nobody's case is read.
    """
    newest = latest_snapshot()
    if newest is None or newest.pk == edition.snapshot_id or newest.as_of < edition.snapshot.as_of:
        return None
    found = NewerFigures.objects.filter(edition=edition, snapshot=newest).select_related("snapshot").first()
    if found is None and cache.add(f"newer-{edition.pk}-{newest.pk}", "asked", _ASKED_SECONDS):
        compare_with_newer.enqueue(edition.pk, newest.pk)
    return found


@task()
def compare_with_newer(edition_id: int, snapshot_id: int) -> None:
    """What the worker does: compare once and keep the answer."""
    edition = Report.objects.select_related("snapshot").get(pk=edition_id)
    compare(edition, Snapshot.objects.get(pk=snapshot_id))


def compare(edition: Report, snapshot: Snapshot) -> NewerFigures:
    """Compare the figures of a report's manifest with what the snapshot gives, published together, and keep the answer."""
    engine = engine_for(snapshot)
    told = edition.manifest.get("figures", [])
    answers = _answers(engine, told)
    now = [result.as_json() for result in publish(engine, answers)] if answers else []
    found = figure_changes(told, now, engine=engine, known_then=edition.snapshot)
    answer = {"unchanged": found.unchanged, "changed": [asdict(one) for one in found.changed]}
    kept, _ = NewerFigures.objects.update_or_create(edition=edition, snapshot=snapshot, defaults=answer)
    return kept


def _answers(engine: Engine, told: list[dict[str, object]]) -> list[Result]:
    """Return the answers to the questions that can still be asked, measure by measure: one that cannot stops no other."""
    asked: dict[str, list[Request]] = {}
    for document in told:
        try:
            request = request_of(document)
        except RequestFault:
            continue
        asked.setdefault(request.measure.code, []).append(request)
    answers: list[Result] = []
    for requests in asked.values():
        try:
            answers += compute_many(engine, requests)
        except SnapshotFault:
            continue
    return answers
