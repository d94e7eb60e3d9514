"""A line through the years: the own value with its uncertainty, others to compare with, and the target."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from reporting.charts.canvas import Canvas, text_width
from reporting.charts.palette import AXIS, BAND, COUNTRY, GRID, MUTED, OWN, PEERS, TARGET
from reporting.charts.stacked import spread

_SIZE = 7.5
_TOP = 12.0
_BOTTOM = 18.0


@dataclass(frozen=True)
class Line:
    """A series with one value a year, None where it is missing or hidden.

    `low` and `high` are the ends of the interval; `symbols` say why a value is not there (".." hidden, "-" missing).
    """

    name: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    symbols: tuple[str, ...] = ()
    links: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class Series:
    """What a line chart shows. `target` is a value and how it is written; the axis starts at zero unless `floor` says else."""

    labels: tuple[str, ...]
    own: Line
    peers: Line | None = None
    country: Line | None = None
    target: tuple[float, str] | None = None
    floor: float = 0.0
    ceiling: float | None = field(default=None)


@dataclass(frozen=True)
class _Frame:
    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    count: int

    def x(self, position: int) -> float:
        inset = 16.0
        if self.count == 1:
            return (self.left + self.right) / 2
        return self.left + inset + (self.right - self.left - inset) * position / (self.count - 1)

    def y(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)


def series(
    content: Series,
    *,
    number: Callable[[float], str],
    unit: str = "",
    alternative: str,
    width: float = 459.0,
    height: float = 150.0,
) -> str:
    """Return the SVG of the lines, labelled directly at their right ends.

    `number` writes a value as the reader sees it, `unit` stands once at the top of the axis; `alternative` is the chart in words.
    """
    canvas = Canvas(width, height)
    ticks = axis_ticks(content.floor, _highest(content))
    names = [_end_name(line, content, number) for line in _lines(content)]
    names += [content.target[1]] if content.target else []
    left = 6 + max(text_width(_tick(tick, unit, top=tick == ticks[-1]), _SIZE) for tick in ticks)
    right = width - 11 - max(text_width(name, _SIZE, 600) for name in names)
    frame = _Frame(left, right, _TOP, height - _BOTTOM, ticks[0], ticks[-1], len(content.labels))
    _draw_axes(canvas, frame, ticks, content.labels, unit)
    _draw_band(canvas, frame, content.own)
    if content.target:
        y = frame.y(content.target[0])
        canvas.line([(left, y), (right + 3, y)], colour=TARGET, width=1.0, dashes=(1.2, 2.2))
    for line, colour, dashes in ((content.country, COUNTRY, (2.0, 2.0)), (content.peers, PEERS, (5.0, 2.5))):
        if line:
            _draw_line(canvas, frame, line, colour=colour, width=1.1, dashes=dashes)
    _draw_line(canvas, frame, content.own, colour=OWN, width=1.8)
    _write_values(canvas, frame, content, number)
    _write_names(canvas, frame, content, number)
    return canvas.svg(alternative=alternative, has_links=any(content.own.links))


def axis_ticks(floor: float, highest: float) -> list[float]:
    """Return three to five even ticks from the floor to at least the highest value."""
    span = max(highest - floor, 1e-9)
    magnitude = 10.0 ** _exponent(span)
    for step in (0.25, 0.5, 1.0, 2.0, 2.5, 5.0, 10.0):
        size = step * magnitude
        count = -(-span // size)
        if count <= 4:
            return [floor + size * position for position in range(int(max(count, 1)) + 1)]
    return [floor, floor + 10 * magnitude]


def _exponent(value: float) -> int:
    from math import floor, log10

    return floor(log10(value))


def _highest(content: Series) -> float:
    values = [value for line in _lines(content) for value in (*line.values, *line.high) if value is not None]
    values += [content.target[0]] if content.target else []
    highest = max(values, default=1.0)
    return highest if content.ceiling is None else min(highest, content.ceiling)


def _lines(content: Series) -> list[Line]:
    return [line for line in (content.own, content.peers, content.country) if line]


def _tick(value: float, unit: str, *, top: bool) -> str:
    text = f"{value:,.2f}".rstrip("0").rstrip(".").replace(",", "\u00a0").replace(".", ",")
    return f"{text}\u00a0{unit}".rstrip("\u00a0") if top else text


def _draw_axes(canvas: Canvas, frame: _Frame, ticks: Sequence[float], labels: Sequence[str], unit: str) -> None:
    for tick in ticks:
        y = frame.y(tick)
        base = tick == ticks[0]
        canvas.line([(frame.left, y), (frame.right + 3, y)], colour=AXIS if base else GRID, width=0.7)
        text = _tick(tick, unit, top=tick == ticks[-1])
        canvas.text((frame.left - 5, y + 2.7), text, size=_SIZE, colour=MUTED, anchor="right")
    for position, label in enumerate(labels):
        canvas.text((frame.x(position), frame.bottom + 12), label, size=_SIZE, colour=MUTED, anchor="center")


def _stretches(values: Sequence[float | None]) -> Iterator[list[int]]:
    """Yield the stretches of years next to each other that have a value: a line is never drawn over a gap."""
    for known, group in groupby(range(len(values)), key=lambda position: values[position] is not None):
        if known:
            yield list(group)


def _draw_band(canvas: Canvas, frame: _Frame, line: Line) -> None:
    if not line.low:
        return
    for stretch in _stretches(line.low):
        upper = [(frame.x(i), frame.y(line.high[i] or 0)) for i in stretch]
        lower = [(frame.x(i), frame.y(line.low[i] or 0)) for i in stretch]
        if len(stretch) == 1:
            canvas.line([upper[0], lower[0]], colour=BAND, width=5)
        else:
            canvas.area([*upper, *reversed(lower)], face=BAND)


def _draw_line(
    canvas: Canvas, frame: _Frame, line: Line, *, colour: str, width: float, dashes: tuple[float, ...] = ()
) -> None:
    for stretch in _stretches(line.values):
        points = [(frame.x(i), frame.y(line.values[i] or 0)) for i in stretch]
        if len(points) > 1:
            canvas.line(points, colour=colour, width=width, dashes=dashes)
        if not dashes or len(points) == 1:
            for position, point in zip(stretch, points, strict=True):
                link = line.links[position] if line.links else None
                canvas.dot(point, colour=colour, radius=2.6 if not dashes else 1.8, link=link)


def _write_values(canvas: Canvas, frame: _Frame, content: Series, number: Callable[[float], str]) -> None:
    """Write the own values beside their points; the last one stands with the line's name."""
    own = content.own
    last = _last_known(own)
    for position, value in enumerate(own.values):
        x = frame.x(position)
        if value is None:
            symbol = own.symbols[position] if own.symbols else "-"
            canvas.text((x, frame.bottom - 4), symbol, size=_SIZE, colour=MUTED, anchor="center")
        elif position != last:
            text = number(value)
            baseline = _quietest_baseline(content, frame, position, text_width(text, _SIZE, 500))
            canvas.text((x, baseline), text, size=_SIZE, weight=500, anchor="center")


