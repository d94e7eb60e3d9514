"""What governance gives to reports and the overview: the committees' indicators with their targets, and what is due."""

from __future__ import annotations

from collections.abc import Sequence

from committees.models import Committee, User
from committees.permissions import access_of
from governance.documents.chapters import NO_COMMISSIONS, NO_PLAN, commission_blocks, control_blocks
from governance.selectors.indicators import indicator_parts
from governance.selectors.standings import lacking, standings_of
from governance.watch import watch_list
from reporting.documents.chapters import register_chapter
from reporting.documents.parts import DuePart, OwedPart, register_due, register_indicators, register_owed
from reporting.documents.templates.model import FigureContent
from reporting.snapshots.models import Snapshot


def due_parts(user: User, committees: Sequence[Committee]) -> list[DuePart]:
    """Return what stands on the watch list of the committees for this reader."""
    return [DuePart(item.due, item.kind, item.title, item.url) for item in watch_list(user, committees)]


def owed_parts(user: User, committees: Sequence[Committee], year: int, snapshot: Snapshot) -> list[OwedPart]:
    """Return the explanations that the committees owe of the year, beside what was said of the year before."""
    found = standings_of(committees, year, access=access_of(user), snapshot=snapshot)
    return [
        OwedPart(
            key=f"{one.indicator.code}/{one.committee.code}",
            name=one.name,
            committee=one.committee.name,
            value=one.value,
            target=one.target,
            before=one.part.explanations.get(year - 1, ()),
            url=one.explain_url,
        )
        for one in lacking(found)
    ]


register_indicators(indicator_parts)
register_owed(owed_parts)
register_due(due_parts)
register_chapter(FigureContent.CONTROLS, title="Intern kontroll", nothing=NO_PLAN, source=control_blocks)
register_chapter(FigureContent.COMMISSIONS, title="Uppdrag", nothing=NO_COMMISSIONS, source=commission_blocks)
