"""Writing the parts of an inquiry: alternatives, criteria, scores, costs, and what was taken out."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs
from committees.views.writing import refused, write
from governance.actions.inquiries import (
    exclude_alternative,
    remove_cost,
    set_score,
    write_alternative,
    write_cost,
    write_criterion,
)
from governance.forms.inquiries import AlternativeForm, CostForm, CriterionForm, ExclusionForm, ScoreForm
from governance.models import Alternative, AlternativeCost, Criterion
from governance.views.inquiries import own_inquiry, writing


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def alternative_write(request: UserRequest, pk: int, part: int | None = None) -> HttpResponse:
    """Enter an alternative, or change one."""
    inquiry = own_inquiry(request, pk)
    row = get_object_or_404(Alternative, inquiry=inquiry, pk=part) if part else None
    first = {name: getattr(row, name) for name in ("number", "name", "description", "measures")} if row else {}
    form = AlternativeForm(request.POST or None, read_as=row.revision if row else 0, initial=first)

    def save(values: dict[str, Any]) -> str:
        write_alternative(inquiry, alternative=row, by=request.user, **values)
        return "Sparat."

    return write(
        request, form, writing(inquiry, f"Alternativ {row.number}" if row else "Nytt alternativ", "Spara"), save
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def alternative_exclude(request: UserRequest, pk: int, part: int) -> HttpResponse:
    """Say that the inquiry took an alternative out, or that it goes on."""
    inquiry = own_inquiry(request, pk)
    row = get_object_or_404(Alternative, inquiry=inquiry, pk=part)
    matrices = sorted({criterion.matrix for criterion in inquiry.criteria.all()})
    first = {"excluded_after": row.excluded_after, "exclusion_motive": row.exclusion_motive}
    form = ExclusionForm(request.POST or None, matrices=matrices, read_as=row.revision, initial=first)

    def save(values: dict[str, Any]) -> str:
        after, motive = values["excluded_after"], values["exclusion_motive"]
        exclude_alternative(row, after=after, motive=motive, read_as=values["read_as"], by=request.user)
        return "Sparat."

    return write(request, form, writing(inquiry, f"Avför alternativ {row.number}", "Spara", lead=row.name), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def criterion_write(request: UserRequest, pk: int, part: int | None = None) -> HttpResponse:
    """Enter a criterion with its scale, or change one."""
    inquiry = own_inquiry(request, pk)
    row = get_object_or_404(Criterion, inquiry=inquiry, pk=part) if part else None
    names = ("matrix", "number", "name", "aspects", "written_scale")
    first = {name: getattr(row, name) for name in names} if row else {}
    form = CriterionForm(request.POST or None, read_as=row.revision if row else 0, initial=first)

    def save(values: dict[str, Any]) -> str:
        write_criterion(inquiry, criterion=row, scale=values.pop("written_scale"), by=request.user, **values)
        return "Sparat."

    return write(request, form, writing(inquiry, row.name if row else "Nytt kriterium", "Spara"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def score_write(request: UserRequest, pk: int, criterion: int, alternative: int) -> HttpResponse:
    """Score an alternative on a criterion."""
    inquiry = own_inquiry(request, pk)
    on = get_object_or_404(Criterion, inquiry=inquiry, pk=criterion)
    scored = get_object_or_404(Alternative, inquiry=inquiry, pk=alternative)
    score = on.scores.filter(alternative=scored).first()
    first = {"label": score.label, "motive": score.motive} if score else {}
    form = ScoreForm(request.POST or None, criterion=on, read_as=score.revision if score else 0, initial=first)

    def save(values: dict[str, Any]) -> str:
        set_score(scored, on, by=request.user, **values)
        return "Poängen är satt."

    return write(request, form, writing(inquiry, f"Alternativ {scored.number}: {on.name}", "Spara", scored.name), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def cost_write(request: UserRequest, pk: int, part: int, cost: int | None = None) -> HttpResponse:
    """Enter what an alternative costs, or change it."""
    inquiry = own_inquiry(request, pk)
    alternative = get_object_or_404(Alternative, inquiry=inquiry, pk=part)
    row = get_object_or_404(AlternativeCost, alternative=alternative, pk=cost) if cost else None
    first: dict[str, Any] = {}
    if row:
        first = {name: getattr(row, name) for name in ("name", "low", "high", "source")}
        first["per_place"] = "plats" if row.per_place else "totalt"
    form = CostForm(request.POST or None, read_as=row.revision if row else 0, initial=first)

    def save(values: dict[str, Any]) -> str:
        write_cost(alternative, cost=row, by=request.user, **values)
        return "Kostnaden är införd."

    title = f"Kostnad för alternativ {alternative.number}"
    return write(request, form, writing(inquiry, title, "Spara", lead=alternative.name), save)


@require_POST
@needs(Permission.KEEP_REGISTERS)
def cost_remove(request: UserRequest, pk: int, part: int, cost: int) -> HttpResponse:
    """Take a cost away."""
    inquiry = own_inquiry(request, pk)
    row = get_object_or_404(AlternativeCost, alternative__inquiry=inquiry, alternative_id=part, pk=cost)

    def act() -> str:
        remove_cost(row, by=request.user)
        return "Kostnaden är borttagen."

    return refused(request, act, writing(inquiry, "", "").back)
