"""The activities: what each led to and what it cost (the audit's question of cost and effect)."""

from __future__ import annotations

from reporting.charts.bars import BarValue, bars
from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.setting import (
    INTERVAL,
    TKR_NOTE,
    Numbering,
    count_cell,
    definition_box,
    interval_cell,
    tkr_cell,
    value_cell,
)
from reporting.documents.content import Block, Cell, Chapter, Chart, Column, Heading, Table, Text
from reporting.figures.between import Verdict, between_groups, caveat, comparison_in_words
from reporting.figures.dimensions import UNKNOWN
from reporting.figures.model import Figure
from reporting.figures.sentences import sentence
from reporting.figures.swedish import HIDDEN, NO_DENOMINATOR, number
from reporting.measures.dimensions import Dimension

_BY = ("insats",)
_RESULT = "work_or_study_at_exit"
_PER_PERSON = "cost_per_participant"
_PER_RESULT = "cost_per_result"


def activities_chapter(report: AnnualReport, numbers: Numbering) -> Chapter | None:
    """Return the chapter, None when the committees had no activities to answer for in the year."""
    if report.figures.one(_PER_PERSON).is_empty:
        return None
    blocks: list[Block] = [
        Text(_lead(report), "lead"),
        _chart(report, numbers),
        _table(report, numbers),
        Text(
            f"{_compared(report)} En insats för dem som står långt från arbete kan vara bra också när få går vidare direkt. "
            "En persons insatser räknas var för sig: raderna är tillsammans fler än totalen."
        ),
        Heading("Kostnaden genom åren", "kostnader"),
        Text(_cost_in_words(report)),
        _years_table(report, numbers),
        definition_box(report, _PER_PERSON, _PER_RESULT),
    ]
    return Chapter("insatser", "Insatser och kostnader", tuple(blocks))


def _compared(report: AnnualReport) -> str:
    """Return which activities stand out when those that led on to work or studies are compared."""
    result = report.figures.one(_RESULT, by=_BY)
    found = between_groups(result)
    if found is None or found.verdict is Verdict.TOO_FEW:
        return caveat(Dimension.ACTIVITY_TYPE)
    return comparison_in_words(found, result, lambda value: report.label("insats", value))


def _names(report: AnnualReport) -> list[str]:
    """Return the activity types that have a figure, in the order of the measures' splits."""
    found: dict[str, None] = {}
    for code in (_RESULT, _PER_PERSON, _PER_RESULT):
        for group in report.figures.one(code, by=_BY).groups:
            value = group.key["insats"]
            if value is not None:
                found[value] = None
    return sorted(found, key=lambda value: report.label("insats", value))


def _figure(report: AnnualReport, code: str, activity: str | None) -> Figure | None:
    return report.figures.one(code, by=_BY).group(insats=activity)


def _lead(report: AnnualReport) -> str:
    shown = [
        (figure.value, report.label("insats", name), figure)
        for name in _names(report)
        if (figure := _figure(report, _RESULT, name)) and figure.value is not None
    ]
    total = report.figures.one(_PER_RESULT).total
    cost = "" if total.value is None else f" Varje resultat kostade i snitt {number(total.value / 1000)} tkr."
    if len(shown) < 2:
        return f"Så många gick vidare från varje insats, och så mycket kostade de {report.year}.{cost}"
    (least, worst, _), (most, best, _) = min(shown, key=_by_value), max(shown, key=_by_value)
    hidden = any((figure := _figure(report, _RESULT, name)) and figure.suppressed for name in _names(report))
    said = (
        f"Andelen som gick till arbete eller studier var mellan {number(least, 1)} procent ({worst.lower()}) och "
        f"{number(most, 1)} procent ({best.lower()}){' bland de insatser som kan visas' if hidden else ''}."
    )
    figures = [figure for _, _, figure in shown]
    overlap = max(figure.low or 0 for figure in figures) <= min(figure.high or 0 for figure in figures)
    return f"{said}{' Skillnaderna kan bero på slumpen.' if overlap else ''}{cost}"


def _by_value(shown: tuple[float, str, Figure]) -> float:
    return shown[0]


