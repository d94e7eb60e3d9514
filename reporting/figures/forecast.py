"""A year's end forecast from how earlier years went on from the same day.

For each earlier year the whole year is held against its part up to the same day: the difference for shares, the ratio for numbers
and amounts. The forecast is the part known now, carried on by the mean of those years. The interval is a 95 % prediction interval
for one new year (statsmodels' OLS with a constant only, so Student's t with as many degrees of freedom as years less one).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reporting.figures.swedish import listed

FEWEST_YEARS = 3
"""With fewer years nothing can be said of how much they differ."""


class Carried(StrEnum):
    """How a part of a year is carried on to the whole: by a difference (shares, in percent) or by a ratio (numbers, amounts)."""

    DIFFERENCE = "difference"
    RATIO = "ratio"


@dataclass(frozen=True)
class YearSoFar:
    """An earlier year: its value up to the same day, and its value when it was over, in the measure's unit."""

    year: int
    part: float
    whole: float


@dataclass(frozen=True)
class Forecast:
    """The value that the year is expected to end at, and the ends of its 95 % prediction interval. `years`: what it rests on."""

    value: float
    low: float
    high: float
    years: tuple[int, ...]


def forecast(now: float, earlier: Sequence[YearSoFar], carried: Carried) -> Forecast | None:
    """Return the forecast for the year whose value so far is `now`; None with fewer than three years to go by.

    Years without anything above zero say nothing of a ratio and are left out; shares stay within 0 and 100.
    """
    by_ratio = carried is Carried.RATIO
    usable = [one for one in earlier if not by_ratio or (one.part > 0 and one.whole > 0)]
    if len(usable) < FEWEST_YEARS or (by_ratio and now <= 0):
        return None
    steps = [math.log(one.whole / one.part) if by_ratio else one.whole - one.part for one in usable]
    ends = [now * math.exp(step) if by_ratio else now + step for step in _predicted(steps)]
    if not by_ratio:
        ends = [min(max(end, 0.0), 100.0) for end in ends]
    value, low, high = ends
    return Forecast(value, low, high, tuple(one.year for one in usable))


def _predicted(steps: Sequence[float]) -> tuple[float, float, float]:
    """Return the mean, and the ends of the interval in which one more is expected to fall."""
    import numpy as np
    from statsmodels.regression.linear_model import OLS

    fitted = OLS(np.array(steps), np.ones(len(steps))).fit()
    found = fitted.get_prediction(np.ones((1, 1))).summary_frame(alpha=0.05)
    mean, low, high = (float(found[name].iloc[0]) for name in ("mean", "obs_ci_lower", "obs_ci_upper"))
    return mean, low, high


def linear(now: float, months: int) -> float:
    """Return what a year costs when the months left cost as much as those that are over. `months`: 1 to 12."""
    if not 1 <= months <= 12:
        raise ValueError(f"A year has no {months} months.")
    return now * 12 / months


def method_in_words(found: Sequence[Forecast]) -> str:
    """Return in Swedish how the forecasts were made; empty when there are none."""
    years = sorted({year for one in found for year in one.years})
    if not years:
        return ""
    named = listed([str(year) for year in years])
    return (
        f"Prognosen räknar om periodens värde till helår så som {named} gick från samma dag till "
        "årets slut: med skillnaden för andelar och kvoten för antal och belopp. Inom parentes står det intervall där ett "
        "enskilt år väntas hamna med 95 procents sannolikhet, om året går som de tidigare. Med få år är det brett."
    )
