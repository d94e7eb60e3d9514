"""An annual report's figures set in pages as they are, for tests of what its chapters say: no template arranges them."""

from __future__ import annotations

import datetime as dt

from reporting.documents.annual import AnnualReport
from reporting.documents.annual.manifest import manifest_of
from reporting.documents.annual.pages import chapters_of, with_annex
from reporting.documents.content import Cover, Document
from reporting.documents.layout import Edition


def edition_of(report: AnnualReport) -> Edition:
    """Return the chapters in their own order with the annex and the manifest."""
    cover = Cover("Helårsrapport", "Ämne", "Nämnden", report.municipality, "", "1", "", "", "")
    document = with_annex(report, Document(cover, chapters_of(report)))
    return Edition(
        document, manifest_of(report, document), dt.datetime.combine(report.as_of, dt.time(12), tzinfo=dt.UTC)
    )
