"""The tables of a measure's pages, made of results."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from reporting.documents.aims import target_value
from reporting.documents.parts import TargetPart
from reporting.figures.between import GroupComparison
from reporting.figures.dimensions import label_of
from reporting.figures.model import CATEGORY, Figure, Result
from reporting.figures.narrowing import YES
from reporting.figures.swedish import HIDDEN, NBSP, number
from reporting.figures.targets import status
from reporting.figures.wording import (
    basis_in_words,
    count_in_words,
    interval_in_words,
    period_in_words,
    value_in_words,
)
from reporting.measures.model import Kind, Measure
from reporting.views.indicators import target_in_words
from reporting.views.inner import inner_cells, inner_columns
from reporting.views.measure_page import MeasurePage, name_of
from reporting.views.method import changes_in
from reporting.views.place import Place
from reporting.views.sheets import Cell, Column, Row, Sheet

_DOES_NOT_ADD_UP = "Raderna går inte att lägga ihop till summan: samma ärende kan stå på flera rader."


NO_TARGETS: Mapping[int, TargetPart] = MappingProxyType({})

SUBJECTS = {
    "labour_market": "Arbetsmarknad",
    "support": "Ekonomiskt bistånd",
    "sfi": "Sfi",
    "cost": "Kostnad",
    "routines": "Rutiner",
}
"""The folders of definitions, in the order they are listed, with their Swedish headings."""


def list_sheet(place: Place, subject: str, known: Sequence[Measure], results: Mapping[str, Result]) -> Sheet:
    """Return a subject's measures as rows, with the year's figures where there are any for this reader."""
    columns = [Column("Mått", numeric=False)]
    if results:
        columns += [Column(str(place.year)), Column("Bygger på")]
    columns.append(Column("Vad måttet visar", numeric=False))
    rows = []
    for measure in known:
        view = "measure" if results else "measure_method"
        name = Cell(measure.name, link=place.url(view, code=measure.code))
        figures: tuple[Cell, ...] = ()
        if results:
            total = results[measure.code].total
            parted = measure.kind is Kind.DISTRIBUTION
            value = Cell("fördelning") if parted else Cell(value_in_words(measure, total))
            basis = number(total.denominator) if parted else basis_in_words(measure, total)
            figures = (value, Cell(basis))
        rows.append(Row((name, *figures, Cell(measure.why))))
    return Sheet(f"matt-{subject}", SUBJECTS[subject], tuple(columns), tuple(rows))


def figure_columns(measure: Measure) -> tuple[Column, ...]:
    """Return the headings that fit the measure's kind, in the order of `figure_cells`."""
    if measure.kind in {Kind.DURATION, Kind.PARTS}:
        return inner_columns(measure)
    if measure.kind is Kind.RATIO:
        names: tuple[str, ...] = (measure.name, "Kostnad", "Delat på")
    elif measure.kind is Kind.COUNT:
        names = ("Antal", "Av", "Andel")
    else:
        names = ("Andel", "Antal", "Av", "95 % osäkerhet")
    return tuple(Column(name) for name in names)


CasesUrl = Callable[[Mapping[str, str]], str]
"""From what the columns of a case list are narrowed to, to its address; empty for who may not see cases."""


def _nowhere(_narrowed: Mapping[str, str]) -> str:
    return ""


def figure_cells(measure: Measure, figure: Figure, cases: CasesUrl = _nowhere) -> tuple[Cell, ...]:
    """Return a figure as cells; its counts lead to the cases that they count."""
    if measure.kind in {Kind.DURATION, Kind.PARTS}:
        return inner_cells(measure, figure, cases)
    hidden = figure.suppressed
    every = cases({}) if figure.denominator else ""
    counted = cases({"met": YES}) if figure.numerator else ""
    value = Cell(value_in_words(measure, figure), figure.value)
    numerator = Cell(count_in_words(figure.numerator, hidden=hidden), figure.numerator, link=counted)
    denominator = Cell(count_in_words(figure.denominator, hidden=hidden), figure.denominator, link=every)
    if measure.kind is Kind.RATIO:
        amount = f"{numerator.text}{NBSP}kr" if figure.numerator is not None and not hidden else numerator.text
        return value, Cell(amount, figure.numerator, link=every), Cell(denominator.text, denominator.value)
    if measure.kind is Kind.COUNT:
        share = figure.extra.get("share")
        share_text = HIDDEN if hidden else number(share, 1) + (f"{NBSP}%" if share is not None else "")
        return Cell(value.text, value.value, link=counted), denominator, Cell(share_text, share)
    if measure.kind is Kind.DISTRIBUTION:
        numerator = Cell(numerator.text, numerator.value, link=every)
        denominator = Cell(denominator.text, denominator.value)
    return value, numerator, denominator, Cell(interval_in_words(figure))


