"""What a calendar feed gives today, to whoever has its secret address."""

from __future__ import annotations

import hashlib

from governance.models import CalendarFeed
from governance.selectors.watching import watched_by, watched_committees
from governance.watch import WatchItem, watch_list


def secret_hash(secret: str) -> str:
    """Return what is kept of a secret: its SHA-256, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_with(secret: str) -> CalendarFeed | None:
    """Return the live feed with this secret, None for one that is revoked or never was."""
    found = CalendarFeed.objects.live().filter(secret_hash=secret_hash(secret))
    return found.select_related("user", "committee").first()


def items_of(feed: CalendarFeed) -> list[WatchItem]:
    """Return what the feed's person may see today: roles are asked for anew each time, so an ended role gives nothing."""
    if feed.committee is None:
        return [item for item in watched_by(feed.user) if item.owner == feed.user]
    if feed.committee not in watched_committees(feed.user):
        return []
    return watch_list(feed.user, [feed.committee])
