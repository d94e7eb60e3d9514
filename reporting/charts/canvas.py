"""A sheet to draw a chart on: coordinates in points from the upper left corner, drawn by matplotlib, given out as SVG.

The SVG has presentation attributes and no style attributes, so that it can stand in a page with a strict Content-Security-Policy,
and no dates or random identifiers, so that the same chart gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal
from xml.etree import ElementTree as ET

from reporting.charts.palette import FONT_FAMILY, INK, MUTED, PAPER

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Anchor = Literal["left", "center", "right"]
Point = tuple[float, float]

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_REFERENCE = re.compile(r"url\(#([\w-]+)\)")


@dataclass(frozen=True)
class Caption:
    """What a chart needs to stand alone, outside the page: what it shows, of whom and when, and where the numbers come from."""

    heading: str
    details: str
    source: str


class Canvas:
    """A chart being drawn. Sizes are in points; `svg` or `png` ends the drawing."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        _configure_matplotlib()
        self.width = width
        self.height = height
        self._figure: Figure = Figure(figsize=(width / 72, height / 72))
        FigureCanvasSVG(self._figure)
        # Straight on the figure: an Axes, with its ticks and spines that nobody sees, takes as long to make as the drawing.
        self._points: Any = Affine2D().scale(1 / 72, -1 / 72).translate(0, height / 72)
        self._transform: Any = self._points + self._figure.dpi_scale_trans
        self._drawn = 0

    def rectangle(
        self,
        corner: Point,
        size: Point,
        *,
        face: str,
        edge: str | None = None,
        hatch: str = "",
        link: str | None = None,
    ) -> None:
        """Draw a rectangle with its upper left corner at the point; a hatch is drawn in the edge's colour."""
        from matplotlib.patches import Rectangle

        patch = Rectangle(corner, *size, facecolor=face, edgecolor=edge or face, hatch=hatch or None, linewidth=0.7)
        if link:
            patch.set_url(link)
        self._place(patch)

    def line(
        self,
        points: Sequence[Point],
        *,
        colour: str,
        width: float = 1.0,
        dashes: tuple[float, ...] = (),
    ) -> None:
        """Draw a line through the points; `dashes` are lengths of dash and gap in points."""
        from matplotlib.lines import Line2D

        style: Any = (0, tuple(length / width for length in dashes)) if dashes else "solid"
        xs, ys = zip(*points, strict=True)
        self._place(Line2D(xs, ys, color=colour, linewidth=width, linestyle=style, solid_capstyle="round"))

    def dot(
        self,
        at: Point,
        *,
        colour: str,
        radius: float,
        link: str | None = None,
        hollow: bool = False,
        ring: bool = False,
    ) -> None:
        """Draw a filled circle; a hollow one has only its outline over white, a ring over what is there."""
        from matplotlib.patches import Circle

        face, edge = (colour, PAPER) if not (hollow or ring) else ("none" if ring else PAPER, colour)
        patch = Circle(at, radius, facecolor=face, edgecolor=edge, linewidth=1.2 if hollow or ring else 0.8)
        if link:
            patch.set_url(link)
        self._place(patch)

    def area(self, points: Sequence[Point], *, face: str) -> None:
        """Fill the polygon through the points."""
        from matplotlib.patches import Polygon

        patch = Polygon(points, closed=True, facecolor=face, edgecolor="none")
        self._place(patch)

    def text(
        self,
        at: Point,
        text: str,
        *,
        size: float = 7.5,
        colour: str = INK,
        weight: int = 400,
        anchor: Anchor = "left",
    ) -> None:
        """Write the text with its baseline's end or middle at the point."""
        from matplotlib.text import Text

        words = Text(*at, text, color=colour, fontproperties=_font(size, weight), ha=anchor, va="baseline")
        self._place(words)

    def _place(self, artist: Any) -> None:
        """Put it over what is drawn so far, without a clip path: that would need an identifier in the page."""
        self._drawn += 1
        artist.set_zorder(self._drawn)
        artist.set_transform(self._transform)
        self._figure.add_artist(artist)

    def put_caption(self, caption: Caption) -> None:
        """Grow the sheet and write the caption around what is drawn: heading and details above it, the source below."""
        above = [
            *((line, _HEADING, 600, INK) for line in _wrapped(caption.heading, self.width, _HEADING, 600)),
            *((line, _SMALL, 400, MUTED) for line in _wrapped(caption.details, self.width, _SMALL)),
        ]
        below = [(line, _SMALL, 400, MUTED) for line in _wrapped(caption.source, self.width, _SMALL)]
        head, foot = (sum(size * _LINE for _, size, _, _ in lines) + _LINE_GAP for lines in (above, below))
        self._figure.set_size_inches((self.width + 2 * _MARGIN) / 72, (self.height + head + foot + 2 * _MARGIN) / 72)
        self._points.translate(_MARGIN / 72, (foot + _MARGIN) / 72)
        for lines, top in ((above, -head), (below, self.height + _LINE_GAP)):
            baseline = top
            for line, size, weight, colour in lines:
                baseline += size * _LINE
                self.text((0, baseline - size * (_LINE - 1)), line, size=size, weight=weight, colour=colour)

    def png(self) -> bytes:
        """Return the drawing on white as a PNG picture, two pixels to the point, for slides and texts."""
        written = io.BytesIO()
        self._figure.savefig(written, format="png", dpi=_DOTS_PER_INCH, facecolor=PAPER, metadata={"Software": None})
        return written.getvalue()

    def svg(self, *, alternative: str, told: str = "", has_links: bool = False) -> str:
        """Return the drawing as an `<svg>` element whose title is `alternative` and whose description is `told`.

        Together they say what the chart says; a short chart needs no more than its title. `has_links`: the marks are links, so
        the drawing is a group of them and not one picture to assistive technology.
        """
        written = io.StringIO()
        self._figure.savefig(written, format="svg", transparent=True, metadata=dict.fromkeys(_METADATA))
        return _tidy(written.getvalue(), alternative, told, role="group" if has_links else "img")


