"""What governance gives to reports and the overview: the committees' indicators with their targets, and what is due."""

from __future__ import annotations

from collections.abc import Sequence

from committees.models import Committee, User
from governance.selectors.indicators import indicator_parts
from governance.watch import watch_list
from reporting.documents.parts import DuePart, register_due, register_indicators


def due_parts(user: User, committees: Sequence[Committee]) -> list[DuePart]:
    """Return what stands on the watch list of the committees for this reader."""
    return [DuePart(item.due, item.kind, item.title, item.url) for item in watch_list(user, committees)]


register_indicators(indicator_parts)
register_due(due_parts)
