"""The papers of audits as PDFs, of the same make as the board report: accessible, archivable, with every table inside as data."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from audits.documents.follow_up import answer_of, register_document
from audits.documents.report import report_of
from audits.models import Audit, AuditedBody
from committees.models import Municipality
from reporting.documents.content import Document
from reporting.documents.layout import pdf_of

FORMAT = 1


def report_pdf(audit: Audit) -> bytes:
    """Return the audit's report, dated as the report is: the same audit gives the same bytes. Raises RenderingFault."""
    document = report_of(audit, _municipality())
    version = audit.framework_version
    facts = {
        "audit": audit.pk,
        "framework": version.framework.code,
        "framework_version": version.number,
        "framework_sha256": version.sha256,
    }
    return _pdf("granskningsrapport", document, facts, audit.report_date or audit.decided_on)


def answer_pdf(audit: Audit, body: AuditedBody) -> bytes:
    """Return the committee's answer as given until today. Raises RenderingFault."""
    today = timezone.localdate()
    facts = {"audit": audit.pk, "body": body.code}
    return _pdf("yttrande", answer_of(audit, body, _municipality(), today), facts, today)


def register_pdf(rows: Sequence[Any]) -> bytes:
    """Return the register of these rows (see `selectors.register`) as it stands today. Raises RenderingFault."""
    today = timezone.localdate()
    return _pdf("rekommendationsregister", register_document(rows, _municipality(), today), {}, today)


def _municipality() -> str:
    found = Municipality.objects.order_by("pk").first()
    return found.name if found else ""


def _pdf(kind: str, document: Document, facts: Mapping[str, object], day: dt.date | None) -> bytes:
    tables = [
        {"number": one.number, "file": one.file_name, "sha256": hashlib.sha256(one.csv()).hexdigest()}
        for one in document.tables
    ]
    manifest = {"format": FORMAT, "kind": kind, "municipality": document.cover.municipality, **facts, "tables": tables}
    moment = dt.datetime.combine(day or timezone.localdate(), dt.time(12), tzinfo=dt.UTC)
    return pdf_of(document, manifest, moment=moment)
