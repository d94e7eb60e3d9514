"""Statistical process control for one series: the XmR chart (individual values and moving ranges).

Limits and rules are those of Wheeler, *Understanding Variation* (2nd ed. 2000), as used for series with one value a period: the
natural process limits are the mean ± 2,66 times the mean moving range, and the upper range limit is 3,267 times it. A signal is a
value outside the limits, a moving range over its limit, or eight values in a row on one side of the mean. Neither scipy nor
statsmodels has the chart, so its two constants stand here (Montgomery, *Introduction to Statistical Quality Control*, table of
factors for samples of two: 3/d₂ and D₄).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from reporting.figures.steps import Step
from reporting.figures.swedish import listed
from reporting.figures.wording import spelled, spelled_bare
from reporting.measures.model import Measure

FEWEST_POINTS = 12
"""A chart is drawn for so many measured values or more (measures.md section 7)."""

_LIMITS = 2.66
_RANGE_LIMIT = 3.267
_RUN = 8
_ROUNDING = 1e-9
"""What the rounding of a mean may add: a series of equal values is on its mean and has no signals."""

Value = float | None


class Rule(StrEnum):
    """Why something is a signal and not what the series usually does."""

    ABOVE = "above"
    BELOW = "below"
    JUMP = "jump"
    RUN_ABOVE = "run_above"
    RUN_BELOW = "run_below"

    @property
    def is_run(self) -> bool:
        """Whether it is several values in a row."""
        return self in {Rule.RUN_ABOVE, Rule.RUN_BELOW}


@dataclass(frozen=True)
class Signal:
    """A signal and the positions in the series that it is about, both included. A jump is from `first` to `last`."""

    rule: Rule
    first: int
    last: int


@dataclass(frozen=True)
class Control:
    """A series with its limits, all in the unit of the values. `values` is None where a value is missing or hidden.

    `low`, `high`: the natural process limits, never beyond what the measure can be. `ranges[i]` is how far value i is from the
    one before, None where one of the two is missing. `signals` are in the order of the series.
    """

    labels: tuple[str, ...]
    values: tuple[Value, ...]
    mean: float
    low: float
    high: float
    ranges: tuple[Value, ...]
    mean_range: float
    range_limit: float
    signals: tuple[Signal, ...]

    @property
    def measured(self) -> int:
        """How many of the values there are."""
        return sum(value is not None for value in self.values)


def control(
    labels: Sequence[str], values: Sequence[Value], *, floor: float | None = 0.0, ceiling: float | None = None
) -> Control | None:
    """Return the chart's numbers; None for fewer than twelve values, or when no two of them stand next to each other.

    `floor`, `ceiling`: the least and most that the measure can be; a limit never passes them. A gap ends a run and has no range:
    what is missing or hidden is never guessed.
    """
    known = [value for value in values if value is not None]
    ranges = tuple(_ranges(values))
    moves = [each for each in ranges if each is not None]
    if len(known) < FEWEST_POINTS or not moves:
        return None
    mean, mean_range = sum(known) / len(known), sum(moves) / len(moves)
    low, high = mean - _LIMITS * mean_range, mean + _LIMITS * mean_range
    low = low if floor is None else max(low, floor)
    high = high if ceiling is None else min(high, ceiling)
    range_limit = _RANGE_LIMIT * mean_range
    rounding = _ROUNDING * max(1.0, abs(mean))
    found = [
        *_outside(values, low - rounding, high + rounding),
        *_jumps(ranges, range_limit + rounding),
        *_runs(values, mean, rounding),
    ]
    signals = tuple(sorted(found, key=lambda signal: (signal.first, signal.last, signal.rule)))
    return Control(tuple(labels), tuple(values), mean, low, high, ranges, mean_range, range_limit, signals)


def _ranges(values: Sequence[Value]) -> Iterator[Value]:
    before: Value = None
    for value in values:
        yield None if before is None or value is None else abs(value - before)
        before = value


def _outside(values: Sequence[Value], low: float, high: float) -> Iterator[Signal]:
    for at, value in enumerate(values):
        if value is not None and not low <= value <= high:
            yield Signal(Rule.ABOVE if value > high else Rule.BELOW, at, at)


def _jumps(ranges: Sequence[Value], limit: float) -> Iterator[Signal]:
    for at, moved in enumerate(ranges):
        if moved is not None and moved > limit:
            yield Signal(Rule.JUMP, at - 1, at)


def _runs(values: Sequence[Value], mean: float, rounding: float) -> Iterator[Signal]:
    sides = [0 if value is None or abs(value - mean) <= rounding else 1 if value > mean else -1 for value in values]
    for side, run in groupby(range(len(sides)), key=lambda at: sides[at]):
        positions = list(run)
        if side and len(positions) >= _RUN:
            yield Signal(Rule.RUN_ABOVE if side > 0 else Rule.RUN_BELOW, positions[0], positions[-1])


def control_in_words(found: Control, measure: Measure, names: Sequence[str], step: Step) -> str:
    """Return in Swedish what the chart says. `names`: what each place of the series is called in a sentence ("mars 2023")."""
    ends = f"{spelled_bare(measure, found.low)} och {spelled(measure, found.high)}"
    said = [
        f"De {found.measured} {step.definite} varierar kring {spelled(measure, found.mean)}. Vanlig variation är mellan {ends}."
    ]
    said += _signals_in_words(found, names, step) or [
        f"Inget värde avviker från det vanliga: skillnaderna mellan {step.definite} kan vara slump."
    ]
    if found.measured < len(found.values):
        said.append("Värden som saknas eller inte visas är inte med.")
    return " ".join(said)


def _signals_in_words(found: Control, names: Sequence[str], step: Step) -> list[str]:
    outside = {rule: [names[each.first] for each in found.signals if each.rule is rule] for rule in Rule}
    said = [
        f"{word} det vanliga: {listed(outside[rule])}."
        for rule, word in ((Rule.ABOVE, "Över"), (Rule.BELOW, "Under"))
        if outside[rule]
    ]
    explained = {each.first for each in found.signals if each.rule in {Rule.ABOVE, Rule.BELOW}}
    for signal in found.signals:
        first, last = names[signal.first], names[signal.last]
        if signal.rule is Rule.JUMP and not explained & {signal.first, signal.last}:
            said.append(f"Skillnaden mellan {first} och {last} är större än vanligt.")
        if signal.rule.is_run:
            side = "över" if signal.rule is Rule.RUN_ABOVE else "under"
            length = signal.last - signal.first + 1
            said.append(
                f"Från {first} till {last} ligger {length} {step.many} i rad {side} medelvärdet: nivån verkar ha ändrats."
            )
    return said
