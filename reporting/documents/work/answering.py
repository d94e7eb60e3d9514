"""Where a report answers what auditors ask, by its own template: in which chapter each measure and topic stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from reporting.documents.annual.criteria import ANCHOR, CHAPTERS, TITLE, Answer, Places, answers, criteria_blocks
from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Block, Chapter, Text
from reporting.documents.parts import IndicatorPart, Topic, criteria, indicators
from reporting.documents.templates.model import FigureContent, PartSpec, TemplateContent
from reporting.documents.work.composition import Composition
from reporting.enums import ReportKind

_ECONOMY = CHAPTERS[FigureContent.ECONOMY.value][1]
_GENERAL = frozenset({FigureContent.GOALS, FigureContent.SO_FAR, FigureContent.KEY_FIGURES})
"""Contents that show what indicators there are: a measure with a chapter of its own is found there first."""
_NOTHING_ASKED = "Inget ramverk är upplagt och ingen granskning har lämnat rekommendationer till nämnden."


def places_of(content: TemplateContent, told: Collection[str], goals: Sequence[IndicatorPart]) -> Places:
    """Return where the template tells of things. `told`: the measures that the report has a figure of."""
    parts = [(chapter.heading, part) for chapter in content.chapters for part in chapter.parts]
    found: dict[str, str] = {}
    for heading, part in sorted(parts, key=lambda one: one[1].content in _GENERAL):
        for code in _shown_by(part, told, goals):
            found.setdefault(code, heading)
    topics: dict[Topic, str] = {}
    for heading, part in parts:
        topic = _topic_of(part)
        if topic is not None and (goals or topic is not Topic.GOALS):
            topics.setdefault(topic, heading)
    other = next((heading for heading, part in parts if part.content is FigureContent.CRITERIA), TITLE)
    return Places(found, topics, other)


def _topic_of(part: PartSpec) -> Topic | None:
    if part.content in _GENERAL:
        return Topic.GOALS
    return Topic.RESPONSIBILITY if part.content is FigureContent.ORGANISATION else None


def _shown_by(part: PartSpec, told: Collection[str], goals: Sequence[IndicatorPart]) -> Iterator[str]:
    """Yield the measures that the part shows and the report has a figure of."""
    by_code = {one.code: one.measure for one in goals}
    shown = [choice.measure for choice in part.choices] + [by_code.get(code, "") for code in part.indicators]
    if part.content is FigureContent.GOALS:
        shown += by_code.values()
    elif part.content in _GENERAL:
        shown += [code for code in told if code not in _ECONOMY]
    elif part.content is not None and part.content.value in CHAPTERS:
        shown += CHAPTERS[part.content.value][1]
    yield from (code for code in shown if code in told)


def answers_in(composition: Composition, told: Collection[str]) -> tuple[Answer, ...]:
    """Return how the report answers each thing that auditors ask of its committees, by the measures that it has figures of.

    What no chapter of an annual report shows stands with the auditors' questions; other reports show nothing there but the map.
    """
    goals = indicators(composition.codes, [composition.end.year])
    places = places_of(composition.content, told, goals)
    elsewhere = dict.fromkeys(told, places.other) if composition.kind is ReportKind.ANNUAL else {}
    shown = {**elsewhere, **places.measures}
    return answers(criteria(composition.codes), shown, list(places.topics), places.topics)


def told_in(figures: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Return the measures that have a figure among those of a manifest."""
    return frozenset(one["measure"] for one in figures if _has_cases(one))


def _has_cases(one: Mapping[str, Any]) -> bool:
    total = one["total"]
    parts = total.get("parts", {}).values()
    told = (total["denominator"], total["suppressed"], *(part["numerator"] for part in parts))
    return bool(one["excluded"]) or any(told)


def answers_chapter(composition: Composition, told: Collection[str], numbers: Numbering) -> Chapter:
    """Return the criteria map of a report of a part of a year; where nothing is asked it says so."""
    found = answers_in(composition, told)
    blocks: Sequence[Block] = criteria_blocks(found, numbers) if found else [Text(_NOTHING_ASKED)]
    return Chapter(ANCHOR, TITLE, tuple(blocks))
