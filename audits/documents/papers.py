"""The papers of audits as PDFs, of the same make as the board report: accessible, archivable, with every table inside as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from audits.documents.evidence import snapshots_used
from audits.documents.follow_up import answer_of, register_document
from audits.documents.report import report_of
from audits.models import Audit, AuditedBody
from reporting.documents.papers import municipality_name, paper_pdf


def report_pdf(audit: Audit) -> bytes:
    """Return the audit's report, dated as the report is: the same audit gives the same bytes. Raises RenderingFault."""
    document = report_of(audit, municipality_name())
    version = audit.framework_version
    facts = {
        "audit": audit.pk,
        "framework": version.framework.code,
        "framework_version": version.number,
        "framework_sha256": version.sha256,
        "snapshots": snapshots_used(audit),
    }
    return paper_pdf(
        "granskningsrapport", document, facts, audit.report_date or audit.decided_on or timezone.localdate()
    )


def answer_pdf(audit: Audit, body: AuditedBody) -> bytes:
    """Return the committee's answer as given until today. Raises RenderingFault."""
    today = timezone.localdate()
    facts = {"audit": audit.pk, "body": body.code}
    return paper_pdf("yttrande", answer_of(audit, body, municipality_name(), today), facts, today)


def register_pdf(rows: Sequence[Any]) -> bytes:
    """Return the register of these rows (see `selectors.register`) as it stands today. Raises RenderingFault."""
    today = timezone.localdate()
    return paper_pdf("rekommendationsregister", register_document(rows, municipality_name(), today), {}, today)
