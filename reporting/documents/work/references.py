"""Figures in running text: `{{mått:work_or_study_at_exit; 2023; kon=K}}` stands for a figure of the report itself.

Only what the report publishes can be referred to. So the text says what the table says and hides what the table hides, and the
figure is computed again with the report's others by whoever verifies it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reporting.figures.model import CATEGORY, Figure, PartFigure, Period
from reporting.figures.wording import basis_in_words, part_in_words, value_in_words
from reporting.measures.catalogue import UnknownMeasure
from reporting.measures.catalogue import measure as measure_named
from reporting.measures.dimensions import Dimension
from reporting.measures.model import Kind, Measure

PATTERN = re.compile(r"\{\{[ ]?mått[ ]?:([^{}\n]{1,300})\}\}", re.IGNORECASE)
"""A reference as it stands in a text; the group is what it asks for."""

CATEGORY_WORD = "kategori"
"""What a reference calls the category of a distribution."""
UNKNOWN_WORD = "saknas"
"""How the value of a group is written whose value is not known."""
_VARIANT, _PART, _SHOWN = "variant", "del", "visa"
_VALUE, _COUNT = "värde", "antal"
_YEAR = re.compile(r"\d{4}")
_DAYS = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")
_MOST_NAMED = 12


class ReferenceFault(Exception):
    """A reference that stands for nothing. The text is Swedish and names what exists."""


@dataclass(frozen=True)
class Reference:
    """What is asked for: a measure, and what tells its figures apart. What is left out is the report's own, or the total.

    `period`: a year or two days ("2024-01-01/2024-08-31"), empty for the longest period that ends with the
    report. `shown`: the value, or the numbers that it rests on.
    """

    measure: str
    period: str = ""
    variant: str = ""
    part: str = ""
    narrowed: frozenset[tuple[str, str]] = frozenset()
    shown: str = _VALUE

    @classmethod
    def read(cls, raw: str) -> Reference:
        """Return the reference that stands between the colon and the end. Raises ReferenceFault."""
        code, *words = (word.strip() for word in raw.split(";"))
        period, given = "", {}
        for word in filter(None, words):
            name, equals, value = (piece.strip() for piece in word.partition("="))
            if not equals and (_YEAR.fullmatch(word) or _DAYS.fullmatch(word)):
                period = word
            elif equals and value:
                given[name.lower()] = value
            else:
                raise ReferenceFault(
                    f"”{word}” går inte att läsa i hänvisningen till {code}. Skriv till exempel "
                    "{{mått:" + code + "; 2024; kon=K}} eller välj ur listan."
                )
        shown = given.pop(_SHOWN, _VALUE)
        if shown not in {_VALUE, _COUNT}:
            raise ReferenceFault(f"visa={shown} finns inte. Det som kan visas är {_VALUE} och {_COUNT}.")
        variant, part = given.pop(_VARIANT, ""), given.pop(_PART, "")
        return cls(code, period, variant, part, frozenset(given.items()), shown)

    def written(self) -> str:
        """Return it as it stands in a text."""
        named = [(_VARIANT, self.variant), (_PART, self.part), *sorted(self.narrowed)]
        named.append((_SHOWN, self.shown if self.shown != _VALUE else ""))
        words = [self.measure, self.period, *(f"{name}={value}" for name, value in named if value)]
        return "{{mått:" + "; ".join(word for word in words if word) + "}}"


@dataclass(frozen=True)
class Quotable:
    """A figure of the report that a text may refer to. `reference` asks for just this one; `document` is its measure's result."""

    reference: Reference
    measure: Measure
    document: Mapping[str, Any]
    figure: Mapping[str, Any]
    period: Period
    variant: str

    @property
    def value(self) -> str:
        """The value with its unit as the tables have it: "19,7 %"; ".." when it is hidden there."""
        return self.text(_VALUE)

    @property
    def basis(self) -> str:
        """What the value rests on: "25 av 127"; empty for a part of a figure."""
        return "" if self.reference.part else self.text(_COUNT)

    @property
    def with_basis(self) -> str:
        """The reference that gives what the value rests on."""
        asked = self.reference
        return Reference(asked.measure, asked.period, asked.variant, asked.part, asked.narrowed, _COUNT).written()

    def text(self, shown: str) -> str:
        """Return the figure as running text has it. Raises ReferenceFault where a part is asked what it rests on."""
        if not self.reference.part:
            figure = _figure_of(self.figure)
            return (value_in_words if shown == _VALUE else basis_in_words)(self.measure, figure)
        if shown == _COUNT:
            raise ReferenceFault(f"{self.reference.written()} är ett enda tal. Ta bort visa={_COUNT}.")
        part = next(part for part in self.measure.parts if part.name == self.reference.part)
        return part_in_words(part.unit, _part_of(self.figure["parts"][part.name]))


