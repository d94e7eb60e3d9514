"""A line through the years: the own value with its uncertainty, others to compare with, the target, and what came before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from reporting.charts.canvas import Canvas, text_width
from reporting.charts.frame import SIZE, Frame, axis_ticks, draw_labels, draw_values_axis, tick_width
from reporting.charts.palette import AXIS, BAND, BEFORE, COUNTRY, MUTED, OWN, PEERS, TARGET
from reporting.charts.stacked import spread

_TOP = 12.0
_NOTES = 11.0
_BOTTOM = 18.0
_DASHED = (2.2, 2.0)


@dataclass(frozen=True)
class Line:
    """A series with one value a place, None where it is missing or hidden.

    `low` and `high` are the ends of the interval; `symbols` say why a value is not there (".." hidden, "-" missing, "" where none
    is to be).
    """

    name: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    symbols: tuple[str, ...] = ()
    links: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class Break:
    """Something that happened on the way, drawn as a line across with words over it: a unit that changed committee.

    `position`: the place in the series, counted from 0; half-way between two places where one ends and the next begins.
    """

    position: float
    label: str


@dataclass(frozen=True)
class Series:
    """What a line chart shows. `target` is a value and how it is written; the axis starts at zero unless `floor` says else.

    `history`: what others have told of the years before; drawn with hollow marks and a broken line on a ground of its own.
    """

    labels: tuple[str, ...]
    own: Line
    peers: Line | None = None
    country: Line | None = None
    target: tuple[float, str] | None = None
    floor: float = 0.0
    ceiling: float | None = None
    history: Line | None = None
    breaks: tuple[Break, ...] = ()


def series(
    content: Series,
    *,
    number: Callable[[float], str],
    unit: str = "",
    alternative: str,
    told: str = "",
    width: float = 459.0,
    height: float = 150.0,
) -> str:
    """Return the SVG of the lines that `draw_series` draws; `alternative` names the chart and `told` says what it shows."""
    canvas = draw_series(content, number=number, unit=unit, width=width, height=height)
    return canvas.svg(alternative=alternative, told=told, has_links=any(content.own.links))


def draw_series(
    content: Series, *, number: Callable[[float], str], unit: str = "", width: float = 459.0, height: float = 150.0
) -> Canvas:
    """Draw the lines, labelled directly at their right ends.

    `number` writes a value as the reader sees it, `unit` stands once at the top of the axis.
    """
    canvas = Canvas(width, height)
    ticks = axis_ticks(content.floor, _highest(content))
    names = [_end_name(line, content, number) for line in _lines(content)]
    names += [content.target[1]] if content.target else []
    left = tick_width(ticks, unit)
    right = width - 11 - max(text_width(name, SIZE, 600) for name in names)
    top = _TOP + (_NOTES if content.history or content.breaks else 0)
    frame = Frame(left, right, top, height - _BOTTOM, ticks[0], ticks[-1], len(content.labels))
    _draw_ground_of_history(canvas, frame, content)
    draw_values_axis(canvas, frame, ticks, unit)
    draw_labels(canvas, frame, content.labels)
    _draw_breaks(canvas, frame, content)
    _draw_band(canvas, frame, content.own)
    if content.target:
        y = frame.y(content.target[0])
        canvas.line([(left, y), (right + 3, y)], colour=TARGET, width=1.0, dashes=(1.2, 2.2))
    for line, colour, dashes in ((content.country, COUNTRY, (2.0, 2.0)), (content.peers, PEERS, (5.0, 2.5))):
        if line:
            _draw_line(canvas, frame, line, colour=colour, width=1.1, dashes=dashes)
    _draw_history(canvas, frame, content, number)
    _draw_line(canvas, frame, content.own, colour=OWN, width=1.8)
    _write_values(canvas, frame, content, number)
    _write_names(canvas, frame, content, number)
    return canvas


def _highest(content: Series) -> float:
    drawn = [*_lines(content), *([content.history] if content.history else [])]
    values = [value for line in drawn for value in (*line.values, *line.high) if value is not None]
    values += [content.target[0]] if content.target else []
    highest = max(values, default=content.floor + 1.0)
    return highest if content.ceiling is None else min(highest, content.ceiling)


def _lines(content: Series) -> list[Line]:
    return [line for line in (content.own, content.peers, content.country) if line]


def _places_of_history(content: Series) -> list[int]:
    known = content.history.values if content.history else ()
    return [position for position, value in enumerate(known) if value is not None]


def _draw_ground_of_history(canvas: Canvas, frame: Frame, content: Series) -> None:
    places = _places_of_history(content)
    if places:
        first, last = max(frame.left, frame.x(places[0] - 0.5)), min(frame.x(places[-1] + 0.5), frame.right + 3)
        canvas.rectangle((first, frame.top - 4), (last - first, frame.bottom - frame.top + 4), face=BEFORE)


def _draw_history(canvas: Canvas, frame: Frame, content: Series, number: Callable[[float], str]) -> None:
    """Draw what was known before, with its numbers and over it the words that say whose it is."""
    line, places = content.history, _places_of_history(content)
    if not line or not places:
        return
    _draw_line(canvas, frame, line, colour=OWN, width=1.2, dashes=_DASHED, hollow=True)
    room = frame.step - 2
    for position in places:
        text = number(line.values[position] or 0)
        if text_width(text, SIZE) <= room or position == places[0]:
            at = (frame.x(position), frame.y(line.values[position] or 0) - 6)
            canvas.text(at, text, size=SIZE, colour=MUTED, anchor="center")
    canvas.text((max(frame.left, frame.x(places[0] - 0.5)) + 2, 8), line.name, size=SIZE, colour=MUTED)


def _draw_breaks(canvas: Canvas, frame: Frame, content: Series) -> None:
    """Draw the line of each break, with its words over it and moved aside where they would touch."""
    at = sorted((min(max(frame.x(each.position), frame.left), frame.right), each.label) for each in content.breaks)
    history = 0.0
    if content.history and (places := _places_of_history(content)):
        history = max(frame.left, frame.x(places[0] - 0.5)) + text_width(content.history.name, SIZE) + 6
    widths = [text_width(label, SIZE) for _, label in at]
    middles = spread([x for x, _ in at], widths, low=max(history, 0.0), high=canvas.width)
    for (x, label), middle in zip(at, middles, strict=True):
        canvas.line([(x, frame.top - 6), (x, frame.bottom)], colour=AXIS, width=0.9, dashes=(3.5, 2.0))
        canvas.text((middle, 8), label, size=SIZE, colour=MUTED, anchor="center")


def _stretches(values: Sequence[float | None]) -> Iterator[list[int]]:
    """Yield the stretches of years next to each other that have a value: a line is never drawn over a gap."""
    for known, group in groupby(range(len(values)), key=lambda position: values[position] is not None):
        if known:
            yield list(group)


def _draw_band(canvas: Canvas, frame: Frame, line: Line) -> None:
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
    canvas: Canvas,
    frame: Frame,
    line: Line,
    *,
    colour: str,
    width: float,
    dashes: tuple[float, ...] = (),
    hollow: bool = False,
) -> None:
    for stretch in _stretches(line.values):
        points = [(frame.x(i), frame.y(line.values[i] or 0)) for i in stretch]
        if len(points) > 1:
            canvas.line(points, colour=colour, width=width, dashes=dashes)
        if not dashes or hollow or len(points) == 1:
            for position, point in zip(stretch, points, strict=True):
                link = line.links[position] if line.links else None
                canvas.dot(point, colour=colour, radius=1.8 if dashes and not hollow else 2.6, link=link, hollow=hollow)


def _write_values(canvas: Canvas, frame: Frame, content: Series, number: Callable[[float], str]) -> None:
    """Write the own values beside their points; the last one stands with the line's name."""
    own = content.own
    last = _last_known(own)
    for position, value in enumerate(own.values):
        x = frame.x(position)
        if value is None:
            symbol = own.symbols[position] if own.symbols else "-"
            if symbol:
                canvas.text((x, frame.bottom - 4), symbol, size=SIZE, colour=MUTED, anchor="center")
        elif position != last and text_width(text := number(value), SIZE, 500) <= frame.step:
            baseline = _quietest_baseline(content, frame, position, text_width(text, SIZE, 500))
            canvas.text((x, baseline), text, size=SIZE, weight=500, anchor="center")