_HEADING = 11.0
_SMALL = 8.0
_LINE = 1.35
"""Of a caption: from one baseline to the next, in sizes of the text."""
_LINE_GAP = 8.0
_MARGIN = 12.0
_DOTS_PER_INCH = 144
_METADATA = ("Date", "Creator", "Type", "Format")


@cache
def _configure_matplotlib() -> None:
    """Set once for the process: a context would be undone by another thread in the middle of a drawing."""
    import matplotlib as mpl

    mpl.rcParams["svg.fonttype"] = "none"
    mpl.rcParams["svg.hashsalt"] = "utfall"
    mpl.rcParams["hatch.linewidth"] = 0.8


@lru_cache(maxsize=64)
def _font(size: float, weight: int) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=FONT_FAMILY, size=size, weight=weight)


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: int = 400) -> float:
    """Return the width of the text in points, as Inter sets it."""
    from matplotlib.textpath import text_to_path

    width, _height, _descent = text_to_path.get_text_width_height_descent(text, _font(size, weight), ismath=False)
    return float(width)


def _wrapped(text: str, room: float, size: float, weight: int = 400) -> list[str]:
    """Return the text in lines no wider than the room, but for a word that alone is wider."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _tidy(svg: str, alternative: str, told: str, *, role: str) -> str:
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ET.fromstring(svg)  # noqa: S314 - matplotlib's own output
    name = "c" + hashlib.sha256((svg + alternative + told).encode()).hexdigest()[:10]
    _drop_what_is_not_drawn(root)
    _give_presentation_attributes(root)
    _keep_needed_identifiers(root, prefix=name)
    _say(root, alternative, told, name=name)
    width, height = root.attrib.pop("width"), root.attrib.pop("height")
    root.attrib.pop("version", None)
    root.attrib.update(
        {
            "role": role,
            "class": "chart",
            "stroke-linejoin": "round",
            "width": width.removesuffix("pt"),
            "height": height.removesuffix("pt"),
        }
    )
    return ET.tostring(root, encoding="unicode")


def _say(root: ET.Element, alternative: str, told: str, *, name: str) -> None:
    """Put the words first in the drawing, and tie them to it where there are two."""
    title = ET.Element(f"{_SVG}title")
    title.text = alternative
    root.insert(0, title)
    if told:
        description = ET.Element(f"{_SVG}desc", {"id": f"{name}-told"})
        description.text = told
        title.set("id", f"{name}-name")
        root.insert(1, description)
        root.attrib.update({"aria-labelledby": f"{name}-name", "aria-describedby": f"{name}-told"})


def _drop_what_is_not_drawn(root: ET.Element) -> None:
    """Remove metadata, the style sheet and matplotlib's invisible backgrounds; nothing else."""
    for parent in list(root.iter()):
        for child in list(parent):
            styled = child.tag == f"{_SVG}defs" and child.find(f"{_SVG}style") is not None
            background = child.get("id") == "patch_1" and parent.get("id") == "figure_1"
            if child.tag == f"{_SVG}metadata" or styled or background:
                parent.remove(child)


def _give_presentation_attributes(root: ET.Element) -> None:
    for element in root.iter():
        style = element.attrib.pop("style", "")
        for declaration in filter(None, (part.strip() for part in style.split(";"))):
            name, value = (part.strip() for part in declaration.split(":", 1))
            element.set(name, value.strip("'\"").removesuffix("px"))
        if element.get("transform", "").startswith("rotate(-0 "):
            del element.attrib["transform"]
        if "d" in element.attrib:
            element.set("d", " ".join(element.get("d", "").split()))
        if element.tag == f"{_SVG}a":
            element.attrib.pop("target", None)
            element.set("href", element.attrib.pop(_XLINK_HREF))
            # A shortcut for the mouse: the same links stand, with words, in the table that goes with every chart.
            element.attrib.update({"tabindex": "-1", "aria-hidden": "true"})


def _keep_needed_identifiers(root: ET.Element, *, prefix: str) -> None:
    """Several charts stand in one page: keep only the patterns' identifiers, and make them the chart's own."""
    used = {name for element in root.iter() for value in element.attrib.values() for name in _REFERENCE.findall(value)}
    for element in root.iter():
        name = element.attrib.pop("id", None)
        if name in used:
            element.set("id", f"{prefix}-{name}")
        for attribute, value in element.attrib.items():
            element.set(attribute, _REFERENCE.sub(rf"url(#{prefix}-\1)", value))