class Quotables:
    """The figures of one report, to be found by what a text asks for."""

    def __init__(self, found: Iterable[Quotable], *, end: dt.date) -> None:
        """Hold these, of a report whose period ends on the day."""
        self._end = end
        self._by_measure: dict[str, list[Quotable]] = {}
        for one in found:
            self._by_measure.setdefault(one.measure.code, []).append(one)

    @classmethod
    def of(cls, figures: Iterable[Mapping[str, Any]], *, end: dt.date, codes: Sequence[str]) -> Quotables:
        """Return what can be referred to among a report's figures, as its manifest has them; `codes`: its committees'."""
        return cls(_quotables(figures, tuple(sorted(codes))), end=end)

    def __iter__(self) -> Iterator[Quotable]:
        """Yield each with the shortest reference that is its own, measure by measure."""
        for of_measure in self._by_measure.values():
            for one in of_measure:
                yield Quotable(self._shortest(one), one.measure, one.document, one.figure, one.period, one.variant)

    def find(self, asked: Reference) -> Quotable:
        """Return the figure. Raises ReferenceFault, naming those that exist, for an unknown one and for one of several."""
        of_measure = self._by_measure.get(asked.measure)
        if of_measure is None:
            known = ", ".join(sorted(self._by_measure)) or "inga, eftersom rapporten inte har några siffror än"
            raise ReferenceFault(f"Måttet ”{asked.measure}” finns inte i rapporten. De som finns är: {known}.")
        matching = self._matching(asked, of_measure)
        if len(matching) != 1:
            raise ReferenceFault(_none_or_several(asked, matching, [self._shortest(one) for one in of_measure]))
        return matching[0]

    def shown(self, raw: str) -> str:
        """Return what stands in the text for a reference. Raises ReferenceFault."""
        asked = Reference.read(raw)
        return self.find(asked).text(asked.shown)

    def _matching(self, asked: Reference, among: Sequence[Quotable]) -> list[Quotable]:
        found = [
            one
            for one in among
            if (one.reference.part, one.reference.narrowed) == (asked.part, asked.narrowed)
            and asked.variant in {"", one.variant}
            and (asked.period == one.reference.period if asked.period else one.period.end == self._end)
        ]
        # A month's sheet has both the month and the year so far, which end on the same day.
        first = min((one.period.start for one in found), default=None)
        return [one for one in found if asked.period or one.period.start == first]

    def _shortest(self, one: Quotable) -> Reference:
        """Return the reference without what the report itself says: its period, and a variant that is the only one."""
        whole, of_measure = one.reference, self._by_measure[one.measure.code]
        for period, variant in (("", ""), ("", one.variant), (whole.period, "")):
            tried = Reference(whole.measure, period, variant, whole.part, whole.narrowed)
            if self._matching(tried, of_measure) == [one]:
                return tried
        return whole


