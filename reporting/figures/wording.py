"""How a figure reads: its value with its unit, what it rests on, and its uncertainty. The same words on page and paper."""

from __future__ import annotations

from reporting.figures.model import Figure, PartFigure, Result
from reporting.figures.swedish import HIDDEN, NBSP, NO_DENOMINATOR, kronor, mnkr, number, span, tkr
from reporting.measures.model import Kind, Measure, Unit

_THOUSANDS_FROM = 10_000
_MILLIONS_FROM = 1_000_000
_WHOLE_THOUSANDS_FROM = 100_000


def amount_in_words(amount: float | None) -> str:
    """Return an amount in kronor in the unit it is best read in: "42 kr", "66,7 tkr", "333 tkr", "6,0 mnkr"."""
    if amount is None:
        return NO_DENOMINATOR
    if abs(amount) >= _MILLIONS_FROM:
        return mnkr(amount)
    if abs(amount) >= _THOUSANDS_FROM:
        return tkr(amount, 0 if abs(amount) >= _WHOLE_THOUSANDS_FROM else 1)
    return f"{number(amount)}{NBSP}kr"


def value_and_unit(measure: Measure, figure: Figure) -> tuple[str, str]:
    """Return the value as a number and its unit: ("19,7", "%"), ("163", ""), ("333", "tkr"); (".."/"–", "") without one."""
    if figure.suppressed:
        return HIDDEN, ""
    if figure.value is None:
        return NO_DENOMINATOR, ""
    if measure.unit is Unit.PERCENT:
        return number(figure.value, 1), "%"
    if measure.unit is Unit.DAYS:
        days, unit = days_in_words(figure.value).rsplit(NBSP, 1)
        return days, unit
    if measure.unit is Unit.KRONOR:
        value, unit = amount_in_words(figure.value).rsplit(NBSP, 1)
        return value, unit
    return number(figure.value), ""


def value_in_words(measure: Measure, figure: Figure) -> str:
    """Return the value and its unit together: "19,7 %"."""
    return NBSP.join(part for part in value_and_unit(measure, figure) if part)


def spelled(measure: Measure, value: float | None) -> str:
    """Return a value as it reads in running text: "19,7 procent", "163 personer", "12 dagar", "333 333 kr"."""
    if value is None:
        return NO_DENOMINATOR
    if measure.unit is Unit.PERCENT:
        return f"{spelled_bare(measure, value)}{NBSP}procent"
    if measure.unit.is_number_of:
        return f"{spelled_bare(measure, value)}{NBSP}{measure.case.one if round(value) == 1 else measure.case.many}"
    return days_in_words(value) if measure.unit is Unit.DAYS else kronor(value)


def spelled_bare(measure: Measure, value: float | None) -> str:
    """Return the same without its unit, for a value that another one with its unit follows."""
    if measure.unit is Unit.DAYS and value is not None:
        return days_in_words(value).rsplit(NBSP, 1)[0]
    return number(value, 1 if measure.unit is Unit.PERCENT else 0)


def basis_in_words(measure: Measure, figure: Figure) -> str:
    """Return what the value rests on: "25 av 127", "av 412", "6,0 mnkr · 18 resultat"."""
    if figure.suppressed:
        return "dolt, antalet är litet"
    if measure.kind is Kind.COUNT:
        return f"av {number(figure.denominator)}"
    if measure.kind is Kind.RATIO:
        return f"{amount_in_words(figure.numerator)} på {number(figure.denominator or 0)}"
    if figure.denominator is None:
        return ""
    return f"{number(figure.numerator or 0)} av {number(figure.denominator)}"


def interval_in_words(figure: Figure) -> str:
    """Return the 95 % interval of a share: "15,7–41,9"; ".." when hidden, "–" when there is none."""
    return HIDDEN if figure.suppressed else span(figure.low, figure.high)


def count_in_words(count: float | None, *, hidden: bool) -> str:
    """Return a count, ".." when it is hidden, "–" when there is none."""
    return HIDDEN if hidden else number(count)


def period_in_words(result: Result) -> str:
    """Return the period asked for, and the cohort where the measure looks at other days: "2023 (avslutade 2022)"."""
    if result.cohort is None:
        return result.period.label()
    return f"{result.period.label()} (avser {result.cohort.label()})"


def days_in_words(days: float | None) -> str:
    """Return a number of days: "12 dagar", "1 dag", "12,5 dagar"; "–" when there is none."""
    if days is None:
        return NO_DENOMINATOR
    return f"{number(days, 0 if days == int(days) else 1)}{NBSP}{'dag' if days == 1 else 'dagar'}"


def part_in_words(unit: Unit, part: PartFigure) -> str:
    """Return one of the figures inside a figure with its unit, and the day of a forecast: "65", "1,3 mnkr (2023-08-31)"."""
    if part.suppressed:
        return HIDDEN
    if part.value is None:
        return NO_DENOMINATOR
    if unit is Unit.PERCENT:
        return f"{number(part.value, 1)}{NBSP}%"
    if unit is Unit.KRONOR:
        dated = part.extra.get("date")
        return amount_in_words(part.value) + (f" ({dated})" if dated else "")
    return number(part.value)


def share_in_words(part: PartFigure) -> str:
    """Return a share inside a figure with its interval and what it rests on: "66,7 % (30,0–90,3), 4 av 6"; ".." when hidden."""
    if part.suppressed or part.value is None:
        return part_in_words(Unit.PERCENT, part)
    ends = f" ({span(part.low, part.high)})" if part.low is not None else ""
    return f"{part_in_words(Unit.PERCENT, part)}{ends}, {number(part.numerator)} av {number(part.denominator)}"