def _chart(report: AnnualReport, numbers: Numbering) -> Chart:
    values = []
    for name in _names(report):
        figure = _figure(report, _RESULT, name)
        if figure is None:
            continue
        values.append(
            BarValue(
                label=report.label("insats", name),
                value=figure.value,
                low=figure.low,
                high=figure.high,
                symbol=HIDDEN if figure.suppressed else NO_DENOMINATOR,
            )
        )
    caption = f"Till arbete eller studier {report.year} efter insats, procent"
    told = ", ".join(f"{each.label} {each.symbol if each.value is None else number(each.value, 1)}" for each in values)
    svg = bars(values, number=lambda value: number(value, 1), alternative=f"Stapeldiagram. {caption}. {told}.")
    note = "Strecken visar osäkerheten (95 %). Där de överlappar varandra kan skillnaden bero på slumpen."
    return Chart(numbers.chart(), caption, svg, note)


def _table(report: AnnualReport, numbers: Numbering) -> Table:
    columns = (
        Column("Insats", 24, numeric=False),
        Column("Avslut", 8),
        Column("Till arbete, studier", 10),
        Column("Andel, procent", 10),
        Column(INTERVAL, 12),
        Column("Deltagare", 10),
        Column("Kostnad, tkr", 9),
        Column("Per deltagare, tkr", 9),
        Column("Per resultat, tkr", 8),
    )
    rows = [_row(report, name, report.label("insats", name)) for name in _names(report)]
    if any(_figure(report, code, None) for code in (_RESULT, _PER_PERSON, _PER_RESULT)):
        rows.append(_row(report, None, UNKNOWN))
    rows.append(_total_row(report))
    return Table(
        numbers.table(),
        "insatser",
        f"Insatsernas resultat och kostnad {report.year}, antal, procent och tkr",
        columns,
        tuple(rows),
        (
            f"{TKR_NOTE} Totalen räknar varje person och varje avslut en gång och är därför inte summan av raderna. Årets "
            "kostnad har också gett resultat andra år."
        ),
        has_total=True,
    )


def _row(report: AnnualReport, activity: str | None, label: str) -> tuple[Cell, ...]:
    outcome, person, result = (_figure(report, code, activity) for code in (_RESULT, _PER_PERSON, _PER_RESULT))
    if activity is None:
        result = None  # a result without an activity has no cost of its own to be divided by
    return (Cell(label), *_outcome_cells(report, outcome), *_cost_cells(person, result))


def _total_row(report: AnnualReport) -> tuple[Cell, ...]:
    outcome, person, result = (report.figures.one(code).total for code in (_RESULT, _PER_PERSON, _PER_RESULT))
    return (Cell("Alla insatser"), *_outcome_cells(report, outcome), *_cost_cells(person, result))


def _outcome_cells(report: AnnualReport, figure: Figure | None) -> tuple[Cell, ...]:
    if figure is None:
        return (Cell(NO_DENOMINATOR),) * 4
    return (
        count_cell(figure, figure.denominator),
        count_cell(figure, figure.numerator),
        value_cell(report.figures.one(_RESULT), figure),
        interval_cell(figure),
    )


def _cost_cells(person: Figure | None, result: Figure | None) -> tuple[Cell, ...]:
    missing = Cell(NO_DENOMINATOR)
    return (
        count_cell(person, person.denominator) if person else missing,
        tkr_cell(person, person.numerator) if person else missing,
        tkr_cell(person, person.value, 1) if person else missing,
        tkr_cell(result, result.value, 1) if result else missing,
    )


def _cost_in_words(report: AnnualReport) -> str:
    return " ".join(
        sentence(report.figures.series(code)).replace("Kostnaden", noun, 1)
        for code, noun in ((_PER_PERSON, "Kostnaden per deltagare"), (_PER_RESULT, "Kostnaden per resultat"))
    )


def _years_table(report: AnnualReport, numbers: Numbering) -> Table:
    columns = (
        Column("År", 15, numeric=False),
        Column("Kostnad, tkr", 17),
        Column("Deltagare", 17),
        Column("Per deltagare, tkr", 17),
        Column("Resultat", 17),
        Column("Per resultat, tkr", 17),
    )
    rows = []
    for person, result in zip(*(report.figures.series(code) for code in (_PER_PERSON, _PER_RESULT)), strict=True):
        now = person.period.end.year == report.year
        rows.append(
            (
                Cell(person.period.label()),
                tkr_cell(person.total, person.total.numerator),
                count_cell(person.total, person.total.denominator, strong=now),
                value_cell(person, strong=now),
                count_cell(result.total, result.total.denominator, strong=now),
                value_cell(result, strong=now),
            )
        )
    return Table(
        numbers.table(),
        "kostnader",
        "Kostnad för arbetsmarknadsenheternas verksamhet, tkr i löpande priser",
        columns,
        tuple(rows),
        f"{TKR_NOTE} Resultat är avslut till arbete eller studier samma år.",
    )
