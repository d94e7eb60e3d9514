"""The charts of pages: the same drawing as on paper, in one width for wide screens and one for narrow, kept once drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from reporting.charts.bars import BarValue, bars, draw_bars
from reporting.charts.canvas import Canvas
from reporting.charts.control import ControlPicture, control_chart, draw_control
from reporting.charts.curve import curve_chart, draw_curve
from reporting.charts.measure_series import ALONE, Beside, series_content
from reporting.charts.series import Line, Series, draw_series, series
from reporting.charts.sparkline import sparkline
from reporting.charts.stacked import Bar, draw_stacked, stacked_shares
from reporting.comparison.selectors import Comparison
from reporting.documents.aims import target_value
from reporting.documents.parts import TargetPart
from reporting.figures.curves import Curve
from reporting.figures.dimensions import label_of
from reporting.figures.model import CATEGORY, Figure, Result
from reporting.figures.process import Control
from reporting.figures.swedish import MISSING, number
from reporting.figures.wording import period_in_words, value_in_words
from reporting.measures.model import Kind, Measure, Unit
from reporting.views.indicators import target_in_words
from reporting.views.measure_page import MeasurePage

_WIDE = 640.0
_NARROW = 215.0
HALF = 300.0
"""The width of a chart that stands beside a table on a wide screen."""
_KEPT = 512
_MOST_BARS = 14


@dataclass(frozen=True)
class Chart:
    """One chart in two widths; a page shows the one that fits. Without a narrow one the wide one scrolls.

    `drawn` draws the wide one anew, without links, and `words` are its name and what it tells: for a file of its own.
    """

    wide: str
    narrow: str = ""
    drawn: Callable[[], Canvas] | None = None
    words: tuple[str, str] = ("", "")


def _drawing(content: Series, unit: Unit) -> Callable[[], Canvas]:
    return partial(draw_series, content, number=_NUMBERS[unit], unit=_UNITS[unit], width=_WIDE, height=175.0)


def _percent(value: float) -> str:
    return number(value, 1)


def _whole(value: float) -> str:
    return number(value)


def _thousands(value: float) -> str:
    return number(value / 1000, 1 if abs(value) < 100_000 else 0)


_NUMBERS: dict[Unit, Callable[[float], str]] = {
    Unit.PERCENT: _percent,
    Unit.PERSONS: _whole,
    Unit.CASES: _whole,
    Unit.KRONOR: _whole,
    Unit.DAYS: _whole,
}
_UNITS = {Unit.PERCENT: "%", Unit.PERSONS: "", Unit.CASES: "", Unit.KRONOR: "kr", Unit.DAYS: "dagar"}


@lru_cache(maxsize=_KEPT)
def _series(content: Series, unit: Unit, words: tuple[str, str], width: float) -> str:
    alternative, told = words
    return series(
        content,
        number=_NUMBERS[unit],
        unit=_UNITS[unit],
        alternative=alternative,
        told=told,
        width=width,
        height=175.0 if width == _WIDE else 150.0,
    )


@lru_cache(maxsize=_KEPT)
def _published(content: Series, words: tuple[str, str], width: float) -> str:
    alternative, told = words
    return series(content, number=_percent, alternative=alternative, told=told, width=width, height=175.0)


@lru_cache(maxsize=_KEPT)
def _control(picture: ControlPicture, unit: Unit, words: tuple[str, str]) -> str:
    alternative, told = words
    return control_chart(
        picture, number=_NUMBERS[unit], unit=_UNITS[unit], alternative=alternative, told=told, width=_WIDE
    )


@lru_cache(maxsize=_KEPT)
def _course(content: Curve, words: tuple[str, str]) -> str:
    alternative, told = words
    return curve_chart(content, number=_whole, alternative=alternative, told=told, width=_WIDE)


@lru_cache(maxsize=_KEPT)
def _stacked(content: tuple[Bar, ...], categories: tuple[str, ...], alternative: str, width: float) -> str:
    return stacked_shares(content, categories, number=_whole, alternative=alternative, width=width)


@lru_cache(maxsize=_KEPT)
def _bars(
    content: tuple[BarValue, ...], unit: Unit, words: tuple[str, str], total: tuple[float, str] | None, width: float
) -> str:
    alternative, told = words
    return bars(content, number=_NUMBERS[unit], alternative=alternative, told=told, reference=total, width=width)


@lru_cache(maxsize=_KEPT)
def _sparkline(values: tuple[float | None, ...], target: float | None, alternative: str) -> str:
    return sparkline(values, target=target, alternative=alternative, width=112.0, height=26.0)


def small_chart(measure: Measure, results: Sequence[Result], target: float | None = None) -> str:
    """Return the line of an indicator's years, as small as a word."""
    said = ", ".join(f"{result.period.label()} {value_in_words(measure, result.total)}" for result in results)
    return _sparkline(tuple(result.total.value for result in results), target, f"{measure.name}: {said}.")


def years_chart(
    page: MeasurePage, results: Sequence[Result], beside: Beside = ALONE, *, told: str = "", linked: bool = True
) -> Chart | None:
    """Return the chart of the years, None where there is nothing to draw. Marks lead to the year's cases when `linked`."""
    if all(result.total.value is None and not result.groups for result in results) and not beside.history:
        return None
    links = tuple((linked and page.cases_url(year=result.period.end.year)) or None for result in results)
    if page.measure.kind is Kind.DISTRIBUTION:
        return _categories_chart(page, results, links)
    content = series_content(results, name=page.place.short_name, beside=beside, links=links)
    said = ", ".join(f"{period_in_words(r)} {value_in_words(page.measure, r.total)}" for r in results)
    words = (page.measure.name, f"{said}. {told}".strip())
    wide, narrow = (_series(content, page.measure.unit, words, width) for width in (_WIDE, _NARROW))
    return Chart(wide, narrow, _drawing(content, page.measure.unit), words)


