"""How long things took: medians with those still waiting, and the share that has come to its end after so many days.

The statistics are those of scipy (Kaplan–Meier) and statsmodels (Aalen–Johansen). A group's days come as counts by day.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from reporting.figures.intervals import wilson
from reporting.figures.model import PartFigure
from reporting.measures.inner import OPEN, Duration, Summary

Sums = Mapping[str, Any]
Days = Mapping[int, int]

_HALF = 0.5 + 1e-9
"""Half, with room for what rounding adds to a product of fractions."""


def duration_sums(duration: Duration) -> dict[str, str]:
    """Return the sums a duration needs, as name → SQL over the columns of `judged`.

    Every row with `days` counts in the median or the incidence, also one left out of the share because it is too young for it.
    """
    events = ", ".join(f"'{event}'" for event in duration.events)
    sums = {
        "ended": f"histogram(days) FILTER (days IS NOT NULL AND event IN ({events}))",
        "open_days": f"histogram(days) FILTER (days IS NOT NULL AND event = '{OPEN}')",
        "other": f"histogram(days) FILTER (days IS NOT NULL AND event NOT IN ('{OPEN}', {events}))",
        "persons": "count(DISTINCT person_key) FILTER (days IS NOT NULL)",
    }
    if duration.summary is not Summary.INCIDENCE:
        sums |= {
            "in_time": f"count(*) FILTER (in_population AND event IN ({events}) AND days <= within_days)",
            "old_enough": "count(*) FILTER (in_population)",
            "limits": "list(DISTINCT within_days)",
        }
    return sums


def numbers_of(duration: Duration, groups: Sequence[Sums]) -> list[dict[str, Any]]:
    """Return what a duration's figure says of each group: numerator, denominator, value, and what stands beside and inside it."""
    if duration.summary is Summary.INCIDENCE:
        return [_incidence(duration, sums) for sums in groups]
    in_time = [(int(sums.get("in_time") or 0), int(sums.get("old_enough") or 0)) for sums in groups]
    shares = [
        PartFigure(numerator, denominator, 100 * numerator / denominator if denominator else None, low, high)
        for (numerator, denominator), (low, high) in zip(in_time, wilson(in_time), strict=True)
    ]
    return [_medians(duration, sums, share) for sums, share in zip(groups, shares, strict=True)]


def _medians(duration: Duration, sums: Sums, share: PartFigure) -> dict[str, Any]:
    ended, waiting = _days(sums, "ended"), _days(sums, "open_days")
    events, n = sum(ended.values()), sum(ended.values()) + sum(waiting.values())
    extra: dict[str, float | None] = {"median": None, "events": events, "n": n}
    if duration.summary is Summary.KAPLAN_MEIER:
        extra["median"] = median_with_open(ended, waiting)
    else:
        extra |= {"median": _median(ended), "mean": _mean(ended)}
    limits = sorted(set(sums.get("limits") or duration.days))
    within = {"/".join(str(limit) for limit in limits): share}
    return {"numerator": events, "denominator": n, "value": extra["median"], "extra": extra, "within": within}


def median_with_open(ended: Days, waiting: Days) -> float | None:
    """Return the Kaplan–Meier median: the smallest t with S(t) ≤ 0,5 (measures.md); None when so many never ended.

    `ended`, `waiting`: how many ended on, or are known to have waited, so many days.
    """
    if not ended:
        return None
    from scipy.stats import CensoredData, ecdf

    survival = ecdf(CensoredData(uncensored=each_case(ended), right=each_case(waiting))).sf
    reached = survival.quantiles[survival.probabilities <= _HALF]
    return float(reached[0]) if len(reached) else None


def _incidence(duration: Duration, sums: Sums) -> dict[str, Any]:
    ended, other, waiting = (_days(sums, name) for name in ("ended", "other", "open_days"))
    parts = {str(day): share for day, share in cumulative_incidence(ended, other, waiting, duration.days).items()}
    shown = parts[str(duration.headline)]
    values = {name: getattr(shown, name) for name in ("numerator", "denominator", "value", "low", "high")}
    return {**values, "parts": parts}


