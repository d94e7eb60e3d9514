"""Snapshots go with the rows they hold; their hashes, and every figure computed from them, stay."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from cases.disposal.proposing import Proposal
from cases.models import Disposal
from reporting.snapshots.freezing import discard_folder
from reporting.snapshots.holding import snapshots_holding
from reporting.snapshots.models import Snapshot
from reporting.snapshots.provisional import take_provisional


class DisposedSnapshots:
    """Follows disposals (`cases.disposal.followers`)."""

    def goes_with(self, proposal: Proposal) -> Sequence[str]:
        """Name the snapshots that hold the rows, each with how many reports rest on it."""
        lines = []
        for snapshot in snapshots_holding(proposal.keys):
            kind = "fryst" if snapshot.frozen else "tillfälligt"
            reports = snapshot.reports.count()
            resting = f", som {reports} {'rapport' if reports == 1 else 'rapporter'} vilar på" if reports else ""
            lines.append(f"Underlag {snapshot.short_hash} per {snapshot.as_of} ({kind}){resting}")
        return lines

    def disposed(self, disposal: Disposal, proposal: Proposal) -> None:
        """Let go of every snapshot that holds the rows; when it is done, take a provisional one of what is left."""
        for snapshot in snapshots_holding(proposal.keys):
            Snapshot.objects.filter(pk=snapshot.pk).update(disposal=disposal)
            transaction.on_commit(partial(discard_folder, snapshot.hash))
        transaction.on_commit(take_provisional)

    def faults(self, disposal: Disposal) -> Sequence[str]:
        """Name the snapshots that should be gone and whose files are still there."""
        return [
            f"Filerna till underlag {snapshot.short_hash} finns kvar i {settings.SNAPSHOT_ROOT}."
            for snapshot in disposal.snapshots.order_by("pk")
            if (Path(settings.SNAPSHOT_ROOT) / snapshot.hash).exists()
        ]
