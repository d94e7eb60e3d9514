"""Live evidence beside a question, and keeping it as it is."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from audits.actions.evidence import pin_evidence
from audits.enums import PinnedKind
from audits.models import Audit, PinnedEvidence
from audits.selectors.evidence import evidence_of
from audits.views.common import own_audit_or_404, shell_of
from committees.middleware import UserRequest
from committees.models import User
from committees.permissions import access_of
from committees.views.writing import refused
from governance.figures import may_see_figures


def _kept(audit: Audit, number: str, user: User) -> list[PinnedEvidence]:
    """Return what is kept with the question; figures only of committees whose figures the user may see."""
    access = access_of(user)
    rows = audit.evidence.filter(question=number).select_related("body__committee", "snapshot", "by")
    return [
        row
        for row in rows
        if row.kind != PinnedKind.MEASURE
        or (row.body and row.body.committee and may_see_figures(access, row.body.committee))
    ]


@require_GET
def audit_evidence(request: UserRequest, pk: int, number: str) -> HttpResponse:
    """Show what figures and registers say of a question today, and what is kept, for the auditors."""
    audit = own_audit_or_404(request.user, pk)
    context = shell_of(request, audit)
    question = context["content"].question(number)
    if question is None:
        raise Http404
    evidence = evidence_of(audit, question, request.user)
    context |= {"question": question, "evidence": evidence, "kept": _kept(audit, number, request.user)}
    return render(request, "audits/evidence.html", context)


@require_POST
def audit_evidence_pin(request: UserRequest, pk: int, number: str) -> HttpResponse:
    """Keep one piece of evidence as it is now."""
    audit = own_audit_or_404(request.user, pk)
    back = reverse("audit_evidence", kwargs={"pk": pk, "number": number})

    def act() -> str:
        kept = pin_evidence(audit=audit, question=number, key=request.POST.get("key", ""), by=request.user)
        return f"”{kept.title}” är bevarat som det är nu."

    return refused(request, act, back)
