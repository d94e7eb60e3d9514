"""What governance gives to reports and the overview: the committees' indicators with their targets, and what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from committees.models import Committee, User
from committees.permissions import access_of
from governance.documents.chapters import NO_COMMISSIONS, NO_PLAN, commission_blocks, control_blocks
from governance.figures import may_see_figures
from governance.selectors.indicators import indicator_parts
from governance.selectors.standings import lacking, standings_of
from governance.watch import watch_list
from reporting.documents.chapters import register_chapter
from reporting.documents.parts import CannotTell, DuePart, OwedPart, register_due, register_indicators, register_owed
from reporting.documents.templates.model import FigureContent
from reporting.figures.model import Period
from reporting.snapshots.models import Snapshot


def due_parts(user: User, committees: Sequence[Committee]) -> list[DuePart]:
    """Return what stands on the watch list of the committees for this reader."""
    return [DuePart(item.due, item.kind, item.title, item.url) for item in watch_list(user, committees)]


def owed_parts(user: User, committees: Sequence[Committee], end: dt.date, snapshot: Snapshot) -> list[OwedPart]:
    """Return the explanations that the committees owe of the year to its day `end`, beside what was said the last time before.

    Raises CannotTell when the reader may not see a committee's figures.
    """
    access = access_of(user)
    for one in committees:
        if not may_see_figures(access, one):
            raise CannotTell(f"Du får inte se de siffror som säger vad {one.name} ska förklara.")
    until = None if Period(dt.date(end.year, 1, 1), end).is_calendar_year else end
    found = standings_of(committees, end.year, access=access, snapshot=snapshot, until=until)
    return [
        OwedPart(
            key=f"{one.indicator.code}/{one.committee.code}",
            name=one.name,
            committee=one.committee.name,
            value=one.value,
            target=one.target,
            before=one.said_before,
            url=one.explain_url,
        )
        for one in lacking(found)
    ]


register_indicators(indicator_parts)
register_owed(owed_parts)
register_due(due_parts)
register_chapter(FigureContent.CONTROLS, title="Intern kontroll", nothing=NO_PLAN, source=control_blocks)
register_chapter(FigureContent.COMMISSIONS, title="Uppdrag", nothing=NO_COMMISSIONS, source=commission_blocks)
