"""Evidence requests: asking, reading, handing over."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from audits import evidence_files
from audits.actions.requests import ask_for, deliver, move_request, revise_request
from audits.forms.requests import DeliveryForm, EvidenceRequestForm, RequestMoveForm
from audits.frameworks.reading import content_of
from audits.models import EvidenceDelivery, EvidenceRequest
from audits.policies import REQUEST, held_for_request
from audits.views.common import own_audit_or_404
from committees.middleware import UserRequest
from committees.models import User
from committees.permissions import Permission
from committees.views.guards import refuse
from committees.views.writing import Writing, write
from committees.workflows import MoveFault
from governance.models import SteeringDocument


def _request_or_404(user: User, pk: int) -> EvidenceRequest:
    visible = EvidenceRequest.objects.visible_to(user)
    return get_object_or_404(visible.select_related("audit__framework_version", "body__committee"), pk=pk)


def _back(pk: int) -> str:
    return reverse("audit_request", kwargs={"pk": pk})


@require_http_methods(["GET", "POST"])
def audit_request_add(request: UserRequest, pk: int) -> HttpResponse:
    """Write an evidence request."""
    audit = own_audit_or_404(request.user, pk)
    content = content_of(audit.framework_version)
    initial = {"question": request.GET.get("fraga", "")}
    form = EvidenceRequestForm(request.POST or None, audit=audit, content=content, initial=initial)

    def save(fields: dict[str, Any]) -> str:
        del fields["read_as"], fields["why"]
        made = ask_for(audit=audit, by=request.user, **fields)
        return f"”{made}” är sparad som utkast. Skicka den när den är klar."

    back = f"{reverse('audit_page', kwargs={'pk': pk})}#underlag"
    return write(request, form, Writing("Begär underlag", "Spara utkastet", back, audit.title), save)


@require_GET
def audit_request(request: UserRequest, pk: int) -> HttpResponse:
    """Show a request with what was handed over, for the auditors and for those it was sent to."""
    row = _request_or_404(request.user, pk)
    held = held_for_request(request.user, row)
    carries_out = Permission.CARRY_OUT_AUDITS in held
    moves = [move for move in REQUEST.open_to(row.state, held) if move.name != "deliver"]
    can_deliver = any(move.name == "deliver" for move in REQUEST.open_to(row.state, held))
    deliveries = row.deliveries.select_related("by").prefetch_related("documents")
    context = {
        "row": row,
        "deliveries": deliveries,
        "moves": moves,
        "can_deliver": can_deliver,
        "carries_out": carries_out,
    }
    return render(request, "audits/request.html", context)


@require_http_methods(["GET", "POST"])
def audit_request_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a request."""
    row = _request_or_404(request.user, pk)
    own_audit_or_404(request.user, row.audit_id)
    initial = {name: getattr(row, name) for name in ("title", "description", "question", "due")}
    content = content_of(row.audit.framework_version)
    form = EvidenceRequestForm(
        request.POST or None, audit=row.audit, content=content, read_as=row.revision, initial=initial
    )
    del form.fields["body"]

    def save(fields: dict[str, Any]) -> str:
        revise_request(row, by=request.user, **fields)
        return "Begäran är sparad."

    return write(request, form, Writing("Ändra begäran", "Spara", _back(pk), row.title), save)


@require_http_methods(["GET", "POST"])
def audit_request_deliver(request: UserRequest, pk: int) -> HttpResponse:
    """Hand over what was asked for."""
    row = _request_or_404(request.user, pk)
    if Permission.RESPOND_TO_AUDITS not in held_for_request(request.user, row):
        raise refuse(Permission.RESPOND_TO_AUDITS)
    documents = SteeringDocument.objects.visible_to(request.user)
    form = DeliveryForm(request.POST or None, request.FILES or None, documents=documents)

    def save(fields: dict[str, Any]) -> str:
        deliver(request=row, by=request.user, **fields)
        return "Underlaget är lämnat till granskarna."

    writing = Writing("Lämna underlag", "Lämna underlaget", _back(pk), row.title, lead=row.title, multipart=True)
    return write(request, form, writing, save)


@require_http_methods(["GET", "POST"])
def audit_request_move(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Take a request one step on its way."""
    row = _request_or_404(request.user, pk)
    try:
        move = REQUEST.move(name)
    except MoveFault:
        raise Http404 from None
    if name == "deliver":
        return redirect("audit_request_deliver", pk=pk)
    form = RequestMoveForm(request.POST if request.method == "POST" else None)
    form.fields["why"].required = move.asks_why

    def save(fields: dict[str, Any]) -> str:
        moved = move_request(row, name=name, by=request.user, **fields)
        return f"Begärans läge är nu ”{moved.get_state_display()}”."

    return write(request, form, Writing(move.label, move.label, _back(pk), row.title), save)


@require_GET
def audit_request_file(request: UserRequest, pk: int, delivery: int) -> FileResponse:
    """Hand out a delivered file, always as a download and never as a page."""
    row = _request_or_404(request.user, pk)
    kept = get_object_or_404(EvidenceDelivery, request=row, pk=delivery)
    path = evidence_files.path_of(kept.file_sha256)
    if not kept.file_sha256 or not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=kept.file_name, content_type="application/octet-stream"
    )
