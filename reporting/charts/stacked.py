"""100 % stacked bars: how the parts of a whole shift from year to year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reporting.charts.canvas import Canvas, text_width
from reporting.charts.palette import MUTED, SHARES, Fill

_BAR = 17.0
_GAP = 11.0
_HEAD = 18.0
_LABEL = 7.5
_PLATE = 9.5


@dataclass(frozen=True)
class Bar:
    """One bar, say a year. `shares` are percent of the whole by category, None where the number is hidden or missing.

    A bar with anything hidden is not drawn to scale: it is left open and marked with `symbol`.
    """

    label: str
    shares: tuple[float | None, ...]
    links: tuple[str | None, ...] = ()
    symbol: str = ".."


def stacked_shares(
    bars: Sequence[Bar],
    categories: Sequence[str],
    *,
    number: Callable[[float], str],
    alternative: str,
    told: str = "",
    width: float = 459.0,
) -> str:
    """Return the SVG of the bars that `draw_stacked` draws; `alternative` is the chart in words."""
    canvas = draw_stacked(bars, categories, number=number, width=width)
    return canvas.svg(alternative=alternative, told=told, has_links=any(link for bar in bars for link in bar.links))


def draw_stacked(
    bars: Sequence[Bar], categories: Sequence[str], *, number: Callable[[float], str], width: float = 459.0
) -> Canvas:
    """Draw the bars, first on top, with the category names over the first drawn bar.

    At most five categories. `number` writes a share as the reader sees it.
    """
    if len(categories) > len(SHARES):
        raise ValueError("ett diagram har högst fem kategorier")
    canvas = Canvas(width, _HEAD + len(bars) * (_BAR + _GAP) - _GAP + 2)
    left = 8 + max(text_width(bar.label, _LABEL) for bar in bars)
    scale = (width - left - 1) / 100
    drawn = [bar for bar in bars if None not in bar.shares]
    if drawn:
        _write_heads(canvas, categories, drawn[0], left, scale)
    for position, bar in enumerate(bars):
        top = _HEAD + position * (_BAR + _GAP)
        canvas.text((left - 7, top + _BAR / 2 + 2.7), bar.label, size=_LABEL, anchor="right")
        if bar in drawn:
            _draw_bar(canvas, bar, (left, top), scale, number)
        else:
            canvas.rectangle((left, top), (100 * scale, _BAR), face="#ffffff", edge=MUTED)
            canvas.text((left + 6, top + _BAR / 2 + 2.7), bar.symbol, size=_LABEL, colour=MUTED)
    return canvas


def _draw_bar(
    canvas: Canvas, bar: Bar, corner: tuple[float, float], scale: float, number: Callable[[float], str]
) -> None:
    x, top = corner
    links = bar.links or (None,) * len(bar.shares)
    for share, fill, link in zip(bar.shares, SHARES, links, strict=False):
        length = (share or 0) * scale
        if length > 0:
            canvas.rectangle(
                (x + 0.6, top),
                (max(length - 1.2, 0.4), _BAR),
                face=fill.face,
                edge=fill.edge,
                hatch=fill.hatch,
                link=link,
            )
            _write_share(canvas, number(share or 0), fill, (x + length / 2, top), room=length)
        x += length


def _write_share(canvas: Canvas, text: str, fill: Fill, at: tuple[float, float], *, room: float) -> None:
    """Write the number in the middle of its part, on a plate where a pattern would disturb; nothing where it does not fit."""
    x, top = at
    width = text_width(text, _LABEL, 500)
    if width + 5 > room:
        return
    if fill.hatch:
        canvas.rectangle((x - width / 2 - 2, top + (_BAR - _PLATE) / 2), (width + 4, _PLATE), face=fill.face)
    canvas.text((x, top + _BAR / 2 + 2.7), text, size=_LABEL, colour=fill.text, weight=500, anchor="center")


def _write_heads(canvas: Canvas, categories: Sequence[str], bar: Bar, left: float, scale: float) -> None:
    """Write each name over the middle of its part, pushed aside where two would meet."""
    middles, x = [], left
    for share in bar.shares:
        middles.append(x + (share or 0) * scale / 2)
        x += (share or 0) * scale
    widths = [text_width(name, _LABEL) for name in categories]
    for name, middle in zip(categories, spread(middles, widths, low=left, high=left + 100 * scale), strict=True):
        canvas.text((middle, 9), name, size=_LABEL, colour=MUTED, anchor="center")


def spread(
    middles: Sequence[float], widths: Sequence[float], *, low: float, high: float, gap: float = 7.0
) -> list[float]:
    """Return the middles moved as little as is needed for labels of these widths not to touch, inside low–high."""
    placed: list[float] = []
    for middle, width in zip(middles, widths, strict=True):
        nearest = placed[-1] + widths[len(placed) - 1] / 2 + gap + width / 2 if placed else low + width / 2
        placed.append(max(middle, nearest))
    limit = high
    for position in reversed(range(len(placed))):
        placed[position] = min(placed[position], limit - widths[position] / 2)
        limit = placed[position] - widths[position] / 2 - gap
    return placed
