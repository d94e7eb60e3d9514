"""How a measure has gone: what its years stand beside, month by month, before and after a move, and the course of a duration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from committees.permissions import Permission
from reporting.charts.canvas import Caption
from reporting.charts.measure_series import Beside
from reporting.charts.series import Line
from reporting.comparison.selectors import Comparison
from reporting.documents.parts import TargetPart
from reporting.figures.computing import compute_many
from reporting.figures.curves import curve, curve_in_words
from reporting.figures.history import KnownBefore, history_before
from reporting.figures.model import Figure, Request, Result
from reporting.figures.process import control, control_in_words
from reporting.figures.reorganisation import (
    Handover,
    before_after_in_words,
    before_and_after,
    handover_in_words,
    handovers,
)
from reporting.figures.steps import Step, has_limits, labels_of, series_by
from reporting.figures.swedish import MISSING, lower_first, number, percent
from reporting.figures.wording import value_in_words
from reporting.measures.model import Kind, Unit
from reporting.views.charts import Chart, control_chart_of, course_chart, target_line
from reporting.views.frame import caption_of
from reporting.views.measure_page import CHART_FILES, Link, MeasurePage
from reporting.views.measure_tables import CasesUrl, figure_cells, figure_columns
from reporting.views.peers import is_the_same_thing
from reporting.views.sheets import Cell, Column, Row, Sheet

_MONTHS = 24
STRETCH_TABLES = ("csv", "xlsx")
"""The files of a stretch's table by their endings."""


@dataclass(frozen=True)
class Move:
    """Units that changed committee. The figures before and after are in `sheet`; if not, `elsewhere` says whose they are."""

    said: str
    sheet: Sheet | None
    compared: str
    elsewhere: str
    url: str


@dataclass(frozen=True)
class Stretch:
    """A longer look: what it says, its chart and its table, and the files of both. `captioned` gives the chart's own caption."""

    said: str
    chart: Chart
    sheet: Sheet
    chart_files: list[Link]
    files: list[Link]
    captioned: Callable[[], Caption]


def beside(
    page: MeasurePage, asked: Sequence[Request], target: TargetPart | None, peers: Sequence[Comparison]
) -> Beside:
    """Return what the chart of the years is to be seen against."""
    same = next((found for found in peers if is_the_same_thing(page, found)), None)
    return Beside(
        target=target_line(page.measure, target, page.place.year),
        peers=Line("Liknande kommuner", tuple(mean.value for mean in same.group_means)) if same else None,
        country=Line(same.country_name, tuple(mean.value for mean in same.country_means)) if same else None,
        history=history_before(page.engine, asked[-1], before=page.years[0]),
        handovers=handovers(page.engine, asked),
    )


def history_sheet(page: MeasurePage, known: Sequence[KnownBefore]) -> Sheet | None:
    """Return what was known before the system as a table of its own, with its sources; None when nothing is."""
    if not known:
        return None
    rows = [
        Row(
            (
                Cell(str(row.year)),
                Cell(_in_words(page, row.value), row.value),
                Cell(MISSING if row.numerator is None else number(row.numerator), row.numerator),
                Cell(MISSING if row.denominator is None else number(row.denominator), row.denominator),
                Cell(row.source),
                Cell(row.name_then),
            )
        )
        for row in known
    ]
    names = ("Värde", "Antal", "Av")
    columns = (
        Column("År", numeric=False),
        *(Column(name) for name in names),
        Column("Källa", numeric=False),
        Column("Hette då", numeric=False),
    )
    note = "Värdena är inte beräknade här och kan ha räknats på annat sätt. De ingår inte i någon beräkning."
    return Sheet(f"{page.measure.code}-fore-systemet", "Från tiden före systemet", columns, tuple(rows), (note,))


def _in_words(page: MeasurePage, value: float) -> str:
    """Return a value that was told as the page writes the measure's own."""
    return value_in_words(page.measure, Figure({}, None, None, value))


def moves_of(page: MeasurePage, found: Sequence[Handover]) -> tuple[Move, ...]:
    """Return the moves of units with the figures before and after, where both committees' figures are the reader's."""
    asked = page.question.request(page.place.year, by=())
    return tuple(_move(page, asked, each) for each in found)


