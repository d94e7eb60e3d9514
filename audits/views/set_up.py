"""Whom an audit covers, who works on it and what it was built on."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from audits.actions.audits import Body, add_body, add_source, remove_body, remove_source, set_response_due
from audits.actions.engagements import end_engagement, engage
from audits.forms.audits import BodyForm, EngagementForm, ReasonForm, ResponseDueForm, SourceForm
from audits.views.common import own_audit_or_404
from committees.middleware import UserRequest
from committees.models import Committee
from committees.permissions import Permission
from committees.views.writing import Writing, refused, write


def _back(pk: int) -> str:
    return reverse("audit_page", kwargs={"pk": pk})


@require_http_methods(["GET", "POST"])
def audit_body_add(request: UserRequest, pk: int) -> HttpResponse:
    """Let the audit cover one more body."""
    audit = own_audit_or_404(request.user, pk)
    own = request.access.committees_with(Permission.DECIDE_AUDITS)
    covered = audit.bodies.filter(committee__isnull=False).values("committee")
    form = BodyForm(request.POST or None, committees=Committee.objects.filter(code__in=own).exclude(pk__in=covered))

    def save(fields: dict[str, Any]) -> str:
        return f"{add_body(audit=audit, body=Body(**fields), by=request.user)} granskas nu också."

    return write(request, form, Writing("Lägg till ett granskat organ", "Lägg till", _back(pk), audit.title), save)


@require_POST
def audit_body_remove(request: UserRequest, pk: int, body: int) -> HttpResponse:
    """Let the audit no longer cover a body."""
    audit = own_audit_or_404(request.user, pk)
    row = get_object_or_404(audit.bodies.select_related("committee", "audit"), pk=body)

    def act() -> str:
        name = str(row)
        remove_body(body=row, by=request.user)
        return f"{name} granskas inte längre."

    return refused(request, act, _back(pk))


@require_http_methods(["GET", "POST"])
def audit_response_due(request: UserRequest, pk: int, body: int) -> HttpResponse:
    """Set by when a body is to answer."""
    audit = own_audit_or_404(request.user, pk)
    row = get_object_or_404(audit.bodies.select_related("committee", "audit"), pk=body)
    form = ResponseDueForm(request.POST or None, initial={"due": row.response_due})

    def save(fields: dict[str, Any]) -> str:
        set_response_due(body=row, by=request.user, **fields)
        return f"Svarsdatumet för {row} är sparat."

    writing = Writing(f"När ska {row} svara?", "Spara datumet", _back(pk), audit.title)
    return write(request, form, writing, save)


@require_http_methods(["GET", "POST"])
def audit_engage(request: UserRequest, pk: int) -> HttpResponse:
    """Give a person a part in the audit."""
    audit = own_audit_or_404(request.user, pk)
    form = EngagementForm(request.POST or None, initial={"start": timezone.localdate()})

    def save(fields: dict[str, Any]) -> str:
        engagement = engage(audit=audit, by=request.user, **fields)
        return f"{engagement.user} har ett uppdrag i granskningen till och med {engagement.end.isoformat()}."

    writing = Writing(
        "Ge ett uppdrag i granskningen",
        "Ge uppdraget",
        _back(pk),
        audit.title,
        lead="Den som får uppdraget kan läsa de granskade nämndernas siffror och ärenden så länge det gäller.",
    )
    return write(request, form, writing, save)


@require_http_methods(["GET", "POST"])
def audit_engagement_end(request: UserRequest, pk: int, engagement: int) -> HttpResponse:
    """End a person's part in the audit."""
    audit = own_audit_or_404(request.user, pk)
    row = get_object_or_404(audit.engagements.select_related("user", "audit"), pk=engagement)
    form = ReasonForm(request.POST or None)

    def save(fields: dict[str, Any]) -> str:
        end_engagement(engagement=row, by=request.user, why=fields["why"])
        return f"Uppdraget är avslutat för {row.user}."

    back = reverse("audit_list") if row.user_id == request.user.pk else _back(pk)
    writing = Writing(f"Avsluta uppdraget för {row.user}", "Avsluta uppdraget", back, audit.title)
    return write(request, form, writing, save)


@require_http_methods(["GET", "POST"])
def audit_source_add(request: UserRequest, pk: int) -> HttpResponse:
    """Note a source."""
    audit = own_audit_or_404(request.user, pk)
    form = SourceForm(request.POST or None, audit=audit)

    def save(fields: dict[str, Any]) -> str:
        add_source(audit=audit, by=request.user, **fields)
        return "Källan är tillagd."

    return write(request, form, Writing("Lägg till en källa", "Lägg till källan", _back(pk), audit.title), save)


@require_POST
def audit_source_remove(request: UserRequest, pk: int, source: int) -> HttpResponse:
    """Strike a source."""
    audit = own_audit_or_404(request.user, pk)
    row = get_object_or_404(audit.sources.select_related("audit"), pk=source)

    def act() -> str:
        remove_source(source=row, by=request.user)
        return "Källan är borttagen."

    return refused(request, act, _back(pk))
