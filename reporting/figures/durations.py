"""How long things took: medians with those still waiting, and the share that has come to its end after so many days.

The statistics are those of scipy (Kaplan–Meier) and statsmodels (Aalen–Johansen). A group's days come as counts by day.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
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
        "persons": "count(DISTINCT person_of) FILTER (days IS NOT NULL)",
    }
    if duration.summary is not Summary.INCIDENCE:
        sums |= {
            "in_time": f"count(*) FILTER (in_population AND event IN ({events}) AND days <= within_days)",
            "old_enough": "count(*) FILTER (in_population)",
            "limits": "list_sort(list(DISTINCT within_days))",
        }
    return sums


def numbers_of(duration: Duration, sums: Sums) -> dict[str, Any]:
    """Return what a duration's figure says of a group: numerator, denominator, value, and what stands beside and inside it."""
    if duration.summary is Summary.INCIDENCE:
        return _incidence(duration, sums)
    ended, waiting = _days(sums, "ended"), _days(sums, "open_days")
    events, n = sum(ended.values()), sum(ended.values()) + sum(waiting.values())
    extra: dict[str, float | None] = {"median": None, "events": events, "n": n}
    if duration.summary is Summary.KAPLAN_MEIER:
        extra["median"] = median_with_open(ended, waiting)
    else:
        extra |= {"median": _median(ended), "mean": _mean(ended)}
    limits = sums.get("limits") or list(duration.days)
    share = _share(int(sums.get("in_time") or 0), int(sums.get("old_enough") or 0))
    within = {"/".join(str(limit) for limit in limits): share}
    return {"numerator": events, "denominator": n, "value": extra["median"], "extra": extra, "within": within}


def median_with_open(ended: Days, waiting: Days) -> float | None:
    """Return the Kaplan–Meier median: the smallest t with S(t) ≤ 0,5 (measures.md); None when so many never ended.

    `ended`, `waiting`: how many ended on, or are known to have waited, so many days.
    """
    if not ended:
        return None
    from scipy.stats import CensoredData, ecdf

    survival = ecdf(CensoredData(uncensored=_each(ended), right=_each(waiting))).sf
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
    n = sum(sum(days.values()) for days in (ended, other, waiting))
    curve = _curve(ended, other, waiting) if ended else None
    longest = max([*ended, *other, *waiting], default=0)
    shares = {}
    for day in after:
        at_risk = sum(count for days in (ended, other, waiting) for waited, count in days.items() if waited >= day)
        numerator = sum(count for waited, count in ended.items() if waited <= day)
        known = n > 0 and (at_risk > 0 or longest not in waiting)
        value, error = _at(curve, day) if curve and known else (0.0 if known else None, None)
        low, high = _log_log(value, error)
        percent = None if value is None else 100 * value
        shares[day] = PartFigure(numerator, n, percent, low, high, extra={"at_risk": at_risk})
    return shares


def _curve(ended: Days, other: Days, waiting: Days) -> tuple[Any, Any, Any]:
    """Return days, shares and standard errors. An error that cannot be told, since nobody is left, is not a number."""
    import numpy as np
    from statsmodels.duration.survfunc import CumIncidenceRight

    each = [_each(days) for days in (waiting, ended, other)]
    status = np.repeat([0, 1, 2], [len(days) for days in each])
    with np.errstate(divide="ignore", invalid="ignore"):
        found = CumIncidenceRight(np.concatenate(each), status)
    return found.times, found.cinc[0], found.cinc_se[0]


def _at(curve: tuple[Any, Any, Any], day: int) -> tuple[float, float | None]:
    times, shares, errors = curve
    place = int(times.searchsorted(day, side="right")) - 1
    if place < 0:
        return 0.0, None
    error = float(errors[place])
    return float(shares[place]), error if math.isfinite(error) else None


def _log_log(share: float | None, error: float | None) -> tuple[float | None, float | None]:
    """Return the ends in percent: the interval of log(−log(share)), which never leaves 0–100."""
    if share is None or error is None or not 0 < share < 1:
        return None, None
    from scipy.stats import norm

    step = float(norm.ppf(0.975)) * error / (share * math.log(share))
    low, high = sorted(share ** math.exp(sign * step) for sign in (-1, 1))
    return 100 * low, 100 * high


def _share(numerator: int, denominator: int) -> PartFigure:
    [(low, high)] = wilson([(numerator, denominator)])
    return PartFigure(numerator, denominator, 100 * numerator / denominator if denominator else None, low, high)


def _median(days: Days) -> float | None:
    import numpy as np

    return float(np.median(_each(days))) if days else None


def _mean(days: Days) -> float | None:
    import numpy as np

    return float(np.average(list(days), weights=list(days.values()))) if days else None


def _each(days: Days) -> Any:
    """One number for each case."""
    import numpy as np

    return np.repeat(np.array(list(days), dtype=float), list(days.values()))


def _days(sums: Sums, name: str) -> Days:
    return {int(day): int(count) for day, count in (sums.get(name) or {}).items()}
