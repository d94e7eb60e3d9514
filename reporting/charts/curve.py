"""The curve of a duration: the share that has come to the end by each day, its uncertainty, and how many it still rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from reporting.charts.canvas import Canvas, Point, text_width
from reporting.charts.frame import SIZE, Frame, axis_ticks, draw_values_axis, tick_width
from reporting.charts.palette import AXIS, BAND, COUNTRY, INK, MUTED, OWN
from reporting.figures.curves import Curve

_TOP = 12.0
_ROW = 11.0
_AFTER_HEADS = 6.0
_HEADS = ("Dagar", "Kvar", "Klara")
"""The rows under the axis: the day, how many had come so far without an end, and how many had come to the end waited for."""


def curve_chart(
    content: Curve,
    *,
    number: Callable[[float], str],
    alternative: str,
    told: str = "",
    width: float = 459.0,
    height: float = 200.0,
) -> str:
    """Return the SVG of the curve that `draw_curve` draws; `alternative` names the chart and `told` says what it shows."""
    return draw_curve(content, number=number, width=width, height=height).svg(alternative=alternative, told=told)


def draw_curve(
    content: Curve, *, number: Callable[[float], str], width: float = 459.0, height: float = 200.0
) -> Canvas:
    """Draw the curve over days, with the numbers at risk as a table under it."""
    canvas = Canvas(width, height)
    ticks = axis_ticks(0.0, min(max((*content.shares, *(each or 0.0 for each in content.high)), default=1.0), 100.0))
    heads = max(text_width(head, SIZE) for head in _HEADS)
    left = max(tick_width(ticks, "%"), heads + _AFTER_HEADS + text_width(str(content.n), SIZE) / 2)
    bottom = height - _ROW * len(_HEADS) - 6
    frame = _Plane(
        left, width - 14 - text_width(number(100.0), SIZE, 600), _TOP, bottom, ticks[0], ticks[-1], content.until + 1
    )
    draw_values_axis(canvas, frame, ticks, "%")
    _draw_band(canvas, frame, content)
    canvas.line(_steps(frame, content.days, content.shares, content.until), colour=OWN, width=1.8)
    _draw_median(canvas, frame, content)
    end = content.shares[-1]
    canvas.text((frame.right + 6, frame.y(end) + 2.7), number(end), size=SIZE, weight=600, colour=OWN)
    _write_numbers_at_risk(canvas, frame, content)
    return canvas


class _Plane(Frame):
    """A plane whose places are days, the first at the axis."""

    def x(self, position: float) -> float:
        """Return where a day is."""
        return self.left + (self.right - self.left) * position / max(self.count - 1, 1)


def _steps(frame: Frame, days: Sequence[int], values: Sequence[float], until: int) -> list[Point]:
    """Return the corners of a curve that keeps each value until the next day on which something happens."""
    points: list[Point] = []
    for at, (day, value) in enumerate(zip(days, values, strict=True)):
        following = days[at + 1] if at + 1 < len(days) else max(until, day)
        points += [(frame.x(day), frame.y(value)), (frame.x(following), frame.y(value))]
    return points


def _draw_band(canvas: Canvas, frame: Frame, content: Curve) -> None:
    for stretch in _known(content.low):
        days = [content.days[at] for at in stretch]
        until = content.days[stretch[-1] + 1] if stretch[-1] + 1 < len(content.days) else content.until
        upper, lower = (
            _steps(frame, days, [min(ends[at] or 0.0, frame.high) for at in stretch], until)
            for ends in (content.high, content.low)
        )
        canvas.area([*upper, *reversed(lower)], face=BAND)


def _known(ends: Sequence[float | None]) -> Iterator[list[int]]:
    for known, run in groupby(range(len(ends)), key=lambda at: ends[at] is not None):
        if known:
            yield list(run)


def _draw_median(canvas: Canvas, frame: Frame, content: Curve) -> None:
    """Draw how half is read off: across to the curve and down to the day."""
    if content.median is None or frame.high < 50:
        return
    x, y = frame.x(content.median), frame.y(50.0)
    canvas.line([(frame.left, y), (x, y), (x, frame.bottom)], colour=COUNTRY, width=0.9, dashes=(1.2, 2.2))
    canvas.text((x + 4, y + 9), f"hälften: dag\u00a0{content.median:.0f}", size=SIZE, colour=INK)


def _write_numbers_at_risk(canvas: Canvas, frame: Frame, content: Curve) -> None:
    rows = [[str(each.day), str(each.at_risk), str(each.arrived)] for each in content.at_risk]
    for row, head in enumerate(_HEADS):
        right = frame.left - _AFTER_HEADS - text_width(str(content.n), SIZE) / 2
        canvas.text((right, frame.bottom + 12 + row * _ROW), head, size=SIZE, colour=MUTED, anchor="right")
    last = float("-inf")
    for each, texts in zip(content.at_risk, rows, strict=True):
        x, room = frame.x(each.day), max(text_width(text, SIZE) for text in texts) + 6
        if x - last < room:
            continue
        last = x
        canvas.line([(x, frame.bottom), (x, frame.bottom + 3)], colour=AXIS, width=0.7)
        for row, text in enumerate(texts):
            colour = MUTED if row == 0 else INK
            canvas.text((x, frame.bottom + 12 + row * _ROW), text, size=SIZE, colour=colour, anchor="center")
