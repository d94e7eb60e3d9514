"""The chapter on how good the data is that the figures rest on."""

from __future__ import annotations

from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Block, Cell, Chapter, Column, Table, Text
from reporting.figures.model import Period
from reporting.figures.quality import QualityTable, quality_tables
from reporting.snapshots.engine import Engine

ANCHOR = "kvalitet"
_YEARS = 3
_LEAD = (
    "Siffrorna är så bra som uppgifterna bakom dem. Här står hur fullständiga de är, hur stor del som lästes in med en varning "
    "och om filerna kom i tid."
)
_NOTHING = "Det finns inga uppgifter om hur fullständigt underlaget är för de här åren."


def quality_chapter(engine: Engine, period: Period, numbers: Numbering) -> Chapter:
    """Return the chapter, for the last three years of the report; as known on the snapshot's day."""
    found = quality_tables(engine, last_year=period.end.year, today=engine.as_of, years=_YEARS)
    blocks: tuple[Block, ...] = tuple(_table(one, numbers) for one in found) or (Text(_NOTHING),)
    return Chapter(ANCHOR, "Uppgifternas kvalitet", (Text(_LEAD, "lead"), *blocks))


def _table(found: QualityTable, numbers: Numbering) -> Table:
    words, figures = found.text_columns, len(found.headings) - found.text_columns
    wide = max(100 // len(found.headings), (100 - figures * 12) // words)
    narrow = (100 - wide * words) // figures
    columns = tuple(
        Column(heading, wide if at < words else narrow, numeric=at >= words)
        for at, heading in enumerate(found.headings)
    )
    rows = tuple(tuple(Cell(cell.text) for cell in row) for row in found.rows)
    return Table(numbers.table(), f"kvalitet-{found.name}", found.caption, columns, rows, found.note)
