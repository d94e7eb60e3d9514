"""Figures as text: one place for how a value is shown with its unit, its counts and its uncertainty."""

from __future__ import annotations

from reporting.figures.model import Figure
from reporting.figures.swedish import HIDDEN, NBSP, NO_DENOMINATOR, kronor, number, percent, span, tkr
from reporting.measures.model import Kind, Measure, Unit

_SHOWN_IN_TKR = 10_000


def value_text(measure: Measure, figure: Figure) -> str:
    """Return the value for a table or a headline: "19,7 %", "163", "333 tkr", ".." when hidden, "–" without denominator."""
    if figure.suppressed:
        return HIDDEN
    if figure.value is None:
        return NO_DENOMINATOR
    if measure.unit is Unit.PERCENT:
        return percent(figure.value)
    if measure.unit is Unit.PERSONS:
        return number(figure.value)
    return tkr(figure.value) if abs(figure.value) >= _SHOWN_IN_TKR else kronor(figure.value)


def counts_text(measure: Measure, figure: Figure) -> str:
    """Return what the value was made of: "25 av 127", "6 000 000 kr, 18"; ".." when hidden."""
    if figure.suppressed:
        return HIDDEN
    if measure.kind is Kind.RATIO:
        return f"{kronor(figure.numerator)}, {number(figure.denominator)}"
    return f"{number(figure.numerator)} av {number(figure.denominator)}"


def interval_text(figure: Figure) -> str:
    """Return the 95 % interval for a table: "13,7–27,5", ".." when hidden, "–" when there is none."""
    return HIDDEN if figure.suppressed else span(figure.low, figure.high)


def interval_in_words(figure: Figure) -> str:
    """Return a sentence about the uncertainty of a share; empty when the figure has no interval."""
    if figure.low is None or figure.high is None:
        return ""
    return (
        f"Med hänsyn till slumpen ligger andelen mellan {number(figure.low, 1)} och {number(figure.high, 1)}{NBSP}procent "
        "(95 procents säkerhet)."
    )


def value_in_words(measure: Measure, value: float | None) -> str:
    """Return the value as it stands in a sentence: "19,7 procent", "163 personer", "333 333 kr"."""
    if value is None:
        return NO_DENOMINATOR
    if measure.unit is Unit.PERCENT:
        return f"{bare_value(measure, value)}{NBSP}procent"
    if measure.unit is Unit.PERSONS:
        return f"{bare_value(measure, value)}{NBSP}{'person' if round(value) == 1 else 'personer'}"
    return kronor(value)


def bare_value(measure: Measure, value: float | None) -> str:
    """Return the value without its unit, with one decimal for percent and none for persons and kronor."""
    return number(value, 1 if measure.unit is Unit.PERCENT else 0)


def noun_of_value(measure: Measure) -> str:
    """Return what the value is, as the subject of a sentence."""
    if measure.unit is Unit.PERCENT:
        return "Andelen"
    return "Antalet" if measure.unit is Unit.PERSONS else "Kostnaden"
