"""Decided audits as plain data, for scripts: what was asked, graded and recommended, and how far that has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from audits.enums import AuditState, CommitteeStatus, ResponseState, VerifiedStatus
from audits.frameworks.model import Scale
from audits.models import Addressee, Audit, AuditedBody, Response, Verification
from audits.selectors.findings import AuditFindings, QuestionFindings, RecommendationFindings, findings_of

_LEAST_FIRST = (
    CommitteeStatus.NOT_BEGUN,
    CommitteeStatus.ONGOING,
    CommitteeStatus.WILL_NOT,
    CommitteeStatus.DONE,
)
_REMAINING_FIRST = (
    VerifiedStatus.REMAINS,
    VerifiedStatus.PARTLY,
    VerifiedStatus.REMEDIED,
    VerifiedStatus.NOT_RELEVANT,
)


def overview() -> list[dict[str, Any]]:
    """Return every audit that is decided, by id, as commands.md words it; drafts and answers not given are left out.

    A recommendation to several bodies has the status of the one that has come least far, None while one of them has not
    answered (or has not been verified).
    """
    audits = Audit.objects.filter(state__in=AuditState.decided()).select_related("framework_version__framework")
    return [_audit(audit) for audit in audits.order_by("pk")]


def _audit(audit: Audit) -> dict[str, Any]:
    findings = findings_of(audit)
    day = audit.report_date or audit.decided_on
    return {
        "id": audit.pk,
        "framework": findings.content.code,
        "commissioner": audit.commissioner,
        "firm": audit.firm or None,
        "date": day.isoformat() if day else None,
        "overall": _word(findings.content.scale, audit.overall_grade),
        "assessments": [row for question in findings.questions for row in _assessments(findings, question)],
        "recommendations": _recommendations(findings),
        "responses_due": {body.code: body.response_due.isoformat() for body in findings.bodies if body.response_due},
    }


def _word(scale: Scale, grade: str) -> str | None:
    return None if grade in ("", scale.not_graded) else grade


def _assessments(findings: AuditFindings, asked: QuestionFindings) -> list[dict[str, Any]]:
    """Return a row for each audited body; a grade for the bodies together is each body's."""
    scale = findings.content.scale
    rows = []
    for answer in asked.answers:
        bodies: Sequence[AuditedBody] = findings.bodies if answer.body is None else [answer.body]
        for body in bodies:
            grade = _word(scale, answer.grade)
            order = scale.order(answer.grade) if grade else None
            rows.append({"question": asked.question.number, "body": body.code, "grade": grade, "order": order})
    return rows


def _recommendations(findings: AuditFindings) -> list[dict[str, Any]]:
    audit = findings.audit
    given = Response.objects.filter(addressee__recommendation__audit=audit, state=ResponseState.GIVEN)
    responses = {response.addressee_id: response for response in given.prefetch_related("actions")}
    verified: dict[int, str] = {}
    for one in Verification.objects.decided().filter(addressee__recommendation__audit=audit).order_by("at", "pk"):
        verified[one.addressee_id] = one.status
    codes = {body.name: body.code for body in findings.bodies if body.name}
    return [_recommendation(row, responses, verified, codes) for row in findings.recommendations]


def _recommendation(
    row: RecommendationFindings, responses: dict[int, Response], verified: dict[int, str], codes: dict[str, str]
) -> dict[str, Any]:
    answered = [responses.get(one.pk) for one in row.addressees]
    statuses = [response.status if response else None for response in answered]
    found = [verified.get(one.pk) for one in row.addressees]
    actions = {action.pk for response in answered if response for action in response.actions.all()}
    return {
        "number": row.recommendation.number,
        "addressees": [_code(one, codes) for one in row.addressees],
        "committee_status": _least(statuses, _LEAST_FIRST),
        "verified_status": _least(found, _REMAINING_FIRST),
        "actions": len(actions),
    }


def _code(addressee: Addressee, codes: dict[str, str]) -> str:
    return addressee.committee.code if addressee.committee else codes.get(addressee.name, addressee.name)


def _least(found: Sequence[str | None], order: Sequence[CommitteeStatus | VerifiedStatus]) -> str | None:
    """Return the Swedish word of the first in the order that is found; None when one of them is missing."""
    if not found or None in found:
        return None
    return next(str(one.label) for one in order if one.value in found)
