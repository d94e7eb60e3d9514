"""Tables of the measures that a template chooses: a measure through the years, a split, and chosen indicators beside targets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from reporting.documents.aims import by_hand, target_value
from reporting.documents.annual.setting import (
    INTERVAL,
    count_cell,
    interval_cell,
    target_text,
    upper_first,
    value_cell,
)
from reporting.documents.chosen.asking import Asked
from reporting.documents.chosen.drawing import caption_of
from reporting.documents.content import Cell, Column, Table
from reporting.figures.model import CATEGORY, Figure, PartFigure, Request, Result
from reporting.figures.swedish import HIDDEN, NO_DENOMINATOR, number
from reporting.figures.targets import Status, status
from reporting.figures.wording import basis_in_words, part_in_words, period_in_words, value_in_words
from reporting.measures.model import Kind, Measure, Unit

Results = Mapping[Request, Result]


def years_table(name: str, results: Sequence[Result]) -> Table:
    """Return the table of the years: what each value rests on, the value, and the interval of a share."""
    last = results[-1]
    heads, cells = _columns_of(last.measure)
    width = 66 // len(heads)
    columns = (Column("Avser", 34, numeric=False), *(Column(head, width) for head in heads))
    rows = []
    for result in results:
        told = (Cell(upper_first(period_in_words(result))), *cells(result, result.total))
        rows.append((told[0], *(replace(cell, strong=result is last) for cell in told[1:])))
    return Table(0, name, caption_of(last.measure, last.request.variant), columns, tuple(rows))


def split_table(name: str, result: Result, label: Callable[[str | None], str]) -> Table:
    """Return the table of a split by one dimension, its total last."""
    heads, cells = _columns_of(result.measure)
    width = 66 // len(heads)
    columns = (Column("Grupp", 34, numeric=False), *(Column(head, width) for head in heads))
    [dimension] = result.by
    rows = [(Cell(label(group.key[dimension])), *cells(result, group)) for group in result.groups]
    rows.append((Cell("Alla"), *cells(result, result.total)))
    caption = f"{caption_of(result.measure, result.request.variant)}, {result.period.label()}"
    return Table(0, name, caption, columns, tuple(rows), has_total=True)


_Cells = Callable[[Result, Figure], tuple[Cell, ...]]


def _columns_of(measure: Measure) -> tuple[tuple[str, ...], _Cells]:
    """Return the headings of a measure's figures and what fills them."""
    if measure.kind is Kind.DISTRIBUTION:
        return (*(category.label for category in measure.categories), "Alla"), _category_cells
    if measure.kind is Kind.PARTS:
        return tuple(part.label for part in measure.parts), _part_cells
    if measure.kind is Kind.SHARE:
        return ("Antal", "Av", "Procent", INTERVAL), _share_cells
    return ("Räknat på", "Värde"), _value_cells


def _category_cells(result: Result, _total: Figure) -> tuple[Cell, ...]:
    found = {group.key[CATEGORY]: group for group in result.groups if set(group.key) == {CATEGORY}}
    cells = []
    for category in result.measure.categories:
        group = found.get(category.code)
        if group is None or group.value is None:
            cells.append(Cell(HIDDEN if group and group.suppressed else NO_DENOMINATOR))
        else:
            cells.append(Cell(f"{number(group.numerator)} ({number(group.value, 1)} %)"))
    total = result.total
    return (*cells, Cell(HIDDEN if total.suppressed else number(total.denominator or 0)))


def _part_cells(result: Result, figure: Figure) -> tuple[Cell, ...]:
    return tuple(_part_cell(part.unit, figure.parts.get(part.name)) for part in result.measure.parts)


def _part_cell(unit: Unit, part: PartFigure | None) -> Cell:
    """Return the part's number; an amount in tkr, as the caption says."""
    if part is None:
        return Cell(NO_DENOMINATOR)
    if unit is Unit.KRONOR and part.value is not None:
        return Cell(number(part.value / 1000))
    return Cell(part_in_words(unit, part))


def _share_cells(result: Result, figure: Figure) -> tuple[Cell, ...]:
    counts = (count_cell(figure, figure.numerator), count_cell(figure, figure.denominator))
    return (*counts, value_cell(result, figure), interval_cell(figure))


def _value_cells(result: Result, figure: Figure) -> tuple[Cell, ...]:
    basis = HIDDEN if figure.suppressed else basis_in_words(result.measure, figure)
    in_days = result.measure.unit is Unit.DAYS
    return Cell(basis), Cell(value_in_words(result.measure, figure)) if in_days else value_cell(result, figure)


def indicators_table(name: str, asked: Sequence[Asked], results: Results, year: int) -> Table | None:
    """Return the chosen measures and indicators with the year before, the target and how it is met; None without any."""
    rows = tuple(row for one in asked for row in _indicator_rows(one, results, year))
    if not rows:
        return None
    columns = (
        Column("Indikator eller mått", 26, numeric=False),
        Column("Avser", 21, numeric=False),
        Column("Året före", 11),
        Column("Nu", 11),
        Column(INTERVAL, 10),
        Column("Mål", 8),
        Column("Mot målet", 13, numeric=False),
    )
    note = ""
    if any(one.by_hand for one in asked):
        note = "Det som är rapporterat för hand är attesterat och räknas inte om ur underlaget."
    return Table(0, name, f"Valda indikatorer och mått {year}", columns, rows, note)


def _indicator_rows(asked: Asked, results: Results, year: int) -> Iterator[tuple[Cell, ...]]:
    if asked.by_hand:
        yield from _rows_by_hand(asked, year)
    elif asked.series:
        before, now = (results[request] for request in asked.series[-2:])
        target = asked.indicator.targets.get(year) if asked.indicator else None
        wanted = target_value(target, year)
        is_part = not now.period.is_calendar_year
        # What a part of a year has cost or counted is not held against the whole year's target.
        judged = target is not None and not (is_part and now.measure.unit is not Unit.PERCENT)
        shown = wanted / 1000 if wanted is not None and now.measure.unit is Unit.KRONOR else wanted
        yield (
            Cell(asked.name),
            Cell(_window(now)),
            Cell(value_in_words(before.measure, before.total)),
            Cell(value_in_words(now.measure, now.total), strong=True),
            interval_cell(now.total),
            Cell(target_text(target, shown)),
            _status_cell(status(now.total.value, target.comparator, wanted) if judged and target else None),
        )


def _rows_by_hand(asked: Asked, year: int) -> Iterator[tuple[Cell, ...]]:
    if asked.indicator is None:
        return
    before = {one.reported.committee: one.value for one in by_hand(asked.indicator, year - 1) if one.reported}
    for one in by_hand(asked.indicator, year):
        earlier = before.get(one.reported.committee if one.reported else "", NO_DENOMINATOR)
        missing = Cell(NO_DENOMINATOR)
        target = Cell(target_text(one.target, target_value(one.target, year)))
        yield (
            Cell(one.name),
            Cell(f"{year}, rapporterat för hand"),
            Cell(earlier),
            Cell(one.value_in_words, strong=True),
            missing,
            target,
            _status_cell(one.status),
        )


def _window(result: Result) -> str:
    """Return the days looked at, with the variant where there are several."""
    window = result.request.cohort.label()
    many = len(result.measure.variants) > 1
    return f"{window} ({result.measure.variant_label(result.request.variant)})" if many else window


def _status_cell(found: Status | None) -> Cell:
    return Cell(f"{found.sign} {found.label}", status=found) if found else Cell(NO_DENOMINATOR)
