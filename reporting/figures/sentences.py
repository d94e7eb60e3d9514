"""What a series says, as Swedish sentences. A change is called certain only when `reporting.figures.trend` says so."""

from __future__ import annotations

from collections.abc import Sequence

from reporting.figures.model import Figure, Result
from reporting.figures.swedish import NBSP, NO_DENOMINATOR, kronor, number, percentage_points
from reporting.figures.trend import extreme, test_of_change
from reporting.figures.wording import days_in_words
from reporting.measures.model import Kind, Measure, Unit


def sentence(results: Sequence[Result]) -> str:
    """Return in Swedish what a series of totals says at its end: the change from the value before, and whether it is an extreme.

    ValueError when there is no result.
    """
    if not results:
        raise ValueError("A sentence needs at least one result.")
    last = results[-1]
    if last.total.value is None:
        return _without_value(last)
    before = results[-2] if len(results) > 1 and results[-2].total.value is not None else None
    said = _change_in_words(before, last) if before else _level_in_words(last)
    found = extreme(results)
    return f"{said} {found.sentence()}" if found else said


def _without_value(result: Result) -> str:
    label = result.period.label()
    if result.total.suppressed:
        return f"Värdet för {label} visas inte, eftersom antalet är litet."
    return f"Det finns inget värde för {label}: inga {result.measure.case.many} att räkna på."


def _level_in_words(result: Result) -> str:
    value = _in_words(result.measure, result.total.value)
    counted = ""
    if result.measure.kind is Kind.SHARE:
        counted = f" ({number(result.total.numerator)} av {number(result.total.denominator)})"
    return f"{_noun(result.measure)} var {value}{counted} {result.period.label()}."


def _change_in_words(before: Result, last: Result) -> str:
    measure, change = last.measure, test_of_change(before.total, last.total)
    noun, earlier, later = _noun(measure), before.period.label(), last.period.label()
    old, new = (_in_words(measure, result.total.value) for result in (before, last))
    difference = change.difference or 0
    if old == new:
        return f"{noun} var {new} {later}, lika mycket som {earlier}."
    from_old = f"från {_bare(measure, before.total.value)} till {new}"
    if measure.unit is not Unit.PERCENT:
        verb = "ökade" if difference > 0 else "minskade"
        return f"{noun} {verb} {from_old}, {_difference_in_words(measure, difference)}."
    if not change.certain:
        return f"{noun} var {old} {earlier} och {new} {later}; skillnaden är inte statistiskt säkerställd."
    verb, by = ("steg", "en ökning") if difference > 0 else ("sjönk", "en minskning")
    points = percentage_points(abs(difference))
    return f"{noun} {verb} {from_old}, {by} med {points}; skillnaden är statistiskt säkerställd."


def _difference_in_words(measure: Measure, difference: float) -> str:
    if measure.unit.is_number_of:
        return f"{number(abs(difference))} {'fler' if difference > 0 else 'färre'}"
    if measure.unit is Unit.DAYS:
        return f"{days_in_words(abs(difference))} {'längre' if difference > 0 else 'kortare'}"
    return f"{kronor(abs(difference))} {'mer' if difference > 0 else 'mindre'}"


def uncertainty(figure: Figure) -> str:
    """Return a sentence about how uncertain a share is; empty when the figure has no interval."""
    if figure.low is None or figure.high is None:
        return ""
    ends = f"{number(figure.low, 1)} och {number(figure.high, 1)}{NBSP}procent"
    return f"Med hänsyn till slumpen ligger andelen mellan {ends} (95 procents säkerhet)."


def _in_words(measure: Measure, value: float | None) -> str:
    if value is None:
        return NO_DENOMINATOR
    if measure.unit is Unit.PERCENT:
        return f"{_bare(measure, value)}{NBSP}procent"
    if measure.unit.is_number_of:
        return f"{_bare(measure, value)}{NBSP}{measure.case.one if round(value) == 1 else measure.case.many}"
    return days_in_words(value) if measure.unit is Unit.DAYS else kronor(value)


def _bare(measure: Measure, value: float | None) -> str:
    if measure.unit is Unit.DAYS and value is not None:
        return days_in_words(value).rsplit(NBSP, 1)[0]
    return number(value, 1 if measure.unit is Unit.PERCENT else 0)


def _noun(measure: Measure) -> str:
    if measure.unit is Unit.PERCENT:
        return "Andelen"
    if measure.unit is Unit.DAYS:
        return "Mediantiden"
    return "Antalet" if measure.unit.is_number_of else "Kostnaden"
