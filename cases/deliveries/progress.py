"""How far a delivery has come, and how long the rest is likely to take."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from committees.commands import counted

T = TypeVar("T")

_BETWEEN = 10_000
_TOO_EARLY = 0.02
"""Of the work; what is said of the rest before that is a guess."""


class Step(StrEnum):
    """What is done to the rows."""

    READING = "reading"
    CHECKING = "checking"
    STORING = "storing"


# How much of the work each step is, as measured on a million rows in PostgreSQL.
_SHARES = {Step.READING: 0.45, Step.CHECKING: 0.15, Step.STORING: 0.4}


@dataclass(frozen=True)
class Progress:
    """How many rows the step has done, and how much of all the work that is (0–1)."""

    step: Step
    rows: int
    share: float


Told = Callable[[Progress], object]


def nobody(progress: Progress) -> None:
    """Tell nobody."""
    del progress


class Work:
    """The work on one delivery, told as it goes. Whoever is told may raise, and so stop it."""

    def __init__(self, told: Told, *, size: int, stores: bool) -> None:
        """Begin with files of so many bytes together; without `stores` the work ends with the checks."""
        self._told, self._size = told, max(size, 1)
        steps = [step for step in Step if stores or step is not Step.STORING]
        whole = sum(_SHARES[step] for step in steps)
        self._share = {step: _SHARES[step] / whole for step in steps}
        self._bytes = self._rows = 0

    def read_file(self, size: int, expected: int) -> Callable[[int], None]:
        """Return what is to be told of the rows that are read of a file of so many bytes and about so many rows."""
        before, in_file = self._bytes, 0
        self._bytes += size

        def read(rows: int) -> None:
            nonlocal in_file
            in_file += rows
            self._rows += rows
            part = min(in_file / expected, 1) if expected else 0
            self._tell(Step.READING, self._rows, (before + size * part) / self._size)

        return read

    def checked(self, part: float) -> None:
        """Tell that so much of the checking is done (0–1)."""
        self._tell(Step.CHECKING, self._rows, part)

    def storing(self, rows: Iterable[T], *, before: int, of: int) -> Iterator[T]:
        """Yield the rows, and tell of them; so many have gone `before` them, `of` so many in all."""
        done = before
        for done, row in enumerate(rows, start=before + 1):
            if not done % _BETWEEN:
                self.stored(done, of=of)
            yield row
        self.stored(done, of=of)

    def stored(self, rows: int, *, of: int) -> None:
        """Tell that so many rows of all are stored."""
        self._tell(Step.STORING, rows, rows / of if of else 1)

    def _tell(self, step: Step, rows: int, part: float) -> None:
        done = sum(
            share for earlier, share in self._share.items() if list(Step).index(earlier) < list(Step).index(step)
        )
        self._told(Progress(step, rows, min(done + self._share[step] * part, 1)))


class Clock:
    """How long the rest takes if it goes as fast as what has been done."""

    def __init__(self) -> None:
        """Begin now."""
        self._began = time.monotonic()

    def seconds_left(self, share: float) -> float | None:
        """Return the seconds, None while it is too early to say."""
        if share < _TOO_EARLY:
            return None
        return (time.monotonic() - self._began) * (1 - share) / share


def spoken(seconds: float) -> str:
    """Return a time that is left in words, Swedish, no more exact than it is."""
    if seconds < 10:
        return "några sekunder kvar"
    if seconds < 55:
        return f"ungefär {round(seconds, -1):.0f} sekunder kvar"
    if seconds < 55 * 60:
        return f"ungefär {counted(round(seconds / 60), 'minut', 'minuter')} kvar"
    return f"ungefär {counted(round(seconds / 3600), 'timme', 'timmar')} kvar"
