"""The committee's goals against their targets: how each indicator stands, and how it has moved."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reporting.charts.sparkline import sparkline
from reporting.comparison.models import PeerGroup
from reporting.comparison.selectors import comparison
from reporting.documents.annual.questions import goal_years
from reporting.documents.annual.report import AnnualReport
from reporting.documents.annual.setting import Numbering, bare, difference_in_words, target_text
from reporting.documents.content import Cell, Chapter, Column, Table, Text
from reporting.documents.parts import IndicatorPart, TargetPart
from reporting.figures.model import Result
from reporting.figures.swedish import HIDDEN, NO_DENOMINATOR, number
from reporting.figures.targets import Status, status
from reporting.figures.trend import Trend, change_between, trend_between
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

    @property
    def value(self) -> str:
        """The year's value with its unit."""
        if not self.results:
            return NO_DENOMINATOR
        return value_in_words(self.results[-1].measure, self.results[-1].total)

    @property
    def target_in_words(self) -> str:
        """The target as it stands in a sentence: "minst 35 procent", "färre än 166 personer"; empty without one."""
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
    found = [_standing(report, indicator) for indicator in report.indicators]
    return sorted(found, key=lambda standing: (not standing.results, standing.target is None))


def _standing(report: AnnualReport, indicator: IndicatorPart) -> Standing:
    results = tuple(report.figures.indicator(indicator, year) for year in goal_years(report.year) if indicator.measure)
    target = indicator.targets.get(report.year)
    wanted = target_value(target, report.year)
    outcome = results[-1].total.value if results else None
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


def target_value(target: TargetPart | None, year: int) -> float | None:
    """Return what is to be reached: the target's own value, or the mean of the group it follows; None when that is missing."""
    if target is None:
        return None
    if isinstance(target.value, Decimal):
        return float(target.value)
    group = PeerGroup.objects.filter(title__startswith=target.group).order_by("-chosen", "title").first()
    followed = comparison(target.kpi, group=group, years=[year]) if group else None
    return followed.group_means[0].value if followed else None


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
    return Table(
        numbers.table(),
        "mal-och-indikatorer",
        f"Mål och indikatorer {report.year}",
        columns,
        tuple(_indicator_row(standing) for standing in found),
        note,
    )


def _indicator_row(standing: Standing) -> tuple[Cell, ...]:
    if not standing.results:
        missing = Cell(NO_DENOMINATOR)
        state = Cell(f"{Status.NOT_MEASURED.sign} {Status.NOT_MEASURED.label}", status=Status.NOT_MEASURED)
        return (Cell(standing.indicator.name), missing, missing, missing, missing, state, missing, missing, missing)
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
    return Chapter("mal", "Målen", (Text(lead, "lead"), table))