def comparison_chart(found: Comparison) -> Chart | None:
    """Return the chart of a key figure in Kolada: own, similar and all municipalities; None where there is nothing to draw."""
    group, country = (tuple(mean.value for mean in means) for means in (found.group_means, found.country_means))
    lines = [
        Line(name, values) for name, values in _lines_of(found, group, country) if any(v is not None for v in values)
    ]
    if not lines:
        return None
    peers, everyone = (*lines[1:], None, None)[:2]
    content = Series(tuple(map(str, found.years)), lines[0], peers, everyone)
    said = ". ".join(f"{line.name}: {_told(found.years, line.values)}" for line in lines)
    words = (f"{found.title}, {found.kpi}", f"{said}.")
    wide, narrow = (_published(content, words, width) for width in (_WIDE, _NARROW))
    return Chart(wide, narrow, partial(draw_series, content, number=_percent, width=_WIDE, height=175.0), words)


def _lines_of(
    found: Comparison, group: tuple[float | None, ...], country: tuple[float | None, ...]
) -> list[tuple[str, tuple[float | None, ...]]]:
    own = found.own or (None,) * len(found.years)
    return [("Egen kommun", own), ("Liknande kommuner", group), (found.country_name, country)]


def _told(years: Sequence[int], values: Sequence[float | None]) -> str:
    return ", ".join(f"{year} {MISSING if v is None else _percent(v)}" for year, v in zip(years, values, strict=True))


def target_line(measure: Measure, target: TargetPart | None, year: int) -> tuple[float, str] | None:
    """Return a target as a chart draws it: its value and what stands at its line."""
    wanted = target_value(target, year)
    return (wanted, f"Mål {target_in_words(measure, target, wanted)}") if target and wanted is not None else None


def control_chart_of(page: MeasurePage, found: Control, links: tuple[str | None, ...], told: str) -> Chart:
    """Return the process-control chart of a series by month; a narrow screen scrolls it."""
    words = (f"{page.measure.name}, månad för månad", told)
    symbols = tuple("–" for _ in found.values)
    unit, unlinked = page.measure.unit, ControlPicture(found, (), symbols)
    drawn = partial(draw_control, unlinked, number=_NUMBERS[unit], unit=_UNITS[unit], width=_WIDE)
    return Chart(_control(ControlPicture(found, links, symbols), unit, words), "", drawn, words)


def course_chart(page: MeasurePage, found: Curve, told: str) -> Chart:
    """Return the curve of a duration with its numbers at risk; a narrow screen scrolls it."""
    words = (page.measure.name, told)
    return Chart(_course(found, words), "", partial(draw_curve, found, number=_whole, width=_WIDE), words)


def _categories_chart(page: MeasurePage, results: Sequence[Result], links: Sequence[str | None]) -> Chart | None:
    categories = page.measure.categories
    if len(categories) > 5:
        return None
    content = []
    for result, link in zip(results, links, strict=True):
        found = {group.key[CATEGORY]: group.value for group in result.groups if set(group.key) == {CATEGORY}}
        shares = tuple(found.get(category.code) for category in categories)
        symbol = ".." if any(group.suppressed for group in result.groups) else "–"
        content.append(Bar(str(result.period.end.year), shares, (link,) * len(shares), symbol))
    if all(None in bar.shares for bar in content):
        return None
    names = tuple(category.label for category in categories)
    alternative = f"{page.measure.name} per år. Tabellen under diagrammet har alla tal."
    # Five names do not fit over a narrow bar: a narrow screen scrolls the wide drawing instead.
    drawn = partial(draw_stacked, tuple(content), names, number=_whole, width=_WIDE)
    return Chart(_stacked(tuple(content), names, alternative, _WIDE), "", drawn, (alternative, ""))


def split_chart(
    page: MeasurePage, result: Result, *, told: str = "", wide: float = _WIDE, linked: bool = True
) -> Chart | None:
    """Return the bars of a split by one dimension, None for a distribution, two dimensions or too many groups.

    The total stands as a line across where it is of the same kind as the bars: a share or what something costs.
    """
    measure = page.measure
    if measure.kind is Kind.DISTRIBUTION or len(result.by) != 1 or not 1 < len(result.groups) <= _MOST_BARS:
        return None
    if all(group.value is None for group in result.groups):
        return None
    content = tuple(_bar(page, result.by[0], group, linked=linked) for group in result.groups)
    total = None
    if result.total.value is not None and not measure.unit.is_number_of:
        total = (result.total.value, f"Samtliga {value_in_words(measure, result.total)}")
    words = (f"{measure.name}, {period_in_words(result)}", f"{told} Tabellen under diagrammet har alla tal.".strip())
    widest, narrow = (_bars(content, measure.unit, words, total, width) for width in (wide, _NARROW))
    drawn = partial(draw_bars, content, number=_NUMBERS[measure.unit], reference=total, width=wide)
    return Chart(widest, narrow, drawn, words)


def _bar(page: MeasurePage, dimension: str, group: Figure, *, linked: bool) -> BarValue:
    label = label_of(page.engine, dimension, group.key[dimension])
    symbol = ".." if group.suppressed else "–"
    link = (linked and page.cases_url(group)) or None
    return BarValue(label, group.value, group.low, group.high, symbol, link)
