"""What goes wrong in real audit reports, found while there is still time: a catalogue, each warning with its own function.

A warning stops nothing. It says what is odd, where, and leaves the judgement to the auditor.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from audits.enums import AuditState, SourceKind
from audits.frameworks.model import Criterion
from audits.models import Audit, AuditSource, EvidenceRequest
from audits.selectors.findings import AuditFindings, findings_of
from committees.models import Committee

WEAK = 1
"""A grade at or below this place in the common order calls for a recommendation."""


@dataclass(frozen=True)
class Facts:
    """What the warnings look at. `committee_names` are all the municipality's committees."""

    findings: AuditFindings
    sources: tuple[AuditSource, ...]
    requests: tuple[EvidenceRequest, ...]
    committee_names: tuple[str, ...]
    audited_committees: frozenset[int]
    audited_names: frozenset[str]

    @property
    def audit(self) -> Audit:
        """The audit itself."""
        return self.findings.audit

    def criteria(self) -> Iterator[tuple[Criterion, list[str]]]:
        """Yield each criterion that a question is judged against, with the questions' numbers."""
        for criterion in self.findings.content.criteria:
            numbers = [one.question.number for one in self.findings.questions if criterion in one.question.criteria]
            if numbers:
                yield criterion, numbers

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Yield every written text with where it stands in words and its question's number."""
        audit = self.audit
        for where, text in (
            ("bakgrunden", audit.background),
            ("syftet", audit.purpose),
            ("avgränsningen", audit.scope),
            ("metoden", audit.method),
            ("den samlade bedömningen", audit.overall_text),
            ("missivet", audit.cover_letter),
        ):
            yield where, text, ""
        for one in self.findings.questions:
            number = one.question.number
            for answer in one.answers:
                yield f"bedömningen av fråga {number}", answer.grounds, number
            for observation in one.observations:
                yield f"en iakttagelse till fråga {number}", observation.text, number
        for row in self.findings.recommendations:
            yield f"rekommendation {row.recommendation.number}", row.recommendation.text, ""


@dataclass(frozen=True)
class Caution:
    """One warning as the auditor reads it. `question` is the number of the question it is about, or empty."""

    code: str
    text: str
    question: str = ""


Finder = Callable[[Facts], Iterator[tuple[str, str]]]
"""Looks at the facts and yields each warning's text with the question's number or an empty text."""


def ungraded_question(facts: Facts) -> Iterator[tuple[str, str]]:
    """A question that is to be graded has no grade, for all of the audited or for one of them."""
    for one in facts.findings.questions:
        for answer in one.answers if one.question.is_graded else ():
            if not answer.grade:
                of = f" för {answer.body}" if answer.body else ""
                yield f"Fråga {one.question.number} har ingen bedömning{of}.", one.question.number


def grade_without_grounds(facts: Facts) -> Iterator[tuple[str, str]]:
    """A grade is set but not why."""
    for one in facts.findings.questions:
        for answer in one.answers:
            if answer.grade and not answer.grounds.strip():
                of = f" för {answer.body}" if answer.body else ""
                yield f"Fråga {one.question.number} är bedömd{of} men saknar motivering.", one.question.number


def unanswered_description(facts: Facts) -> Iterator[tuple[str, str]]:
    """A question that is to be described or mapped has no text."""
    for one in facts.findings.questions:
        if not one.question.is_graded and not any(answer.grounds.strip() for answer in one.answers):
            yield f"Fråga {one.question.number} ska beskrivas men har ingen text.", one.question.number


def grade_without_observation(facts: Facts) -> Iterator[tuple[str, str]]:
    """A grade rests on no observation."""
    for one in facts.findings.questions:
        if one.orders(facts.findings.content.scale) and not one.observations:
            yield f"Fråga {one.question.number} är bedömd utan någon iakttagelse.", one.question.number


def observation_without_source(facts: Facts) -> Iterator[tuple[str, str]]:
    """An observation does not say where it comes from."""
    groups = [(one.question.number, one.observations) for one in facts.findings.questions]
    for number, observations in [*groups, ("", facts.findings.general)]:
        missing = sum(not observation.source for observation in observations)
        if missing:
            where = f" till fråga {number}" if number else ""
            yield f"{missing} av iakttagelserna{where} saknar källa.", number


