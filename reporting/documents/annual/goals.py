"""The committee's goals against their targets: how each indicator stands, and how it has moved."""

from __future__ import annotations

from dataclasses import dataclass

from reporting.charts.sparkline import sparkline
from reporting.documents.aims import ByHand, by_hand, target_value
from reporting.documents.annual.questions import goal_years
from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.setting import Numbering, bare, difference_in_words, target_text
from reporting.documents.content import Cell, Chapter, Column, Table, Text
from reporting.documents.explained import Explained, explanations_table
from reporting.documents.parts import IndicatorPart, TargetPart
from reporting.figures.model import Period, Result
from reporting.figures.swedish import HIDDEN, NO_DENOMINATOR, number
from reporting.figures.targets import Status, asks_for_explanation, status
from reporting.figures.trend import Trend, change_between, trend_between, worsened
from reporting.figures.wording import value_in_words
from reporting.measures.model import Unit


@dataclass(frozen=True)
class Standing:
    """An indicator in the report's year: its results from old to new, its target and how it stands to it."""

    indicator: IndicatorPart
    results: tuple[Result, ...]
    target: TargetPart | None
    wanted: float | None
    status: Status
    trend: Trend
    hand: ByHand | None = None

    @property
    def name(self) -> str:
        """The indicator's name."""
        return self.hand.name if self.hand else self.indicator.name

    @property
    def asks_for_explanation(self) -> bool:
        """Whether the target was missed, or the outcome has certainly become worse, by what is published."""
        worse = len(self.results) > 1 and worsened(self.results[-2], self.results[-1])
        return asks_for_explanation(self.status, worse=worse)

    @property
    def value(self) -> str:
        """The year's value with its unit."""
        if self.hand is not None:
            return self.hand.value_in_words
        if not self.results:
            return NO_DENOMINATOR
        return value_in_words(self.results[-1].measure, self.results[-1].total)

    @property
    def target_in_words(self) -> str:
        """The target as it stands in a sentence: "minst 35 procent", "färre än 166 personer"; empty without one."""
        if self.hand is not None:
            return self.hand.target_in_words
        if self.target is None or self.wanted is None or not self.results:
            return ""
        measure = self.results[-1].measure
        decimals = 0 if self.wanted.is_integer() else 1
        amount = self.wanted / 1000 if measure.unit is Unit.KRONOR else self.wanted
        unit = {Unit.PERCENT: "procent", Unit.KRONOR: "tkr"}.get(measure.unit, measure.case.many)
        label = self.target.comparator_label
        if measure.unit.is_number_of:
            label = {"mindre än": "färre än", "mer än": "fler än"}.get(label, label)
        return f"{label} {number(amount, decimals)} {unit}"


def standings(report: AnnualReport) -> list[Standing]:
    """Return every indicator of the committees as it stands in the report's year: with a target first, not measured last."""
    found = [_standing(report, indicator) for indicator in report.indicators if indicator.measure]
    reported = [hand for one in report.indicators if not one.measure for hand in by_hand(one, report.year)]
    found += [_reported(hand, report.year) for hand in reported]
    return sorted(found, key=lambda standing: (not (standing.results or _has_value(standing)), standing.target is None))


def _has_value(standing: Standing) -> bool:
    return standing.hand is not None and standing.hand.reported is not None


def _reported(hand: ByHand, year: int) -> Standing:
    return Standing(
        indicator=hand.indicator,
        results=(),
        target=hand.target,
        wanted=target_value(hand.target, year),
        status=hand.status or Status.NOT_MEASURED,
        trend=Trend.UNKNOWN,
        hand=hand,
    )


def _standing(report: AnnualReport, indicator: IndicatorPart) -> Standing:
    results = tuple(report.figures.indicator(indicator, year) for year in goal_years(report.year))
    target = indicator.targets.get(report.year)
    wanted = target_value(target, report.year)
    outcome = results[-1].total.value
    return Standing(
        indicator=indicator,
        results=results,
        target=target,
        wanted=wanted,
        status=status(outcome, target.comparator, wanted) if target else Status.NOT_MEASURED,
        trend=trend_between(*results[-2:]) if len(results) > 1 else Trend.UNKNOWN,
    )


def target_line(report: AnnualReport, code: str) -> tuple[float, str] | None:
    """Return the year's target for a measure as a chart shows it, None when there is none."""
    for standing in standings(report):
        if standing.indicator.measure == code and not standing.indicator.selection and standing.wanted is not None:
            unit = "%" if standing.results[-1].measure.unit is Unit.PERCENT else ""
            return standing.wanted, f"Mål {target_text(standing.target, standing.wanted, unit)}"
    return None


