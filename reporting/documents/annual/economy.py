"""The chapter on money: outcome, budget, deviation, forecast, the year before, by unit and activity, beside what it gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.setting import TKR_NOTE, Numbering, count_cell, tkr_cell, value_cell
from reporting.documents.content import Block, Cell, Chapter, Column, Table, Text
from reporting.figures.dimensions import UNKNOWN
from reporting.figures.model import Figure, PartFigure, Result
from reporting.figures.swedish import HIDDEN, NO_DENOMINATOR, number

ANCHOR = "ekonomi"
OUTCOME = "budget_outcome"
SIGN_RULE = "Plus betyder bättre än budget, minus sämre."
PARTS = ("outcome", "budget", "deviation", "forecast", "previous_year")
_COLUMNS = ("Utfall", "Budget", "Avvikelse", "Helårsprognos", "Samma tid året före")
_PER_PERSON, _PER_DAY, _PER_RESULT = "cost_per_participant", "cost_per_participant_day", "cost_per_result"
COSTS_PER = (_PER_PERSON, _PER_DAY, _PER_RESULT)
_RESULT = "work_or_study_at_exit"


def economy_chapter(report: AnnualReport, numbers: Numbering) -> Chapter:
    """Return the chapter; where no cost is delivered it says so."""
    total = report.figures.one(OUTCOME)
    if total.is_empty:
        nothing = (
            "Inga kostnader är inlästa för nämndens enheter det här året, så utfallet kan inte ställas mot budget."
        )
        return Chapter(ANCHOR, "Ekonomi", (Text(nothing, "lead"),))
    blocks: list[Block] = [Text(outcome_in_words(total), "lead")]
    for dimension, name, what in (("enhet", "ekonomi-enheter", "enhet"), ("insats", "ekonomi-insatser", "insats")):
        split = report.figures.one(OUTCOME, by=(dimension,))
        rows = [(report.label(dimension, group.key[dimension]), group) for group in split.groups]
        caption = f"Utfall mot budget {report.year} efter {what}, tkr"
        blocks.append(budget_table(numbers, name, caption, what, rows, split.total))
    blocks.append(_beside_outcome(report, numbers))
    return Chapter(ANCHOR, "Ekonomi", tuple(blocks))


def outcome_in_words(result: Result) -> str:
    """Return the outcome and how it stands to the budget, in a sentence; SIGN_RULE is said with it."""
    outcome, deviation = result.total.parts["outcome"], result.total.parts["deviation"]
    if outcome.value is None:
        return f"Utfallet kan inte visas. {SIGN_RULE}"
    said = f"Verksamheten kostade {number(outcome.value / 1000)} tkr."
    if deviation.value is None:
        return f"{said} Det finns ingen budget inläst att ställa det mot."
    word = "bättre" if deviation.value >= 0 else "sämre"
    return f"{said} Det är {number(abs(deviation.value) / 1000)} tkr {word} än budget. {SIGN_RULE}"


def budget_table(
    numbers: Numbering, name: str, caption: str, what: str, rows: Sequence[tuple[str, Figure]], total: Figure
) -> Table:
    """Return the table of PARTS in tkr, a row a group and the total last."""
    columns = (Column(what.capitalize(), 30, numeric=False), *(Column(each, 14) for each in _COLUMNS))
    body = [*(_row(label, figure) for label, figure in rows), _row("Summa", total)]
    note = f"{TKR_NOTE} {SIGN_RULE} Prognosen är den senast gjorda för hela året."
    if any(cell.text == NO_DENOMINATOR for row in body for cell in row):
        note += f" {NO_DENOMINATOR} betyder att uppgiften saknas."
    if UNKNOWN in {label for label, _ in rows}:
        note += f" {UNKNOWN} är kostnader som inte hör till någon {what}, till exempel gemensamma."
    return Table(numbers.table(), name, caption, columns, tuple(body), note, has_total=True)


def _row(label: str, figure: Figure) -> tuple[Cell, ...]:
    return (Cell(label), *(part_cell(figure.parts.get(name)) for name in PARTS))


def part_cell(part: PartFigure | None) -> Cell:
    """Return an amount in tkr as a cell: hidden, missing or the number."""
    if part is not None and part.suppressed:
        return Cell(HIDDEN)
    return Cell(NO_DENOMINATOR if part is None or part.value is None else number(part.value / 1000))


def _beside_outcome(report: AnnualReport, numbers: Numbering) -> Table:
    """Return what a participant, a day and a result cost, beside how many went on to work or studies."""
    columns = (
        Column("Insats", 30, numeric=False),
        Column("Till arbete, studier", 14),
        Column("Andel, procent", 14),
        Column("Per deltagare, tkr", 14),
        Column("Per deltagardag, kr", 14),
        Column("Per resultat, tkr", 14),
    )
    names = sorted(_activities(report), key=lambda value: report.label("insats", value))
    rows = [_cost_row(report, report.label("insats", name), *_figures(report, name)) for name in names]
    totals = [report.figures.one(code).total for code in (_RESULT, *COSTS_PER)]
    rows.append(_cost_row(report, "Alla insatser", *totals))
    caption = f"Vad en deltagare, en dag och ett resultat kostade {report.year}, och vad insatsen gav"
    note = "En insats som kostar mer kan ta emot dem som står längre från arbete. Utfall är inte effekt."
    return Table(numbers.table(), "ekonomi-och-resultat", caption, columns, tuple(rows), note, has_total=True)


def _activities(report: AnnualReport) -> Iterable[str]:
    splits = (report.figures.one(code, by=("insats",)) for code in (_RESULT, *COSTS_PER))
    return {value for split in splits for group in split.groups if (value := group.key["insats"]) is not None}


def _figures(report: AnnualReport, activity: str) -> list[Figure | None]:
    codes = (_RESULT, *COSTS_PER)
    return [report.figures.one(code, by=("insats",)).group(insats=activity) for code in codes]


def _cost_row(report: AnnualReport, label: str, outcome: Figure | None, *costs: Figure | None) -> tuple[Cell, ...]:
    missing = Cell(NO_DENOMINATOR)
    person, day, result = costs
    return (
        Cell(label),
        count_cell(outcome, outcome.numerator) if outcome else missing,
        value_cell(report.figures.one(_RESULT), outcome) if outcome else missing,
        tkr_cell(person, person.value, 1) if person else missing,
        _kronor_cell(day),
        tkr_cell(result, result.value, 1) if result else missing,
    )


def _kronor_cell(figure: Figure | None) -> Cell:
    if figure is not None and figure.suppressed:
        return Cell(HIDDEN)
    return Cell(NO_DENOMINATOR if figure is None or figure.value is None else number(figure.value))
