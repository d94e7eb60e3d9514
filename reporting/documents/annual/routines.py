"""Routines that must be followed: plans in force and follow-ups every month (the audit's questions of routines)."""

from __future__ import annotations

from reporting.documents.annual.goals import target_line
from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.setting import (
    Numbering,
    count_cell,
    definition_box,
    series_chart,
    series_table,
    upper_first,
    value_cell,
    what_it_says,
)
from reporting.documents.content import Block, Cell, Chapter, Column, Heading, Table, Text
from reporting.figures.model import PartFigure
from reporting.figures.swedish import HIDDEN, number
from reporting.figures.wording import period_in_words

_PLANS = "plan_coverage"
_FOLLOW_UPS = "follow_up_compliance"
_EVERY_MONTH = "every_month_met"


def routines_chapter(report: AnnualReport, numbers: Numbering) -> Chapter | None:
    """Return the chapter, None when the committees had nobody enrolled in the year."""
    if report.figures.one(_PLANS).is_empty and report.figures.one(_FOLLOW_UPS).is_empty:
        return None
    blocks: list[Block] = [
        Text("Den som är inskriven ska ha en giltig genomförandeplan och följas upp minst en gång i månaden.", "lead"),
        Heading("Giltig genomförandeplan", "planer"),
        what_it_says(report, _PLANS),
        series_chart(
            report,
            numbers,
            _PLANS,
            caption="Inskrivna med giltig genomförandeplan den sista december, procent",
            target=target_line(report, _PLANS),
            note="Källa: kommunens egna uppgifter. Det skuggade området är osäkerheten (95 %).",
        ),
        series_table(
            report,
            numbers,
            _PLANS,
            name="planer",
            caption="Inskrivna med giltig genomförandeplan den sista december, antal och procent",
            headings=("Med plan", "Inskrivna", "Andel"),
        ),
        definition_box(report, _PLANS),
        Heading("Uppföljning varje månad", "uppfoljning"),
        what_it_says(report, _FOLLOW_UPS),
        _follow_ups(report, numbers),
        definition_box(report, _FOLLOW_UPS),
    ]
    return Chapter("rutiner", "Rutiner som ska följas", tuple(blocks))


def _follow_ups(report: AnnualReport, numbers: Numbering) -> Table:
    columns = (
        Column("År", 10, numeric=False),
        *(Column(heading, 15) for heading in ("Uppföljda månader", "Månader", "Andel")),
        *(Column(heading, 15) for heading in ("Inskrivningar uppföljda alla månader", "Inskrivningar", "Andel av dem")),
    )
    rows = []
    for result in report.figures.series(_FOLLOW_UPS):
        total, now = result.total, result.period.end.year == report.year
        part = total.parts[_EVERY_MONTH]
        rows.append(
            (
                Cell(upper_first(period_in_words(result))),
                count_cell(total, total.numerator, strong=now),
                count_cell(total, total.denominator, strong=now),
                value_cell(result, strong=now),
                *_part_cells(part, strong=now),
            )
        )
    return Table(
        numbers.table(),
        "uppfoljning",
        "Uppföljning varje månad, antal månader och inskrivningar, procent",
        columns,
        tuple(rows),
        "En inskrivning är uppföljd alla månader när ingen av dess månader under året saknar uppföljning.",
    )


def _part_cells(part: PartFigure, *, strong: bool) -> tuple[Cell, Cell, Cell]:
    if part.suppressed:
        hidden = Cell(HIDDEN, strong=strong)
        return hidden, hidden, hidden
    counted, of, share = number(part.numerator or 0), number(part.denominator or 0), number(part.value, 1)
    return Cell(counted, strong=strong), Cell(of, strong=strong), Cell(share, strong=strong)
