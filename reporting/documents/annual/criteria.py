"""The criteria map: what auditors ask and recommend, where the report answers it, by which measures, and what it leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from reporting.documents.annual.questions import called_for
from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Block, Cell, Chapter, Column, Heading, Table, Text
from reporting.documents.parts import CriterionPart, Topic
from reporting.figures.swedish import NO_DENOMINATOR, listed, lower_first
from reporting.figures.wording import basis_in_words, period_in_words, value_in_words
from reporting.measures.catalogue import measure as measure_named

ANCHOR = "revisionens-fragor"
TITLE = "Revisionens frågor"

CHAPTERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "resultat": (
        "Resultat vid avslut",
        ("exit_results", "work_or_study_at_exit", "work_at_exit", "study_at_exit"),
    ),
    "insatser": ("Insatser och kostnader", ("cost_per_participant", "cost_per_result")),
    "bistand": ("Ekonomiskt bistånd", ("not_returned_within_year", "long_term_support")),
    "sfi": ("Sfi", ("sfi_dropout", "sfi_dropout_reasons", "sfi_not_started")),
    "rutiner": ("Rutiner som ska följas", ("plan_coverage", "follow_up_compliance")),
    "ekonomi": ("Ekonomi", ("budget_outcome", "cost_per_participant_day")),
}
"""The chapters by anchor: the title of each, and the measures it shows."""

TOPICS: Mapping[Topic, str] = {Topic.RESPONSIBILITY: "Vem som ansvarar", Topic.GOALS: "Målen"}
"""The titles of the chapters that tell of the topics, where no template names them."""


class Verdict(StrEnum):
    """How far a report answers a criterion by the measures and topics that it calls for; the value is what a reader sees."""

    WHOLE = "Besvaras"
    PARTLY = "Besvaras delvis"
    NOT = "Besvaras inte"


@dataclass(frozen=True)
class Answer:
    """Where a criterion is answered (chapter titles), by which measures (codes), and which that it calls for are missing."""

    criterion: CriterionPart
    places: tuple[str, ...]
    measures: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether everything it calls for, something or nothing is answered."""
        if not self.places:
            return Verdict.NOT
        return Verdict.PARTLY if self.missing or self.criterion.elsewhere else Verdict.WHOLE

    @property
    def left(self) -> tuple[str, ...]:
        """What is not answered, in Swedish: the measures without figures, and what is to be found elsewhere."""
        return (*(lower_first(measure_named(code).name) for code in self.missing), *self.criterion.elsewhere)


def answers(
    criteria: Sequence[CriterionPart],
    shown: Mapping[str, str],
    topics: Sequence[Topic],
    named: Mapping[Topic, str] = TOPICS,
) -> tuple[Answer, ...]:
    """Return how each criterion is answered. `shown`: each measure that has a figure, and the chapter it stands in.

    `topics`: those that are told of, in the chapters that they are `named` by.
    """
    found = []
    for one in criteria:
        told = [named[topic] for topic in one.topics if topic in topics]
        places = [*told, *(shown[code] for code in one.measures if code in shown)]
        found.append(
            Answer(
                one,
                tuple(dict.fromkeys(places)),
                tuple(code for code in one.measures if code in shown),
                tuple(code for code in one.measures if code not in shown),
            )
        )
    return tuple(found)


def chapter_of(code: str) -> str:
    """Return the title of the chapter that shows the measure: its own, or that of the auditors' questions."""
    return next((title for title, codes in CHAPTERS.values() if code in codes), TITLE)


@dataclass(frozen=True)
class Places:
    """Where a report tells of things, by the titles of its chapters: each measure that it shows, and each topic.

    `other` is the chapter of what stands there for the auditors' questions only.
    """

    measures: Mapping[str, str]
    topics: Mapping[Topic, str]
    other: str = TITLE


STANDARD = Places({code: title for title, codes in CHAPTERS.values() for code in codes}, TOPICS)
"""Where an annual report tells of things when no template says another."""


def criteria_chapter(report: AnnualReport, numbers: Numbering, places: Places = STANDARD) -> Chapter | None:
    """Return the annex, None when no framework is kept here and nothing has been recommended."""
    if not report.criteria:
        return None
    told = [code for code in report.figures.variants if not report.figures.one(code).is_empty]
    shown = {code: places.measures.get(code, places.other) for code in told}
    topics = [topic for topic in places.topics if topic is not Topic.GOALS or report.indicators]
    blocks = criteria_blocks(answers(report.criteria, shown, topics, places.topics), numbers)
    rest = [code for code in called_for(report.criteria) if code in told and code not in places.measures]
    if rest:
        blocks += [Heading("Siffror till frågorna", "siffror-till-fragorna"), _rest(report, rest, numbers)]
    return Chapter(ANCHOR, TITLE, tuple(blocks))


def criteria_blocks(found: Sequence[Answer], numbers: Numbering) -> list[Block]:
    """Return the map: how many are answered, and a table for each framework and audit."""
    count = {verdict: sum(one.verdict is verdict for one in found) for verdict in Verdict}
    lead = (
        f"Kartan visar {len(found)} frågor och rekommendationer från revisionen och var rapporten besvarar dem: "
        f"{count[Verdict.WHOLE]} besvaras, {count[Verdict.PARTLY]} besvaras delvis och {count[Verdict.NOT]} besvaras inte. "
        "Att en fråga besvaras betyder att rapporten har siffrorna, inte att svaret är bra."
    )
    grouped = groupby(found, key=lambda one: one.criterion.origin)
    return [Text(lead, "lead"), *(_map(origin, list(group), numbers) for origin, group in grouped)]


def _map(origin: str, found: Sequence[Answer], numbers: Numbering) -> Table:
    columns = (
        Column("Fråga eller rekommendation", 28, numeric=False),
        Column("Läge", 13, numeric=False),
        Column("Var i rapporten", 18, numeric=False),
        Column("Mått", 21, numeric=False),
        Column("Besvaras inte här", 20, numeric=False),
    )
    rows = tuple(
        (
            Cell(f"{one.criterion.number}. {one.criterion.text}"),
            Cell(one.verdict.value),
            Cell(listed(one.places) if one.places else NO_DENOMINATOR),
            Cell("; ".join(measure_named(code).name for code in one.measures) or NO_DENOMINATOR),
            Cell("; ".join(one.left) or NO_DENOMINATOR),
        )
        for one in found
    )
    at = numbers.table()
    return Table(at, f"revisionens-fragor-{at}", origin, columns, rows)


def _rest(report: AnnualReport, codes: Sequence[str], numbers: Numbering) -> Table:
    """Return the measures that the criteria call for and no other chapter shows, the year and the year before."""
    columns = (
        Column("Mått", 32, numeric=False),
        Column("Avser", 20, numeric=False),
        *(Column(str(year), 16) for year in report.figures.years_called_for),
        Column("Antal", 16),
    )
    rows = []
    for code in codes:
        results = [report.figures.one(code, year=year) for year in report.figures.years_called_for]
        last = results[-1]
        values = (Cell(value_in_words(each.measure, each.total)) for each in results)
        rows.append(
            (
                Cell(last.measure.name),
                Cell(period_in_words(last)),
                *values,
                Cell(basis_in_words(last.measure, last.total)),
            )
        )
    caption = "Mått som frågorna gäller och som inte visas i något annat kapitel"
    return Table(numbers.table(), "siffror-till-fragorna", caption, columns, tuple(rows))
