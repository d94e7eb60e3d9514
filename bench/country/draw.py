"""Whole columns drawn at once, and turned into the columns of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

UNKNOWN = np.iinfo(np.int64).min
"""Stands in a column of days for a date that is not known."""

FIRST_MONTH = np.datetime64("2020-01", "M")
MONTHS = 60


class Draw:
    """Draws columns. The same seed and the same questions give the same answers."""

    def __init__(self, *seed: int) -> None:
        """Begin from the seed, one or several numbers."""
        self.generator = np.random.default_rng(seed)

    def chance(self, number: int, probability: float) -> Bools:
        """Return so many yes or no."""
        return self.generator.random(number) < probability

    def between(self, low: int, high: int, number: int) -> Ints:
        """Return so many whole numbers, both ends included."""
        return self.generator.integers(low, high + 1, number)

    def spread(self, median: float, sigma: float, number: int) -> Ints:
        """Return so many lengths, at least 0, as skewed to the right as durations are (log-normal)."""
        return self.generator.lognormal(np.log(median), sigma, number).astype(np.int64)

    def pick(self, weights: Mapping[str, float], number: int) -> Ints:
        """Return so many places in the mapping, by weight."""
        ends = np.cumsum(list(weights.values()))
        return np.searchsorted(ends / ends[-1], self.generator.random(number), side="right")

    def keys(self, number: int) -> pa.Array:
        """Return so many person keys, of the form that keyed hashes have here."""
        text = pa.py_buffer(self.generator.bytes(16 * number).hex().encode())
        return (
            pa.FixedSizeBinaryArray.from_buffers(pa.binary(32), number, [None, text])
            .cast(pa.binary())
            .cast(pa.string())
        )


def day(text: str) -> int:
    """Return an ISO date as the number that days are in these columns."""
    return int(np.datetime64(text, "D").astype(np.int64))


def first_day(months: Ints) -> Ints:
    """Return the first day of months counted from the first one."""
    found: Ints = (FIRST_MONTH + months).astype("datetime64[D]").astype(np.int64)
    return found


def places_within(counts: Ints) -> Ints:
    """Return 0, 1, 2 … within each group, for groups that follow on each other with so many rows."""
    ends = np.cumsum(counts)
    found: Ints = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
    return found


def known(days: Ints, condition: Bools) -> Ints:
    """Return the days where the condition holds, and unknown elsewhere."""
    return np.where(condition, days, UNKNOWN)


def dates(days: Ints) -> pa.Array:
    """Return a column of dates."""
    missing = days == UNKNOWN
    return pa.array(np.where(missing, 0, days).astype(np.int32), mask=missing).cast(pa.date32())


def words(choices: Mapping[str, float] | Sequence[str], places: Ints, *, when: Bools | None = None) -> pa.Array:
    """Return a column of the words at those places; empty where `when` does not hold."""
    mask = None if when is None else ~when
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32), mask=mask), pa.array(list(choices)))


def names(prefix: str, numbers: Ints, *, when: Bools | None = None) -> pa.Array:
    """Return a column of names made of a letter and a number."""
    column = pc.binary_join_element_wise(prefix, pa.array(numbers).cast(pa.string()), "")
    return column if when is None else pc.if_else(pa.array(when), column, pa.scalar(None, pa.string()))


def numbers(values: NDArray[Any], *, when: Bools | None = None) -> pa.Array:
    """Return a column of numbers or truth values; empty where `when` does not hold."""
    return pa.array(values, mask=None if when is None else ~when)
