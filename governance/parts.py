"""What governance gives to reports and the overview: the committees' indicators with their targets, and what is due."""

from __future__ import annotations

from collections.abc import Sequence

from committees.models import Committee, User
from governance.documents.chapters import NO_COMMISSIONS, NO_PLAN, commission_blocks, control_blocks
from governance.selectors.indicators import indicator_parts
from governance.watch import watch_list
from reporting.documents.chapters import register_chapter
from reporting.documents.parts import DuePart, register_due, register_indicators
from reporting.documents.templates.model import FigureContent


def due_parts(user: User, committees: Sequence[Committee]) -> list[DuePart]:
    """Return what stands on the watch list of the committees for this reader."""
    return [DuePart(item.due, item.kind, item.title, item.url) for item in watch_list(user, committees)]


register_indicators(indicator_parts)
register_due(due_parts)
register_chapter(FigureContent.CONTROLS, title="Intern kontroll", nothing=NO_PLAN, source=control_blocks)
register_chapter(FigureContent.COMMISSIONS, title="Uppdrag", nothing=NO_COMMISSIONS, source=commission_blocks)
