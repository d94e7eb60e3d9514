"""An annual report set in pages the way every report is, for tests of what its chapters say."""

from __future__ import annotations

from collections.abc import Sequence

from committees.models import Committee
from reporting.documents.layout import Edition
from reporting.documents.work.composition import figures_only
from reporting.documents.work.edition import edition_of_composition
from reporting.enums import ReportKind
from reporting.snapshots.models import Snapshot


def annual_edition(committees: Sequence[Committee], snapshot: Snapshot, *, registry_number: str = "") -> Edition:
    """Return the committees' report of 2023 without texts, from the template that comes with the application."""
    wanted = figures_only(ReportKind.ANNUAL, committees, 2023, registry_number=registry_number, snapshot=snapshot)
    return edition_of_composition(wanted, snapshot)
