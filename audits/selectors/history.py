"""Every change of an audit and of what stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q

from audits.models import Assessment, Audit, EvidenceRequest, FactCheckComment, Observation, Recommendation
from committees.models import Change

_MORE_WORDS = {"bodies": "granskade organ", "engagements": "uppdrag", "sources": "källor", "addressees": "riktas till"}


@dataclass(frozen=True)
class AuditChange:
    """A change as a reader sees it: what it was made in, which field, and the change itself."""

    place: str
    field: str
    change: Change


def history_of(audit: Audit) -> list[AuditChange]:
    """Return the changes of the audit and of all that stands in it, newest first. For its auditors: it holds drafts."""
    rows = list(_rows(audit))
    subjects = {(row._meta.label_lower, row.pk): place for row, place in rows}
    types: dict[str, list[int]] = {}
    for row, _ in rows:
        types.setdefault(row._meta.label_lower, []).append(row.pk)
    wanted = Q(pk__in=[])
    for name, pks in types.items():
        wanted |= Q(subject_type=name, subject_id__in=pks)
    models_by_name = {row._meta.label_lower: type(row) for row, _ in rows}
    changes = Change.objects.filter(wanted).select_related("by").order_by("-at", "-pk")
    return [
        AuditChange(
            subjects[change.subject_type, change.subject_id],
            _field(models_by_name[change.subject_type], change.field),
            change,
        )
        for change in changes
    ]


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


def _field(model: type[models.Model], name: str) -> str:
    if name.startswith("response_due "):
        return f"svar senast, {name.removeprefix('response_due ')}"
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return _MORE_WORDS.get(name, name)
