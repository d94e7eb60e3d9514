"""An audit's findings put together by section and question, for pages and paper alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from audits.frameworks.model import FrameworkContent, Question, Scale, Section
from audits.frameworks.reading import content_of
from audits.models import Addressee, Assessment, Audit, AuditedBody, Observation, Recommendation


@dataclass(frozen=True)
class Answer:
    """What is answered to a question for one body, or (body None) for all of them together."""

    body: AuditedBody | None
    assessment: Assessment | None

    @property
    def grade(self) -> str:
        """The firm's own word, empty while nobody has set one."""
        return self.assessment.grade if self.assessment else ""

    @property
    def grounds(self) -> str:
        """Why, or for a question without grade the description."""
        return self.assessment.grounds if self.assessment else ""

    @property
    def revision(self) -> int:
        """The revision a change is written upon, 0 before there is an answer."""
        return self.assessment.revision if self.assessment else 0


@dataclass(frozen=True)
class RecommendationFindings:
    """A recommendation and those it is made to."""

    recommendation: Recommendation
    addressees: tuple[Addressee, ...]


@dataclass(frozen=True)
class QuestionFindings:
    """One question with its answers, its observations and the recommendations that follow from it."""

    question: Question
    answers: tuple[Answer, ...]
    observations: tuple[Observation, ...]
    recommendations: tuple[RecommendationFindings, ...]

    def orders(self, scale: Scale) -> list[int]:
        """Return where the grades that are set stand in the common order."""
        found = (scale.order(answer.grade) for answer in self.answers)
        return [order for order in found if order is not None]


@dataclass(frozen=True)
class SectionFindings:
    """A section of the framework with its questions."""

    section: Section
    questions: tuple[QuestionFindings, ...]


@dataclass(frozen=True)
class AuditFindings:
    """All that an audit found. `general` are the observations about the audit as a whole."""

    audit: Audit
    content: FrameworkContent
    bodies: tuple[AuditedBody, ...]
    sections: tuple[SectionFindings, ...]
    general: tuple[Observation, ...]
    recommendations: tuple[RecommendationFindings, ...]

    @property
    def questions(self) -> tuple[QuestionFindings, ...]:
        """Every question, in order."""
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, number: str) -> QuestionFindings | None:
        """Return the question of that number, None when there is none."""
        return next((one for one in self.questions if one.question.number == number), None)

    @property
    def overall_order(self) -> int | None:
        """Where the overall assessment stands in the common order, None without a grade."""
        return self.content.scale.order(self.audit.overall_grade)


def findings_of(audit: Audit) -> AuditFindings:
    """Return everything that was found, as it stands now; struck observations and recommendations are left out.

    Asks nothing about who reads: use it on an audit that `visible_to` gave. Costs five queries.
    """
    content = content_of(audit.framework_version)
    bodies = tuple(audit.bodies.select_related("committee").order_by("pk"))
    assessments = {(one.question, one.body_id): one for one in audit.assessments.order_by("pk")}
    observations: dict[str, list[Observation]] = defaultdict(list)
    for observation in audit.observations.filter(removed=False).select_related("body__committee").order_by("pk"):
        observations[observation.question].append(observation)
    recommendations = _recommendations(audit)

    def findings(question: Question) -> QuestionFindings:
        return QuestionFindings(
            question,
            tuple(_answers(question, bodies, assessments)),
            tuple(observations[question.number]),
            tuple(one for one in recommendations if question.number in one.recommendation.questions),
        )

    sections = tuple(
        SectionFindings(section, tuple(findings(question) for question in section.questions))
        for section in content.sections
    )
    return AuditFindings(audit, content, bodies, sections, tuple(observations[""]), recommendations)


def _answers(
    question: Question, bodies: Iterable[AuditedBody], assessments: dict[tuple[str, int | None], Assessment]
) -> list[Answer]:
    if question.is_graded_for_each:
        return [Answer(body, assessments.get((question.number, body.pk))) for body in bodies]
    return [Answer(None, assessments.get((question.number, None)))]


def _recommendations(audit: Audit) -> tuple[RecommendationFindings, ...]:
    addressees: dict[int, list[Addressee]] = defaultdict(list)
    rows = Addressee.objects.filter(recommendation__audit=audit, removed=False).select_related("committee")
    for addressee in rows.order_by("pk"):
        addressees[addressee.recommendation_id].append(addressee)
    standing = audit.recommendations.filter(removed=False).select_related("takes_over__audit", "repeats__audit")
    return tuple(RecommendationFindings(one, tuple(addressees[one.pk])) for one in sorted(standing, key=_natural))


def _natural(recommendation: Recommendation) -> tuple[int, str, int]:
    """Order "2" before "10", and numbers before other names."""
    number = recommendation.number
    return (int(number) if number.isdigit() else 10**6, number, recommendation.pk)
