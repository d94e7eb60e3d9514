"""The columns of measures whose figures have figures inside: medians, shares after so many days, and parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from reporting.figures.model import Figure, PartFigure
from reporting.figures.narrowing import YES
from reporting.figures.swedish import HIDDEN, NO_DENOMINATOR, number
from reporting.figures.wording import count_in_words, days_in_words, part_in_words
from reporting.measures.inner import Counting, Duration, Summary, Unit
from reporting.measures.model import Measure
from reporting.views.sheets import Cell, Column


def inner_columns(measure: Measure) -> tuple[Column, ...]:
    """Return the headings of a duration or a measure with several figures, in the order of `inner_cells`."""
    if not measure.duration:
        return tuple(Column(part.label) for part in measure.parts)
    if measure.duration.summary is Summary.INCIDENCE:
        after = [name for day in measure.duration.days for name in (f"Efter {day} dagar", "95 % osäkerhet", "Kvar då")]
        return tuple(Column(name) for name in (*after, "Antal"))
    mean = ("Medel",) if measure.duration.summary is Summary.ENDED else ()
    return tuple(Column(name) for name in ("Median", *mean, "Klara", "Antal", "I tid", "Antal i tid", "Av"))


def inner_cells(measure: Measure, figure: Figure, cases: Callable[[Mapping[str, str]], str]) -> tuple[Cell, ...]:
    """Return a figure's inner figures as cells; what counts cases leads to them."""
    if not measure.duration:
        return tuple(_several(measure, figure, cases))
    first, *rest = _timed(measure.duration, figure)
    return Cell(first.text, first.value, link=cases({})), *rest


def _timed(duration: Duration, figure: Figure) -> list[Cell]:
    hidden = figure.suppressed
    if duration.summary is Summary.INCIDENCE:
        after = [cell for part in figure.parts.values() for cell in _share_at_risk(part)]
        return [*after, Cell(count_in_words(figure.denominator, hidden=hidden), figure.denominator)]
    medians = ["median", "mean"] if duration.summary is Summary.ENDED else ["median"]
    cells = [Cell(HIDDEN if hidden else days_in_words(figure.extra[name]), figure.extra[name]) for name in medians]
    cells += [Cell(count_in_words(number, hidden=hidden), number) for number in (figure.numerator, figure.denominator)]
    for part in figure.within.values():
        counts = (part.numerator, part.denominator)
        cells += [_value(Unit.PERCENT, part), *(Cell(count_in_words(n, hidden=part.suppressed), n) for n in counts)]
    return cells


def _share_at_risk(part: PartFigure) -> list[Cell]:
    at_risk = part.extra["at_risk"]
    left = at_risk if isinstance(at_risk, int) else None
    ends = HIDDEN if part.suppressed else NO_DENOMINATOR
    if part.low is not None and part.high is not None:
        ends = f"{number(part.low, 1)}–{number(part.high, 1)}"
    return [_value(Unit.PERCENT, part), Cell(ends), Cell(count_in_words(left, hidden=left is None), left)]


def _several(measure: Measure, figure: Figure, cases: Callable[[Mapping[str, str]], str]) -> Iterator[Cell]:
    """A part that counts a mark leads to the cases that have it; a sum leads to all."""
    columns = {column.name for column in measure.columns}
    for part in measure.parts:
        found = _value(part.unit, figure.parts[part.name])
        marked = part.count.how is not Counting.SUM and part.count.column in columns
        yield Cell(found.text, found.value, link=cases({part.count.column: YES} if marked else {}))


def _value(unit: Unit, part: PartFigure) -> Cell:
    return Cell(part_in_words(unit, part), part.value)
