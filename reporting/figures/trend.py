"""What changed, and whether the change is more than chance (measures.md section 7).

What can be tested honestly depends on what the value is:

- a share is a number of its cases: two-proportion z-test;
- a share that some have not had the time to reach (Aalen–Johansen) has a standard error of its own: a z-test on the log(−log)
  scale, as Klein and others recommend for two curves at one point in time (*Statistics in Medicine* 26, 2007);
- a count is tested as one of two Poisson counts, given their sum (the conditional test of Przyborowski and Wilenski 1940). Where
  the same persons are counted both years the two vary together, and the test says "certain" less often than it might, never more;
- a cost or a median has no known variance here. It is higher or lower, and nothing is said of certainty.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reporting.figures.model import Change, Figure, PartFigure, Result
from reporting.measures.model import Better, Kind, Measure

SIGNIFICANCE = 0.05
"""A change is certain when chance alone would give one as large less often than this."""

CASES_A_PERSON = 1.5
"""From so many cases for each person on, the cases of one person are taken to say the same thing: see `independent`."""

_FEWEST_FOR_EXTREME = 3
_SAME_LENGTH = 0.9
"""Two stretches are equally long when the shorter is so much of the longer: February and a leap year must not matter."""

_Z = 1.959963984540054
"""The standard normal's 97,5 % point, with which the intervals are made."""

AnyFigure = Figure | PartFigure


class Trend(StrEnum):
    """What may be said about a change. HIGHER and LOWER are of what is not tested: a fact, not a trend."""

    RISING = "rising"
    FALLING = "falling"
    UNCERTAIN = "uncertain"
    HIGHER = "higher"
    LOWER = "lower"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Swedish words."""
        return _LABELS[self]

    @property
    def is_certain(self) -> bool:
        """Whether it is a change that chance hardly explains."""
        return self in {Trend.RISING, Trend.FALLING}


_LABELS = {
    Trend.RISING: "ökar",
    Trend.FALLING: "minskar",
    Trend.UNCERTAIN: "ingen säker förändring",
    Trend.HIGHER: "högre",
    Trend.LOWER: "lägre",
    Trend.UNKNOWN: "går inte att bedöma",
}


@dataclass(frozen=True)
class Extreme:
    """That the last value of a series is alone at its bottom or top. `word`: "lägsta" or "högsta".

    `some_hidden`: whether values of the series are hidden, so that it is so of those shown only.
    """

    word: str
    first: str
    last: str
    some_hidden: bool = False

    def sentence(self) -> str:
        """Return it as a Swedish sentence."""
        if self.some_hidden:
            return f"Det är det {self.word} av de värden som visas för {self.first}–{self.last}."
        return f"Det är det {self.word} värdet i serien {self.first}–{self.last}."


def test_of_change(earlier: AnyFigure, later: AnyFigure) -> Change:
    """Return the change from one figure to a later one; tested when it is of shares, otherwise without a p-value."""
    p = None
    if _is_a_proportion(earlier) and _is_a_proportion(later):
        p = _two_proportions(earlier, later)
    elif None not in (earlier.low, earlier.high, later.low, later.high):
        p = _two_incidences(earlier, later)
    return _change(earlier, later, p)


def change_of_count(earlier: AnyFigure, later: AnyFigure) -> Change:
    """Return the change from one number of cases or persons to a later one, over equally long times."""
    counted = earlier.value is not None and later.value is not None
    return _change(earlier, later, _two_counts(earlier.value or 0, later.value or 0) if counted else None)


def _change(earlier: AnyFigure, later: AnyFigure, p: float | None) -> Change:
    if earlier.value is None or later.value is None:
        return Change(difference=None, p=None, certain=False)
    return Change(difference=later.value - earlier.value, p=p, certain=p is not None and p < SIGNIFICANCE)


def change_between(before: Result, last: Result) -> Change:
    """Return the change between the totals of two periods, each kind of measure tested as it can be.

    Counts over periods of different length are not tested: a longer time gives more.
    """
    days = [(result.request.cohort.end - result.request.cohort.start).days + 1 for result in (before, last)]
    as_counts = is_a_count(last) and equally_long(*days)
    return (change_of_count if as_counts else test_of_change)(before.total, last.total)


def worsened(before: Result, last: Result) -> bool:
    """Return whether the total has certainly moved in the measure's worse direction; never for a measure without one."""
    change, better = change_between(before, last), last.measure.better
    if not change.certain or change.difference is None or better is Better.NONE:
        return False
    return (change.difference > 0) != (better is Better.HIGHER)


