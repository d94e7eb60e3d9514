"""Intervals of shares, from statsmodels."""

from __future__ import annotations

from collections.abc import Sequence

Ends = tuple[float | None, float | None]


def wilson(shares: Sequence[tuple[int, int]]) -> list[Ends]:
    """Return the 95 % Wilson interval in percent for each (numerator, denominator); None twice where the denominator is 0."""
    from statsmodels.stats.proportion import proportion_confint

    known = [(numerator, denominator) for numerator, denominator in shares if denominator]
    if not known:
        return [(None, None)] * len(shares)
    import numpy as np

    counts, sizes = (np.array(column, dtype=float) for column in zip(*known, strict=True))
    lows, highs = proportion_confint(counts, sizes, alpha=0.05, method="wilson")
    ends = iter(
        (0.0 if count == 0 else float(low) * 100, 100.0 if count == size else float(high) * 100)
        for count, size, low, high in zip(counts, sizes, lows, highs, strict=True)
    )
    return [next(ends) if denominator else (None, None) for _, denominator in shares]
