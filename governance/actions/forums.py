"""Keeping the register of forums and their meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from committees.actions.changes import log_change
from committees.actions.saving import save
from committees.models import Committee, User
from committees.permissions import Permission
from governance.actions.owning import check_owner
from governance.models import Forum, ForumMeeting
from governance.policies import require


@transaction.atomic
def add_forum(*, committees: Iterable[Committee], by: User, **fields: Any) -> Forum:
    """Enter a forum and return it. Raises PermissionDenied for who keeps no register of any of the committees."""
    concerned = list(committees)
    require(Permission.KEEP_REGISTERS, concerned, by=by)
    check_owner(fields.get("owner"), concerned)
    forum = Forum.objects.create(**fields)
    forum.committees.set(concerned)
    log_change(forum, field="name", before="", after=forum.name, by=by)
    return forum


@transaction.atomic
def change_forum(
    forum: Forum, *, read_as: int, committees: Iterable[Committee], by: User, why: str = "", **fields: Any
) -> Forum:
    """Change what the register says of a forum, and return it; other days need their reason.

    Raises Overtaken when another saved first.
    """
    concerned = list(committees)
    require(Permission.KEEP_REGISTERS, [*forum.committees.all(), *concerned], by=by)
    if fields.get("owner") != forum.owner:
        check_owner(fields.get("owner"), concerned)
    dates = ("start", "end")
    return save(forum, read_as=read_as, by=by, why=why, guarded=dates, committees=concerned, **fields)


@transaction.atomic
def note_meeting(forum: Forum, *, held_on: dt.date, minutes: str, by: User) -> ForumMeeting:
    """Note that the forum met. Raises ValidationError, in Swedish, for a day to come or one that is noted already."""
    require(Permission.KEEP_REGISTERS, forum.committees.all(), by=by)
    if held_on > timezone.localdate():
        raise ValidationError({"held_on": "Mötet har inte hållits än. För in det när det har varit."})
    meeting, new = ForumMeeting.objects.get_or_create(forum=forum, held_on=held_on, defaults={"minutes": minutes})
    if not new:
        raise ValidationError({"held_on": "Mötet den dagen är redan infört."})
    log_change(forum, field="meetings", before="", after=f"{held_on.isoformat()} {minutes}".strip(), by=by)
    return meeting
