"""Every check there is, in the order a reader of a file meets them. docs/checks.md is written from this."""

from __future__ import annotations

from functools import cache

from cases.deliveries.checks.across import across_checks
from cases.deliveries.checks.columns import column_checks
from cases.deliveries.checks.model import Check
from cases.deliveries.checks.rows import ROW_CHECKS
from cases.kinds import KINDS, Kind


@cache
def within_row_checks(kind: Kind) -> tuple[Check, ...]:
    """Return the checks of a kind that look at one row at a time."""
    return tuple(check for check in (*column_checks(), *ROW_CHECKS) if check.kind is kind)


@cache
def across_row_checks(kind: Kind) -> tuple[Check, ...]:
    """Return the checks of a kind that hold its rows against each other, other files and what is stored."""
    return tuple(check for check in across_checks() if check.kind is kind)


def catalogue(kind: Kind) -> tuple[Check, ...]:
    """Return all checks of a kind."""
    return (*within_row_checks(kind), *across_row_checks(kind))


def check_named(kind: str, check: str, column: str) -> Check | None:
    """Return the check of that id in a kind of file and a column, None when there is none."""
    known = (one for declared in KINDS if declared.name == kind for one in catalogue(declared))
    return next((one for one in known if (one.id, one.column) == (check, column)), None)
