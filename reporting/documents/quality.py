"""The chapter on how good the data is that the figures rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Block, Cell, Chapter, Column, Table, Text
from reporting.figures.model import Period
from reporting.figures.quality import COMPLETENESS, QualityCell, QualityTable, quality_tables
from reporting.figures.swedish import NO_DENOMINATOR, number
from reporting.snapshots.engine import Engine

ANCHOR = "kvalitet"
_YEARS = 3
_ALL = 100
_LEAD = (
    "Siffrorna är så bra som uppgifterna bakom dem. Här står hur fullständiga de är, hur stor del som lästes in med en varning "
    "och om filerna kom i tid."
)
_NOTHING = "Det finns inga uppgifter om hur fullständigt underlaget är för de här åren."


def quality_chapter(engine: Engine, period: Period, numbers: Numbering) -> Chapter:
    """Return the chapter, for the last three years of the report; as known on the snapshot's day."""
    found = quality_tables(engine, last_year=period.end.year, today=engine.as_of, years=_YEARS)
    blocks = [block for one in found for block in _told(one, numbers)] or [Text(_NOTHING)]
    return Chapter(ANCHOR, "Uppgifternas kvalitet", (Text(_LEAD, "lead"), *blocks))


def _told(found: QualityTable, numbers: Numbering) -> Iterator[Block]:
    """Yield the table; that of what is filled in without the rows in which nothing is lacking, and how many those are."""
    if found.name != COMPLETENESS:
        yield _table(found, numbers)
        return
    lacking = tuple(row for row in found.rows if not _is_whole(row, found.text_columns))
    if lacking:
        yield _table(replace(found, rows=lacking), numbers)
    whole = len(found.rows) - len(lacking)
    if whole:
        others = "av dem som måtten använder" if not lacking else "utöver dem i tabellen"
        yield Text(f"{number(whole)} uppgifter {others} är helt ifyllda.")


def _is_whole(row: Sequence[QualityCell], words: int) -> bool:
    return all(cell.value == _ALL or cell.text == NO_DENOMINATOR for cell in row[words:])


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
