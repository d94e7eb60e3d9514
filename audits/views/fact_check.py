"""The fact check: what the audited say of the findings, and what the auditors did with it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from audits.actions.fact_checks import Finding, answer_comment, comment, text_of
from audits.enums import AuditState
from audits.forms.findings import AnswerForm, CommentForm
from audits.models import Assessment, Audit, FactCheckComment, Observation, Recommendation
from audits.selectors.findings import findings_of
from audits.views.common import audit_or_404, own_audit_or_404, shell_of
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import refuse
from committees.views.writing import Writing, write

_MODELS: dict[str, type[Observation] | type[Assessment] | type[Recommendation]] = {
    "iakttagelse": Observation,
    "bedomning": Assessment,
    "rekommendation": Recommendation,
}


def _choices(audit: Audit) -> list[tuple[str, str]]:
    """Return what can be commented on, by the key that an address or a form names it with."""
    findings = findings_of(audit)
    choices = []
    for one in findings.questions:
        number = one.question.number
        for answer in one.answers:
            if answer.assessment is not None:
                of = f", {answer.body}" if answer.body else ""
                choices.append((f"bedomning-{answer.assessment.pk}", f"Bedömningen av fråga {number}{of}"))
        choices += [
            (f"iakttagelse-{observation.pk}", f"Fråga {number}, iakttagelse: {observation}")
            for observation in one.observations
        ]
    choices += [(f"iakttagelse-{one.pk}", f"Iakttagelse: {one}") for one in findings.general]
    rows = (row.recommendation for row in findings.recommendations)
    return [*choices, *((f"rekommendation-{row.pk}", f"Rekommendation {row}") for row in rows)]


def _finding(audit: Audit, key: str) -> Finding | None:
    kind, _, pk = key.partition("-")
    if not key:
        return None
    if kind not in _MODELS or not pk.isdigit():
        raise Http404
    found: Finding = get_object_or_404(_MODELS[kind]._default_manager.filter(audit=audit), pk=int(pk))
    return found


@require_GET
def audit_comments(request: UserRequest, pk: int) -> HttpResponse:
    """Show the comments the reader may read, each with what became of it."""
    audit = audit_or_404(request.user, pk)
    context = shell_of(request, audit)
    if not (context["shell"].carries_out or Permission.SEE_AUDITS in context["shell"].held):
        raise refuse(Permission.SEE_AUDITS)
    comments = FactCheckComment.objects.visible_to(request.user).filter(audit=audit)
    related = ("body__committee", "by", "answered_by", "observation", "assessment", "recommendation")
    context |= {
        "comments": comments.select_related(*related),
        "open": audit.state == AuditState.FACT_CHECK,
        "answered_now": audit.state in (AuditState.FACT_CHECK, AuditState.COMPLETING),
    }
    return render(request, "audits/comments.html", context)


@require_http_methods(["GET", "POST"])
def audit_comment_add(request: UserRequest, pk: int) -> HttpResponse:
    """Comment on a finding."""
    audit = audit_or_404(request.user, pk)
    codes = request.access.committees_with(Permission.RESPOND_TO_AUDITS)
    bodies = audit.bodies.filter(committee__code__in=codes).select_related("committee")
    if not bodies:
        raise refuse(Permission.RESPOND_TO_AUDITS)
    form = CommentForm(
        request.POST or None,
        bodies=bodies,
        findings=_choices(audit),
        initial={"finding": request.GET.get("om", "")},
    )

    def save(fields: dict[str, Any]) -> str:
        finding = _finding(audit, fields["finding"])
        comment(audit=audit, body=fields["body"], text=fields["text"], finding=finding, by=request.user)
        return "Synpunkten är lämnad till granskarna."

    back = reverse("audit_comments", kwargs={"pk": pk})
    return write(request, form, Writing("Lämna en synpunkt", "Lämna synpunkten", back, audit.title), save)


@require_http_methods(["GET", "POST"])
def audit_comment_answer(request: UserRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Take a comment or refuse it."""
    audit = own_audit_or_404(request.user, pk)
    row = get_object_or_404(audit.comments.select_related("audit", "body__committee"), pk=comment_pk)
    finding = row.finding
    initial = {"new_text": text_of(finding), "read_as": finding.revision} if finding else {}
    form = AnswerForm(request.POST or None, initial=initial)
    if finding is None:
        del form.fields["new_text"]

    def save(fields: dict[str, Any]) -> str:
        answer_comment(row, by=request.user, **{**fields, "read_as": fields["read_as"] or 0})
        return "Synpunkten är besvarad."

    before = [(f"Synpunkt från {row.body}", row.text)]
    if finding is not None:
        before.append(("Texten nu", text_of(finding)))
    back = reverse("audit_comments", kwargs={"pk": pk})
    writing = Writing("Besvara synpunkten", "Spara svaret", back, audit.title, before=tuple(before))
    return write(request, form, writing, save)
