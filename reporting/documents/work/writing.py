"""Writing a report's parts: by those who owe them, never over each other's text, and with every saved text kept."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from committees.actions.changes import log_change
from committees.models import User
from committees.permissions import Permission, access_of
from committees.revising import revise
from reporting.documents.models import BoardReport, PartText, ReportPart
from reporting.documents.work.markdown import cleaned
from reporting.documents.work.policies import codes_of, require_draft, require_secretary, require_writing


def _held(part: ReportPart) -> ReportPart:
    """Return the part with its report held for the transaction: texts are not frozen while one is being stored."""
    report = BoardReport.objects.select_for_update().get(pk=part.report_id)
    part.report = report
    return part


@transaction.atomic
def write_text(part: ReportPart, *, text: str, read_as: int, by: User) -> ReportPart:
    """Store what was written and return the part fresh; one that was ready is no longer so. The very text again is nothing new.

    Raises PermissionDenied for who does not write the part, MoveFault when the texts are frozen, ValidationError for a text that
    cannot be set, and Overtaken when somebody saved since `read_as`.
    """
    require_writing(_held(part), by=by)
    text = cleaned(text)
    if text == part.text and part.revision == read_as:
        return part
    saved = revise(part, read_as=read_as, text=text, ready_by=None)
    newest = part.history.first()
    PartText.objects.create(part=saved, number=newest.number + 1 if newest else 1, text=text, by=by)
    return saved


@transaction.atomic
def mark_ready(part: ReportPart, *, read_as: int, by: User) -> ReportPart:
    """Say that the text is finished. Raises ValidationError when there is none, Overtaken when it has changed since `read_as`."""
    require_writing(_held(part), by=by)
    if not part.text:
        raise ValidationError("Delen har ingen text än.")
    log_change(part, field="ready_by", before=part.ready_by, after=by, by=by)
    return revise(part, read_as=read_as, ready_by=by)


@transaction.atomic
def mark_unready(part: ReportPart, *, read_as: int, by: User) -> ReportPart:
    """Say that the text is not finished after all."""
    require_writing(_held(part), by=by)
    log_change(part, field="ready_by", before=part.ready_by, after=None, by=by)
    return revise(part, read_as=read_as, ready_by=None)


@transaction.atomic
def assign_writer(part: ReportPart, *, writer: User | None, read_as: int, by: User) -> ReportPart:
    """Name who owes the text, or nobody: the secretary may. Raises ValidationError for one with no role to write there."""
    require_secretary(_held(part).report, by=by)
    require_draft(part.report)
    writes_for = access_of(writer).committees_with(Permission.WRITE_REPORTS) if writer else ()
    if writer is not None and not set(writes_for) & set(codes_of(part.report)):
        raise ValidationError({"writer": f"{writer} har ingen roll i nämnden som ger rätt att skriva i rapporten."})
    log_change(part, field="writer", before=part.writer, after=writer, by=by)
    return revise(part, read_as=read_as, writer=writer)
