"""The chart of process control: each value with the limits of what is usual, and under it how far it is from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reporting.charts.canvas import Canvas, text_width
from reporting.charts.frame import SIZE, Frame, axis_ticks, draw_labels, draw_values_axis, tick_text, tick_width
from reporting.charts.palette import AXIS, COUNTRY, GRID, MUTED, OWN, SIGNAL
from reporting.charts.stacked import spread
from reporting.figures.process import Control, Rule

_TOP = 12.0
_BOTTOM = 18.0
_RANGES_SHARE = 0.27
_BETWEEN = 20.0
_LIMIT_DASHES = (5.0, 2.5)

MEAN, HIGH, LOW, RANGES, RANGE_LIMIT = "Medel", "Övre gräns", "Nedre gräns", "Skillnad mot värdet före", "Gräns"


@dataclass(frozen=True)
class ControlPicture:
    """What the chart shows. `links`: where each value's mark leads. `symbols`: what stands where a value is not there (".."
    hidden, "-" missing); both with one for each value, or empty.
    """

    control: Control
    links: tuple[str | None, ...] = ()
    symbols: tuple[str, ...] = ()


def control_chart(
    picture: ControlPicture,
    *,
    number: Callable[[float], str],
    alternative: str,
    unit: str = "",
    told: str = "",
    width: float = 459.0,
    height: float = 230.0,
) -> str:
    """Return the SVG of what `draw_control` draws; `alternative` names the chart and `told` says what it shows."""
    canvas = draw_control(picture, number=number, unit=unit, width=width, height=height)
    return canvas.svg(alternative=alternative, told=told, has_links=any(picture.links))


def draw_control(
    picture: ControlPicture,
    *,
    number: Callable[[float], str],
    unit: str = "",
    width: float = 459.0,
    height: float = 230.0,
) -> Canvas:
    """Draw the values with mean and limits, and the moving ranges below.

    A value outside the limits has a ring, values of a run are hollow, a range over its limit is coloured.
    """
    content = picture.control
    canvas = Canvas(width, height)
    ranges_height = height * _RANGES_SHARE
    known = [value for value in content.values if value is not None]
    ticks = axis_ticks(min(0.0, content.low, *known), max(content.high, *known))
    lower_ticks = [0.0, max(content.range_limit, *(each or 0.0 for each in content.ranges)) or 1.0]
    named = _names(content, number)
    left = max(tick_width(ticks, unit), 8 + text_width(number(lower_ticks[1]), SIZE))
    right = width - 11 - max(text_width(name, SIZE) for _, name in named)
    split = height - _BOTTOM - ranges_height
    frame = Frame(left, right, _TOP, split - _BETWEEN, ticks[0], ticks[-1], len(content.values))
    lower = Frame(left, right, split, height - _BOTTOM, 0.0, lower_ticks[1], len(content.values))
    draw_values_axis(canvas, frame, ticks, unit)
    _draw_limits(canvas, frame, named)
    _draw_values(canvas, frame, picture)
    _draw_ranges(canvas, lower, content, number)
    draw_labels(canvas, lower, content.labels)
    return canvas


def _names(content: Control, number: Callable[[float], str]) -> list[tuple[float, str]]:
    """Return the levels that are drawn across, lowest first, each with what stands at its end."""
    levels = ((content.low, LOW), (content.mean, MEAN), (content.high, HIGH))
    return [(level, f"{name}\u00a0{number(level)}") for level, name in levels]


def _draw_limits(canvas: Canvas, frame: Frame, named: Sequence[tuple[float, str]]) -> None:
    heights = [frame.y(level) for level, _ in named]
    placed = spread(heights[::-1], [8.0] * len(heights), low=-4, high=frame.bottom + 6, gap=1.5)[::-1]
    for y, middle, (_, name) in zip(heights, placed, named, strict=True):
        is_mean = name.startswith(MEAN)
        canvas.line(
            [(frame.left, y), (frame.right + 3, y)], colour=COUNTRY, width=0.9, dashes=() if is_mean else _LIMIT_DASHES
        )
        canvas.text((frame.right + 8, middle + 2.7), name, size=SIZE, colour=COUNTRY)


def _draw_values(canvas: Canvas, frame: Frame, picture: ControlPicture) -> None:
    content = picture.control
    for (position, first), (following, second) in pairwise(enumerate(content.values)):
        if first is not None and second is not None:
            points = [(frame.x(position), frame.y(first)), (frame.x(following), frame.y(second))]
            canvas.line(points, colour=OWN, width=1.4)
    outside = {signal.first for signal in content.signals if signal.rule in {Rule.ABOVE, Rule.BELOW}}
    in_run = {at for signal in content.signals if signal.rule.is_run for at in range(signal.first, signal.last + 1)}
    for position, value in enumerate(content.values):
        if value is None:
            symbol = picture.symbols[position] if picture.symbols else "-"
            canvas.text((frame.x(position), frame.bottom - 4), symbol, size=SIZE, colour=MUTED, anchor="center")
            continue
        at = (frame.x(position), frame.y(value))
        if position in outside:
            canvas.dot(at, colour=SIGNAL, radius=4.6, ring=True)
        link = picture.links[position] if picture.links else None
        canvas.dot(at, colour=OWN, radius=2.4, link=link, hollow=position in in_run)


def _draw_ranges(canvas: Canvas, frame: Frame, content: Control, number: Callable[[float], str]) -> None:
    """Draw how far each value is from the one before, as upright lines under it, with their limit."""
    canvas.text((frame.left, frame.top - 6), RANGES, size=SIZE, colour=MUTED)
    canvas.line([(frame.left, frame.bottom), (frame.right + 3, frame.bottom)], colour=AXIS, width=0.7)
    canvas.text(
        (frame.left - 5, frame.bottom + 2.7), tick_text(0.0, "", top=False), size=SIZE, colour=MUTED, anchor="right"
    )
    if content.range_limit:
        y = frame.y(content.range_limit)
        canvas.line([(frame.left, y), (frame.right + 3, y)], colour=COUNTRY, width=0.9, dashes=_LIMIT_DASHES)
        canvas.text(
            (frame.right + 8, y + 2.7), f"{RANGE_LIMIT}\u00a0{number(content.range_limit)}", size=SIZE, colour=COUNTRY
        )
    for position, moved in enumerate(content.ranges):
        if moved is None:
            continue
        x, top = frame.x(position), frame.y(moved)
        colour = SIGNAL if moved > content.range_limit else GRID
        canvas.line([(x, frame.bottom), (x, top)], colour=colour, width=3.0)
        canvas.dot((x, top), colour=OWN, radius=1.5)