def _none_or_several(asked: Reference, matching: Sequence[Quotable], known: Sequence[Reference]) -> str:
    if matching:
        several = ", ".join(one.reference.written() for one in matching)
        return f"{asked.written()} kan vara flera siffror: {several}. Välj en av dem."
    named = [reference.written() for reference in known]
    rest = f" och {len(named) - _MOST_NAMED} till" if len(named) > _MOST_NAMED else ""
    return f"{asked.written()} finns inte i rapporten. Av måttet finns: {', '.join(named[:_MOST_NAMED])}{rest}."


def _quotables(figures: Iterable[Mapping[str, Any]], codes: tuple[str, ...]) -> Iterator[Quotable]:
    """Yield every figure once: a total that stands in several results is the same figure."""
    seen = set()
    for document in figures:
        try:
            measure = measure_named(document["measure"])
        except UnknownMeasure:
            continue
        # The total of a distribution is the whole of it, which says nothing.
        whole = () if measure.kind is Kind.DISTRIBUTION else (document["total"],)
        for figure in (*whole, *document["groups"]):
            narrowed = _narrowed(document, figure, codes)
            # What a duration has within it after so many days is no part that a definition names.
            parts = [part.name for part in measure.parts if part.name in figure.get("parts", ())]
            for part in ("", *parts):
                reference = Reference(measure.code, _period_written(document), document["variant"], part, narrowed)
                if reference not in seen:
                    seen.add(reference)
                    yield Quotable(reference, measure, document, figure, _period(document), document["variant"])


def _narrowed(
    document: Mapping[str, Any], figure: Mapping[str, Any], codes: tuple[str, ...]
) -> frozenset[tuple[str, str]]:
    """Return what the figure is of: its group, and the narrowing of its result but for that to the report's committees."""
    where = {name: tuple(values) for name, values in document.get("where", {}).items()}
    if where.get(Dimension.COMMITTEE.value) == codes:
        del where[Dimension.COMMITTEE.value]
    key = {CATEGORY_WORD if name == CATEGORY else name: (value,) for name, value in figure["key"].items()}
    return frozenset(
        (name, ",".join(UNKNOWN_WORD if value in {None, ""} else str(value) for value in values))
        for name, values in {**where, **key}.items()
    )


def _period(document: Mapping[str, Any]) -> Period:
    start, end = (dt.date.fromisoformat(document["period"][name]) for name in ("start", "end"))
    return Period(start, end)


def _period_written(document: Mapping[str, Any]) -> str:
    period = _period(document)
    return f"{period.start.year}" if period.is_calendar_year else f"{period.start}/{period.end}"


def _figure_of(document: Mapping[str, Any]) -> Figure:
    told = {name: document[name] for name in ("numerator", "denominator", "value", "low", "high", "suppressed")}
    return Figure(key=document["key"], **told)


def _part_of(document: Mapping[str, Any]) -> PartFigure:
    told = {name: document[name] for name in ("numerator", "denominator", "value", "low", "high", "suppressed")}
    return PartFigure(**told, extra={"date": document["date"]} if "date" in document else {})


def recorded(texts: Mapping[str, Sequence[str]], quotables: Quotables) -> list[dict[str, str]]:
    """Return the references of a report for its manifest: part, what it asks for, and what stands in the text for it."""
    return [
        {"part": part, "reference": raw, "shown": quotables.shown(raw)}
        for part, references in sorted(texts.items())
        for raw in references
    ]


def reference_faults(manifest: Mapping[str, Any]) -> list[str]:
    """Return what in a report's running text does not agree with the report's own figures, in Swedish."""
    told = manifest.get("references", ())
    if not told:
        return []
    end = dt.date.fromisoformat(manifest["period"]["end"])
    quotables = Quotables.of(manifest["figures"], end=end, codes=manifest["committees"])
    faults = []
    for one in told:
        try:
            figure = quotables.shown(one["reference"])
        except ReferenceFault as fault:
            faults.append(f"Texten {one['part']}: {fault}")
            continue
        if figure != one["shown"]:
            faults.append(
                f"Texten {one['part']}: {one['reference']} är {one['shown']} i texten och {figure} i siffrorna."
            )
    return faults
