"""The audit report: the cover letter, the questions with their assessments, what was seen, and what is recommended.

The summary is KPMG's table of question and assessment, with a column for each body where the framework grades each body; the
chapters are PwC's: each control goal with its observations and its assessment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audits.documents.blocks import graded
from audits.documents.evidence import evidence_chapter
from audits.enums import ObservationKind, SourceKind
from audits.frameworks.model import Criterion
from audits.models import Addressee, Audit, AuditedBody
from audits.selectors.findings import AuditFindings, QuestionFindings, SectionFindings, findings_of
from reporting.documents.content import Block, Box, Boxes, Cell, Chapter, Cover, Document, Heading, Table, Text
from reporting.documents.papers import columns, paragraphs
from reporting.figures.swedish import date_iso, date_long, listed, lower_first

KEYWORDS = "granskningsrapport, revision, bedömning, rekommendation"
_SEEN = {
    ObservationKind.STRENGTH: "Styrkor",
    ObservationKind.WEAKNESS: "Brister",
    ObservationKind.NEUTRAL: "Iakttagelser",
}


def report_of(audit: Audit, municipality: str) -> Document:
    """Return the audit's report as it stands; the figures of a decided one are entered as published. Raises RenderingFault."""
    findings = findings_of(audit)
    numbers = iter(range(1, 1000))
    chapters = [
        _cover_letter(findings, numbers),
        _summary(findings, numbers),
        _commission(findings, numbers),
        *(_section(findings, section, place) for place, section in enumerate(findings.sections, 1)),
        _general(findings),
        evidence_chapter(audit, numbers),
    ]
    return Document(_cover(findings, municipality), tuple(chapter for chapter in chapters if chapter.blocks))


def _cover(findings: AuditFindings, municipality: str) -> Cover:
    audit = findings.audit
    day = audit.report_date or audit.decided_on
    period = f"{date_iso(audit.period_start)}–{date_iso(audit.period_end)}"
    return Cover(
        title=audit.title,
        subject=f"{audit.get_kind_display()} av perioden {period}. {audit.firm or audit.commissioner}",
        committees=_named(findings.bodies),
        municipality=municipality,
        registry_number=audit.registry_number,
        version="" if audit.decided_on else "utkast",
        date=date_long(day) if day else "ej daterad",
        as_of="",
        snapshot="",
        keywords=KEYWORDS,
    )


def _named(bodies: Sequence[AuditedBody | Addressee]) -> str:
    """Return the bodies by name: "Socialnämnden och kultur- och utbildningsnämnden"; only committees lose their capitals."""
    return listed(
        [lower_first(str(body)) if place and body.committee else str(body) for place, body in enumerate(bodies)]
    )


def _cover_letter(findings: AuditFindings, numbers: Iterator[int]) -> Chapter:
    audit = findings.audit
    # Until they have decided, the letter is the elected auditors' own, while the audited already read the findings.
    if not audit.cover_letter or not audit.decided_on:
        return Chapter("missiv", "Missiv", ())
    blocks: list[Block] = list(paragraphs(audit.cover_letter))
    due = [body for body in findings.bodies if body.response_due]
    if due:
        rows = tuple(
            (Cell(str(body)), Cell(date_long(body.response_due))) for body in due if body.response_due is not None
        )
        caption = "När de granskade ska ha svarat"
        blocks.append(Table(next(numbers), "svar", caption, columns(("Organ", 65), ("Svar senast", 35)), rows))
    decided = f"Revisorernas beslut {date_iso(audit.decided_on)}"
    blocks.append(Text(f"{decided}, {audit.paragraph}." if audit.paragraph else f"{decided}."))
    blocks += paragraphs(audit.signatories)
    return Chapter("missiv", "Missiv", tuple(blocks))


def _summary(findings: AuditFindings, numbers: Iterator[int]) -> Chapter:
    audit = findings.audit
    blocks: list[Block] = list(paragraphs(audit.purpose_in_summary or audit.purpose, "lead"))
    if audit.overall_grade or audit.overall_text:
        words = tuple(block.text for block in paragraphs(audit.overall_text))
        blocks.append(Boxes((Box(f"Samlad bedömning: {audit.overall_grade or 'ej graderad'}", words),)))
    blocks.append(_grades(findings, numbers))
    if findings.recommendations:
        rows = tuple(
            (
                Cell(row.recommendation.number),
                Cell(row.recommendation.text),
                Cell(_named(row.addressees)),
            )
            for row in findings.recommendations
        )
        head = columns(("Nr", 7), ("Rekommendation", 63), ("Riktas till", 30))
        blocks += [
            Heading("Rekommendationer", "rekommendationer"),
            Table(next(numbers), "rekommendationer", "Granskarnas rekommendationer", head, rows),
        ]
    return Chapter("sammanfattning", "Sammanfattning", tuple(blocks))


