"""What a report says, as one value with one hash: what is approved, decided on and never changed after that."""

from __future__ import annotations

import hashlib
import json

from reporting.documents.models import BoardReport
from reporting.documents.work.policies import codes_of

_FORMAT = 1


def content_of_report(report: BoardReport, *, snapshot: str) -> dict[str, object]:
    """Return all that the report's content follows from: template, committees, period, texts, and the hash of its snapshot."""
    version = report.template_version
    waived = {waiver.key: waiver.reason for waiver in report.waivers.all()}
    return {
        "format": _FORMAT,
        "kind": report.kind,
        "title": report.title,
        "registry_number": report.registry_number,
        "committees": codes_of(report),
        "start": report.start.isoformat(),
        "end": report.end.isoformat(),
        "version": report.version,
        "template": {"code": version.template.code, "number": version.number, "sha256": version.sha256},
        "texts": {part.code: part.text for part in report.parts.order_by("code")},
        "snapshot": snapshot,
        **({"waived": waived} if waived else {}),
    }


def fingerprint_of(report: BoardReport, *, snapshot: str) -> str:
    """Return the SHA-256 of the report's content as canonical JSON."""
    content = content_of_report(report, snapshot=snapshot)
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def is_unchanged(report: BoardReport) -> bool:
    """Whether the report still says what was frozen. False for one that is not frozen."""
    if report.snapshot is None or not report.content_sha256:
        return False
    return fingerprint_of(report, snapshot=report.snapshot.hash) == report.content_sha256
