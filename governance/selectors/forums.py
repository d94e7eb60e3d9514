"""Whether forums of cooperation meet as often as they are to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from committees.models import Committee, User
from governance.models import Forum, ForumMeeting
from governance.watch import OpenRow, WatchItem, once, open_rows, register_rows
from reporting.measures.cohorts import months_later


@dataclass(frozen=True)
class Keeping:
    """How a forum keeps its interval. `last`: the latest meeting by the day; `due`: when the next is to be held at the latest.

    `gaps` are the stretches between meetings, and from the forum's start, that were longer than the interval: first and last day.
    """

    last: dt.date | None
    due: dt.date | None
    gaps: tuple[tuple[dt.date, dt.date], ...]

    def is_late(self, day: dt.date) -> bool:
        """Tell whether the next meeting should have been held before the day."""
        return self.due is not None and self.due < day


def keeping(forum: Forum, day: dt.date) -> Keeping:
    """Return how the forum has kept its interval up to the day.

    An interval is whole months: a forum that met on 31 January and meets every month is to meet by the last of February. One that
    has ended has no next meeting.
    """
    last_day = min(day, forum.end) if forum.end else day
    held = sorted(meeting.held_on for meeting in forum.meetings.all() if meeting.held_on <= last_day)
    steps = [forum.start, *(one for one in held if one >= forum.start)]
    gaps = [
        (earlier, later)
        for earlier, later in zip(steps, [*steps[1:], last_day], strict=True)
        if later > months_later(earlier, forum.interval_months)
    ]
    ended = forum.end is not None and forum.end <= day
    due = None if ended else months_later(steps[-1], forum.interval_months)
    return Keeping(held[-1] if held else None, due, tuple(gaps))


def with_meetings(forums: QuerySet[Forum]) -> QuerySet[Forum]:
    """Return the forums with what `keeping` looks at fetched."""
    return forums.select_related("owner").prefetch_related("committees", "meetings")


def _meeting(user: User, committees: Sequence[Committee]) -> QuerySet[Any]:
    """Return the forums of the committees that the user may see and that go on, with the last day they met on or began."""
    visible = Forum.objects.visible_to(user).filter(end__isnull=True).values("pk")
    held = ForumMeeting.objects.filter(
        forum=OuterRef("forum"), held_on__gte=OuterRef("forum__start"), held_on__lte=timezone.localdate()
    )
    return open_rows(
        Forum.committees.through.objects.filter(committee__in=committees, forum__in=visible),
        pk="forum",
        about="forum",
        day=Coalesce(Subquery(held.order_by("-held_on").values("held_on")[:1]), F("forum__start")),
        title="forum__name",
        committee="committee",
        owner="forum__owner",
        note=Cast("forum__interval_months", CharField()),
    )


def _told(rows: Sequence[OpenRow], _user: User, _committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield when each forum is to meet next at the latest."""
    for row in once(rows):
        if row.day is not None and row.committee is not None:
            due = months_later(row.day, int(row.note))
            key, page = f"forum-{row.pk}-{due.isoformat()}", ("steering_forum", (row.pk,))
            yield WatchItem(key, due, "möte i forum", row.title, page, row.committee, owner=row.owner)


register_rows(_meeting, _told)