def _move(page: MeasurePage, asked: Request, handover: Handover) -> Move:
    place, said = page.place, handover_in_words(handover)
    if place.access.scope(Permission.SEE_FIGURES, (handover.before, handover.after)) is None:
        other, name, when = (
            (handover.after, handover.after_name, "efter")
            if handover.before in place.committees
            else (handover.before, handover.before_name, "före")
        )
        there = replace(place, committees=(other,), year=place.published_year, chosen=False)
        return Move(said, None, "", f"Siffrorna från tiden {when} hör till {lower_first(name)}.", there.url("overview"))
    both = before_and_after(page.engine, asked, handover)
    if both is None:
        return Move(said, None, "", "", "")
    rows = tuple(
        Row((Cell(word), Cell(result.period.label()), *figure_cells(page.measure, result.total)))
        for word, result in (("Före", both.before), ("Efter", both.after))
    )
    columns = (Column("", numeric=False), Column("Period", numeric=False), *figure_columns(page.measure))
    caption = f"{page.measure.name}, lika långt före som efter"
    sheet = Sheet(f"{page.measure.code}-fore-efter-{handover.date}", caption, columns, rows)
    return Move(said, sheet, before_after_in_words(both), "", "")


def month_by_month(page: MeasurePage) -> Stretch | None:
    """Return the last two years month by month with its process limits; None where they would mean nothing or are too few."""
    asked = page.question.request(page.place.year, by=())
    if page.measure.kind is Kind.DISTRIBUTION or not has_limits(page.measure, asked.variant, Step.MONTH):
        return None
    results = series_by(
        page.engine,
        page.measure,
        Step.MONTH,
        end=asked.period.end,
        count=_MONTHS,
        variant=asked.variant,
        where=asked.where,
    )
    labels = labels_of(results, Step.MONTH)
    values = [result.total.value for result in results]
    ceiling = 100.0 if page.measure.unit is Unit.PERCENT else None
    found = control(labels, values, ceiling=ceiling)
    if found is None:
        return None
    said = control_in_words(found, page.measure, [result.period.label() for result in results], Step.MONTH)
    links = tuple(
        page.cases_url(year=result.period.end.year, narrowed={"manad": label}) or None
        for result, label in zip(results, labels, strict=True)
    )
    rows = tuple(
        Row((Cell(result.period.label()), *figure_cells(page.measure, result.total, _month_of(page, result, label))))
        for result, label in zip(results, labels, strict=True)
    )
    columns = (Column("Månad", numeric=False), *figure_columns(page.measure))
    sheet = Sheet(f"{page.measure.code}-manader", f"{page.measure.name}, månad för månad", columns, rows)
    captioned = partial(caption_of, page, results, split="månad för månad")
    return _stretch(page, said, control_chart_of(page, found, links, said), sheet, "measure_months_file", captioned)


def _stretch(
    page: MeasurePage, said: str, chart: Chart, sheet: Sheet, view: str, captioned: Callable[[], Caption]
) -> Stretch:
    return Stretch(said, chart, sheet, page.files_of(view, CHART_FILES), page.files_of(view, STRETCH_TABLES), captioned)


def _month_of(page: MeasurePage, result: Result, month: str) -> CasesUrl:
    year = result.period.end.year
    return lambda narrowed: page.cases_url(year=year, narrowed={"manad": month, **narrowed})


def course_of(page: MeasurePage) -> Stretch | None:
    """Return the course of a duration with its numbers at risk; None for other measures and where nobody came to the end."""
    asked = page.question.request(page.place.year, by=())
    found = curve(page.engine, asked)
    if found is None:
        return None
    said = curve_in_words(page.measure, found)
    rows = tuple(
        Row(
            (
                Cell(number(each.day), each.day),
                Cell(percent(found.share_at(each.day)), found.share_at(each.day)),
                Cell(number(each.at_risk), each.at_risk),
                Cell(number(each.arrived), each.arrived),
            )
        )
        for each in found.at_risk
    )
    columns = tuple(Column(name) for name in ("Dagar", "Andel", "Kvar", "Framme"))
    sheet = Sheet(f"{page.measure.code}-forlopp", f"{page.measure.name}: förloppet", columns, rows)

    def captioned() -> Caption:
        return caption_of(page, compute_many(page.engine, [asked]), split="förloppet")

    return _stretch(page, said, course_chart(page, found, said), sheet, "measure_course_file", captioned)
