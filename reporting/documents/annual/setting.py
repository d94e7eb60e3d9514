"""How figures are set in an annual report: cells, tables and charts that several chapters share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from reporting.charts.measure_series import Beside, series_content
from reporting.charts.series import Line, Series, series
from reporting.documents.annual.report import AnnualReport
from reporting.documents.content import Box, Boxes, Cell, Chart, Column, Table, Text
from reporting.documents.parts import TargetPart
from reporting.figures.model import Figure, Result
from reporting.figures.reorganisation import handover_in_words
from reporting.figures.sentences import sentence, uncertainty
from reporting.figures.swedish import HIDDEN, NBSP, NO_DENOMINATOR, listed, number, span
from reporting.figures.wording import days_in_words, period_in_words
from reporting.measures.model import Kind, Measure, Unit

OWN = "Egen kommun"
TKR_NOTE = "tkr = tusen kronor."
INTERVAL = f"95{NBSP}% osäkerhet"

_SMALL_NUMBERS = ("inga", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


@dataclass
class Numbering:
    """Counts the tables and charts of a document in the order they are made."""

    tables: int = 0
    charts: int = 0

    def table(self) -> int:
        """Return the next table's number."""
        self.tables += 1
        return self.tables

    def chart(self) -> int:
        """Return the next chart's number."""
        self.charts += 1
        return self.charts


def count_word(count: int, *, neuter: bool = False) -> str:
    """Return a small count as a word: "tre", "ett"/"en", "13"."""
    if count == 1 and neuter:
        return "ett"
    return _SMALL_NUMBERS[count] if count < len(_SMALL_NUMBERS) else number(count)