def cumulative_incidence(ended: Days, other: Days, waiting: Days, after: tuple[int, ...]) -> dict[int, PartFigure]:
    """Return the share that has come to the event after so many days (Aalen–Johansen), for each number of days.

    `ended`: those who came to it; `other`: those who left otherwise and can come to it no more; `waiting`: those still there. The
    95 % intervals are log-log. `at_risk`: how many were still there just before. No value beyond what anyone has been observed.
    """
    import numpy as np

    arrived = each_case(ended)
    everyone = np.concatenate([arrived, each_case(other), each_case(waiting)])
    n = len(everyone)
    curve = incidence_steps(ended, other, waiting) if ended else None
    longest = max([*ended, *other, *waiting], default=0)
    shares = {}
    for day in after:
        at_risk, numerator = int(np.count_nonzero(everyone >= day)), int(np.count_nonzero(arrived <= day))
        known = n > 0 and (at_risk > 0 or longest not in waiting)
        value, error = _at(curve, day) if curve and known else (0.0 if known else None, None)
        low, high = log_log_interval(value, error)
        percent = None if value is None else 100 * value
        shares[day] = PartFigure(numerator, n, percent, low, high, extra={"at_risk": at_risk})
    return shares


def incidence_steps(ended: Days, other: Days, waiting: Days) -> tuple[Any, Any, Any]:
    """Return the days on which anything is known, and the share (0–1) and standard error from each of them on.

    On the day when the last of all leave, statsmodels divides by those left, which are none, in a term of the variance that is
    zero there. Only that last error is summed here, after the same formula.
    """
    import numpy as np
    from statsmodels.duration.survfunc import CumIncidenceRight

    each = [each_case(days) for days in (waiting, ended, other)]
    status = np.repeat([0, 1, 2], [len(days) for days in each])
    with np.errstate(divide="ignore", invalid="ignore"):
        found = CumIncidenceRight(np.concatenate(each), status)
    errors = found.cinc_se[0]
    if not math.isfinite(errors[-1]):
        errors[-1] = _last_error(found.times, found.cinc[0], ended, other, at_risk=_at_risk(found.times, each))
    return found.times, found.cinc[0], errors


def _at_risk(times: Any, each: list[Any]) -> Any:
    """How many were still there just before each of the days."""
    import numpy as np

    everyone = np.sort(np.concatenate(each))
    return len(everyone) - np.searchsorted(everyone, times, side="left")


def _last_error(times: Any, shares: Any, ended: Days, other: Days, *, at_risk: Any) -> float:
    """Return the standard error of the last share, by the delta method (Marubini and Valsecchi, *Analysing Survival Data*)."""
    import numpy as np

    arrived, left = (np.array([days.get(int(day), 0) for day in times], dtype=float) for days in (ended, other))
    gone = arrived + left
    staying = np.concatenate([[1.0], np.cumprod(1 - gone / at_risk)[:-1]])
    to_come = shares[-1] - shares
    hazards = np.divide(gone, at_risk * (at_risk - gone), out=np.zeros(len(times)), where=at_risk > gone)
    variance = (
        np.sum(to_come**2 * hazards)
        + np.sum(staying**2 * arrived * (at_risk - arrived) / at_risk**3)
        - 2 * np.sum(to_come * staying * arrived / at_risk**2)
    )
    return math.sqrt(max(float(variance), 0.0))


def _at(curve: tuple[Any, Any, Any], day: int) -> tuple[float, float | None]:
    times, shares, errors = curve
    place = int(times.searchsorted(day, side="right")) - 1
    if place < 0:
        return 0.0, None
    error = float(errors[place])
    return float(shares[place]), error if math.isfinite(error) else None


def log_log_interval(share: float | None, error: float | None) -> tuple[float | None, float | None]:
    """Return the ends in percent: the interval of log(−log(share)), which never leaves 0–100."""
    if share is None or error is None or not 0 < share < 1:
        return None, None
    step = _normal_quantile(0.975) * error / (share * math.log(share))
    low, high = sorted(share ** math.exp(sign * step) for sign in (-1, 1))
    return 100 * low, 100 * high


@cache
def _normal_quantile(probability: float) -> float:
    from scipy.stats import norm

    return float(norm.ppf(probability))


def _median(days: Days) -> float | None:
    import numpy as np

    return float(np.median(each_case(days))) if days else None


def _mean(days: Days) -> float | None:
    import numpy as np

    return float(np.average(list(days), weights=list(days.values()))) if days else None


def each_case(days: Days) -> Any:
    """Return one number for each case."""
    import numpy as np

    return np.repeat(np.array(list(days), dtype=float), list(days.values()))


def _days(sums: Sums, name: str) -> Days:
    return {int(day): int(count) for day, count in (sums.get(name) or {}).items()}
