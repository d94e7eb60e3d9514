"""Keeping evidence as it was when it was used."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from audits.frameworks.reading import content_of
from audits.models import Audit, PinnedEvidence
from audits.policies import check_may_write
from audits.selectors.evidence import evidence_of
from committees.models import User


@transaction.atomic
def pin_evidence(*, audit: Audit, question: str, key: str, by: User, note: str = "") -> PinnedEvidence:
    """Keep what the evidence of that key says now, with its snapshot, and return it.

    Raises ValidationError when the question has no such evidence, or a figure that there is none to keep of.
    """
    check_may_write(by, audit)
    asked = content_of(audit.framework_version).question(question)
    known = {one.key: one for one in evidence_of(audit, asked, by)} if asked else {}
    if key not in known:
        raise ValidationError("Underlaget finns inte längre vid frågan.")
    row = known[key]
    if row.kind == row.kind.MEASURE and not row.figures:
        raise ValidationError("Det finns ingen siffra att bevara.")
    measure = row.figures[0] if row.figures else None
    return PinnedEvidence.objects.create(
        audit=audit,
        question=question,
        body=row.body,
        kind=row.kind,
        title=row.title,
        measure=measure.measure if measure else "",
        variant=measure.variant if measure else "",
        content=row.as_json(),
        snapshot=row.snapshot,
        speaks_for=row.speaks_for,
        note=note.strip(),
        by=by,
    )
