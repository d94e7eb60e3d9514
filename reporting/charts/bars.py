"""Horizontal bars: one number for each of a few things, with its uncertainty as a thin line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reporting.charts.canvas import Canvas, text_width
from reporting.charts.palette import AXIS, COUNTRY, INK, MUTED, OWN, PAPER

_BAR = 11.0
_GAP = 8.0
_SIZE = 7.5
_FOOT = 13.0


@dataclass(frozen=True)
class BarValue:
    """One thing and its value: None where hidden or missing, and then `symbol` says which."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    symbol: str = ".."
    link: str | None = None


def bars(
    values: Sequence[BarValue],
    *,
    number: Callable[[float], str],
    alternative: str,
    told: str = "",
    reference: tuple[float, str] | None = None,
    width: float = 459.0,
) -> str:
    """Return the SVG of the bars that `draw_bars` draws; `alternative` names the chart and `told` says what it shows."""
    canvas = draw_bars(values, number=number, reference=reference, width=width)
    return canvas.svg(alternative=alternative, told=told, has_links=any(value.link for value in values))


def draw_bars(
    values: Sequence[BarValue],
    *,
    number: Callable[[float], str],
    reference: tuple[float, str] | None = None,
    width: float = 459.0,
) -> Canvas:
    """Draw the bars, first on top, each labelled with its value; the scale starts at zero.

    `reference`: a value that all are to be seen against, drawn across with its words below: the total of the split.
    """
    plane = max(len(values), 1) * (_BAR + _GAP)
    canvas = Canvas(width, plane + (_FOOT if reference else 0))
    left = 8 + max((text_width(value.label, _SIZE) for value in values), default=0)
    room = 8 + max((text_width(_shown(value, number), _SIZE, 500) for value in values), default=0)
    highest = max((*(value.high or value.value or 0.0 for value in values), reference[0] if reference else 0.0)) or 1.0
    scale = (width - left - room) / highest
    for position, value in enumerate(values):
        top = position * (_BAR + _GAP) + _GAP / 2
        baseline = top + _BAR / 2 + 2.7
        canvas.text((left - 6, baseline), value.label, size=_SIZE, anchor="right")
        end = left
        if value.value is not None:
            end = left + value.value * scale
            canvas.rectangle((left, top), (max(end - left, 0.5), _BAR), face=OWN, link=value.link)
        if value.value is not None and value.low is not None and value.high is not None:
            middle, edge, end = top + _BAR / 2, end, left + value.high * scale
            canvas.line([(left + value.low * scale, middle), (edge, middle)], colour=PAPER, width=0.9)
            canvas.line([(edge, middle), (end, middle)], colour=INK, width=0.9)
        colour = INK if value.value is not None else MUTED
        canvas.text((max(end, left) + 5, baseline), _shown(value, number), size=_SIZE, weight=500, colour=colour)
    canvas.line([(left, 0), (left, len(values) * (_BAR + _GAP))], colour=AXIS, width=0.7)
    if reference:
        x, half = left + reference[0] * scale, text_width(reference[1], _SIZE) / 2
        canvas.line([(x, 0), (x, plane + 2)], colour=COUNTRY, width=0.9, dashes=(2.0, 2.0))
        middle = min(max(x, half), width - half)
        canvas.text((middle, plane + 10), reference[1], size=_SIZE, colour=COUNTRY, anchor="center")
    return canvas


def _shown(value: BarValue, number: Callable[[float], str]) -> str:
    return value.symbol if value.value is None else number(value.value)
