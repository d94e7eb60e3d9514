"""The key figures of a month's sheet, with their targets and how they stand."""

from __future__ import annotations

from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Block, Cell, Chapter, Column, Table, Text
from reporting.documents.so_far.economy import economy_chapter
from reporting.documents.so_far.figures import Interim, Row
from reporting.documents.so_far.wording import NOTHING, counted_on, lead, target_of
from reporting.figures.swedish import NO_DENOMINATOR
from reporting.figures.wording import value_in_words


def monthly_chapters(found: Interim, numbers: Numbering) -> tuple[Chapter, ...]:
    """Return the key figures of a month's sheet with their targets and how they stand, and the economy."""
    blocks: tuple[Block, ...] = (Text(lead(found), "lead"),)
    blocks += (_key_figures(found, numbers),) if found.rows else (Text(NOTHING),)
    return (Chapter("nyckeltal", "Nyckeltal", blocks), economy_chapter(found, numbers, splits=("enhet",)))


def _key_figures(found: Interim, numbers: Numbering) -> Table:
    year = found.end.year
    columns = (
        Column("Nyckeltal", 28, numeric=False),
        Column("Räknas på", 28, numeric=False),
        Column(f"Samma tid {year - 1}", 11),
        Column(f"Hittills {year}", 11),
        Column("Mål för året", 9),
        Column("Mot målet", 13, numeric=False),
    )
    rows = tuple(
        (
            Cell(row.name),
            Cell(counted_on(row)),
            Cell(value_in_words(row.measure, row.results[-2].total)),
            Cell(value_in_words(row.measure, row.results[-1].total), strong=True),
            Cell(target_of(row, year)),
            Cell(_against_target(row)),
        )
        for row in found.rows
    )
    note = (
        "Mot målet: hur värdet hittills står sig mot årets mål. Kostnader för hela året jämförs inte med en del av det."
    )
    return Table(numbers.table(), "nyckeltal", "Nyckeltal hittills i år", columns, rows, note)


def _against_target(row: Row) -> str:
    """Return how the value so far stands to the year's target, where it is held against one."""
    return f"{row.status.sign} {row.status.label}" if row.status else NO_DENOMINATOR
