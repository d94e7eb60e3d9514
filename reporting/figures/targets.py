"""Whether a target is met. Status and trend are two things; this is the status (measures.md section 7)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum

NEARLY = Decimal("0.05")
"""A target is nearly met when what is lacking is at most this part of it: 71,25 % and up where 75 % is the target.

The only place where it is defined; pages and reports say it with `nearly_in_words`.
"""

_HOLDS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
}


class Status(StrEnum):
    """How an outcome stands to its target. Word and sign go together, so that colour never stands alone.

    The word for NOT_MEASURED is true both of what nobody has measured and of what is not shown.
    """

    MET = "met"
    NEARLY = "nearly"
    NOT_MET = "not_met"
    NOT_MEASURED = "not_measured"

    @property
    def label(self) -> str:
        """The Swedish word."""
        return _LABELS[self]

    @property
    def sign(self) -> str:
        """The sign beside the word; another one for "nearly" than for what cannot be judged."""
        return _SIGNS[self]


_LABELS = {
    Status.MET: "Uppfyllt",
    Status.NEARLY: "Nästan uppfyllt",
    Status.NOT_MET: "Ej uppfyllt",
    Status.NOT_MEASURED: "Kan inte bedömas",
}
_SIGNS = {Status.MET: "✓", Status.NEARLY: "≈", Status.NOT_MET: "✗", Status.NOT_MEASURED: "–"}


def status(value: float | Decimal | None, comparator: str, target: float | Decimal | None) -> Status:
    """Return the status of a value against a target in the same unit, both unrounded.

    `comparator` is one of >=, >, <= and <; KeyError for another. NOT_MEASURED when the value is missing or hidden, or when a
    target that follows others has no value.
    """
    holds = _HOLDS[comparator]
    if value is None or target is None:
        return Status.NOT_MEASURED
    outcome, wanted = Decimal(str(value)), Decimal(str(target))
    if holds(outcome, wanted):
        return Status.MET
    return Status.NEARLY if abs(outcome - wanted) <= abs(wanted) * NEARLY else Status.NOT_MET


def nearly_in_words() -> str:
    """Return the sentence that explains "nästan uppfyllt"."""
    return f"Nästan uppfyllt betyder att högst {int(NEARLY * 100)} procent av målvärdet saknas."


def asks_for_explanation(found: Status | None, *, worse: bool) -> bool:
    """Tell whether a committee owes an explanation: its target was not met, or the outcome has certainly become worse.

    What is nearly met is not met. What was not measured cannot be explained; that it was not measured is shown for itself.
    """
    return worse or found in {Status.NEARLY, Status.NOT_MET}
