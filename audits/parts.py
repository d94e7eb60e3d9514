"""What audits give to reports: the questions of every framework, and what has been recommended the committees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audits.documents.chapters import NO_RECOMMENDATIONS, recommendation_blocks
from audits.enums import AuditState
from audits.frameworks.model import (
    ControlEvidence,
    DocumentEvidence,
    ForumEvidence,
    FrameworkContent,
    MeasureEvidence,
    Question,
    SampleEvidence,
)
from audits.frameworks.reading import content_of
from audits.models import Framework, Recommendation
from governance.enums import DocumentKind
from reporting.documents.chapters import register_chapter
from reporting.documents.parts import CriterionPart, Topic, register_criteria
from reporting.documents.templates.model import FigureContent

_TOPICS = {
    DocumentKind.REGULATIONS: Topic.RESPONSIBILITY,
    DocumentKind.PLAN: Topic.GOALS,
}
"""The documents whose matter a report tells of: who answers for what, and the goals with their indicators."""


def criterion_parts(committees: Sequence[str]) -> list[CriterionPart]:
    """Return the questions of the newest version of each framework, then what decided audits have recommended the committees."""
    return [*_questions(), *_recommendations(committees)]


def _questions() -> Iterator[CriterionPart]:
    for framework in Framework.objects.prefetch_related("versions"):
        for latest in framework.versions.all()[:1]:
            content = content_of(latest)
            origin = f"{content.title}. {content.origin}" if content.origin else content.title
            for question in content.questions:
                yield _part(origin, question, question.short or question.text)


def _part(origin: str, question: Question, text: str) -> CriterionPart:
    return CriterionPart(origin, question.number, text, *_called_for([question]))


def _called_for(questions: Sequence[Question]) -> tuple[tuple[str, ...], tuple[Topic, ...], tuple[str, ...]]:
    """Return the measures, the topics and the rest of the evidence that the questions call for, each once."""
    evidence = [one for question in questions for one in question.evidence]
    measures = [one.measure for one in evidence if isinstance(one, MeasureEvidence)]
    kinds = [one.kind for one in evidence if isinstance(one, DocumentEvidence)]
    topics = [_TOPICS[kind] for kind in kinds if kind in _TOPICS]
    rest = [str(DocumentKind(kind).label).lower() for kind in kinds if kind not in _TOPICS]
    for one in evidence:
        if isinstance(one, ForumEvidence):
            rest.append("forum")
        elif isinstance(one, ControlEvidence):
            rest.append("intern kontroll")
        elif isinstance(one, SampleEvidence):
            rest.append("stickprov")
    return tuple(dict.fromkeys(measures)), tuple(dict.fromkeys(topics)), tuple(dict.fromkeys(rest))


def _recommendations(committees: Sequence[str]) -> Iterator[CriterionPart]:
    """What stands in decided audits; those that a later audit has taken over stand there."""
    found = (
        Recommendation.objects.filter(
            removed=False,
            audit__state__in=AuditState.decided(),
            addressees__committee__code__in=list(committees),
            addressees__removed=False,
            taken_over_by__isnull=True,
        )
        .select_related("audit__framework_version")
        .order_by("audit__decided_on", "audit_id", "pk")
        .distinct()
    )
    for one in found:
        asked = _asked(content_of(one.audit.framework_version), one.questions)
        origin = f"Rekommendationer i ”{one.audit.title}”"
        yield CriterionPart(origin, one.number, one.text, *_called_for(asked))


def _asked(content: FrameworkContent, numbers: Sequence[str]) -> list[Question]:
    return [question for number in numbers if (question := content.question(number))]


register_criteria(criterion_parts)
register_chapter(
    FigureContent.RECOMMENDATIONS,
    title="Revisorernas rekommendationer",
    nothing=NO_RECOMMENDATIONS,
    source=recommendation_blocks,
)