def series_sheet(page: MeasurePage, results: Sequence[Result], targets: Mapping[int, TargetPart] = NO_TARGETS) -> Sheet:
    """Return the years as rows, oldest first, the page's own year marked; with target and status where there are targets."""
    measure = page.measure
    if measure.kind is Kind.DISTRIBUTION:
        return _categories_by_year(page, results)
    rows = []
    for result in results:
        year = result.period.end.year
        cells = (Cell(period_in_words(result)), *figure_cells(measure, result.total, _cases_of(page, year=year)))
        if targets:
            cells += _target_cells(result, targets.get(year))
        rows.append(Row(cells, "current" if year == page.place.year else ""))
    columns = (Column("År", numeric=False), *figure_columns(measure))
    if targets:
        columns += (Column("Mål"), Column("Status", numeric=False))
    notes = (*changes_in(measure, page.years), *_notes(results))
    return Sheet(f"{measure.code}-utveckling", f"{measure.name} per år", columns, tuple(rows), notes)


def _cases_of(page: MeasurePage, group: Figure | None = None, *, year: int | None = None) -> CasesUrl:
    return lambda narrowed: page.cases_url(group, year=year, narrowed=narrowed)


def _target_cells(result: Result, target: TargetPart | None) -> tuple[Cell, Cell]:
    if target is None:
        return Cell("inget"), Cell("inget mål")
    wanted = target_value(target, result.period.end.year)
    found = status(result.total.value, target.comparator, wanted)
    return Cell(target_in_words(result.measure, target, wanted)), Cell(f"{found.sign} {found.label}")


def _categories_by_year(page: MeasurePage, results: Sequence[Result]) -> Sheet:
    """Return the years as rows and the categories as columns, in percent, with the number they are shares of."""
    categories = page.measure.categories
    rows = []
    for result in results:
        year = result.period.end.year
        link = page.cases_url(year=year)
        found = {group.key[CATEGORY]: group for group in result.groups if set(group.key) == {CATEGORY}}
        shares = [found.get(category.code) for category in categories]
        cells = [
            Cell(value_in_words(page.measure, share), share.value, link=page.cases_url(share, year=year))
            if share
            else Cell("–")
            for share in shares
        ]
        total = count_in_words(result.total.denominator, hidden=result.total.suppressed)
        rows.append(
            Row(
                (Cell(period_in_words(result)), *cells, Cell(total, result.total.denominator, link=link)),
                "current" if year == page.place.year else "",
            )
        )
    headings = [category.label for category in categories]
    columns = (Column("År", numeric=False), *(Column(name) for name in headings), Column("Antal"))
    caption = f"{page.measure.name} per år, andel av alla"
    return Sheet(f"{page.measure.code}-utveckling", caption, columns, tuple(rows), _notes(results))


def split_sheet(page: MeasurePage, result: Result, compared: GroupComparison | None = None) -> Sheet:
    """Return the groups of a split as rows, the total last; how each stands to the others when they are `compared`."""
    measure, by = page.measure, result.by
    has_categories = measure.kind is Kind.DISTRIBUTION
    labels = {category.code: category.label for category in measure.categories}
    stands = [] if compared is None or has_categories else [Cell(each.stands.label) for each in compared.standings]
    rows = []
    for at, group in enumerate(result.groups):
        head = [Cell(label_of(page.engine, name, group.key[name])) for name in by]
        if has_categories:
            code = group.key[CATEGORY] or ""
            head.append(Cell(labels.get(code, code)))
        rows.append(Row((*head, *figure_cells(measure, group, _cases_of(page, group)), *stands[at : at + 1])))
    columns = [Column(name_of(name), numeric=False) for name in by]
    if has_categories:
        columns.append(Column("Kategori", numeric=False))
    else:
        blanks = [Cell("") for _ in by[1:]]
        total = figure_cells(measure, result.total, _cases_of(page))
        rows.append(Row((Cell("Samtliga"), *blanks, *total, *([Cell("")] if stands else [])), "total"))
    names = " och ".join(name_of(name).lower() for name in by)
    caption = f"{measure.name} per {names}, {period_in_words(result)}"
    columns += figure_columns(measure)
    if stands:
        columns.append(Column("Jämfört med övriga", numeric=False))
    return Sheet(f"{measure.code}-{'-'.join(by)}", caption, tuple(columns), tuple(rows), _notes([result]))


def excluded_sheet(page: MeasurePage, result: Result) -> Sheet:
    """Return the cases left out, by reason."""
    rows = [
        Row(
            (
                Cell(page.measure.word(reason).capitalize()),
                Cell(
                    count_in_words(count, hidden=count is None),
                    count,
                    link=page.cases_url(narrowed={"reason": reason}, left_out=True),
                ),
            )
        )
        for reason, count in result.excluded.items()
    ]
    columns = (Column("Skäl", numeric=False), Column(page.measure.case.many.capitalize()))
    return Sheet(f"{page.measure.code}-utelamnade-per-skal", "Utelämnade per skäl", columns, tuple(rows))


def _notes(results: Sequence[Result]) -> tuple[str, ...]:
    does_not_add_up = any(not figure.adds_up for result in results for figure in result.groups)
    return (_DOES_NOT_ADD_UP,) if does_not_add_up else ()
