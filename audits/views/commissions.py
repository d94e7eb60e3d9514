"""Saying which recommendation a commission was given because of."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from audits.actions.commissions import cite, cite_no_more
from audits.enums import AuditState
from audits.forms.responses import CiteForm, ReasonForm
from audits.models import Recommendation
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs, refuse
from committees.views.writing import Writing, write
from governance.actions.commissions import concerned
from governance.models import Commission
from governance.policies import may_keep


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def audit_commission_cite(request: UserRequest, pk: int) -> HttpResponse:
    """Choose a recommendation that caused the commission."""
    commission = _own(request, pk)
    published = Recommendation.objects.visible_to(request.user).filter(audit__state=AuditState.PUBLISHED)
    offered = published.exclude(commissions=commission).select_related("audit").order_by("-audit__decided_on", "pk")
    form = CiteForm(request.POST or None, recommendations=offered)

    def save(fields: dict[str, Any]) -> str:
        cite(commission, recommendation=fields["recommendation"], by=request.user)
        return "Uppdraget är kopplat till rekommendationen."

    return write(request, form, _writing(commission, "Koppla till en rekommendation", "Koppla"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def audit_commission_drop(request: UserRequest, pk: int, recommendation: int) -> HttpResponse:
    """Take the tie between commission and recommendation away."""
    commission = _own(request, pk)
    cited = get_object_or_404(
        Recommendation.objects.visible_to(request.user), pk=recommendation, commissions=commission
    )
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def save(fields: dict[str, Any]) -> str:
        cite_no_more(commission, recommendation=cited, why=fields["why"], by=request.user)
        return "Kopplingen är borttagen."

    return write(request, form, _writing(commission, "Ta bort kopplingen", "Ta bort"), save)


def _own(request: UserRequest, pk: int) -> Commission:
    commission = get_object_or_404(Commission.objects.visible_to(request.user), pk=pk)
    if not may_keep(request.access, concerned(commission)):
        raise refuse(Permission.KEEP_REGISTERS)
    return commission


def _writing(commission: Commission, title: str, button: str) -> Writing:
    return Writing(title, button, reverse("steering_commission", args=[commission.pk]), str(commission))
