"""The manifest inside the PDF: what the report rests on and every figure as published, for those who compute them again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from reporting.documents.annual.report import AnnualReport
from reporting.documents.content import Document

FORMAT = 1


def manifest_of(report: AnnualReport, document: Document) -> dict[str, object]:
    """Return the manifest: plain values only, nothing that disclosure control has hidden."""
    order = report.order
    measures = {result.measure.code: result.measure.version for result in report.figures.results}
    return {
        "format": FORMAT,
        "kind": "helarsrapport",
        "municipality": report.municipality,
        "committees": [code for code, _ in order.committees],
        "year": order.year,
        "registry_number": order.registry_number,
        "version": order.version,
        "snapshot": order.snapshot,
        "as_of": report.as_of.isoformat(),
        "measures": [{"code": code, "version": version} for code, version in sorted(measures.items())],
        "small_number_limit": report.small_number_limit,
        "exemptions": [
            {"measure": each.measure, "reason": each.reason, "decision": each.decision} for each in report.exemptions
        ],
        "figures": [result.as_json() for result in report.figures.results],
        "history": [
            {"measure": code, "year": known.year, "value": known.value, "source": known.source}
            for code, past in report.pasts.items()
            for known in past.history
        ],
        "comparison": _comparison(report),
        "tables": tables_of(document),
    }


def tables_of(document: Document) -> list[dict[str, object]]:
    """Return the document's tables as the manifest names them, each with the hash of its file."""
    return [
        {
            "number": table.number,
            "caption": table.caption,
            "file": table.file_name,
            "sha256": hashlib.sha256(table.csv()).hexdigest(),
        }
        for table in document.tables
    ]


def fingerprint(manifest: Mapping[str, object]) -> str:
    """Return what tells two contents of a report apart: the manifest without the version it was given."""
    content = {key: value for key, value in manifest.items() if key != "version"}
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _comparison(report: AnnualReport) -> dict[str, object] | None:
    found = report.comparison
    if found is None:
        return None
    return {
        "source": "Kolada",
        "kpi": found.kpi,
        "group": found.group,
        "years": list(found.years),
        "members": {code: list(found.values[code]) for code in found.members},
        "group_mean": [mean.value for mean in found.group_means],
        "mean_of_fetched": [mean.value for mean in found.country_means],
        "covers_country": found.covers_country,
    }
