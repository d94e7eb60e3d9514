"""The plane of a chart: where values and places lie on the sheet, the axis to the left and the labels below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from reporting.charts.canvas import Canvas, text_width
from reporting.charts.palette import AXIS, GRID, MUTED

SIZE = 7.5
"""The size of all text in charts, in points."""

_INSET = 16.0
_STEPS = (0.25, 0.5, 1.0, 2.0, 2.5, 5.0, 10.0)
_BETWEEN_LABELS = 6.0


@dataclass(frozen=True)
class Frame:
    """The plane from `left` to `right` and `top` to `bottom` on the sheet, for values from `low` to `high` and `count` places."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    count: int

    def x(self, position: float) -> float:
        """Return where a place is, counted from 0; between two places for what is not whole."""
        if self.count == 1:
            return (self.left + self.right) / 2
        return self.left + _INSET + self.step * position

    def y(self, value: float) -> float:
        """Return how high a value lies."""
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    @property
    def step(self) -> float:
        """How far it is from one place to the next."""
        return (self.right - self.left - _INSET) / max(self.count - 1, 1)


def axis_ticks(lowest: float, highest: float) -> list[float]:
    """Return two to five even ticks from the lowest, or the even number below it, to at least the highest value."""
    span = max(highest - lowest, 1e-9)
    magnitude = 10.0 ** floor(log10(span))
    for step in _STEPS:
        size = step * magnitude
        first = lowest if lowest >= 0 else size * floor(lowest / size + 1e-9)
        count = ceil((highest - first) / size - 1e-9)
        if count <= 4:
            return [first + size * position for position in range(max(count, 1) + 1)]
    return [lowest, lowest + 10 * magnitude]


def tick_text(value: float, unit: str, *, top: bool) -> str:
    """Return what stands at a tick; the unit stands at the top one only."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".").replace(",", "\u00a0").replace(".", ",").replace("-", "\u2212")
    return f"{text}\u00a0{unit}".rstrip("\u00a0") if top else text


def tick_width(ticks: Sequence[float], unit: str) -> float:
    """Return the room that the ticks' texts need to the left of the plane."""
    return 6 + max(text_width(tick_text(tick, unit, top=tick == ticks[-1]), SIZE) for tick in ticks)


def draw_values_axis(canvas: Canvas, frame: Frame, ticks: Sequence[float], unit: str) -> None:
    """Draw a line across the plane for each tick, with its number."""
    for tick in ticks:
        y = frame.y(tick)
        canvas.line([(frame.left, y), (frame.right + 3, y)], colour=AXIS if tick == ticks[0] else GRID, width=0.7)
        text = tick_text(tick, unit, top=tick == ticks[-1])
        canvas.text((frame.left - 5, y + 2.7), text, size=SIZE, colour=MUTED, anchor="right")


def draw_labels(canvas: Canvas, frame: Frame, labels: Sequence[str]) -> None:
    """Write the labels under their places; where they would touch, only so many that they do not, the last one among them."""
    widest = max((text_width(label, SIZE) for label in labels), default=0.0) + _BETWEEN_LABELS
    every = max(ceil(widest / frame.step), 1) if frame.count > 1 else 1
    for position, label in enumerate(labels):
        if (len(labels) - 1 - position) % every == 0:
            canvas.text((frame.x(position), frame.bottom + 12), label, size=SIZE, colour=MUTED, anchor="center")
