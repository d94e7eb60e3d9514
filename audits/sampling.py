"""The statistics of samples: how many cases to draw, which, and what the drawn ones say of all of them.

Attribute sampling as auditors use it (AICPA Audit Guide: Audit Sampling): the sample is the smallest whose expected number of
deviations would be found with at most the accepted risk, were the true rate the tolerable one. The population is finite and its
size known, so chances are hypergeometric; without a size they are binomial. Intervals are exact: Clopper–Pearson, or its
hypergeometric counterpart by inverting the tests at both ends.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_MOST = 20_000
"""The largest sample that is looked for when the size of the population is not known."""
_SLACK = 1e-9
"""Takes away what floating point adds to a whole number before it is rounded up."""


class SamplingFault(ValueError):
    """A sample that cannot be drawn, in words for the user."""


def _rounded_up(value: float) -> int:
    return math.ceil(value - _SLACK)


def attribute_size(*, confidence: float, tolerable: float, expected: float, population: int | None = None) -> int:
    """Return how many cases to draw; all shares are of one, `population` is the number of cases or None for endless.

    With n cases drawn, `expected` of them rounded up may deviate; n is the smallest for which so few would be found with a
    chance of at most 1 - confidence if `tolerable` of the population deviates. The whole population when no smaller one does.
    Raises SamplingFault when the shares cannot be met.
    """
    if not 0 < confidence < 1 or not 0 < tolerable < 1 or not 0 <= expected < 1:
        raise SamplingFault("Säkerhet och tolerabel avvikelse ska ligga mellan 0 och 100 procent.")
    if expected >= tolerable:
        raise SamplingFault("Den förväntade avvikelsen ska vara mindre än den tolerabla.")
    import numpy as np
    from scipy import stats

    sizes = np.arange(1, (_MOST if population is None else population) + 1)
    accepted = np.ceil(sizes * expected - _SLACK)
    if population is None:
        chances = stats.binom.cdf(accepted, sizes, tolerable)
    else:
        chances = stats.hypergeom.cdf(accepted, population, _rounded_up(population * tolerable), sizes)
    enough = np.flatnonzero(chances <= 1 - confidence + 1e-12)
    if enough.size:
        return int(sizes[enough[0]])
    if population is None:
        raise SamplingFault("Den förväntade avvikelsen ligger så nära den tolerabla att urvalet blir orimligt stort.")
    return population


def share_size(share: float, population: int) -> int:
    """Return how many cases a share of the population is, rounded up."""
    if not 0 < share <= 1:
        raise SamplingFault("Andelen ska vara mer än 0 och högst 100 procent.")
    return _rounded_up(share * population)


def allocation(sizes: Mapping[str, int], number: int) -> dict[str, int]:
    """Return how many cases each stratum gives: in proportion to its cases by largest remainder, and at least one each.

    Raises SamplingFault when there are more strata than cases to draw, or fewer cases than are asked for.
    """
    whole = sum(sizes.values())
    if number > whole:
        raise SamplingFault(f"Det finns bara {whole} ärenden att dra ur.")
    if number < len(sizes):
        raise SamplingFault(f"Urvalet är {number} ärenden men delarna är {len(sizes)}. Dra fler eller dela inte upp.")
    given = {name: max(1, number * size // whole) for name, size in sizes.items()}
    by_need = sorted(sizes, key=lambda name: (given[name] - number * sizes[name] / whole, name))
    while sum(given.values()) < number:
        name = next(name for name in by_need if given[name] < sizes[name])
        given[name] += 1
        by_need.sort(key=lambda name: (given[name] - number * sizes[name] / whole, name))
    while sum(given.values()) > number:
        name = next(name for name in reversed(by_need) if given[name] > 1)
        given[name] -= 1
        by_need.sort(key=lambda name: (given[name] - number * sizes[name] / whole, name))
    return given


def drawn(keys: Iterable[str], number: int, seed: str) -> list[str]:
    """Return that many keys in the order they are drawn: by the SHA-256 of the seed and the key.

    The order of the keys given does not matter, and neither does any library's way of making random numbers, so anybody with the
    seed and the keys can draw the sample again.
    """
    ranked = sorted(keys, key=lambda key: (hashlib.sha256(f"{seed}:{key}".encode()).hexdigest(), key))
    if number > len(ranked):
        raise SamplingFault(f"Det finns bara {len(ranked)} ärenden att dra ur.")
    return ranked[:number]


def exact_interval(
    found: int, looked_at: int, *, confidence: float, population: int | None = None
) -> tuple[float, float]:
    """Return the exact two-sided interval of the share: Clopper–Pearson, hypergeometric when the population's size is given."""
    risk = (1 - confidence) / 2
    return (
        _lowest(found, looked_at, risk, population),
        1 - _lowest(looked_at - found, looked_at, risk, population),
    )


def upper_limit(found: int, looked_at: int, *, confidence: float, population: int | None = None) -> float:
    """Return the exact one-sided upper limit of the share."""
    return 1 - _lowest(looked_at - found, looked_at, 1 - confidence, population)


def _lowest(found: int, looked_at: int, risk: float, population: int | None) -> float:
    """Return the lowest share under which at least `found` of `looked_at` would be seen with more than the risk."""
    if found == 0:
        return 0.0
    import numpy as np
    from scipy import stats

    if population is None:
        return float(stats.beta.ppf(risk, found, looked_at - found + 1))
    possible = np.arange(found, population - (looked_at - found) + 1)
    chances = stats.hypergeom.sf(found - 1, population, possible, looked_at)
    return float(possible[np.flatnonzero(chances > risk)[0]] / population)


@dataclass(frozen=True)
class Part:
    """One stratum: its cases, those looked at and those of them that were found to have what is counted."""

    name: str
    population: int
    looked_at: int
    found: int


def weighted(parts: Sequence[Part], *, confidence: float) -> tuple[float, float, float]:
    """Return the share of the population with its interval, each stratum weighted by its share of the cases.

    The interval is the weighted sum of each stratum's own exact interval at confidence 1 - (1 - confidence) / number of strata
    (Bonferroni): it holds with at least the confidence, and is wider than need be with many strata.
    """
    whole = sum(part.population for part in parts)
    each = 1 - (1 - confidence) / len(parts)
    share = low = high = 0.0
    for part in parts:
        weight = part.population / whole
        lower, upper = exact_interval(part.found, part.looked_at, confidence=each, population=part.population)
        share += weight * part.found / part.looked_at
        low += weight * lower
        high += weight * upper
    return share, low, high
