"""Giving a file back to its sender with the faults marked. It holds what the file holds, so who fetched it is logged."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.deliveries.sources import SourceFile
from cases.enums import WaitingState
from cases.fault_workbooks.making import fault_workbook
from cases.kinds import kind_named
from cases.models import WaitingDelivery, WaitingFile
from cases.uploads.sealing import SealedFile
from committees.actions.changes import log_change
from committees.models import User
from committees.permissions import Permission, access_of
from committees.views.guards import refuse
from committees.workflows import MoveFault


def may_fetch_workbook(waiting: WaitingDelivery, user: User) -> bool:
    """Tell whether the user may have the files back: who handed them in, and nobody else, for they name persons."""
    return waiting.by == user and access_of(user).may_everywhere(Permission.DELIVER)


def fetch_fault_workbook(*, waiting: WaitingDelivery, file: WaitingFile, by: User) -> bytes:
    """Return the file as a workbook with its faults marked, and log that it was fetched.

    Raises PermissionDenied for anybody but who handed the file in, MoveFault when the files have not been looked at, are being
    worked on or are gone, and NoWorkbook as `fault_workbook` does.
    """
    if not access_of(by).may_everywhere(Permission.DELIVER):
        raise refuse(Permission.DELIVER)
    if not may_fetch_workbook(waiting, by):
        raise PermissionDenied(
            "Arbetsboken innehåller allt som filen innehåller. Den hämtas av den som lämnade in filen."
        )
    if waiting.is_worked_on(timezone.now()) or waiting.files_are_gone or waiting.state != WaitingState.CHECKED:
        raise MoveFault("Kontrollera filerna först. Arbetsboken görs av filer som är kontrollerade och väntar.")
    files = {one.pk: _source(one) for one in waiting.files.all()}
    made = fault_workbook(
        file=files[file.pk], files=list(files.values()), profile=waiting.profile, replace=waiting.replaces
    )
    log_change(waiting, field="arbetsbok med felen utmärkta", before="", after=f"hämtad: {file.kind}", by=by)
    return made


def _source(file: WaitingFile) -> SourceFile:
    return SourceFile(kind_named(file.kind), SealedFile(file.place), file.name)
