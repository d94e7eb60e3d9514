"""What drafts of reports have kept goes with the snapshots it rests on; what has been decided on stays."""

from __future__ import annotations

from collections.abc import Sequence

from cases.disposal.proposing import Proposal
from cases.models import Disposal
from reporting.documents.models import DraftFigures
from reporting.snapshots.holding import snapshots_holding


class DisposedDraftFigures:
    """Follows disposals (`cases.disposal.followers`)."""

    def goes_with(self, proposal: Proposal) -> Sequence[str]:
        """Name the drafts whose figures rest on snapshots that hold the rows."""
        held = DraftFigures.objects.filter(snapshot__in=list(snapshots_holding(proposal.keys))).select_related("report")
        titles = sorted({kept.report.title for kept in held.only("report__title")})
        return [f"Preliminära siffror i utkastet ”{title}”" for title in titles]

    def disposed(self, disposal: Disposal, proposal: Proposal) -> None:
        """Let go of the figures. Told after the snapshots, which then name their disposal."""
        DraftFigures.objects.filter(snapshot__disposal=disposal).delete()

    def faults(self, disposal: Disposal) -> Sequence[str]:
        """Name the drafts whose figures should be gone and are still there."""
        left = DraftFigures.objects.filter(snapshot__disposal=disposal).select_related("report")
        return [f"Preliminära siffror finns kvar i utkastet ”{kept.report.title}”." for kept in left]
