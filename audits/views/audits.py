"""The list of audits, an audit's own page, and laying one up."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from audits.actions.audits import (
    Body,
    Commission,
    move_fact_check_due,
    revise_audit,
    start_audit,
    write_cover_letter,
)
from audits.filters import AuditFilter
from audits.forms.audits import AuditForm, AuditTextForm, CoverLetterForm, FactCheckDueForm
from audits.frameworks.reading import content_of
from audits.models import Audit, EvidenceRequest, FrameworkVersion
from audits.selectors.findings import findings_of
from audits.selectors.history import history_of
from audits.selectors.register import standings_of
from audits.tables import AuditTable
from audits.views.common import audit_or_404, own_audit_or_404, shell_of
from audits.warnings import warnings_of
from committees.middleware import UserRequest
from committees.models import Committee
from committees.permissions import Permission
from committees.views.guards import needs, refuse
from committees.views.writing import Writing, write
from governance.views.registers import Register, register_page
from reporting.views.place import home_place

REGISTER = Register("granskningar", "audits/list.html", AuditFilter, AuditTable, "-report_date")

_TEXT_FIELDS = (
    "title",
    "kind",
    "commissioner",
    "firm",
    "registry_number",
    "background",
    "purpose",
    "scope",
    "period_start",
    "period_end",
    "follows",
    "method",
    "purpose_in_summary",
    "overall_grade",
    "overall_text",
    "fact_check_due",
    "report_date",
    "signatories",
)


@require_GET
def audit_list(request: UserRequest) -> HttpResponse:
    """Show the audits the reader may read, and what the reader's committees are asked to hand over."""
    audits = Audit.objects.visible_to(request.user).prefetch_related("bodies__committee")
    owed = EvidenceRequest.objects.visible_to(request.user).owed().select_related("audit", "body__committee")
    may_start = request.access.may(Permission.DECIDE_AUDITS)
    may_frame = request.access.may(Permission.CARRY_OUT_AUDITS)
    place = home_place(request)
    map_url = place.url("audit_criteria") if place and place.scope else ""
    return register_page(
        request, audits, REGISTER, owed=owed, may_start=may_start, may_frame=may_frame, map_url=map_url
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.DECIDE_AUDITS)
def audit_new(request: UserRequest) -> HttpResponse:
    """Lay an audit up."""
    newest = FrameworkVersion.objects.filter(framework=OuterRef("framework")).order_by("-number").values("pk")[:1]
    versions = FrameworkVersion.objects.filter(pk=Subquery(newest)).select_related("framework").order_by("framework")
    form = AuditForm(
        request.POST or None,
        versions=versions,
        committees=_own_committees(request),
        earlier=Audit.objects.visible_to(request.user),
        initial={"commissioner": "Kommunens revisorer"},
    )
    made: list[Audit] = []

    def save(fields: dict[str, Any]) -> str:
        committees, version = fields.pop("committees"), fields.pop("framework_version")
        until = fields.pop("engaged_until")
        audit = start_audit(
            framework_version=version,
            commission=Commission(**fields),
            bodies=[Body(committee) for committee in committees],
            engaged_until=until,
            by=request.user,
        )
        made.append(audit)
        return f"Granskningen ”{audit}” är upplagd. Bara de som har ett uppdrag i den kan se den."

    writing = Writing("Lägg upp en granskning", "Lägg upp granskningen", reverse("audit_list"), "Granskningar")
    return write(request, form, writing, save)


def _own_committees(request: UserRequest) -> Any:
    access = request.access
    codes = [
        code
        for code in access.committees_with(Permission.DECIDE_AUDITS)
        if access.may_for(Permission.DECIDE_AUDITS, [code])
    ]
    return Committee.objects.filter(code__in=codes)


@require_GET
def audit_page(request: UserRequest, pk: int) -> HttpResponse:
    """Show an audit: how far it has come, what was found, and what the reader can do."""
    audit = audit_or_404(request.user, pk)
    context = shell_of(request, audit)
    findings = findings_of(audit)
    shell, standings = context["shell"], standings_of(audit, request.user)
    context |= {
        "findings": findings,
        "sources": audit.sources.select_related("body__committee").order_by("kind", "pk"),
        "cautions": warnings_of(audit, findings) if shell.carries_out and shell.goes_on else [],
        "engagements": audit.engagements.select_related("user").order_by("start", "pk") if shell.carries_out else [],
        "requests": EvidenceRequest.objects.visible_to(request.user)
        .filter(audit=audit)
        .select_related("body__committee"),
        "recommendations": [(row, standings.get(row.recommendation.pk, ())) for row in findings.recommendations],
        "today": timezone.localdate(),
    }
    return render(request, "audits/page.html", context)


@require_http_methods(["GET", "POST"])
def audit_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Write what stands in an audit itself."""
    audit = own_audit_or_404(request.user, pk)
    form = AuditTextForm(
        request.POST or None,
        words=content_of(audit.framework_version).scale.words,
        earlier=Audit.objects.visible_to(request.user).exclude(pk=audit.pk),
        read_as=audit.revision,
        initial={name: getattr(audit, name) for name in _TEXT_FIELDS},
    )

    def save(fields: dict[str, Any]) -> str:
        revise_audit(audit, by=request.user, **fields)
        return "Uppgifterna är sparade."

    back = reverse("audit_page", kwargs={"pk": pk})
    return write(request, form, Writing("Ändra granskningen", "Spara", back, audit.title), save)


@require_http_methods(["GET", "POST"])
def audit_cover_letter(request: UserRequest, pk: int) -> HttpResponse:
    """Write the elected auditors' cover letter."""
    audit = own_audit_or_404(request.user, pk)
    if not shell_of(request, audit)["shell"].decides:
        raise refuse(Permission.DECIDE_AUDITS)
    initial = {"cover_letter": audit.cover_letter, "signatories": audit.signatories}
    form = CoverLetterForm(request.POST or None, read_as=audit.revision, initial=initial)

    def save(fields: dict[str, Any]) -> str:
        write_cover_letter(audit, text=fields.pop("cover_letter"), by=request.user, **fields)
        return "Missivet är sparat."

    back = reverse("audit_page", kwargs={"pk": pk})
    return write(request, form, Writing("Missiv", "Spara missivet", back, audit.title), save)


@require_http_methods(["GET", "POST"])
def audit_fact_check_due(request: UserRequest, pk: int) -> HttpResponse:
    """Move the day by which comments are to be in."""
    audit = own_audit_or_404(request.user, pk)
    form = FactCheckDueForm(request.POST or None, initial={"due": audit.fact_check_due})

    def save(fields: dict[str, Any]) -> str:
        move_fact_check_due(audit, by=request.user, **fields)
        return "Datumet är sparat."

    back = reverse("audit_page", kwargs={"pk": pk})
    writing = Writing("När ska synpunkterna vara inne?", "Spara datumet", back, audit.title)
    return write(request, form, writing, save)


@require_GET
def audit_history(request: UserRequest, pk: int) -> HttpResponse:
    """Show every change of an audit and of all that stands in it, for its auditors only: drafts are in it."""
    audit = own_audit_or_404(request.user, pk)
    return render(request, "audits/history.html", shell_of(request, audit) | {"changes": history_of(audit)})