def upper_first(text: str) -> str:
    """Return the text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def bare(measure: Measure, value: float | None) -> str:
    """Return a value without its unit: percent with one decimal, persons whole, kronor in tkr with one decimal."""
    if value is None:
        return NO_DENOMINATOR
    if measure.unit is Unit.PERCENT:
        return number(value, 1)
    return number(value / 1000, 1) if measure.unit is Unit.KRONOR else number(value)


def difference_in_words(measure: Measure, difference: float) -> str:
    """Return a difference of a count, a cost or a median: "5 färre", "134,9 tkr mer", "2 dagar kortare", "lika"."""
    if measure.unit.is_number_of:
        word = "fler" if difference > 0 else "färre"
        return f"{number(abs(difference))} {word}" if round(difference) else "lika många som"
    if measure.unit is Unit.DAYS:
        word = "längre" if difference > 0 else "kortare"
        return f"{days_in_words(abs(difference))} {word}" if difference else "lika lång tid som"
    word = "mer" if difference > 0 else "mindre"
    return f"{bare(measure, abs(difference))}{NBSP}tkr {word}" if difference else "lika"


def value_cell(result: Result, figure: Figure | None = None, *, strong: bool = False) -> Cell:
    """Return the value of a figure (the total by default): ".." when hidden, "–" when there is nothing to divide by."""
    shown = figure or result.total
    return Cell(HIDDEN if shown.suppressed else bare(result.measure, shown.value), strong=strong)


def count_cell(figure: Figure, count: float | None, *, strong: bool = False) -> Cell:
    """Return a count of the figure, hidden with it."""
    return Cell(HIDDEN if figure.suppressed else number(count or 0), strong=strong)


def tkr_cell(figure: Figure, amount: float | None, decimals: int = 0) -> Cell:
    """Return an amount of the figure in tkr, hidden with it."""
    if figure.suppressed:
        return Cell(HIDDEN)
    return Cell(NO_DENOMINATOR if amount is None else number(amount / 1000, decimals))


def interval_cell(figure: Figure) -> Cell:
    """Return the 95 % interval, hidden with its figure."""
    return Cell(HIDDEN if figure.suppressed else span(figure.low, figure.high))


def target_text(target: TargetPart | None, value: float | None, unit: str = "") -> str:
    """Return a target as it stands in a table: "≥ 35", "< 166"; "–" when there is none or it has no value."""
    if target is None or value is None:
        return NO_DENOMINATOR
    decimals = 0 if float(value).is_integer() else 1
    sign = {">=": "≥", "<=": "≤"}.get(target.comparator, target.comparator)
    return NBSP.join(part for part in (sign, number(value, decimals), unit) if part)


def series_table(
    report: AnnualReport, numbers: Numbering, code: str, *, name: str, caption: str, headings: tuple[str, str, str]
) -> Table:
    """Return the table of a share through the years: numerator, denominator, value (their `headings`) and interval.

    The report's year is in bold.
    """
    columns = (
        Column("År", 28, numeric=False),
        *(Column(heading, 17) for heading in headings),
        Column(INTERVAL, 21),
    )
    rows = []
    for result in report.figures.series(code):
        total, now = result.total, result.period.end.year == report.year
        rows.append(
            (
                Cell(upper_first(period_in_words(result))),
                count_cell(total, total.numerator, strong=now),
                count_cell(total, total.denominator, strong=now),
                value_cell(result, strong=now),
                interval_cell(total),
            )
        )
    return Table(numbers.table(), name, caption, columns, tuple(rows))


def series_chart(
    report: AnnualReport,
    numbers: Numbering,
    code: str,
    *,
    caption: str,
    note: str = "",
    target: tuple[float, str] | None = None,
    beside: tuple[Line, Line] | None = None,
) -> Chart:
    """Return the chart of a measure through the years, told in words for those who do not see it.

    `beside` are the lines of similar municipalities and of all. What was known before the first year stands apart, and there is a
    line across where units changed committee; the note tells of both.
    """
    results, past = report.figures.series(code), report.past(code)
    measure = results[-1].measure
    peers, country = beside or (None, None)
    around = Beside(target, peers, country, past.history, past.handovers)
    content = series_content(results, name=OWN, beside=around)
    content = content if measure.unit is Unit.PERCENT else replace(content, floor=axis_floor(_drawn(content)))
    moved = tuple(handover_in_words(each) for each in past.handovers)
    told = [alternative_of(caption, content, lambda value: bare(measure, value)), *moved]
    svg = series(
        content,
        number=lambda value: bare(measure, value),
        unit="%" if measure.unit is Unit.PERCENT else "",
        alternative=" ".join(told),
        height=165.0 if beside else 130.0,
    )
    cut = f"Axeln börjar vid {number(content.floor)}." if content.floor else ""
    return Chart(numbers.chart(), caption, svg, " ".join(filter(None, (note, past.history_said, *moved, cut))))


def _drawn(content: Series) -> list[float]:
    """Return the values that stand in the chart."""
    lines = (content.own, content.history)
    return [value for line in lines if line for value in line.values if value is not None]


def axis_floor(values: Sequence[float]) -> float:
    """Return where an axis of counts begins: zero, or a round number well below large values that lie close together."""
    if not values or min(values) <= 100 or max(values) - min(values) > min(values) / 2:
        return 0.0
    return float(min(values) // 50 * 50 - 50)


def alternative_of(caption: str, content: Series, written: Callable[[float], str]) -> str:
    """Return a line chart in words: each line with its values, ".." and "–" where they are hidden or missing."""
    parts = [f"Linjediagram. {caption}."]
    for line in (content.history, content.own, content.peers, content.country):
        if line:
            symbols = _symbols(line, content)
            told = (
                f"{label} {symbol if value is None else written(value)}"
                for label, value, symbol in zip(content.labels, line.values, symbols, strict=True)
                if value is not None or symbol
            )
            parts.append(f"{line.name}: {', '.join(told)}.")
    if content.target:
        parts.append(f"{content.target[1]}.")
    return " ".join(parts)


def _symbols(line: Line, content: Series) -> tuple[str, ...]:
    """Return what stands for each missing value of a line; nothing in the years before the series, which it does not tell of."""
    if line.symbols:
        return line.symbols
    if line is content.history:
        return ("",) * len(line.values)
    own = content.own.symbols or (NO_DENOMINATOR,) * len(line.values)
    return tuple(NO_DENOMINATOR if symbol in {HIDDEN, NO_DENOMINATOR} else "" for symbol in own)


def what_it_says(report: AnnualReport, code: str) -> Text:
    """Return the series in a sentence, and how uncertain its last value is."""
    return said_of(report.figures.series(code))


def said_of(results: Sequence[Result]) -> Text:
    """Return what the results say in a sentence, oldest first, and how uncertain the last value is."""
    words = [sentence(results)]
    if results[-1].measure.kind is Kind.SHARE and not results[-1].total.suppressed:
        words.append(uncertainty(results[-1].total))
    return Text(" ".join(filter(None, words)))


def definition_box(report: AnnualReport, *codes: str) -> Boxes:
    """Return how the measures are counted in a sentence each, and what was left out this year and why."""
    return counted_as([report.figures.one(code) for code in codes])


def counted_as(results: Sequence[Result]) -> Boxes:
    """Return how the results' measures are counted in a sentence each, and what was left out of each and why."""
    paragraphs = []
    for result in results:
        measure = result.measure
        paragraphs.append(
            f"{measure.name}: {measure.numerator}, delat med {measure.denominator}.{_variant_said(result)}"
        )
        paragraphs.append(left_out(result))
    return Boxes((Box("Så räknas måttet" if len(results) == 1 else "Så räknas måtten", _once(paragraphs)),))


def _variant_said(result: Result) -> str:
    if len(result.measure.variants) < 2:
        return ""
    return f" Variant: {result.measure.variant_label(result.request.variant)}."


def _once(paragraphs: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paragraphs))


def left_out(result: Result) -> str:
    """Return what was left out of the total this year, by reason."""
    kinds = [
        f"{HIDDEN if count is None else number(count)} ({result.measure.word(reason)})"
        for reason, count in result.excluded.items()
    ]
    many = result.measure.case.many
    return f"Utelämnade {many} {result.period.label()}: {listed(kinds)}." if kinds else f"Inga {many} är utelämnade."
