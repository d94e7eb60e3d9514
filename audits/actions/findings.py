"""Writing what an audit found: observations, assessments and recommendations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audits.actions.audits import Body
from audits.enums import AuditState, ObservationKind
from audits.frameworks.model import Question
from audits.frameworks.reading import content_of
from audits.models import Addressee, Assessment, Audit, AuditedBody, Observation, Recommendation
from audits.policies import check_may_write
from committees.actions.changes import log_changes
from committees.actions.saving import required, save
from committees.models import User
from committees.revising import Overtaken


@transaction.atomic
def add_observation(
    *,
    audit: Audit,
    text: str,
    by: User,
    kind: ObservationKind | str = ObservationKind.NEUTRAL,
    question: str = "",
    body: AuditedBody | None = None,
    source: str = "",
) -> Observation:
    """Write down something the auditors saw and return it. Without a question it is about the audit as a whole."""
    check_may_write(by, audit)
    _check_place(audit, question, body)
    observation = Observation.objects.create(
        audit=audit,
        question=question,
        body=body,
        kind=ObservationKind(kind),
        text=required(text, "text", "Skriv vad ni har iakttagit."),
        source=source.strip(),
    )
    log_changes(observation, before={}, after={"text": observation.text, "kind": observation.get_kind_display()}, by=by)
    return observation


@transaction.atomic
def revise_observation(
    observation: Observation, *, read_as: int, by: User, why: str = "", **fields: Any
) -> Observation:
    """Store what was written: text, kind, source, body, question. Raises Overtaken when somebody saved in between."""
    _only(fields, {"text", "kind", "source", "body", "question"})
    check_may_write(by, observation.audit)
    _check_place(observation.audit, fields.get("question", observation.question), fields.get("body", observation.body))
    if "text" in fields:
        fields["text"] = required(fields["text"], "text", "Skriv vad ni har iakttagit.")
    return save(observation, read_as=read_as, by=by, why=why, **fields)


@transaction.atomic
def strike_observation(observation: Observation, *, read_as: int, by: User, why: str = "") -> Observation:
    """Take an observation out of the report; it stays with its history."""
    check_may_write(by, observation.audit)
    return save(observation, read_as=read_as, by=by, why=why, removed=True)


@transaction.atomic
def assess(
    *,
    audit: Audit,
    question: str,
    by: User,
    grade: str | None = None,
    grounds: str | None = None,
    body: AuditedBody | None = None,
    read_as: int = 0,
    why: str = "",
) -> Assessment:
    """Answer a question, for one body or (without one) for all of them together, and return the answer.

    `read_as` is the revision that was written upon, 0 when there was no answer yet; what is None stays as it is. Raises
    Overtaken, PermissionDenied or MoveFault, and ValidationError for a word the scale does not have, a question that is graded
    for each body answered for all of them or the reverse, and a grade changed without a reason.
    """
    check_may_write(by, audit)
    asked = _check_place(audit, question, body)
    if asked is None:
        raise ValidationError({"question": "Välj vilken fråga bedömningen gäller."})
    if grade is not None:
        _check_grade(audit, asked, grade)
    if asked.is_graded_for_each and body is None:
        raise ValidationError({"body": f"Fråga {asked.number} bedöms för varje granskat organ. Välj vilket."})
    if not asked.is_graded_for_each and body is not None:
        raise ValidationError({"body": f"Fråga {asked.number} bedöms för de granskade organen tillsammans."})
    fields: dict[str, Any] = {
        name: value for name, value in (("grade", grade), ("grounds", grounds)) if value is not None
    }
    assessment, is_new = Assessment.objects.get_or_create(audit=audit, question=question, body=body)
    if is_new:
        read_as = assessment.revision
    elif read_as == 0:
        raise Overtaken(assessment)
    return save(assessment, read_as=read_as, by=by, why=why, guarded=("grade",), **fields)


@transaction.atomic
def recommend(
    *,
    audit: Audit,
    text: str,
    addressees: Iterable[Body],
    by: User,
    questions: Sequence[str] = (),
    number: str = "",
    takes_over: Recommendation | None = None,
    repeats: Recommendation | None = None,
) -> Recommendation:
    """Recommend something to somebody and return it; without a number it gets the next. Raises ValidationError in Swedish."""
    check_may_write(by, audit)
    _check_recommendation(audit, questions, takes_over, repeats)
    bodies = _addressed(addressees)
    recommendation = Recommendation.objects.create(
        audit=audit,
        number=number.strip() or _next_number(audit),
        text=required(text, "text", "Skriv vad ni rekommenderar."),
        questions=list(questions),
        takes_over=takes_over,
        repeats=repeats,
    )
    _address(recommendation, bodies)
    said = {"number": recommendation.number, "text": recommendation.text, "addressees": _in_words(bodies)}
    log_changes(recommendation, before={}, after=said, by=by)
    return recommendation


@transaction.atomic
def revise_recommendation(
    recommendation: Recommendation,
    *,
    read_as: int,
    by: User,
    why: str = "",
    addressees: Iterable[Body] | None = None,
    **fields: Any,
) -> Recommendation:
    """Store what was written: number, text, questions, takes_over, repeats, and to whom it goes."""
    _only(fields, {"number", "text", "questions", "takes_over", "repeats"})
    audit = recommendation.audit
    check_may_write(by, audit)
    current = {name: fields.get(name, getattr(recommendation, name)) for name in ("questions", "takes_over", "repeats")}
    _check_recommendation(audit, **current)
    for name, says in (("text", "Skriv vad ni rekommenderar."), ("number", "Skriv rekommendationens nummer.")):
        if name in fields:
            fields[name] = required(fields[name], name, says)
    number = fields.get("number", recommendation.number)
    if audit.recommendations.filter(number=number, removed=False).exclude(pk=recommendation.pk).exists():
        raise ValidationError({"number": f"Det finns redan en rekommendation {number}."})
    if addressees is None:
        return save(recommendation, read_as=read_as, by=by, why=why, **fields)
    bodies = _addressed(addressees)
    told = {"addressees": (_standing(recommendation), _in_words(bodies))}
    saved = save(recommendation, read_as=read_as, by=by, why=why, beside=told, **fields)
    _address(saved, bodies)
    return saved


@transaction.atomic
def strike_recommendation(recommendation: Recommendation, *, read_as: int, by: User, why: str = "") -> Recommendation:
    """Take a recommendation out of the report; it stays with its history."""
    check_may_write(by, recommendation.audit)
    return save(recommendation, read_as=read_as, by=by, why=why, removed=True)


def _only(fields: dict[str, Any], known: set[str]) -> None:
    if set(fields) - known:
        raise TypeError(f"not written here: {sorted(set(fields) - known)}")


def _check_place(audit: Audit, number: str, body: AuditedBody | None) -> Question | None:
    """Return the question of that number, None for no number. Raises ValidationError for what is not in the audit."""
    if body is not None and body.audit_id != audit.pk:
        raise ValidationError({"body": "Organet ingår inte i granskningen."})
    if not number:
        return None
    question = content_of(audit.framework_version).question(number)
    if question is None:
        raise ValidationError({"question": f"Fråga {number} finns inte i granskningens ramverk."})
    return question


def _check_grade(audit: Audit, question: Question, grade: str) -> None:
    scale = content_of(audit.framework_version).scale
    if not question.is_graded and grade not in ("", scale.not_graded):
        raise ValidationError({"grade": f"Fråga {question.number} graderas inte. Skriv svaret i texten."})
    if grade and grade not in scale.words:
        raise ValidationError({"grade": f"”{grade}” finns inte i ramverkets skala: {', '.join(scale.words)}."})


def _check_recommendation(
    audit: Audit, questions: Sequence[str], takes_over: Recommendation | None, repeats: Recommendation | None
) -> None:
    for number in questions:
        _check_place(audit, number, None)
    for earlier in (takes_over, repeats):
        if earlier is not None and earlier.audit_id == audit.pk:
            raise ValidationError("En rekommendation kan bara ta över eller upprepa en från en tidigare granskning.")
        if earlier is not None and earlier.audit.state not in AuditState.decided():
            raise ValidationError(
                f"{earlier.audit} är inte beslutad. Bara beslutade rekommendationer kan tas över eller upprepas."
            )


def _next_number(audit: Audit) -> str:
    used = set(audit.recommendations.filter(removed=False).values_list("number", flat=True))
    number = 1
    while str(number) in used:
        number += 1
    return str(number)


def _addressed(bodies: Iterable[Body]) -> list[Body]:
    """Return whom a recommendation goes to, names trimmed. Raises ValidationError without any, and for one without a name."""
    chosen = list(bodies)
    if not chosen:
        raise ValidationError({"addressees": "Välj vem rekommendationen riktas till."})
    says = "Skriv organets namn eller välj en nämnd."
    return [body if body.committee else Body(name=required(body.name, "addressees", says)) for body in chosen]


def _address(recommendation: Recommendation, bodies: Sequence[Body]) -> None:
    """Make these bodies, and no others, the addressees."""
    kept: set[int] = set()
    for body in bodies:
        addressee, _ = Addressee.objects.update_or_create(
            recommendation=recommendation,
            committee=body.committee,
            name="" if body.committee else body.name,
            defaults={"removed": False},
        )
        kept.add(addressee.pk)
    recommendation.addressees.exclude(pk__in=kept).update(removed=True)


def _standing(recommendation: Recommendation) -> str:
    standing = recommendation.addressees.filter(removed=False).select_related("committee")
    return _in_words(Body(one.committee, one.name) for one in standing)


def _in_words(bodies: Iterable[Body]) -> str:
    return ", ".join(sorted(str(body.committee or body.name) for body in bodies))
