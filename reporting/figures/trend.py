"""What changed, and whether the change is more than chance (measures.md section 7)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reporting.figures.model import Change, Figure, Result

SIGNIFICANCE = 0.05
"""A change is certain when chance alone would give one as large less often than this."""

_FEWEST_FOR_EXTREME = 3


class Trend(StrEnum):
    """What may be said about a change."""

    RISING = "rising"
    FALLING = "falling"
    UNCERTAIN = "uncertain"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Swedish words."""
        return _LABELS[self]


_LABELS = {
    Trend.RISING: "ökar",
    Trend.FALLING: "minskar",
    Trend.UNCERTAIN: "ingen säker förändring",
    Trend.UNKNOWN: "går inte att bedöma",
}


@dataclass(frozen=True)
class Extreme:
    """That the last value of a series is alone at its bottom or top. `word`: "lägsta" or "högsta"."""

    word: str
    first: str
    last: str

    def sentence(self) -> str:
        """Return it as a Swedish sentence."""
        return f"Det är det {self.word} värdet i serien {self.first}–{self.last}."


def test_of_change(earlier: Figure, later: Figure) -> Change:
    """Return the change from one figure to a later one. Proportions are tested (two-proportion z, pooled), others not."""
    if earlier.value is None or later.value is None:
        return Change(difference=None, p=None, certain=False)
    difference = later.value - earlier.value
    if earlier.low is None or later.low is None or not (_is_a_proportion(earlier) and _is_a_proportion(later)):
        return Change(difference=difference, p=None, certain=False)
    p = _two_proportions(earlier, later)
    return Change(difference=difference, p=p, certain=p is not None and p < SIGNIFICANCE)


def _is_a_proportion(figure: Figure) -> bool:
    """Whether the share is its numerator of its denominator; an incidence is not, while some are still under way."""
    return bool(figure.denominator) and math.isclose(
        100 * (figure.numerator or 0) / (figure.denominator or 1), figure.value or 0, abs_tol=1e-9
    )


def _two_proportions(earlier: Figure, later: Figure) -> float | None:
    from statsmodels.stats.proportion import proportions_ztest

    counts = (earlier.numerator or 0, later.numerator or 0)
    sizes = (earlier.denominator or 0, later.denominator or 0)
    if not 0 < sum(counts) < sum(sizes):
        return None
    _, p = proportions_ztest(counts, sizes)
    return None if math.isnan(p) else float(p)


def trend(earlier: Figure, later: Figure) -> Trend:
    """Return what may be said: rising or falling only when the data supports it."""
    change = test_of_change(earlier, later)
    if change.difference is None:
        return Trend.UNKNOWN
    if not change.certain:
        return Trend.UNCERTAIN
    return Trend.RISING if change.difference > 0 else Trend.FALLING


def extreme(results: Sequence[Result]) -> Extreme | None:
    """Return whether the last value of the series is alone lowest or highest among at least three measured ones."""
    measured = [result for result in results if result.total.value is not None]
    if len(measured) < _FEWEST_FOR_EXTREME or measured[-1] is not results[-1]:
        return None
    *before, last = [result.total.value or 0 for result in measured]
    first_label, last_label = measured[0].period.label(), measured[-1].period.label()
    if last < min(before):
        return Extreme("lägsta", first_label, last_label)
    if last > max(before):
        return Extreme("högsta", first_label, last_label)
    return None
