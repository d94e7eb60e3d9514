"""Knowing that there is no room left, whoever says so: the system, SQLite or PostgreSQL."""

from __future__ import annotations

import errno

NO_ROOM = "Det finns ingen plats kvar på disken. Frigör plats och försök igen."
_POSTGRES_DISK_FULL = "53100"
_SQLITE_FULL = "database or disk is full"


def is_full(fault: BaseException) -> bool:
    """Whether the fault, or one that it came of, is that the disk or the account's share of it is full."""
    one: BaseException | None = fault
    while one is not None:
        if isinstance(one, OSError) and one.errno in {errno.ENOSPC, errno.EDQUOT}:
            return True
        if getattr(one, "sqlstate", None) == _POSTGRES_DISK_FULL or _SQLITE_FULL in str(one):
            return True
        one = one.__cause__ or one.__context__
    return False
