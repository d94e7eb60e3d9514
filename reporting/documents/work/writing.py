"""Writing a report's parts: by those who owe them, never over each other's text, and with every saved text kept."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from committees.actions.changes import log_change
from committees.models import User
from committees.permissions import Permission, access_of
from committees.revising import revise
from reporting.documents.models import BoardReport, PartText, ReportPart
from reporting.documents.templates.model import PartSpec
from reporting.documents.templates.reading import content_of
from reporting.documents.work.policies import codes_of, require_draft, require_secretary, require_writing
from reporting.documents.work.quoting import check_references
from reporting.documents.work.showing import as_stored, require_rows

SITTING = dt.timedelta(minutes=30)
"""What one writer writes without a longer pause than this is one version in the history."""


def write_text(part: ReportPart, *, text: str, read_as: int, by: User) -> ReportPart:
    """Store what was written as a version of its own and return the part fresh; one that was ready is no longer so.

    The very text again is nothing new. Raises PermissionDenied for who does not write the part, MoveFault when the texts are
    frozen, ValidationError for a text that cannot be set or refers to a figure that is not there and for a table with a row that
    does not fill its columns, and Overtaken when somebody saved since `read_as`.
    """
    text = _settable(part, text, by)
    require_rows(spec_of(part), text)
    return _stored(part, text=text, read_as=read_as, by=by, settled=True)


def save_as_typed(part: ReportPart, *, text: str, read_as: int, by: User) -> ReportPart:
    """Store what has been written so far and return the part fresh: a version comes of it only when the sitting is over.

    It is over when the writer saves, marks the text ready, pauses for longer than SITTING, or somebody else goes on writing.
    Raises as `write_text` does, but takes a table whose rows are not whole yet.
    """
    return _stored(part, text=_settable(part, text, by), read_as=read_as, by=by, settled=False)


def restore_text(part: ReportPart, *, number: int, read_as: int, by: User) -> ReportPart:
    """Make an earlier version the text again, as a new version. Raises ValidationError when it is not there; see `write_text`."""
    earlier = part.history.filter(number=number).first()
    if earlier is None:
        raise ValidationError(f"Version {number} av texten finns inte.")
    return write_text(part, text=earlier.text, read_as=read_as, by=by)


def _settable(part: ReportPart, text: str, by: User) -> str:
    """Return the text as it is stored. Here and not while the part is held: figures may have to be computed for it."""
    require_writing(part, by=by)
    spec = spec_of(part)
    text = as_stored(spec, text)
    check_references(part.report, spec, text, before=part.text)
    return text


def spec_of(part: ReportPart) -> PartSpec:
    """Return what the report's template says of the part."""
    return content_of(part.report.template_version).part(part.code)


@transaction.atomic
def _stored(part: ReportPart, *, text: str, read_as: int, by: User, settled: bool) -> ReportPart:
    part = _held(part)
    require_writing(part, by=by)
    now = timezone.now()
    if text != part.text or part.revision != read_as:
        if part.written_by_id != by.pk or part.written_at is None or now - part.written_at > SITTING:
            _settle(part)
        part = revise(part, read_as=read_as, text=text, ready_by=None, written_by=by, written_at=now)
    if settled:
        _settle(part)
    return part


def _held(part: ReportPart) -> ReportPart:
    """Return the part as it stands, with its report held for the transaction: texts are not frozen while one is being stored."""
    state = BoardReport.objects.select_for_update().values_list("state", flat=True).get(pk=part.report_id)
    fresh = ReportPart.objects.get(pk=part.pk)
    fresh.report = part.report
    fresh.report.state = state
    return fresh


def _settle(part: ReportPart) -> None:
    """Put the text as it stands in the history, as its writer's, unless it is the newest there already."""
    newest = part.history.first()
    if part.written_by_id is None or part.written_at is None or part.text == (newest.text if newest else ""):
        return
    number = newest.number + 1 if newest else 1
    PartText.objects.create(part=part, number=number, text=part.text, by_id=part.written_by_id, at=part.written_at)


@transaction.atomic
def mark_ready(part: ReportPart, *, read_as: int, by: User) -> ReportPart:
    """Say that the text is finished. Raises ValidationError when there is none, Overtaken when it has changed since `read_as`."""
    part = _held(part)
    require_writing(part, by=by)
    if not part.text:
        raise ValidationError("Delen har ingen text än.")
    require_rows(spec_of(part), part.text)
    _settle(part)
    log_change(part, field="ready_by", before=part.ready_by, after=by, by=by)
    return revise(part, read_as=read_as, ready_by=by)


@transaction.atomic
def mark_unready(part: ReportPart, *, read_as: int, by: User) -> ReportPart:
    """Say that the text is not finished after all."""
    part = _held(part)
    require_writing(part, by=by)
    log_change(part, field="ready_by", before=part.ready_by, after=None, by=by)
    return revise(part, read_as=read_as, ready_by=None)


@transaction.atomic
def assign_writer(part: ReportPart, *, writer: User | None, read_as: int, by: User) -> ReportPart:
    """Name who owes the text, or nobody: the secretary may. Raises ValidationError for one with no role to write there."""
    part = _held(part)
    require_secretary(part.report, by=by)
    require_draft(part.report)
    writes_for = access_of(writer).committees_with(Permission.WRITE_REPORTS) if writer else ()
    if writer is not None and not set(writes_for) & set(codes_of(part.report)):
        raise ValidationError({"writer": f"{writer} har ingen roll i nämnden som ger rätt att skriva i rapporten."})
    log_change(part, field="writer", before=part.writer, after=writer, by=by)
    return revise(part, read_as=read_as, writer=writer)