def no_overall_grade(facts: Facts) -> Iterator[tuple[str, str]]:
    """The overall assessment is missing."""
    if not facts.audit.overall_grade:
        yield "Den samlade bedömningen saknas.", ""


def overall_outside_the_grades(facts: Facts) -> Iterator[tuple[str, str]]:
    """The overall assessment is better than every question's, or worse than every one."""
    orders = [order for one in facts.findings.questions for order in one.orders(facts.findings.content.scale)]
    overall = facts.findings.overall_order
    if overall is None or not orders:
        return
    word = facts.audit.overall_grade
    if overall > max(orders):
        yield f"Den samlade bedömningen ”{word}” är bättre än bedömningen av varje enskild fråga.", ""
    if overall < min(orders):
        yield f"Den samlade bedömningen ”{word}” är sämre än bedömningen av varje enskild fråga.", ""


def purpose_worded_differently(facts: Facts) -> Iterator[tuple[str, str]]:
    """The purpose reads one way in the commission and another in the summary."""
    first, second = _words(facts.audit.purpose), _words(facts.audit.purpose_in_summary)
    if not second or first == second:
        return
    pairs = [
        f"”{' '.join(first[a:b]) or '–'}” / ”{' '.join(second[c:d]) or '–'}”"
        for tag, a, b, c, d in difflib.SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    yield f"Syftet är formulerat olika i uppdraget och i sammanfattningen: {', '.join(pairs[:3])}.", ""


def addressee_not_audited(facts: Facts) -> Iterator[tuple[str, str]]:
    """A recommendation is made to somebody who was not audited."""
    for row in facts.findings.recommendations:
        for addressee in row.addressees:
            known = (
                addressee.committee_id in facts.audited_committees
                if addressee.committee_id
                else addressee.name.casefold() in facts.audited_names
            )
            if not known:
                yield f"Rekommendation {row.recommendation.number} riktas till {addressee}, som inte granskas.", ""


def recommendation_without_question(facts: Facts) -> Iterator[tuple[str, str]]:
    """A recommendation follows from no question."""
    for row in facts.findings.recommendations:
        if not row.recommendation.questions:
            yield f"Rekommendation {row.recommendation.number} är inte knuten till någon fråga.", ""


def weakness_without_recommendation(facts: Facts) -> Iterator[tuple[str, str]]:
    """A question is graded low, and nothing is recommended."""
    for one in facts.findings.questions:
        orders = one.orders(facts.findings.content.scale)
        if orders and min(orders) <= WEAK and not one.recommendations:
            word = next(a.grade for a in one.answers if facts.findings.content.scale.order(a.grade) == min(orders))
            yield (
                f"Fråga {one.question.number} är bedömd ”{word}” men leder inte till någon rekommendation.",
                one.question.number,
            )


def superseded_criterion(facts: Facts) -> Iterator[tuple[str, str]]:
    """What a question is judged against was not in force during the whole audited period."""
    start, end = facts.audit.period_start, facts.audit.period_end
    for criterion, numbers in facts.criteria():
        name, questions = _criterion_name(criterion), ", ".join(numbers)
        by = f" och ersattes av {criterion.replaced_by}" if criterion.replaced_by else ""
        if criterion.valid_to is not None and criterion.valid_to < end:
            when = "före" if criterion.valid_to < start else "under"
            yield (
                f"{name} slutade gälla {criterion.valid_to.isoformat()}, {when} den granskade perioden{by} (fråga {questions}).",
                numbers[0],
            )
        if criterion.valid_from is not None and criterion.valid_from > start:
            begun = criterion.valid_from.isoformat()
            yield (
                f"{name} gäller först från {begun}, efter den granskade periodens början (fråga {questions}).",
                numbers[0],
            )


def criterion_superseded_since(facts: Facts) -> Iterator[tuple[str, str]]:
    """What a question is judged against held for the period but no longer when the report is dated."""
    day = facts.audit.report_date
    for criterion, numbers in facts.criteria():
        if day is not None and criterion.valid_to is not None and facts.audit.period_end <= criterion.valid_to < day:
            by = f" Den ersattes av {criterion.replaced_by}." if criterion.replaced_by else ""
            yield (
                f"{_criterion_name(criterion)} gällde under perioden men inte längre vid rapportens datum.{by}",
                numbers[0],
            )


def impossible_date(facts: Facts) -> Iterator[tuple[str, str]]:
    """A date that cannot be, or that comes in the wrong order."""
    audit = facts.audit
    report = audit.report_date
    if report is not None and audit.period_end > report:
        yield (
            f"Den granskade perioden slutar {audit.period_end.isoformat()}, efter rapportens datum {report.isoformat()}.",
            "",
        )
    if report is not None and audit.fact_check_due is not None and audit.fact_check_due > report:
        yield (
            f"Faktakontrollen pågår till {audit.fact_check_due.isoformat()}, efter rapportens datum {report.isoformat()}.",
            "",
        )
    for body in facts.findings.bodies:
        if report is not None and body.response_due is not None and body.response_due < report:
            yield f"{body} ska svara {body.response_due.isoformat()}, före rapportens datum {report.isoformat()}.", ""
    last = report or dt.date.max
    for source in facts.sources:
        if source.dated is not None and source.dated > last:
            yield f"Källan ”{source}” är daterad {source.dated.isoformat()}, efter rapportens datum.", ""
    for request in facts.requests:
        if request.due > last:
            yield (
                f"Underlaget ”{request}” begärs till {request.due.isoformat()}, efter rapportens datum.",
                request.question,
            )


def no_fact_check(facts: Facts) -> Iterator[tuple[str, str]]:
    """Nobody is named as having checked the facts, when the fact check is over."""
    over = facts.audit.state in (AuditState.COMPLETING, AuditState.SUBMITTED, *AuditState.decided())
    if over and not any(source.kind == SourceKind.FACT_CHECK for source in facts.sources):
        yield "Det framgår inte vilken funktion som har kontrollerat fakta.", ""


_COMMITTEE = re.compile(r"\b(?:[a-zåäö]+-\s+och\s+)?[a-zåäö]*nämnden(?=s?\b)", re.IGNORECASE)


def unknown_committee(facts: Facts) -> Iterator[tuple[str, str]]:
    """A text speaks of a committee that the municipality does not have."""
    known = {name.casefold() for name in (*facts.committee_names, *facts.audited_names)} | {"nämnden"}
    for where, text, number in facts.texts():
        named = {" ".join(found.split()) for found in _COMMITTEE.findall(text)}
        for name in sorted(one for one in named if one.casefold() not in known):
            yield f"I {where} står ”{name}”. Ingen av kommunens nämnder heter så.", number


CATALOGUE: dict[str, Finder] = {
    finder.__name__: finder
    for finder in (
        ungraded_question,
        unanswered_description,
        grade_without_grounds,
        grade_without_observation,
        observation_without_source,
        no_overall_grade,
        overall_outside_the_grades,
        purpose_worded_differently,
        addressee_not_audited,
        recommendation_without_question,
        weakness_without_recommendation,
        superseded_criterion,
        criterion_superseded_since,
        impossible_date,
        no_fact_check,
        unknown_committee,
    )
}
"""Every warning by its code, in the order they are shown."""


def warnings_of(audit: Audit, findings: AuditFindings | None = None) -> list[Caution]:
    """Return what looks wrong in the audit, for its auditors."""
    facts = _facts(findings or findings_of(audit))
    return [Caution(code, text, question) for code, finder in CATALOGUE.items() for text, question in finder(facts)]


def _facts(findings: AuditFindings) -> Facts:
    audit = findings.audit
    return Facts(
        findings,
        tuple(audit.sources.order_by("pk")),
        tuple(audit.requests.order_by("pk")),
        tuple(Committee.objects.order_by("pk").values_list("name", flat=True)),
        frozenset(body.committee_id for body in findings.bodies if body.committee_id),
        frozenset(str(body).casefold() for body in findings.bodies),
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _criterion_name(criterion: Criterion) -> str:
    return f"{criterion.title} ({criterion.designation})" if criterion.designation else criterion.title
