"""Whether two properties hang together in a table of counts: one answer for comparisons of groups and of years."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_FEWEST_EXPECTED = 5
_RESAMPLES = 9999
_SEED = 20240131


def association(table: Sequence[Sequence[int]]) -> float | None:
    """Return the p-value of the hypothesis that rows and columns are independent; None when there is nothing to compare.

    Pearson's chi-square where at most a fifth of the expected counts are below 5 and none below 1 (Cochran, *Biometrics* 10),
    otherwise Fisher's exact test, for more than two rows and columns by drawing tables (scipy). The draws begin at the same place
    each time, so that the same table always gives the same answer. Rows and columns without a single count are left out.
    """
    columns = [at for at in range(len(table[0]) if table else 0) if any(row[at] for row in table)]
    rows = tuple(tuple(row[at] for at in columns) for row in table if any(row))
    return _tested(rows) if len(rows) > 1 and len(columns) > 1 else None


def large_enough(size: float, share: float) -> bool:
    """Return whether at least five of each sort are to be expected of `size` cases when `share` (0–1) of all are of the one sort.

    A smaller group is too small to be judged by itself: a case more or less would decide what is said of it.
    """
    return min(size * share, size * (1 - share)) >= _FEWEST_EXPECTED


@lru_cache(maxsize=1024)
def _tested(rows: tuple[tuple[int, ...], ...]) -> float:
    import numpy as np
    from scipy.stats import MonteCarloMethod, chi2_contingency, fisher_exact

    found = chi2_contingency(rows, correction=False)
    expected = found.expected_freq
    if expected.min() >= 1 and (expected < _FEWEST_EXPECTED).mean() <= 0.2:
        return float(found.pvalue)
    if len(rows) == len(rows[0]) == 2:
        return float(fisher_exact(rows).pvalue)
    draws = MonteCarloMethod(n_resamples=_RESAMPLES, rng=np.random.default_rng(_SEED))
    return float(fisher_exact(rows, method=draws).pvalue)
