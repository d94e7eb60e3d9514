"""The papers of audits to read and keep: only what the reader may see on the pages."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from audits.documents.papers import answer_pdf, register_pdf, report_pdf
from audits.enums import AuditState
from audits.recommendation_tables import RecommendationFilter
from audits.selectors.register import register_of
from audits.views.common import audit_or_404
from committees.middleware import UserRequest
from reporting.views.papers import pdf_answer


@require_GET
def audit_paper(request: UserRequest, pk: int) -> HttpResponse:
    """Give the report of an audit that the reader may read; before the decision it says that it is a draft."""
    audit = audit_or_404(request.user, pk)
    return pdf_answer(request, lambda: report_pdf(audit), f"granskning-{pk}.pdf", back="audit_list")


@require_GET
def audit_answer_paper(request: UserRequest, pk: int, body: int) -> HttpResponse:
    """Give what a committee has answered."""
    audit = audit_or_404(request.user, pk)
    if audit.state not in AuditState.decided():
        raise Http404
    found = get_object_or_404(audit.bodies.select_related("committee"), pk=body, committee__isnull=False)
    name = f"svar-{pk}-{found.code}.pdf"
    return pdf_answer(request, lambda: answer_pdf(audit, found), name, back="audit_list")


@require_GET
def audit_register_paper(request: UserRequest) -> HttpResponse:
    """Give the register, narrowed as the address asks."""
    rows = register_of(request.user).select_related("recommendation__audit", "committee")
    chosen = list(RecommendationFilter(request.GET, queryset=rows).qs)
    return pdf_answer(request, lambda: register_pdf(chosen), "rekommendationer.pdf", back="audit_list")
