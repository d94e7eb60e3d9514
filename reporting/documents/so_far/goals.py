"""The chapter on goals and measures of an interim report: how it goes so far, with a forecast for the year's end."""

from __future__ import annotations

from reporting.documents.annual.setting import Numbering, bare
from reporting.documents.content import Cell, Chapter, Column, Table, Text
from reporting.documents.explained import Explained, explanations_table
from reporting.documents.so_far.economy import economy_chapter
from reporting.documents.so_far.figures import Interim, Row
from reporting.documents.so_far.wording import NOTHING, counted_on, lead, target_of
from reporting.figures.forecast import method_in_words
from reporting.figures.interim import period_to
from reporting.figures.swedish import HIDDEN, NBSP, NO_DENOMINATOR
from reporting.figures.wording import value_in_words
from reporting.measures.model import Unit


def interim_chapters(found: Interim, numbers: Numbering) -> tuple[Chapter, ...]:
    """Return the goals and measures with their forecasts, and the economy."""
    return (_hitherto(found, numbers), economy_chapter(found, numbers))


def _hitherto(found: Interim, numbers: Numbering) -> Chapter:
    left_out = f"Redovisas bara för hela år: {'; '.join(found.left_out)}." if found.left_out else ""
    method = method_in_words([made for row in found.rows if (made := row.forecast)])
    texts = [Text(text, "note") for text in (method, left_out) if text]
    table = _table(found, numbers) if found.rows else Text(NOTHING)
    asked = [
        Explained(
            row.name, value_in_words(row.measure, row.results[-1].total), target_of(row, found.end.year), row.indicator
        )
        for row in found.rows
        if row.indicator and row.asks_for_explanation
    ]
    explained = explanations_table(asked, period_to(found.end), numbers)
    blocks = (Text(lead(found), "lead"), table, *texts, *([explained] if explained else []))
    return Chapter("hittills", "Hittills i år", blocks)


def _table(found: Interim, numbers: Numbering) -> Table:
    year = found.end.year
    columns = (
        Column("Indikator eller mått", 24, numeric=False),
        Column("Räknas på", 27, numeric=False),
        Column(f"Samma tid {year - 1}", 12),
        Column(f"Hittills {year}", 12),
        Column("Mål för året", 10),
        Column("Prognos för året", 15),
    )
    rows = tuple(
        (
            Cell(row.name),
            Cell(counted_on(row)),
            Cell(value_in_words(row.measure, row.results[-2].total)),
            Cell(value_in_words(row.measure, row.results[-1].total), strong=True),
            Cell(target_of(row, year)),
            Cell(_forecast_in_words(row)),
        )
        for row in found.rows
    )
    note = "”klart” betyder att årets värde redan är avgjort. – som prognos betyder att tidigare år är för få att gå efter."
    return Table(numbers.table(), "delar-indikatorer", "Så går det hittills, med prognos", columns, rows, note)


def _forecast_in_words(row: Row) -> str:
    if row.results[-1].total.suppressed:
        return HIDDEN
    if row.is_settled:
        return "klart"
    made = row.forecast
    if made is None:
        return NO_DENOMINATOR
    value, low, high = (bare(row.measure, each) for each in (made.value, made.low, made.high))
    unit = {Unit.PERCENT: f"{NBSP}%", Unit.KRONOR: f"{NBSP}tkr"}.get(row.measure.unit, "")
    return f"{value}{unit} ({low}–{high})"
