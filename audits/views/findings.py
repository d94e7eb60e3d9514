"""Reading and writing what was found: a question, its observations and assessments, and the recommendations."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audits.actions.audits import Body
from audits.actions.findings import (
    add_observation,
    assess,
    recommend,
    revise_observation,
    revise_recommendation,
    strike_observation,
    strike_recommendation,
)
from audits.forms.findings import AssessmentForm, ObservationForm, RecommendationForm
from audits.frameworks.reading import content_of
from audits.models import Audit, Recommendation
from audits.selectors.findings import findings_of
from audits.views.common import audit_or_404, own_audit_or_404, shell_of
from audits.warnings import warnings_of
from committees.middleware import UserRequest
from committees.models import Committee
from committees.permissions import Permission
from committees.views.writing import Writing, refused, write


def _question_url(audit: Audit, number: str) -> str:
    if not number:
        return reverse("audit_page", kwargs={"pk": audit.pk})
    return reverse("audit_question", kwargs={"pk": audit.pk, "number": number})


@require_GET
def audit_question(request: UserRequest, pk: int, number: str) -> HttpResponse:
    """Show one question with everything that is written about it."""
    audit = audit_or_404(request.user, pk)
    findings = findings_of(audit)
    question = findings.question(number)
    if question is None:
        raise Http404
    context = shell_of(request, audit)
    shell = context["shell"]
    cautions = warnings_of(audit, findings) if shell.carries_out and shell.goes_on else []
    context |= {"findings": findings, "row": question, "cautions": [one for one in cautions if one.question == number]}
    context["controllers"] = _controllers(request, audit)
    return render(request, "audits/question.html", context)


def _controllers(request: UserRequest, audit: Audit) -> list[Committee]:
    """Return the audited committees whose internal control the reader plans: a criterion may become a control of theirs."""
    access, permission = request.access, Permission.MANAGE_CONTROL
    own = [code for code in access.committees_with(permission) if access.may_for(permission, [code])]
    return list(Committee.objects.filter(code__in=own, pk__in=audit.bodies.values("committee"))) if own else []


@require_http_methods(["GET", "POST"])
def audit_assess(request: UserRequest, pk: int, number: str, body: int | None = None) -> HttpResponse:
    """Answer a question, for one body or for all of them together."""
    audit = own_audit_or_404(request.user, pk)
    content = content_of(audit.framework_version)
    question = content.question(number)
    if question is None:
        raise Http404
    of = get_object_or_404(audit.bodies.select_related("committee"), pk=body) if body else None
    row = audit.assessments.filter(question=number, body=of).first()
    form = AssessmentForm(
        request.POST or None,
        question=question,
        content=content,
        read_as=row.revision if row else 0,
        initial={"grade": row.grade, "grounds": row.grounds} if row else {},
    )

    def save(fields: dict[str, Any]) -> str:
        assess(audit=audit, question=number, body=of, by=request.user, **fields)
        return f"Svaret på fråga {number} är sparat."

    title = f"Fråga {number}: {of}" if of else f"Fråga {number}"
    back = _question_url(audit, number)
    return write(request, form, Writing(title, "Spara svaret", back, audit.title, lead=question.text), save)


@require_http_methods(["GET", "POST"])
def audit_observation_add(request: UserRequest, pk: int) -> HttpResponse:
    """Write an observation, about the question that the address names or about the audit as a whole."""
    audit = own_audit_or_404(request.user, pk)
    number = request.GET.get("fraga", "")
    form = ObservationForm(request.POST or None, audit=audit)

    def save(fields: dict[str, Any]) -> str:
        del fields["read_as"], fields["why"]
        add_observation(audit=audit, question=number, by=request.user, **fields)
        return "Iakttagelsen är sparad."

    title = f"Ny iakttagelse till fråga {number}" if number else "Ny iakttagelse"
    return write(request, form, Writing(title, "Spara iakttagelsen", _question_url(audit, number), audit.title), save)


@require_http_methods(["GET", "POST"])
def audit_observation(request: UserRequest, pk: int, observation: int) -> HttpResponse:
    """Change an observation."""
    audit = own_audit_or_404(request.user, pk)
    row = get_object_or_404(audit.observations.filter(removed=False).select_related("audit", "body"), pk=observation)
    initial = {"kind": row.kind, "text": row.text, "source": row.source, "body": row.body}
    form = ObservationForm(request.POST or None, audit=audit, read_as=row.revision, initial=initial)

    def save(fields: dict[str, Any]) -> str:
        revise_observation(row, by=request.user, **fields)
        return "Iakttagelsen är sparad."

    back = _question_url(audit, row.question)
    return write(request, form, Writing("Ändra iakttagelsen", "Spara iakttagelsen", back, audit.title), save)


@require_POST
def audit_observation_strike(request: UserRequest, pk: int, observation: int) -> HttpResponse:
    """Take an observation out of the report."""
    audit = own_audit_or_404(request.user, pk)
    row = get_object_or_404(audit.observations.filter(removed=False).select_related("audit"), pk=observation)

    def act() -> str:
        strike_observation(row, read_as=row.revision, by=request.user)
        return "Iakttagelsen är struken. Den finns kvar i ändringsloggen."

    return refused(request, act, _question_url(audit, row.question))


def _first_values(row: Recommendation) -> dict[str, Any]:
    """Return what the form begins with for a recommendation that is there."""
    standing = row.addressees.filter(removed=False).select_related("committee")
    values = {name: getattr(row, name) for name in ("number", "text", "questions", "takes_over", "repeats")}
    values["committees"] = [one.committee for one in standing if one.committee]
    values["other_bodies"] = "; ".join(one.name for one in standing if one.name)
    return values


def _recommendation_form(request: UserRequest, audit: Audit, row: Recommendation | None = None) -> RecommendationForm:
    initial: dict[str, Any] = {"questions": [request.GET["fraga"]]} if "fraga" in request.GET else {}
    if row is not None:
        initial = _first_values(row)
    earlier = Recommendation.objects.visible_to(request.user).exclude(audit=audit).select_related("audit")
    return RecommendationForm(
        request.POST or None,
        content=content_of(audit.framework_version),
        earlier=earlier,
        committees=Committee.objects.all(),
        read_as=row.revision if row else 0,
        initial=initial,
    )


def _addressees(form: RecommendationForm, fields: dict[str, Any]) -> list[Body]:
    del fields["other_bodies"]
    bodies = [Body(committee) for committee in fields.pop("committees")]
    return [*bodies, *(Body(name=name) for name in form.other_names())]


@require_http_methods(["GET", "POST"])
def audit_recommendation_add(request: UserRequest, pk: int) -> HttpResponse:
    """Recommend something."""
    audit = own_audit_or_404(request.user, pk)
    form = _recommendation_form(request, audit)

    def save(fields: dict[str, Any]) -> str:
        del fields["read_as"], fields["why"]
        made = recommend(audit=audit, addressees=_addressees(form, fields), by=request.user, **fields)
        return f"Rekommendation {made.number} är sparad."

    back = f"{reverse('audit_page', kwargs={'pk': pk})}#rekommendationer"
    return write(request, form, Writing("Ny rekommendation", "Spara rekommendationen", back, audit.title), save)


@require_http_methods(["GET", "POST"])
def audit_recommendation_edit(request: UserRequest, pk: int, recommendation: int) -> HttpResponse:
    """Change a recommendation."""
    audit = own_audit_or_404(request.user, pk)
    standing = audit.recommendations.filter(removed=False).select_related("audit", "takes_over", "repeats")
    row = get_object_or_404(standing, pk=recommendation)
    form = _recommendation_form(request, audit, row)

    def save(fields: dict[str, Any]) -> str:
        fields["number"] = fields["number"] or row.number
        revise_recommendation(row, addressees=_addressees(form, fields), by=request.user, **fields)
        return "Rekommendationen är sparad."

    back = f"{reverse('audit_page', kwargs={'pk': pk})}#rekommendationer"
    title = f"Rekommendation {row.number}"
    writing = Writing(title, "Spara rekommendationen", back, audit.title, first_values=_first_values)
    return write(request, form, writing, save)


@require_POST
def audit_recommendation_strike(request: UserRequest, pk: int, recommendation: int) -> HttpResponse:
    """Take a recommendation out of the report."""
    audit = own_audit_or_404(request.user, pk)
    row = get_object_or_404(audit.recommendations.filter(removed=False).select_related("audit"), pk=recommendation)

    def act() -> str:
        strike_recommendation(row, read_as=row.revision, by=request.user)
        return f"Rekommendation {row.number} är struken. Den finns kvar i ändringsloggen."

    return refused(request, act, reverse("audit_page", kwargs={"pk": pk}))