def is_a_count(result: Result) -> bool:
    """Return whether the value is a number of cases or persons."""
    return counts(result.measure)


def counts(measure: Measure) -> bool:
    """Return whether the values of the measure are numbers of cases or persons."""
    return measure.kind in {Kind.COUNT, Kind.PARTS} and measure.unit.is_number_of


def equally_long(first: int, second: int) -> bool:
    """Return whether two stretches of so many days are as good as equally long."""
    return min(first, second) >= _SAME_LENGTH * max(first, second)


def independent(figure: AnyFigure) -> tuple[float, float]:
    """Return numerator and denominator as numbers of independent cases.

    They are the figure's own as long as there is about one case for each person. Where the same person stands there many times
    (the months of an enrolment) they are scaled down to the number of persons: as if all that is known of a person was one thing
    (Kish, *Survey Sampling*, 1965, the design effect of whole clusters). That is the most careful reading.
    """
    numerator, size = figure.numerator or 0, figure.denominator or 0
    persons = figure.persons if isinstance(figure, Figure) else None
    if not persons or size < CASES_A_PERSON * persons:
        return numerator, size
    return numerator * persons / size, persons


def _is_a_proportion(figure: AnyFigure) -> bool:
    """Whether the share is its numerator of its denominator; an incidence is not, while some are still under way."""
    return (
        figure.low is not None
        and bool(figure.denominator)
        and math.isclose(100 * (figure.numerator or 0) / (figure.denominator or 1), figure.value or 0, abs_tol=1e-9)
    )


def _two_proportions(earlier: AnyFigure, later: AnyFigure) -> float | None:
    from statsmodels.stats.proportion import proportions_ztest

    counts, sizes = zip(independent(earlier), independent(later), strict=True)
    if not 0 < sum(counts) < sum(sizes):
        return None
    _, p = proportions_ztest(counts, sizes)
    return None if math.isnan(p) else float(p)


def _two_incidences(earlier: AnyFigure, later: AnyFigure) -> float | None:
    from scipy.stats import norm

    (first, first_error), (second, second_error) = (_log_log(figure) for figure in (earlier, later))
    error = math.hypot(first_error, second_error)
    return float(2 * norm.sf(abs(first - second) / error)) if error else None


def _log_log(figure: AnyFigure) -> tuple[float, float]:
    """Return log(−log(share)) and its standard error, read back from the interval, which is even on that scale."""
    value, low, high = (math.log(-math.log((each or 0) / 100)) for each in (figure.value, figure.low, figure.high))
    return value, abs(high - low) / (2 * _Z)


def _two_counts(earlier: float, later: float) -> float | None:
    from statsmodels.stats.rates import test_poisson_2indep

    fewer, more = sorted((earlier, later))
    return float(test_poisson_2indep(fewer, 1, more, 1, method="exact-cond").pvalue) if more else None


def trend_between(before: Result, last: Result) -> Trend:
    """Return what may be said of the totals of two periods: rising or falling only when the data supports it."""
    change = change_between(before, last)
    if change.difference is None:
        return Trend.UNKNOWN
    if change.certain:
        return Trend.RISING if change.difference > 0 else Trend.FALLING
    if change.p is not None or not change.difference:
        return Trend.UNCERTAIN
    return Trend.HIGHER if change.difference > 0 else Trend.LOWER


def extreme(results: Sequence[Result]) -> Extreme | None:
    """Return whether the last value of the series is alone lowest or highest among at least three measured ones."""
    measured = [result for result in results if result.total.value is not None]
    if len(measured) < _FEWEST_FOR_EXTREME or measured[-1] is not results[-1]:
        return None
    *before, last = [result.total.value or 0 for result in measured]
    if min(before) <= last <= max(before):
        return None
    some_hidden = any(result.total.suppressed for result in results)
    first_label, last_label = measured[0].period.label(), measured[-1].period.label()
    return Extreme("lägsta" if last < min(before) else "högsta", first_label, last_label, some_hidden)
