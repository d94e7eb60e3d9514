"""Charts of the measures that a template chooses: the years as a line or bars, a distribution as stacked bars, a split as bars.

Only published results come here: what is hidden has no value, and its sign stands in the drawing and in its words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reporting.charts.bars import BarValue, bars
from reporting.charts.measure_series import Beside, series_content
from reporting.charts.series import series
from reporting.charts.stacked import Bar, stacked_shares
from reporting.documents.annual.setting import OWN, alternative_of
from reporting.documents.content import Chart
from reporting.documents.templates.model import ChartForm
from reporting.figures.model import CATEGORY, Figure, Result
from reporting.figures.reorganisation import Handover, handover_in_words
from reporting.figures.swedish import HIDDEN, NO_DENOMINATOR, lower_first, number
from reporting.measures.model import Kind, Measure, Unit

MOST_BARS = 14
"""How many groups can be told apart in one chart; more are a table."""
_MOST_CATEGORIES = 5
_UNITS = {
    Unit.PERCENT: "procent",
    Unit.PERSONS: "antal personer",
    Unit.CASES: "antal",
    Unit.KRONOR: "tkr",
    Unit.DAYS: "dagar",
}
_SHORT = {Unit.PERCENT: "%", Unit.KRONOR: "tkr", Unit.DAYS: "dagar"}


def caption_of(measure: Measure, variant: str) -> str:
    """Return what a chart or a table of the measure is of, and in which unit."""
    told = f", {lower_first(measure.variant_label(variant))}" if len(measure.variants) > 1 else ""
    return f"{measure.name}{told}, {_UNITS[measure.unit]}"


def scaled(measure: Measure, value: float) -> float:
    """Return a value in the unit that charts have: kronor in tkr."""
    return value / 1000 if measure.unit is Unit.KRONOR else value


def _written(measure: Measure) -> Callable[[float], str]:
    """Return what writes a scaled value as the reader sees it."""
    decimals = 1 if measure.unit in {Unit.PERCENT, Unit.KRONOR} else 0
    return lambda value: number(value, decimals)


def years_chart(
    results: Sequence[Result], form: ChartForm, target: tuple[float, str] | None, moves: Sequence[Handover]
) -> Chart | None:
    """Return the chart of the years, None where there is nothing that may be drawn or too many categories."""
    if results[-1].measure.kind is Kind.DISTRIBUTION:
        return _shares(results)
    if all(result.total.value is None for result in results):
        return None
    return _bars_of_years(results, target) if form is ChartForm.BARS else _line(results, target, moves)


def _line(results: Sequence[Result], target: tuple[float, str] | None, moves: Sequence[Handover]) -> Chart:
    measure, caption = results[-1].measure, _caption(results[-1])
    content = series_content(
        results,
        name=OWN,
        beside=Beside(target, handovers=tuple(moves)),
        scale=lambda value: scaled(measure, value),
    )
    written, moved = _written(measure), [handover_in_words(each) for each in moves]
    words = " ".join((alternative_of(caption, content, written), *moved))
    svg = series(content, number=written, unit=_SHORT.get(measure.unit, ""), alternative=words, height=130.0)
    told = "Det skuggade området är osäkerheten (95 %)." if measure.kind is Kind.SHARE else ""
    return Chart(0, caption, svg, " ".join(filter(None, (told, *moved))))


def _bars_of_years(results: Sequence[Result], target: tuple[float, str] | None) -> Chart:
    values = [_bar(result.measure, result.period.label(), result.total) for result in results]
    return _bars(results[-1].measure, _caption(results[-1]), values, target)


def split_chart(result: Result, label: Callable[[str | None], str]) -> Chart | None:
    """Return the bars of a split by one dimension, None where nothing may be drawn or the groups are too many.

    The total stands as a line across where it is of the same kind as the bars: a share, a cost or a time.
    """
    if not 0 < len(result.groups) <= MOST_BARS or all(group.value is None for group in result.groups):
        return None
    measure, [dimension] = result.measure, result.by
    values = [_bar(measure, label(group.key[dimension]), group) for group in result.groups]
    total = None
    if result.total.value is not None and not measure.unit.is_number_of:
        value = scaled(measure, result.total.value)
        total = (value, f"Samtliga {_written(measure)(value)}")
    return _bars(measure, f"{_caption(result)}, {result.period.label()}", values, total)


def _bars(measure: Measure, caption: str, values: Sequence[BarValue], reference: tuple[float, str] | None) -> Chart:
    written = _written(measure)
    told = ", ".join(f"{one.label} {one.symbol if one.value is None else written(one.value)}" for one in values)
    words = f"Stapeldiagram. {caption}. {told}.{f' {reference[1]}.' if reference else ''}"
    note = ""
    if any(one.low is not None for one in values):
        note = "Det tunna strecket i stapelns ände är osäkerheten (95 %)."
    return Chart(0, caption, bars(values, number=written, alternative=words, reference=reference), note)


def _bar(measure: Measure, label: str, figure: Figure) -> BarValue:
    symbol = HIDDEN if figure.suppressed else NO_DENOMINATOR
    if figure.value is None:
        return BarValue(label, None, symbol=symbol)
    return BarValue(label, scaled(measure, figure.value), figure.low, figure.high, symbol)


def _shares(results: Sequence[Result]) -> Chart | None:
    categories = results[-1].measure.categories
    if len(categories) > _MOST_CATEGORIES:
        return None
    drawn = [_stacked(result) for result in results]
    if all(None in bar.shares for bar in drawn):
        return None
    names, caption = [category.label for category in categories], _caption(results[-1])
    said = [f"Staplar som var och en är hundra procent. {caption}."]
    for bar in drawn:
        parts = (
            f"{name} {bar.symbol if share is None else number(share)}"
            for name, share in zip(names, bar.shares, strict=True)
        )
        said.append(f"{bar.label}: {', '.join(parts)}.")
    return Chart(0, caption, stacked_shares(drawn, names, number=number, alternative=" ".join(said)))


def _stacked(result: Result) -> Bar:
    found = {group.key[CATEGORY]: group.value for group in result.groups if set(group.key) == {CATEGORY}}
    shares = tuple(found.get(category.code) for category in result.measure.categories)
    symbol = HIDDEN if any(group.suppressed for group in result.groups) else NO_DENOMINATOR
    return Bar(result.period.label(), shares, symbol=symbol)


def _caption(result: Result) -> str:
    return caption_of(result.measure, result.request.variant)
