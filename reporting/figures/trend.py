"""What changed, and whether the change is more than chance (measures.md section 7)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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
