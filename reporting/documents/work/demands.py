"""What a report demands before it can be approved: an explanation of each missed or falling target, or a reason to go without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from committees.actions.changes import log_change
from committees.actions.saving import required
from committees.models import User
from reporting.documents.models import BoardReport, ReportWaiver
from reporting.documents.parts import CannotTell, OwedPart, owed
from reporting.documents.work.policies import require_secretary
from reporting.enums import ReportKind, ReportState
from reporting.snapshots.models import Snapshot

LONGEST_REASON = 500
_DEMANDING = (ReportKind.ANNUAL, ReportKind.INTERIM)


@dataclass(frozen=True)
class Demand:
    """An explanation that is owed, and the reason for going without it when a secretary has given one."""

    part: OwedPart
    waiver: ReportWaiver | None


def demands_of(report: BoardReport, *, snapshot: Snapshot | None, user: User) -> list[Demand]:
    """Return what an annual or interim report still owes of its period; a month's sheet owes nothing.

    Raises CannotTell, in Swedish, when the reader may not see the figures that tell.
    """
    if snapshot is None or report.kind not in _DEMANDING or report.end > snapshot.as_of:
        return []
    committees = [meeting.committee for meeting in report.meetings.all()]
    given = {waiver.key: waiver for waiver in report.waivers.all()}
    return [Demand(part, given.get(part.key)) for part in owed(user, committees, report.end, snapshot)]


def demands_seen(report: BoardReport, *, snapshot: Snapshot | None, user: User) -> list[Demand]:
    """Return what the report still owes, as a page shows it: nothing to who may not see the figures that tell."""
    try:
        return demands_of(report, snapshot=snapshot, user=user)
    except CannotTell:
        return []


def unmet(demands: Sequence[Demand]) -> list[Demand]:
    """Return those that are neither explained nor waived."""
    return [one for one in demands if one.waiver is None]


@transaction.atomic
def waive(report: BoardReport, demand: Demand, *, reason: str, by: User) -> ReportWaiver:
    """Let the report go on without the explanation, for a reason that is printed in it; return the waiver.

    Raises PermissionDenied for others than a secretary of all its committees, and ValidationError, in Swedish, without a reason
    or when the report is no longer a draft.
    """
    require_secretary(report, by=by)
    if report.state not in ReportState.in_writing():
        raise ValidationError("Rapporten är låst. Öppna den för ändringar först.")
    text = required(
        reason, "reason", "Skriv varför rapporten får gå vidare utan förklaring. Skälet trycks i rapporten."
    )
    before = demand.waiver.reason if demand.waiver else ""
    waiver, _ = ReportWaiver.objects.update_or_create(
        report=report,
        key=demand.part.key,
        defaults={"name": demand.part.name, "committee": demand.part.committee, "reason": text, "by": by},
    )
    log_change(report, field=f"utan förklaring: {waiver}", before=before, after=text, by=by)
    return waiver
