"""The key figures of a month's sheet, with their targets and how they stand."""

from __future__ import annotations

from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Block, Cell, Chapter, Column, Table, Text
from reporting.documents.so_far.economy import economy_chapter
from reporting.documents.so_far.figures import Interim, Row
from reporting.documents.so_far.wording import NOTHING, counted_on, target_of
from reporting.figures.model import Period
from reporting.figures.swedish import NO_DENOMINATOR, date_long
from reporting.figures.wording import value_in_words


def monthly_chapters(found: Interim, numbers: Numbering) -> tuple[Chapter, ...]:
    """Return the key figures of a month's sheet with their targets and how they stand, and the economy."""
    blocks: tuple[Block, ...] = (Text(_times(found)), _key_figures(found, numbers)) if found.rows else (Text(NOTHING),)
    return (Chapter("nyckeltal", "Nyckeltal", blocks), economy_chapter(found, numbers, splits=("enhet",)))


def _times(found: Interim) -> str:
    end = found.end
    return (
        f"Siffrorna gäller {Period.month(end.year, end.month).label()} och året till och med {date_long(end)}, vid sidan av "
        f"samma tid {end.year - 1}. Mått som följer någon länge räknas på den tid som står i tabellen."
    )


def _key_figures(found: Interim, numbers: Numbering) -> Table:
    year, month = found.end.year, found.end.month
    columns = (
        Column("Nyckeltal", 20, numeric=False),
        Column("Hittills räknas på", 22, numeric=False),
        *(Column(Period.month(each, month).label().capitalize(), 10) for each in (year - 1, year)),
        Column(f"Samma tid {year - 1}", 10),
        Column(f"Hittills {year}", 10),
        Column("Mål för året, och läget", 18, numeric=False),
    )
    rows = tuple(
        (
            Cell(row.name),
            Cell(counted_on(row), small=True),
            *_of_month(row),
            Cell(value_in_words(row.measure, row.results[-2].total)),
            Cell(value_in_words(row.measure, row.results[-1].total), strong=True),
            Cell(_against_target(row, year)),
        )
        for row in found.rows
    )
    note = (
        "Det som gäller en längre tid än månaden, och kostnader för deltagare, visas inte månad för månad. Läget är hur värdet "
        "hittills står sig mot årets mål. Kostnader för hela året jämförs inte med en del av det."
    )
    caption = "Nyckeltal för månaden och hittills i år"
    return Table(numbers.table(), "nyckeltal", caption, columns, rows, note, may_divide=True)


def _of_month(row: Row) -> tuple[Cell, ...]:
    if not row.months:
        return Cell(NO_DENOMINATOR), Cell(NO_DENOMINATOR)
    return tuple(Cell(value_in_words(row.measure, result.total)) for result in row.months)


def _against_target(row: Row, year: int) -> str:
    """Return the year's target, and how the value so far stands to it where it is held against it."""
    target = target_of(row, year)
    return f"{target}: {row.status.sign} {row.status.label}" if row.status else target
