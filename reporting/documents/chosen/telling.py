"""From the published results of chosen measures to the blocks of the parts that show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reporting.documents.aims import target_value
from reporting.documents.annual.setting import counted_as, said_of, target_text
from reporting.documents.chosen.asking import Asked
from reporting.documents.chosen.drawing import scaled, split_chart, years_chart
from reporting.documents.chosen.tables import Results, indicators_table, split_table, years_table
from reporting.documents.content import Block, Text
from reporting.documents.templates.model import ChartForm, MeasureChoice, PartKind, PartSpec
from reporting.figures.dimensions import label_of
from reporting.figures.model import Result
from reporting.figures.reorganisation import Handover, handovers
from reporting.figures.swedish import NBSP
from reporting.measures.model import Kind, Unit
from reporting.snapshots.engine import Engine


@dataclass(frozen=True)
class Telling:
    """What the parts are told from: the snapshot, the report's published results, and its year."""

    engine: Engine
    results: Results
    year: int

    def blocks(self, spec: PartSpec, asked: Sequence[Asked]) -> tuple[Block, ...]:
        """Return what the part shows; what it cannot show is said where it would stand."""
        missing = tuple(Text(one.why_not, "note") for one in asked if one.why_not)
        if spec.kind is PartKind.INDICATORS:
            table = indicators_table(spec.code, asked, self.results, self.year)
            return (*([table] if table else []), *missing)
        [choice], [one] = spec.choices, asked
        if not one.series:
            return missing
        found = [self.results[request] for request in one.series]
        if spec.kind is PartKind.MEASURE:
            return self._measure(spec, one, found)
        return self._chart(spec, choice, one, found)

    def _chart(self, spec: PartSpec, choice: MeasureChoice, asked: Asked, found: list[Result]) -> tuple[Block, ...]:
        if asked.split is None:
            chart = years_chart(found, choice.form, self._target(asked, found[-1]), self._moves(asked, found[-1]))
            return (chart,) if chart else self._without(found, years_table(spec.code, found))
        split = self.results[asked.split]
        label = self._labels(choice.by)
        chart = split_chart(split, label)
        return (chart,) if chart else self._without(found, split_table(spec.code, split, label))

    def _without(self, found: list[Result], table: Block) -> tuple[Block, ...]:
        """Return what stands where no chart can be drawn: the table where it has values, else why there are none."""
        drawable = any(group.value is not None for result in found for group in (result.total, *result.groups))
        return (table,) if drawable else (said_of(found),)

    def _measure(self, spec: PartSpec, asked: Asked, found: list[Result]) -> tuple[Block, ...]:
        if found[-1].is_empty:
            return (Text(said_of(found).text),)
        chart = years_chart(found, ChartForm.LINE, self._target(asked, found[-1]), self._moves(asked, found[-1]))
        return (
            said_of(found),
            *([chart] if chart else []),
            years_table(spec.code, found),
            counted_as(found[-1:]),
        )

    def _target(self, asked: Asked, now: Result) -> tuple[float, str] | None:
        """Return the year's target as a chart shows it; a part of a year has no line for what is not a share."""
        target = asked.indicator.targets.get(self.year) if asked.indicator else None
        wanted = target_value(target, self.year)
        is_part = not now.period.is_calendar_year
        if wanted is None or (is_part and now.measure.unit is not Unit.PERCENT):
            return None
        value = scaled(now.measure, wanted)
        unit = {Unit.PERCENT: "%", Unit.KRONOR: "tkr"}.get(now.measure.unit, "")
        return value, f"Mål{NBSP}{target_text(target, value, unit)}"

    def _moves(self, asked: Asked, now: Result) -> tuple[Handover, ...]:
        return () if now.measure.kind is Kind.DISTRIBUTION else handovers(self.engine, asked.series)

    def _labels(self, dimension: str) -> Callable[[str | None], str]:
        return lambda value: label_of(self.engine, dimension, value)
