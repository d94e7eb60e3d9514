"""Making and revoking the secret addresses where calendars fetch the watch list, and choosing about reminders."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from committees.actions.changes import log_change
from committees.models import Committee, User
from committees.permissions import Permission, access_of
from committees.views.guards import refuse
from governance.models import CalendarFeed
from governance.policies import require
from governance.selectors.subscriptions import secret_hash


@transaction.atomic
def open_feed(*, committee: Committee | None, by: User) -> str:
    """Make an address for the person's calendar and return its secret, which is never to be had again; the old one is revoked.

    Without a committee it is what the person answers for. Raises PermissionDenied for who may not see the committee's steering.
    """
    if committee is not None:
        require(Permission.SEE_STEERING, [committee], by=by)
    elif not access_of(by).may(Permission.SEE_STEERING):
        raise refuse(Permission.SEE_STEERING)
    for old in CalendarFeed.objects.visible_to(by).live().filter(committee=committee):
        revoke_feed(old, by=by)
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user=by, committee=committee, secret_hash=secret_hash(secret))
    log_change(feed, field="created_at", before=None, after=feed.created_at.isoformat(), by=by)
    return secret


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: User) -> None:
    """Close one's own address at once and for good. One that is closed already stays as it is.

    Raises PermissionDenied for somebody else's.
    """
    if feed.user_id != by.pk:
        raise refuse(Permission.SEE_STEERING)
    if feed.revoked_at is not None:
        return
    feed.revoked_at = timezone.now()
    feed.save(update_fields=["revoked_at"])
    log_change(feed, field="revoked_at", before=None, after=feed.revoked_at.isoformat(), by=by)
