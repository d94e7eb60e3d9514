"""The chapter on staff: how many work at each unit and how much they are away; no person is in the data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reporting.documents.annual.setting import Numbering
from reporting.documents.content import Block, Cell, Chapter, Column, Table, Text
from reporting.figures.model import Period
from reporting.figures.swedish import HIDDEN, NO_DENOMINATOR, number
from reporting.snapshots.engine import Engine

ANCHOR = "personal"
FEW = 10
"""Sick leave of no more employees than this is not told: it could be one person's (so the Swedish rule for annual reports)."""
_NOTHING = "Inga uppgifter om personal är inlästa för nämndens enheter under perioden."
_SQL = """
    SELECT u.name,
           arg_max(s.permanent, s.month) FILTER (s.permanent IS NOT NULL),
           avg(s.full_time_equivalents), avg(s.sick_leave), avg(s.long_sick_leave), sum(s.departed)
    FROM staff AS s
    JOIN units AS u USING (kommun, unit)
    JOIN responsibilities AS r ON r.kommun = s.kommun AND r.unit = s.unit
     AND r.start <= s.month AND coalesce(r.ended, $last) >= s.month
    WHERE s.month BETWEEN $first AND $last AND list_contains($codes, r.committee)
    GROUP BY u.name ORDER BY u.name
"""


def staff_chapter(engine: Engine, codes: Sequence[str], period: Period, numbers: Numbering) -> Chapter:
    """Return the chapter; where nothing is delivered it says so."""
    found = engine.rows(_SQL, {"first": period.start, "last": period.end, "codes": list(codes)}).fetchall()
    blocks: tuple[Block, ...] = (_table(found, period, numbers),) if found else (Text(_NOTHING),)
    return Chapter(ANCHOR, "Personal", blocks, runs_on=True)


def _table(found: Sequence[Sequence[Any]], period: Period, numbers: Numbering) -> Table:
    head = (
        Column("Enhet", 30, numeric=False),
        Column("Anställda", 14),
        Column("Årsarbetare", 14),
        Column("Sjukfrånvaro, procent", 14),
        Column("Varav lång, procent", 14),
        Column("Slutat", 14),
    )
    rows = tuple(_row(row) for row in found)
    note = (
        "Anställda är de tillsvidareanställda i periodens sista månad. Årsarbetare och sjukfrånvaro är medel av månaderna, "
        "slutat är summan. "
        f"Sjukfrånvaron visas inte ({HIDDEN}) för enheter med högst {FEW} anställda."
    )
    return Table(numbers.table(), "personal", f"Personalen {period.label()}", head, rows, note)


def _row(row: Sequence[Any]) -> tuple[Cell, ...]:
    name, permanent, equivalents, sick, long_sick, departed = row
    few = permanent is None or permanent <= FEW
    return (
        Cell(str(name)),
        _cell(permanent),
        _cell(equivalents, 1),
        _cell(sick, 1, hidden=few),
        _cell(long_sick, 1, hidden=few),
        _cell(departed),
    )


def _cell(value: Any, decimals: int = 0, *, hidden: bool = False) -> Cell:
    if value is None:
        return Cell(NO_DENOMINATOR)
    return Cell(HIDDEN if hidden else number(float(value), decimals))
