"""What a framework holds, once read: scale, sections, questions, criteria, and the evidence each question calls for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from governance.enums import DocumentKind

HIGHEST_ORDER = 3
"""The common order that firms' scales are compared in runs from 0 (worst) to this (best)."""


@dataclass(frozen=True)
class Grade:
    """One word of a scale and its place in the common order, 0–3. Several words may share a place."""

    word: str
    order: int


@dataclass(frozen=True)
class Scale:
    """The words a firm grades with, in its own order, and its two words for a question that has no grade."""

    grades: tuple[Grade, ...]
    not_assessable: str
    not_graded: str

    @property
    def words(self) -> tuple[str, ...]:
        """Every word a question can be answered with, the graded ones first."""
        return (*(grade.word for grade in self.grades), self.not_assessable, self.not_graded)

    def order(self, word: str) -> int | None:
        """Return the word's place in the common order; None for a word that is no grade."""
        return next((grade.order for grade in self.grades if grade.word == word), None)


class CriterionKind(StrEnum):
    """What a criterion is; the value is what stands in the file."""

    LAW = "lag"
    ORDINANCE = "forordning"
    REGULATION = "foreskrift"
    ADVICE = "allmanna_rad"
    OWN = "eget_beslut"

    @property
    def label(self) -> str:
        """The kind in Swedish, as a reader sees it."""
        return {
            "lag": "Lag",
            "forordning": "Förordning",
            "foreskrift": "Föreskrift",
            "allmanna_rad": "Allmänna råd",
            "eget_beslut": "Kommunens eget beslut",
        }[self.value]


@dataclass(frozen=True)
class Criterion:
    """What a question is judged against. The dates are the first and last day it is in force; an empty one is open."""

    code: str
    title: str
    kind: CriterionKind
    designation: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    replaced_by: str = ""

    def in_force_on(self, day: dt.date) -> bool:
        """Whether it is in force on the day (both ends included)."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class QuestionKind(StrEnum):
    """Whether a question is answered with a grade; the value is what stands in the file."""

    GRADED = "graderad"
    DESCRIPTIVE = "beskrivande"
    MAPPING = "kartlaggande"

    @property
    def label(self) -> str:
        """The kind in Swedish, as a reader sees it."""
        return {"graderad": "Graderad", "beskrivande": "Beskrivande", "kartlaggande": "Kartläggande"}[self.value]


class GradedFor(StrEnum):
    """Whether a question has one grade for all the audited or one for each; the value is what stands in the file."""

    ALL = "alla_tillsammans"
    EACH = "varje_organ"


@dataclass(frozen=True)
class Rule:
    """A value within the limits (both included; an empty one is open) speaks for the word."""

    word: str
    at_least: float | None = None
    at_most: float | None = None

    def fits(self, value: float) -> bool:
        """Whether the value, in the figure's own unit (percent as 0–100), is within the limits."""
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True)
class MeasureEvidence:
    """A measure to look at: `selection` narrows it (dimension to values), `rules` say what its figure speaks for."""

    measure: str
    variant: str = ""
    selection: Mapping[str, tuple[str, ...]] | None = None
    rules: tuple[Rule, ...] = ()

    def speaks_for(self, value: float | None) -> str:
        """Return the word of the first rule that fits; empty without a value, and when none fits. It decides nothing."""
        if value is None:
            return ""
        return next((rule.word for rule in self.rules if rule.fits(value)), "")


@dataclass(frozen=True, kw_only=True)
class RegisteredEvidence:
    """Something that stands in a register of the municipality's. `words` tell which: one of them is in its text; none is all."""

    words: tuple[str, ...] = ()

    def is_about(self, *texts: str) -> bool:
        """Whether one of the words stands in one of the texts, in capitals or not."""
        return not self.words or any(word.casefold() in text.casefold() for word in self.words for text in texts)


@dataclass(frozen=True)
class DocumentEvidence(RegisteredEvidence):
    """Steering documents of a kind that should be there; `about` says which of them, in words."""

    kind: DocumentKind
    about: str = ""


@dataclass(frozen=True)
class ForumEvidence(RegisteredEvidence):
    """A forum that should meet."""

    about: str


@dataclass(frozen=True)
class ControlEvidence(RegisteredEvidence):
    """Controls of the internal control plan that bear on the question."""

    about: str


@dataclass(frozen=True)
class SampleEvidence:
    """Cases to be drawn from a measure's population and held against criteria."""

    measure: str
    criteria: tuple[str, ...]
    about: str = ""


Evidence = MeasureEvidence | DocumentEvidence | ForumEvidence | ControlEvidence | SampleEvidence


@dataclass(frozen=True)
class Question:
    """An audit question or control goal. `number` is how the framework names it, for example "3" or "K2"."""

    number: str
    text: str
    kind: QuestionKind = QuestionKind.GRADED
    graded_for: GradedFor = GradedFor.ALL
    short: str = ""
    guidance: str = ""
    criteria: tuple[Criterion, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_graded(self) -> bool:
        """Whether it is answered with a word of the scale."""
        return self.kind is QuestionKind.GRADED

    @property
    def is_graded_for_each(self) -> bool:
        """Whether every audited body gets a grade of its own."""
        return self.is_graded and self.graded_for is GradedFor.EACH


@dataclass(frozen=True)
class Section:
    """A part of a framework: a heading and its questions."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class FrameworkContent:
    """A whole framework. `question_noun` is what the firm calls its questions: "Revisionsfråga", "Kontrollmål"."""

    code: str
    title: str
    origin: str
    note: str
    question_noun: str
    scale: Scale
    criteria: tuple[Criterion, ...]
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(self._walk())

    def question(self, number: str) -> Question | None:
        """Return the question of that number, None when there is none."""
        return next((question for question in self._walk() if question.number == number), None)

    def _walk(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions
