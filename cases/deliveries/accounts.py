"""Which accounts and objects of a SIE file are which kind of cost, unit and activity: the saved mapping, and how it is asked.

A pattern is a code as it stands, a beginning ("34*") or a stretch ("5000-5999"). The most exact one decides: the code itself,
then the longest beginning, then the shortest stretch. A pattern that leads to nothing says that it is left out on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.enums import CostKind

PATTERN = re.compile(r"[^\s*]+\*?|\d+-\d+")
_STRETCH = re.compile(r"(\d+)-(\d+)")
REVENUE = frozenset({CostKind.INTERNAL_REVENUE, CostKind.SALES, CostKind.STATE_GRANT})
"""The kinds whose amounts are credit in the accounts and positive with us."""


@dataclass(frozen=True)
class Patterns:
    """Patterns of codes, each with what it leads to; empty for what is left out on purpose."""

    leads_to: Mapping[str, str] = field(default_factory=dict)

    def of(self, code: str) -> str | None:
        """Return what the code leads to, None when no pattern is about it."""
        if code in self.leads_to:
            return self.leads_to[code]
        fitting = [(rank, found) for pattern, found in self.leads_to.items() if (rank := _rank(pattern, code))]
        return max(fitting)[1] if fitting else None


@dataclass(frozen=True)
class AccountRules:
    """How a SIE file becomes rows of costs. The dimensions are given by number or by the name that #DIM gives them."""

    unit_dimension: str
    accounts: Patterns
    units: Patterns
    activity_dimension: str = ""
    activities: Patterns = field(default_factory=Patterns)


def _rank(pattern: str, code: str) -> tuple[int, int] | None:
    """How exactly the pattern is about the code; None when it is not."""
    if pattern.endswith("*"):
        return (2, len(pattern)) if code.startswith(pattern[:-1]) else None
    stretch = _STRETCH.fullmatch(pattern)
    if stretch and code.isdecimal() and len(code) == len(stretch[1]) == len(stretch[2]):
        first, last = int(stretch[1]), int(stretch[2])
        return (1, first - last) if first <= int(code) <= last else None
    return None
