"""The workbook of a file that waits, with its faults marked. It is asked for by post: fetching it is written in the log."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from cases.actions.fault_workbooks import fetch_fault_workbook, may_fetch_workbook
from cases.enums import WaitingState
from cases.fault_workbooks.making import NoWorkbook
from cases.models import WaitingDelivery, WaitingFile
from committees.middleware import UserRequest
from committees.models import User
from committees.permissions import Permission
from committees.views.guards import needs_everywhere
from committees.workflows import MoveFault

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def files_to_fetch(waiting: WaitingDelivery, user: User) -> list[WaitingFile]:
    """Return the files with faults that the user may fetch as workbooks now; none when nobody has looked at them."""
    if waiting.state != WaitingState.CHECKED or not may_fetch_workbook(waiting, user):
        return []
    faulty = {found["file"] for level in ("errors", "warnings") for found in waiting.outcome.get(level, ())}
    return [file for file in waiting.files.all() if file.kind and file.name in faulty]


@require_POST
@cache_control(no_store=True, private=True)
@needs_everywhere(Permission.DELIVER)
def source_workbook(request: UserRequest, pk: int, file: int) -> HttpResponse:
    """Answer with the file as a workbook to save, named as its kind so that it is known when it comes back."""
    waiting = get_object_or_404(WaitingDelivery.objects.visible_to(request.user).select_related("by", "profile"), pk=pk)
    one = get_object_or_404(waiting.files.exclude(kind=""), pk=file)
    try:
        made = fetch_fault_workbook(waiting=waiting, file=one, by=request.user)
    except (MoveFault, NoWorkbook) as fault:
        messages.error(request, str(fault))
        return redirect("source_waiting", pk=pk)
    response = HttpResponse(made, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{one.kind}.xlsx"'
    return response
