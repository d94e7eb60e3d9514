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
"""Sick leave of no more employees than this is not told: it could be one person's. The number is that of 4 kap. 1 a § lagen
(1997:614) om kommunal redovisning, as amended by SFS 2002:1065. The act is no longer in force; its limit is still a good one.
"""
LONG_DAYS = 60
"""Days in a row from which sick leave is long, by the same paragraph."""
_NOTHING = "Inga uppgifter om personal är inlästa för nämndens enheter under perioden."
# A month belongs to the committee that answers for the unit on its last day, as costs do. A unit and month stand once in `staff`,
# so the year before adds no row.
_SQL = """
    SELECT u.name,
           arg_max(s.permanent, s.month) FILTER (s.permanent IS NOT NULL)   AS permanent,
           arg_max(b.permanent, b.month) FILTER (b.permanent IS NOT NULL)   AS permanent_before,
           avg(s.full_time_equivalents)                                     AS equivalents,
           avg(s.sick_leave)                                                AS sick,
           avg(s.long_sick_leave)                                           AS long_sick,
           avg(b.sick_leave)                                                AS sick_before,
           sum(s.departed)                                                  AS departed,
           min(coalesce(s.permanent, 0)) FILTER (s.sick_leave IS NOT NULL OR s.long_sick_leave IS NOT NULL) AS fewest,
           min(coalesce(b.permanent, 0)) FILTER (b.sick_leave IS NOT NULL)  AS fewest_before
    FROM staff AS s
    JOIN units AS u ON u.kommun = s.kommun AND u.unit = s.unit
    LEFT JOIN staff AS b ON b.kommun = s.kommun AND b.unit = s.unit AND b.month = s.month - INTERVAL 1 YEAR
    WHERE s.month BETWEEN $first AND $last
      AND EXISTS (
        SELECT 1 FROM responsibilities AS r
        WHERE r.kommun = s.kommun AND r.unit = s.unit AND list_contains($codes, r.committee)
          AND r.start <= last_day(s.month) AND coalesce(r.ended >= last_day(s.month), TRUE)
      )
    GROUP BY s.kommun, s.unit, u.name ORDER BY u.name, s.unit
"""


def staff_chapter(engine: Engine, codes: Sequence[str], period: Period, numbers: Numbering) -> Chapter:
    """Return the chapter; where nothing is delivered it says so."""
    found = engine.rows(_SQL, {"first": period.start, "last": period.end, "codes": list(codes)}).fetchall()
    blocks: tuple[Block, ...] = (_table(found, period, numbers),) if found else (Text(_NOTHING),)
    return Chapter(ANCHOR, "Personal", blocks, runs_on=True)


def _table(found: Sequence[Sequence[Any]], period: Period, numbers: Numbering) -> Table:
    head = (
        Column("Enhet", 23, numeric=False),
        Column("Anställda", 11),
        Column("Anställda året före", 11),
        Column("Årsarbetare", 12),
        Column("Sjukfrånvaro, procent", 13),
        Column("Varav lång, procent", 10),
        Column("Sjukfrånvaro året före", 13),
        Column("Slutat", 7),
    )
    rows = tuple(_row(row) for row in found)
    note = (
        "Anställda är de tillsvidareanställda i den senaste månaden som är inläst. Årsarbetare och sjukfrånvaro är medel av "
        "månaderna, slutat är summan. Året före är samma enhet och samma månader ett år tidigare, också när en annan nämnd "
        f"hade enheten då. Lång sjukfrånvaro är {LONG_DAYS} dagar i följd eller mer. Sjukfrånvaron visas inte ({HIDDEN}) för en "
        f"enhet som någon av månaderna hade högst {FEW} anställda; gränserna är de som stod i 4 kap. 1 a § lagen (1997:614) om "
        "kommunal redovisning (SFS 2002:1065)."
    )
    return Table(numbers.table(), "personal", f"Personalen {period.label()}", head, rows, note)


def _row(row: Sequence[Any]) -> tuple[Cell, ...]:
    name, permanent, permanent_before, equivalents, sick, long_sick, sick_before, departed, fewest, fewest_before = row
    few, few_before = (lowest is not None and lowest <= FEW for lowest in (fewest, fewest_before))
    return (
        Cell(str(name)),
        _cell(permanent),
        _cell(permanent_before),
        _cell(equivalents, 1),
        _cell(sick, 1, hidden=few),
        _cell(long_sick, 1, hidden=few),
        _cell(sick_before, 1, hidden=few_before),
        _cell(departed),
    )


def _cell(value: Any, decimals: int = 0, *, hidden: bool = False) -> Cell:
    if value is None:
        return Cell(NO_DENOMINATOR)
    return Cell(HIDDEN if hidden else number(float(value), decimals))
