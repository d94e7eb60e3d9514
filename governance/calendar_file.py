"""The watch list as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from icalendar import Calendar, Event, Timezone

from governance.watch import WatchItem

_REFRESH = dt.timedelta(hours=12)


def calendar_of(items: Iterable[WatchItem], *, name: str, at: dt.datetime, base_url: str) -> bytes:
    """Return the calendar: one whole day for each thing, recognised by its key so that a moved date moves in the calendar.

    `at` is when the file is made, in UTC; `base_url` is the application's own address, which makes links whole.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Utfall//Bevakning//SV")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
    for item in items:
        calendar.add_component(_event(item, at, base_url))
    if not calendar.subcomponents:
        # RFC 5545, 3.4 and 3.6: a calendar has at least one component, also when nothing is due.
        calendar.add_component(Timezone.from_tzid("Europe/Stockholm"))
    written: bytes = calendar.to_ical()
    return written


def _event(item: WatchItem, at: dt.datetime, base_url: str) -> Event:
    event = Event()
    event.add("uid", f"{item.key}@{urlsplit(base_url).hostname}")
    event.add("dtstamp", at)
    event.add("dtstart", item.due)
    event.add("summary", f"{item.kind.capitalize()}: {item.title}")
    event.add("description", _description(item))
    event.add("categories", [item.kind])
    event.add("url", base_url.rstrip("/") + item.url)
    # What is due takes no time: the day stays free for meetings.
    event.add("transp", "TRANSPARENT")
    return event


def _description(item: WatchItem) -> str:
    lines = [f"{item.committee} {'ska göra' if item.ours else 'väntar på'} det här."]
    if item.owner is not None:
        lines.append(f"Ansvarig: {item.owner.username}.")
    return "\n".join(lines)