def _quietest_baseline(content: Series, frame: Frame, position: int, width: float) -> float:
    """Return the baseline above or below the point where the number, this wide, crosses the fewest lines."""
    y = frame.y(content.own.values[position] or 0)
    candidates = [baseline for baseline in (y - 6, y + 11.5, y - 13, y + 18) if 6 < baseline < frame.bottom - 2]
    return min(candidates, key=lambda baseline: _crossings(content, frame, position, width, baseline), default=y - 6)


def _crossings(content: Series, frame: Frame, position: int, width: float, baseline: float) -> int:
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


def _height_at(frame: Frame, line: Line, x: float) -> float | None:
    """Return how high the line runs at x, or None where it is not drawn."""
    for (left, first), (right, second) in pairwise(enumerate(line.values)):
        if first is not None and second is not None and frame.x(left) <= x <= frame.x(right):
            share = (x - frame.x(left)) / (frame.x(right) - frame.x(left))
            return frame.y(first + share * (second - first))
    return None


def _last_known(line: Line) -> int | None:
    return max((position for position, value in enumerate(line.values) if value is not None), default=None)


def _write_names(canvas: Canvas, frame: Frame, content: Series, number: Callable[[float], str]) -> None:
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
        canvas.text((frame.right + 8, y + 2.7), name, size=SIZE, colour=colour, weight=weight)


def _end_name(line: Line, content: Series, number: Callable[[float], str]) -> str:
    """Return what stands at the line's end: the own line's last value goes with its name."""
    last = _last_known(line)
    if line is not content.own or last is None:
        return line.name
    return f"{line.name}\u00a0{number(line.values[last] or 0)}"
