"""A line as small as a word: the direction of a few years, beside the numbers it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reporting.charts.canvas import Canvas
from reporting.charts.palette import OWN, TARGET


def sparkline(
    values: Sequence[float | None],
    *,
    alternative: str,
    target: float | None = None,
    colour: str = OWN,
    width: float = 62.0,
    height: float = 18.0,
) -> str:
    """Return the SVG of the values from old to new, None where one is missing or hidden, with the target as a dotted line."""
    canvas = Canvas(width, height)
    known = [value for value in values if value is not None]
    extremes = [*known, target] if target is not None else known
    low, high = min(extremes, default=0.0), max(extremes, default=1.0)
    margin = 4.0
    step = (width - 2 * margin) / max(len(values) - 1, 1)

    def at(position: int, value: float) -> tuple[float, float]:
        share = (value - low) / (high - low) if high > low else 0.5
        return margin + position * step, height - margin - share * (height - 2 * margin)

    if target is not None:
        y = at(0, target)[1]
        canvas.line([(margin, y), (width - margin, y)], colour=TARGET, width=0.8, dashes=(1.0, 1.8))
    for (position, first), (following, second) in pairwise(enumerate(values)):
        if first is not None and second is not None:
            canvas.line([at(position, first), at(following, second)], colour=colour, width=1.2)
    for position, value in enumerate(values):
        if value is not None and (position == len(values) - 1 or len(known) == 1):
            canvas.dot(at(position, value), colour=colour, radius=2.1)
    return canvas.svg(alternative=alternative)
