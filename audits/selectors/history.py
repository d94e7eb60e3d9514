"""Every change of an audit and of what stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from audits.models import Assessment, Audit, EvidenceRequest, FactCheckComment, Observation, Recommendation
from committees.models import Change


@dataclass(frozen=True)
class AuditChange:
    """A change, and what in the audit it was made in."""

    place: str
    change: Change


def history_of(audit: Audit) -> list[AuditChange]:
    """Return the changes of the audit and of all that stands in it, newest first. For its auditors: it holds drafts."""
    places = {(row._meta.label_lower, row.pk): (row, place) for row, place in _rows(audit)}
    changes = Change.objects.of(*(row for row, _ in places.values())).select_related("by")
    return [AuditChange(places[change.subject_type, change.subject_id][1], change) for change in changes]


def _rows(audit: Audit) -> Iterable[tuple[models.Model, str]]:
    yield audit, "Granskningen"
    for observation in Observation.objects.filter(audit=audit).order_by("pk"):
        where = f" till fråga {observation.question}" if observation.question else ""
        yield observation, f"Iakttagelse{where}"
    for assessment in Assessment.objects.filter(audit=audit).select_related("body__committee").order_by("pk"):
        of = f", {assessment.body}" if assessment.body else ""
        yield assessment, f"Bedömning av fråga {assessment.question}{of}"
    for recommendation in Recommendation.objects.filter(audit=audit).order_by("pk"):
        yield recommendation, f"Rekommendation {recommendation.number}"
    for request in EvidenceRequest.objects.filter(audit=audit).order_by("pk"):
        yield request, f"Begäran: {request.title}"
    for comment in FactCheckComment.objects.filter(audit=audit).select_related("body__committee").order_by("pk"):
        yield comment, f"Synpunkt från {comment.body}"
