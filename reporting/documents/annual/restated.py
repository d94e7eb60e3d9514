"""The chapter on what earlier reports said otherwise."""

from __future__ import annotations

from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.restatement import Restated
from reporting.documents.annual.setting import Numbering, upper_first
from reporting.documents.content import Block, Cell, Chapter, Column, Table, Text
from reporting.figures.model import Figure
from reporting.figures.swedish import listed, lower_first, number
from reporting.figures.wording import basis_in_words, period_in_words, value_in_words
from reporting.measures.model import Measure


def restatement_chapter(report: AnnualReport, numbers: Numbering) -> Chapter:
    """Return the chapter. Every annual report has it: also to say that nothing was said before or that nothing has changed."""
    found = report.restatement
    blocks: list[Block] = [Text(_lead(report), "lead")]
    if found.changed:
        blocks.append(_table(found.changed, numbers))
    return Chapter("omraknat", "Ändrat sedan tidigare rapporter", tuple(blocks))


def _lead(report: AnnualReport) -> str:
    found = report.restatement
    if not found.reports:
        return "Ingen tidigare rapport för samma nämnder har redovisat de här åren, så det finns inget att räkna om."
    names = listed([lower_first(name) for name in found.reports])
    if not found.changed:
        return f"De {number(found.unchanged)} siffror som också redovisades i {names} är desamma i dag."
    return (
        f"Av {number(found.unchanged + len(found.changed))} siffror som också redovisades i {names} är "
        f"{number(len(found.changed))} ändrade. Uppgifter som kommer in sent och rättelser ändrar också år som är slut."
    )


def _table(changed: tuple[Restated, ...], numbers: Numbering) -> Table:
    columns = (
        Column("Mått", 22, numeric=False),
        Column("Avser", 12, numeric=False),
        Column("Rapport", 16, numeric=False),
        Column("Då", 13),
        Column("Nu", 13),
        Column("Varför", 24, numeric=False),
    )
    rows = tuple(
        (
            Cell(each.now.measure.name),
            Cell(upper_first(period_in_words(each.now))),
            Cell(each.said_in),
            Cell(_told(each.now.measure, each.before)),
            Cell(_told(each.now.measure, each.now.total), strong=True),
            Cell(each.why, small=True),
        )
        for each in changed
    )
    caption = "Siffror som var andra i tidigare rapporter"
    note = "En ändring som är så liten att den skulle röja enskilda visas inte: då är siffran dold."
    return Table(numbers.table(), "andrat-sedan-tidigare", caption, columns, rows, note)


def _told(measure: Measure, figure: Figure) -> str:
    value = value_in_words(measure, figure)
    return value if figure.suppressed or figure.denominator is None else f"{value} ({basis_in_words(measure, figure)})"
