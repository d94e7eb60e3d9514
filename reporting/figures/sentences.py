"""What a series says, as Swedish sentences. A change is called certain only when `reporting.figures.trend` says so."""

from __future__ import annotations

from collections.abc import Sequence

from reporting.figures.model import Change, Figure, PartFigure, Result
from reporting.figures.shifts import shift_in_words
from reporting.figures.swedish import NBSP, kronor, number, percentage_points
from reporting.figures.trend import CASES_A_PERSON, change_between, extreme, test_of_change
from reporting.figures.wording import days_in_words, spelled, spelled_bare
from reporting.measures.inner import Summary
from reporting.measures.model import Kind, Measure, Unit

CERTAIN = "skillnaden är statistiskt säkerställd"
NOT_CERTAIN = "skillnaden är inte statistiskt säkerställd"


def sentence(results: Sequence[Result]) -> str:
    """Return in Swedish what a series of totals says at its end: the change from the value before, and whether it is an extreme.

    ValueError when there is no result.
    """
    if not results:
        raise ValueError("A sentence needs at least one result.")
    last, before = results[-1], results[-2] if len(results) > 1 else None
    if last.measure.kind is Kind.DISTRIBUTION:
        return shift_in_words(before, last)
    if last.total.value is None:
        return " ".join(filter(None, (_without_value(last), _shares_in_time(before, last))))
    said = [_change_in_words(before, last) if before and before.total.value is not None else _level_in_words(last)]
    if before and before.total.suppressed:
        said.append(_hidden(before))
    found = extreme(results)
    said += [found.sentence()] if found else []
    return " ".join(filter(None, (*said, _shares_in_time(before, last))))


def _hidden(result: Result) -> str:
    """The same words whichever number it is that must not be told."""
    return f"Värdet för {result.period.label()} visas inte, för att inga små antal ska röjas."


def _without_value(result: Result) -> str:
    if result.total.suppressed:
        return _hidden(result)
    label, measure = result.period.label(), result.measure
    if measure.kind is Kind.DURATION and result.total.denominator:
        why = "färre än hälften har kommit till ett slut" if measure.unit is Unit.DAYS else "ingen har följts så länge"
        return f"Det finns inget värde för {label}: {why}."
    return f"Det finns inget värde för {label}: inga {measure.case.many} att räkna på."


def _level_in_words(result: Result) -> str:
    value = spelled(result.measure, result.total.value)
    counted = ""
    if result.measure.kind is Kind.SHARE:
        counted = f" ({number(result.total.numerator)} av {number(result.total.denominator)})"
    return f"{_noun(result.measure)} var {value}{counted} {result.period.label()}."


def _change_in_words(before: Result, last: Result) -> str:
    measure, change = last.measure, change_between(before, last)
    noun, earlier, later = _noun(measure), before.period.label(), last.period.label()
    old, new = (spelled(measure, result.total.value) for result in (before, last))
    if old == new:
        return f"{noun} var {new} {later}, lika mycket som {earlier}."
    if change.p is not None and not change.certain:
        return f"{noun} var {old} {earlier} och {new} {later}; {NOT_CERTAIN}."
    rose = (change.difference or 0) > 0
    verb = ("steg", "sjönk")[not rose] if measure.unit is Unit.PERCENT else ("ökade", "minskade")[not rose]
    size = _size_in_words(measure, change)
    certainty = f"; {CERTAIN}" if change.certain else ""
    return f"{noun} {verb} från {spelled_bare(measure, before.total.value)} till {new}, {size}{certainty}."


def _size_in_words(measure: Measure, change: Change) -> str:
    difference = change.difference or 0
    word, size = "en ökning" if difference > 0 else "en minskning", abs(difference)
    if measure.unit is Unit.PERCENT:
        return f"{word} med {percentage_points(size)}"
    if measure.unit.is_number_of:
        return f"{word} med {number(size)}"
    return f"{word} med {days_in_words(size) if measure.unit is Unit.DAYS else kronor(size)}"


def _shares_in_time(before: Result | None, last: Result) -> str:
    """Return what a median's share in time says: it can be tested, which the median cannot. Empty for other measures."""
    said = []
    for days, share in last.total.within.items():
        earlier = before.total.within.get(days) if before else None
        said.append(_share_in_time(days, earlier, share, before.period.label() if before else "", last.period.label()))
    return " ".join(filter(None, said))


def _share_in_time(days: str, earlier: PartFigure | None, share: PartFigure, before: str, now: str) -> str:
    if share.suppressed:
        return f"Andelen inom {days} dagar visas inte, för att inga små antal ska röjas."
    if share.value is None:
        return ""
    new = f"{number(share.value, 1)}{NBSP}procent"
    change = test_of_change(earlier, share) if earlier else Change(None, None, certain=False)
    if earlier is None or change.difference is None:
        return f"Inom {days} dagar var det {new} ({number(share.numerator)} av {number(share.denominator)})."
    old = number(earlier.value, 1)
    if not change.certain:
        return f"Andelen inom {days} dagar var {old}{NBSP}procent {before} och {new} {now}; {NOT_CERTAIN}."
    verb, word = ("steg", "en ökning") if change.difference > 0 else ("sjönk", "en minskning")
    points = percentage_points(abs(change.difference))
    return f"Andelen inom {days} dagar {verb} från {old} till {new}, {word} med {points}; {CERTAIN}."


def uncertainty(figure: Figure) -> str:
    """Return a sentence about how uncertain a share is; empty when the figure has no interval."""
    if figure.low is None or figure.high is None:
        return ""
    ends = f"{number(figure.low, 1)} och {number(figure.high, 1)}{NBSP}procent"
    said = f"Med hänsyn till slumpen ligger andelen mellan {ends} (95 procents säkerhet)."
    if figure.persons and (figure.denominator or 0) >= CASES_A_PERSON * figure.persons:
        people = f"{number(figure.persons)}{NBSP}personer"
        said += (
            f" Osäkerheten är i själva verket större: samma person räknas flera gånger, och bakom talen står {people}."
        )
    return said


def _noun(measure: Measure) -> str:
    """Return what the value is called first in a sentence; of several figures it is the first one's."""
    if measure.kind is Kind.PARTS:
        counted = "antalet" if measure.unit.is_number_of else "kostnaden"
        return f"{measure.parts[0].label}: {counted}"
    duration = measure.duration
    if duration and duration.summary is Summary.INCIDENCE:
        return f"Andelen inom {duration.headline} dagar"
    if measure.unit is Unit.PERCENT:
        return "Andelen"
    if measure.unit is Unit.DAYS:
        return "Mediantiden"
    return "Antalet" if measure.unit.is_number_of else "Kostnaden"