def indicator_table(report: AnnualReport, numbers: Numbering, found: list[Standing]) -> Table:
    """Return the table of indicators: three years, target, status, trend and n."""
    years = goal_years(report.year)
    columns = (
        Column("Indikator", 26, numeric=False),
        *(Column(str(year), 8) for year in years),
        Column("Mål", 8),
        Column("Status", 14, numeric=False),
        Column("Utveckling", 11, numeric=False),
        Column("Trend", 12, numeric=False),
        Column("n", 5),
    )
    note = (
        "Procent; långvarigt bistånd i personer, kostnader i tkr. n är antalet som värdet räknas på. En andel kallas ökande "
        "eller minskande bara när skillnaden mot året före är statistiskt säkerställd (95 %). Prickad linje: målvärde."
    )
    for standing in found:
        if standing.hand is not None and standing.hand.reported is not None:
            note += f" {standing.name} är rapporterat för hand och attesterat: {standing.hand.reported.source}."
    return Table(
        numbers.table(),
        "mal-och-indikatorer",
        f"Mål och indikatorer {report.year}",
        columns,
        tuple(_indicator_row(standing) for standing in found),
        note,
    )


def _indicator_row(standing: Standing) -> tuple[Cell, ...]:
    if standing.hand is not None:
        return _row_by_hand(standing.hand, standing)
    latest = standing.results[-1]
    values = [
        Cell(HIDDEN if result.total.suppressed else bare(result.measure, result.total.value), strong=result is latest)
        for result in standing.results
    ]
    hidden = latest.total.suppressed
    return (
        Cell(standing.indicator.name),
        *values,
        Cell(target_text(standing.target, _shown(standing))),
        _status_cell(standing),
        _picture_cell(standing),
        Cell(_trend_in_words(standing), small=True),
        Cell(HIDDEN if hidden else number(latest.total.denominator or 0)),
    )


def _row_by_hand(hand: ByHand, standing: Standing) -> tuple[Cell, ...]:
    """Return the row of what is reported by hand: the same committee's values of the years, and no trend, which is not tested."""
    missing = Cell(NO_DENOMINATOR)
    committee = hand.reported.committee if hand.reported else ""
    each = [by_hand(hand.indicator, year) for year in goal_years(hand.year)]
    own = [next((one for one in of if one.reported and one.reported.committee == committee), None) for of in each]
    values = [Cell(one.value) if one else missing for one in own]
    judged = standing.target is not None and hand.reported is not None
    state = (
        _status_cell(standing)
        if judged
        else Cell(f"{Status.NOT_MEASURED.sign} {Status.NOT_MEASURED.label}", status=Status.NOT_MEASURED)
    )
    named = Cell(f"{hand.name}, {hand.indicator.unit}")
    return (named, *values, Cell(target_text(standing.target, standing.wanted)), state, missing, missing, missing)


def _shown(standing: Standing) -> float | None:
    """Return the target in the unit its table has: kronor as tkr."""
    in_kronor = standing.results[-1].measure.unit is Unit.KRONOR
    return standing.wanted / 1000 if in_kronor and standing.wanted is not None else standing.wanted


def _status_cell(standing: Standing) -> Cell:
    if standing.target is None:
        return Cell("Inget målvärde", status=Status.NOT_MEASURED)
    return Cell(f"{standing.status.sign} {standing.status.label}", status=standing.status)


def _trend_in_words(standing: Standing) -> str:
    """Return the trend, or the plain difference of a cost or a median: that is not tested."""
    if standing.trend not in {Trend.HIGHER, Trend.LOWER}:
        return standing.trend.label
    before, last = standing.results[-2:]
    return difference_in_words(last.measure, change_between(before, last).difference or 0)


def _picture_cell(standing: Standing) -> Cell:
    values = [result.total.value for result in standing.results]
    told = ", ".join(
        f"{result.period.label()} {HIDDEN if result.total.suppressed else bare(result.measure, result.total.value)}"
        for result in standing.results
    )
    picture = sparkline(values, alternative=f"{standing.indicator.name}: {told}", target=standing.wanted, width=44.0)
    return Cell("", picture=picture)


def goals_chapter(report: AnnualReport, numbers: Numbering) -> Chapter | None:
    """Return the chapter that says which goals the indicators belong to, None when the committees have no goals."""
    found = standings(report)
    if not found:
        return None
    goals = {goal.code: goal for standing in found for goal in standing.indicator.goals}
    rows = []
    for code, goal in sorted(goals.items()):
        own = [standing for standing in found if code in {each.code for each in standing.indicator.goals}]
        rows.append(
            (
                Cell(f"{code} {goal.name}"),
                Cell(goal.committee),
                Cell("; ".join(goal.above) or NO_DENOMINATOR),
                Cell("; ".join(standing.indicator.name for standing in own)),
            )
        )
    columns = (
        Column("Nämndens mål", 26, numeric=False),
        Column("Nämnd", 21, numeric=False),
        Column("Bidrar till", 22, numeric=False),
        Column("Indikatorer", 31, numeric=False),
    )
    table = Table(
        numbers.table(),
        "malens-sammanhang",
        "Nämndernas mål, vad de bidrar till och indikatorerna som följer dem",
        columns,
        tuple(rows),
    )
    lead = "Varje mål följs med en eller flera indikatorer och bidrar till kommunfullmäktiges mål."
    asked = [
        Explained(one.name, one.value, one.target_in_words, one.indicator) for one in found if one.asks_for_explanation
    ]
    explained = explanations_table(asked, Period.year(report.year), numbers)
    return Chapter("mal", "Målen", (Text(lead, "lead"), table, *([explained] if explained else [])))
