"""Financial assistance: who stayed away from it, and who has needed it for long."""

from __future__ import annotations

from reporting.documents.annual.goals import target_line
from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.setting import (
    Numbering,
    count_cell,
    definition_box,
    series_chart,
    series_table,
    value_cell,
    what_it_says,
)
from reporting.documents.content import Block, Cell, Chapter, Column, Heading, Table, Text
from reporting.figures.sentences import sentence
from reporting.figures.swedish import HIDDEN, number

_RETURNS = "not_returned_within_year"
_LONG = "long_term_support"


def support_chapter(report: AnnualReport, numbers: Numbering) -> Chapter | None:
    """Return the chapter, None when the committees do not answer for financial assistance."""
    returns, long_term = (not report.figures.one(code).is_empty for code in (_RETURNS, _LONG))
    if not (returns or long_term):
        return None
    blocks: list[Block] = [Text(_lead(report), "lead")]
    if returns:
        blocks += _returns(report, numbers)
    if long_term:
        blocks += _long_term(report, numbers)
    return Chapter("bistand", "Ekonomiskt bistånd", tuple(blocks))


def _lead(report: AnnualReport) -> str:
    words = []
    returns = report.figures.one(_RETURNS).total
    if returns.value is not None:
        words.append(
            f"{number(returns.value)} procent av dem som lämnade biståndet hade inte ansökt igen ett år senare."
        )
    long_term = report.figures.one(_LONG).total
    if long_term.value is not None:
        words.append(f"{number(long_term.value)} personer hade bistånd under minst tio av årets månader.")
    return " ".join(words) or "Antalen är små och visas inte."


def _returns(report: AnnualReport, numbers: Numbering) -> list[Block]:
    return [
        Heading("Ej återaktualiserade inom ett år", "ej-ateraktualiserade"),
        what_it_says(report, _RETURNS),
        series_chart(
            report,
            numbers,
            _RETURNS,
            caption="Har inte ansökt om bistånd igen inom ett år, procent",
            target=target_line(report, _RETURNS),
            note="Källa: kommunens egna uppgifter, definition enligt Kolada U31462. Det skuggade området är osäkerheten (95 %).",
        ),
        series_table(
            report,
            numbers,
            _RETURNS,
            name="ej-ateraktualiserade",
            caption="Personer som inte har ansökt om bistånd igen inom ett år, antal och procent",
            headings=("Ansökte inte igen", "Avslutade", "Andel"),
        ),
        definition_box(report, _RETURNS),
    ]


def _long_term(report: AnnualReport, numbers: Numbering) -> list[Block]:
    return [
        Heading("Långvarigt ekonomiskt bistånd", "langvarigt-bistand"),
        Text(sentence(report.figures.series(_LONG))),
        series_chart(
            report,
            numbers,
            _LONG,
            caption="Personer med ekonomiskt bistånd i minst tio av årets tolv månader",
            target=target_line(report, _LONG),
            note="Källa: kommunens egna uppgifter, definition enligt Kolada N31814.",
        ),
        _long_table(report, numbers),
        definition_box(report, _LONG),
    ]


def _long_table(report: AnnualReport, numbers: Numbering) -> Table:
    columns = (
        Column("År", 16, numeric=False),
        Column("Personer med långvarigt bistånd", 24),
        Column("Vuxna med bistånd", 20),
        Column("Andel av dem, procent", 20),
        Column("Andel av vuxna i kommunen, procent", 20),
    )
    rows = []
    shares_shown = [("share", 1), ("of_population", 2)]
    if all(result.total.extra.get("of_population") is None for result in report.figures.series(_LONG)):
        shares_shown.pop()
    for result in report.figures.series(_LONG):
        total, now = result.total, result.period.end.year == report.year
        shares = (
            Cell(HIDDEN if total.suppressed else number(total.extra.get(name), decimals), strong=now)
            for name, decimals in shares_shown
        )
        rows.append(
            (
                Cell(result.period.label()),
                value_cell(result, strong=now),
                count_cell(total, total.denominator, strong=now),
                *shares,
            )
        )
    return Table(
        numbers.table(),
        "langvarigt-bistand",
        "Långvarigt ekonomiskt bistånd, antal personer och procent",
        columns[: 3 + len(shares_shown)],
        tuple(rows),
        "Kolada räknar sedan 2021 bistånd i vilken kommun som helst, vi bara våra egna månader. Talen skiljer sig därför.",
    )
