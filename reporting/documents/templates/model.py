"""What a report template holds, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from reporting.enums import ReportKind


class PartKind(StrEnum):
    """What a part of a report is: a text somebody writes, or figures taken from the snapshot."""

    TEXT = "text"
    FIGURES = "siffror"


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
        return (own, cls.ECONOMY, cls.STAFF, cls.COMMISSIONS, cls.CONTROLS, cls.RECOMMENDATIONS)


@dataclass(frozen=True)
class PartSpec:
    """A part of a chapter. Texts have `guidance` and `writer` and may be `required`; figures have their `content`.

    `proposal`: whether a memo's text is the proposed decision, a line for each of its sentences.
    """

    code: str
    heading: str
    kind: PartKind
    guidance: str = ""
    writer: Writer = Writer.SECRETARY
    required: bool = False
    content: FigureContent | None = None
    proposal: bool = False


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

    `memo`: the parts of the tjänsteskrivelse that goes with the report, none where it has none.
    """

    code: str
    title: str
    kind: str
    covers: str
    joint: bool
    lead_times: LeadTimes
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
        return tuple(part for part in self.parts if part.kind is PartKind.TEXT)

    def part(self, code: str) -> PartSpec:
        """Return the part with the code. Raises KeyError when there is none."""
        for part in self.parts:
            if part.code == code:
                return part
        raise KeyError(code)