def _quietest_baseline(content: Series, frame: _Frame, position: int, width: float) -> float:
    """Return the baseline above or below the point where the number, this wide, crosses the fewest lines."""
    y = frame.y(content.own.values[position] or 0)
    candidates = [baseline for baseline in (y - 6, y + 11.5, y - 13, y + 18) if 6 < baseline < frame.bottom - 2]
    return min(candidates, key=lambda baseline: _crossings(content, frame, position, width, baseline), default=y - 6)


def _crossings(content: Series, frame: _Frame, position: int, width: float, baseline: float) -> int:
    """Count how often lines run through a number written on the baseline at the position."""
    top, bottom = baseline - 7, baseline + 1.5
    middle = frame.x(position)
    hits = 0
    for line in _lines(content):
        for share in (-0.5, -0.25, 0.0, 0.25, 0.5):
            y = _height_at(frame, line, middle + share * width)
            hits += y is not None and top < y < bottom
    if content.target:
        hits += 5 * (top < frame.y(content.target[0]) < bottom)
    return hits


def _height_at(frame: _Frame, line: Line, x: float) -> float | None:
    """Return how high the line runs at x, or None where it is not drawn."""
    for (left, first), (right, second) in pairwise(enumerate(line.values)):
        if first is not None and second is not None and frame.x(left) <= x <= frame.x(right):
            share = (x - frame.x(left)) / (frame.x(right) - frame.x(left))
            return frame.y(first + share * (second - first))
    return None


def _last_known(line: Line) -> int | None:
    return max((position for position, value in enumerate(line.values) if value is not None), default=None)


def _write_names(canvas: Canvas, frame: _Frame, content: Series, number: Callable[[float], str]) -> None:
    """Write each line's name at its right end, moved up or down where two would touch."""
    entries: list[tuple[float, str, str, int]] = []
    for line, colour in ((content.own, OWN), (content.peers, PEERS), (content.country, COUNTRY)):
        last = _last_known(line) if line else None
        if line and last is not None:
            weight = 600 if line is content.own else 400
            entries.append((frame.y(line.values[last] or 0), _end_name(line, content, number), colour, weight))
    if content.target:
        entries.append((frame.y(content.target[0]), content.target[1], TARGET, 400))
    entries.sort()
    heights = spread([entry[0] for entry in entries], [8.0] * len(entries), low=-4, high=frame.bottom + 6, gap=1.5)
    for y, (_, name, colour, weight) in zip(heights, entries, strict=True):
        canvas.text((frame.right + 8, y + 2.7), name, size=_SIZE, colour=colour, weight=weight)


def _end_name(line: Line, content: Series, number: Callable[[float], str]) -> str:
    """Return what stands at the line's end: the own line's last value goes with its name."""
    last = _last_known(line)
    if line is not content.own or last is None:
        return line.name
    return f"{line.name}\u00a0{number(line.values[last] or 0)}"
