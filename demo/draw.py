"""Chance that gives the same result on every machine and Python version."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A stream of random choices for one subject.

    Only ``Random.random`` is used: its sequence is the one Python promises never to change for a given seed.
    Each subject has its own stream, so that a change in one leaves the others as they were.
    """

    def __init__(self, seed: int, subject: str) -> None:
        self._random = Random(f"{seed}/{subject}")

    def share(self) -> float:
        """A number from 0 up to but not including 1."""
        return self._random.random()

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self.share() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.share() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, each as likely."""
        return items[int(self.share() * len(items))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, as likely as its weight says."""
        left = self.share() * sum(weights.values())
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        return next(reversed(list(weights)))

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in random order (Fisher-Yates)."""
        result = list(items)
        for last in range(len(result) - 1, 0, -1):
            other = int(self.share() * (last + 1))
            result[last], result[other] = result[other], result[last]
        return result

    def day(self, first: date, last: date) -> date:
        """A day from first to last, both included."""
        return first + timedelta(days=self.between(0, (last - first).days))

    def workday(self, first: date, last: date) -> date:
        """A day from first to last that is no Saturday or Sunday (needs one such day between them)."""
        day = self.day(first, last)
        while day.weekday() > 4:
            day = self.day(first, last)
        return day

    def bell(self, low: float, high: float) -> float:
        """A number between low and high, most often near the middle."""
        return low + (high - low) * (self.share() + self.share() + self.share()) / 3
