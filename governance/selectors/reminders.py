"""What a person is to be reminded of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from committees.models import RoleAssignment, User
from committees.permissions import access_of
from governance.enums import ReminderStage
from governance.models import SentReminder
from governance.selectors.watching import watched_by
from governance.watch import WatchItem

NEAR = dt.timedelta(days=7)


def to_remind_of(person: User, today: dt.date) -> list[WatchItem]:
    """Return what falls to the person, is due within a week or late, and they were not reminded of at that stage.

    That is what they answer for, and what nobody answers for (or only somebody who has left) in a committee whose things of that
    kind are theirs to see to. A date that is moved makes it a new thing to be reminded of.
    """
    near = [item for item in watched_by(person) if item.due <= today + NEAR]
    sent = set(SentReminder.objects.filter(user=person).values_list("key", "due", "stage"))
    return [
        item for item in _theirs(person, near) if (item.key, item.due, ReminderStage.of(item.due, today)) not in sent
    ]


def _theirs(person: User, items: Iterable[WatchItem]) -> list[WatchItem]:
    found = list(items)
    access, working = access_of(person), _working({item.owner for item in found if item.owner is not None})
    return [
        item
        for item in found
        if item.owner == person
        or (
            (item.owner is None or item.owner.pk not in working)
            and access.may_for(item.falls_to, [item.committee.code])
        )
    ]


def _working(people: set[User]) -> set[int]:
    """Return the keys of those who hold a role today."""
    held = RoleAssignment.objects.in_force(timezone.localdate()).filter(user__in=people, user__is_active=True)
    return set(held.values_list("user_id", flat=True))