def _grades(findings: AuditFindings, numbers: Iterator[int]) -> Table:
    """Return the table of question and assessment, with a column for each body where one of the questions asks for it."""
    noun = findings.content.question_noun
    each = any(asked.question.is_graded_for_each for asked in findings.questions)
    headings = [body.code for body in findings.bodies] if each else ["Bedömning"]
    width = min(22, 44 // len(headings))
    head = columns(("Nr", 7), (noun, 93 - width * len(headings)), *((heading, width) for heading in headings))
    scale = findings.content.scale
    rows = []
    for asked in findings.questions:
        words = [answer.grade for answer in asked.answers]
        if each and not asked.question.is_graded_for_each:
            words *= len(headings)
        cells = [graded(scale, word) for word in words]
        rows.append((Cell(asked.question.number), Cell(asked.question.text), *cells))
    words_of_scale = listed([grade.word for grade in scale.grades])
    caption = f"{noun} och bedömning"
    return Table(next(numbers), "bedomningar", caption, head, tuple(rows), note=f"Skalan: {words_of_scale}.")


def _commission(findings: AuditFindings, numbers: Iterator[int]) -> Chapter:
    audit = findings.audit
    blocks: list[Block] = [Text(f"Uppdragsgivare är {audit.commissioner}.")]
    for heading, text in (
        ("Bakgrund", audit.background),
        ("Syfte", audit.purpose),
        ("Avgränsning", audit.scope),
        ("Metod", audit.method),
    ):
        if text.strip():
            blocks += [Heading(heading), *paragraphs(text)]
    sources = list(audit.sources.select_related("body__committee").order_by("kind", "pk"))
    for kind, heading in (
        (SourceKind.DOCUMENT, "Granskade dokument"),
        (SourceKind.INTERVIEW, "Intervjuade funktioner"),
        (SourceKind.FACT_CHECK, "Faktakontroll av"),
    ):
        named = tuple(
            f"{one.text} ({date_iso(one.dated)})" if one.dated else one.text for one in sources if one.kind == kind
        )
        if named:
            blocks.append(Boxes((Box(heading, items=named),)))
    if findings.content.criteria:
        rows = tuple(_criterion(one) for one in findings.content.criteria)
        head = columns(("Kriterium", 52), ("Slag", 22), ("Gäller", 26))
        blocks.append(Table(next(numbers), "kriterier", "Vad granskningen bedömer mot", head, rows))
    return Chapter("uppdraget", "Uppdraget", tuple(blocks))


def _criterion(criterion: Criterion) -> tuple[Cell, ...]:
    name = f"{criterion.title}, {criterion.designation}" if criterion.designation else criterion.title
    start = f"från {date_iso(criterion.valid_from)}" if criterion.valid_from else ""
    end = f"till {date_iso(criterion.valid_to)}" if criterion.valid_to else ""
    return Cell(name), Cell(criterion.kind.label), Cell(" ".join(filter(None, (start, end))) or "tills vidare")


def _section(findings: AuditFindings, section: SectionFindings, place: int) -> Chapter:
    blocks: list[Block] = []
    for asked in section.questions:
        blocks += _question(findings, asked)
    return Chapter(f"avsnitt-{place}", section.section.title, tuple(blocks), runs_on=place > 1)


def _question(findings: AuditFindings, asked: QuestionFindings) -> Iterator[Block]:
    question = asked.question
    yield Heading(f"{findings.content.question_noun} {question.number}. {question.short or question.text}")
    if question.short:
        yield Text(question.text)
    for kind, heading in _SEEN.items():
        seen = [one for one in asked.observations if one.kind == kind]
        if seen:
            told = tuple(f"{one.body.code}: {one.text}" if one.body else one.text for one in seen)
            yield Boxes((Box(heading, items=told),))
    for answer in asked.answers:
        whom = f" för {answer.body}" if answer.body else ""
        word = answer.grade or ("ej graderad" if question.is_graded else "beskrivande fråga, ej graderad")
        said = tuple(block.text for block in paragraphs(answer.grounds))
        yield Boxes((Box(f"Bedömning{whom}: {word}", said),))


def _general(findings: AuditFindings) -> Chapter:
    told = tuple(Text(one.text) for one in findings.general)
    return Chapter("helheten", "Iakttagelser om helheten", told, runs_on=True)
