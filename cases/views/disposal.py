"""Disposal: what a rule is about, the decision, its carrying out and its check."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.disposal.carrying_out import carry_out, record_decision
from cases.disposal.followers import followers
from cases.disposal.proposing import Proposal, propose
from cases.disposal.verifying import faults_of
from cases.enums import DeliveredFileKind, DisposalArea
from cases.forms.disposal import DecisionForm, RuleForm
from cases.models import Disposal
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs_everywhere

_PERSONS_A_PAGE = 50


@require_GET
@needs_everywhere(Permission.DISPOSE)
def disposal_list(request: UserRequest) -> HttpResponse:
    """List the decisions and ask for a rule to make a new proposal by."""
    disposals = Disposal.objects.select_related("recorded_by", "carried_out_by")
    form = RuleForm(today=timezone.localdate())
    return render(request, "cases/disposal_list.html", {"disposals": disposals, "form": form})


@require_http_methods(["GET", "POST"])
@needs_everywhere(Permission.DISPOSE)
def disposal_proposal(request: UserRequest) -> HttpResponse:
    """Show whom the rule in the address is about, and record the decision that is posted."""
    rule = RuleForm(request.GET, today=timezone.localdate())
    if not rule.is_valid():
        return render(request, "cases/disposal_list.html", {"disposals": Disposal.objects.none(), "form": rule})
    proposal = propose(DisposalArea(rule.cleaned_data["omrade"]), dt.date(rule.cleaned_data["ar"], 12, 31))
    form = DecisionForm(request.POST or None, initial={"list": proposal.fingerprint})
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            disposal = record_decision(
                area=proposal.area, last_day=proposal.last_day, fingerprint=said.pop("list"), by=request.user, **said
            )
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, "Beslutet är registrerat. Någon annan än du utför gallringen.")
            return redirect("disposal_detail", pk=disposal.pk)
    return render(request, "cases/disposal_proposal.html", _proposed(request, proposal) | {"form": form})


def _proposed(request: UserRequest, proposal: Proposal) -> dict[str, Any]:
    persons = sorted(proposal.last_entries.items(), key=lambda one: (one[1], one[0]))
    return {
        "proposal": proposal,
        "area": proposal.area.label,
        "page": Paginator(persons, _PERSONS_A_PAGE).get_page(request.GET.get("sida")),
        "rows": [(kind.label.capitalize(), count) for kind, count in proposal.rows.items()],
        "goes_with": [line for follower in followers() for line in follower.goes_with(proposal)],
    }


@require_GET
@needs_everywhere(Permission.DISPOSE)
def disposal_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show a decision, what became of it and whether it holds still."""
    disposal = get_object_or_404(Disposal.objects.select_related("recorded_by", "carried_out_by"), pk=pk)
    labels = dict(DeliveredFileKind.choices)
    done = disposal.carried_out_at is not None
    counts = disposal.removed if done else disposal.proposed
    shown = {
        "disposal": disposal,
        "counts": [(labels[name], count) for name, count in counts.items()],
        "faults": faults_of(disposal) if done else [],
        "own": disposal.recorded_by_id == request.user.pk,
    }
    return render(request, "cases/disposal_detail.html", shown)


@require_POST
@needs_everywhere(Permission.DISPOSE)
def disposal_carry_out(request: UserRequest, pk: int) -> HttpResponse:
    """Carry the decision out."""
    get_object_or_404(Disposal, pk=pk)
    try:
        carry_out(disposal_id=pk, by=request.user)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(request, "Gallringen är utförd.")
    return redirect("disposal_detail", pk=pk)
