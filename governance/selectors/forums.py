"""Whether forums of cooperation meet as often as they are to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from committees.models import Committee, User
from governance.models import Forum
from governance.watch import WatchItem, register
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


@register
def forums_to_watch(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield when each forum of the committees is to meet next at the latest."""
    visible = with_meetings(Forum.objects.visible_to(user).filter(committees__in=committees).distinct())
    for forum in visible.filter(end__isnull=True):
        due = keeping(forum, timezone.localdate()).due
        if due is not None:
            concerned = next(committee for committee in forum.committees.all() if committee in committees)
            url = reverse("steering_forum", args=[forum.pk])
            yield WatchItem(
                key=f"forum-{forum.pk}-{due.isoformat()}",
                due=due,
                kind="möte i forum",
                title=forum.name,
                url=url,
                committee=concerned,
                owner=forum.owner,
            )
