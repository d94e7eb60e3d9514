"""What a report template holds, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from reporting.enums import ReportKind


class PartKind(StrEnum):
    """What a part of a report is: something somebody writes (a text, a free table), or figures taken from the snapshot.

    FIGURES is a whole chapter by its name; CHART, MEASURE and INDICATORS show the measures that the template chooses. A MEASURE
    has a text under it where the template asks for one.
    """

    TEXT = "text"
    FIGURES = "siffror"
    CHART = "diagram"
    MEASURE = "matt"
    INDICATORS = "indikatorer"
    TABLE = "tabell"

    @property
    def label(self) -> str:
        """What it is, in Swedish."""
        return _LABELS[self]


_LABELS = {
    PartKind.TEXT: "Text",
    PartKind.FIGURES: "Tabeller och diagram ur underlaget",
    PartKind.CHART: "Diagram",
    PartKind.MEASURE: "Mått med förklaring",
    PartKind.INDICATORS: "Valda indikatorer och mått",
    PartKind.TABLE: "Tabell",
}


class ChartForm(StrEnum):
    """How a chart is drawn, by its name in the template."""

    LINE = "linje"
    BARS = "staplar"


class Writer(StrEnum):
    """Who writes a text part, by the role the template names."""

    SECRETARY = "sekreterare"
    MANAGER = "chef"


class FigureContent(StrEnum):
    """What a part with figures shows, by its name in the template."""

    SUMMARY = "sammanfattning"
    GOALS = "mal"
    ORGANISATION = "organisation"
    OUTCOME = "resultat"
    ACTIVITIES = "insatser"
    SUPPORT = "bistand"
    SFI = "sfi"
    ROUTINES = "rutiner"
    METHOD = "metod"
    SO_FAR = "hittills"
    KEY_FIGURES = "nyckeltal"
    ECONOMY = "ekonomi"
    STAFF = "personal"
    COMMISSIONS = "uppdrag"
    CONTROLS = "internkontroll"
    RECOMMENDATIONS = "rekommendationer"
    COMPARISON = "jamforelse"
    RESTATEMENT = "omraknat"
    CRITERIA = "revisionens-fragor"
    QUALITY = "kvalitet"

    @classmethod
    def of(cls, kind: str) -> tuple[FigureContent, ...]:
        """Return what a report of the kind can show; what is counted by whole years stands in the annual report only."""
        if kind == ReportKind.ANNUAL:
            return tuple(one for one in cls if one not in (cls.SO_FAR, cls.KEY_FIGURES))
        own = cls.KEY_FIGURES if kind == ReportKind.MONTHLY else cls.SO_FAR
        shared = (cls.ECONOMY, cls.STAFF, cls.COMMISSIONS, cls.CONTROLS, cls.RECOMMENDATIONS)
        return (own, *shared, cls.CRITERIA, cls.QUALITY)


@dataclass(frozen=True)
class MeasureChoice:
    """A measure that a part shows: in which variant (empty: the report's own), split by which dimension, drawn how."""

    measure: str
    variant: str = ""
    by: str = ""
    form: ChartForm = ChartForm.LINE


@dataclass(frozen=True)
class FreeColumn:
    """A column of a free table: its heading, and whether its cells are numbers."""

    heading: str
    numeric: bool = False


@dataclass(frozen=True)
class PartSpec:
    """A part of a chapter. What is written has `guidance` and `writer` and may be `required`; FIGURES have their `content`.

    `choices`: the measures of a CHART, MEASURE (one) or INDICATORS part; `indicators`: the codes of the latter's indicators.
    `columns`: those of a free table. `proposal`: whether a memo's text is the proposed decision, a line a sentence.
    """

    code: str
    heading: str
    kind: PartKind
    guidance: str = ""
    writer: Writer = Writer.SECRETARY
    required: bool = False
    content: FigureContent | None = None
    proposal: bool = False
    choices: tuple[MeasureChoice, ...] = ()
    indicators: tuple[str, ...] = ()
    columns: tuple[FreeColumn, ...] = ()

    @property
    def is_written(self) -> bool:
        """Whether somebody writes it, or something in it."""
        return bool(self.guidance)

    @property
    def chooses(self) -> bool:
        """Whether it shows measures that the template chooses one by one."""
        return self.kind in {PartKind.CHART, PartKind.MEASURE, PartKind.INDICATORS}


@dataclass(frozen=True)
class ChapterSpec:
    """A chapter with its parts in order."""

    code: str
    heading: str
    parts: tuple[PartSpec, ...]


@dataclass(frozen=True)
class LeadTimes:
    """How many working days before the meeting the figures and texts stop, the preparation is and the papers are sent."""

    data_stop: int
    text_stop: int
    preparation: int
    dispatch: int


@dataclass(frozen=True)
class TemplateContent:
    """A template: the kind of report it is for, what of the committee's duties the report covers, lead times, chapters.

    `lead_times`: the template's own, None where the municipality's hold (`work.lead_times`). `memo`: the parts of the
    tjänsteskrivelse that goes with the report, none where it has none.
    """

    code: str
    title: str
    kind: str
    covers: str
    joint: bool
    lead_times: LeadTimes | None
    chapters: tuple[ChapterSpec, ...]
    memo: tuple[PartSpec, ...] = ()

    @property
    def parts(self) -> Iterator[PartSpec]:
        """Every part, in order, the memo's last."""
        for chapter in self.chapters:
            yield from chapter.parts
        yield from self.memo

    @property
    def texts(self) -> tuple[PartSpec, ...]:
        """The parts that somebody writes, in order."""
        return tuple(part for part in self.parts if part.is_written)

    @property
    def chosen(self) -> tuple[PartSpec, ...]:
        """The parts that show measures which the template chooses one by one, in order."""
        return tuple(part for part in self.parts if part.chooses)

    def part(self, code: str) -> PartSpec:
        """Return the part with the code. Raises KeyError when there is none."""
        for part in self.parts:
            if part.code == code:
                return part
        raise KeyError(code)
