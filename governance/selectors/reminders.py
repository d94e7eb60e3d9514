"""What a person is to be reminded of today."""

from __future__ import annotations

import datetime as dt

from committees.models import User
from governance.enums import ReminderStage
from governance.models import SentReminder
from governance.selectors.watching import watched_by
from governance.watch import WatchItem

NEAR = dt.timedelta(days=7)


def to_remind_of(person: User, today: dt.date) -> list[WatchItem]:
    """Return what the person answers for, may see today, is due within a week or late, and was not reminded of at that stage.

    A date that is moved makes it a new thing to be reminded of.
    """
    sent = set(SentReminder.objects.filter(user=person).values_list("key", "due", "stage"))
    own = (item for item in watched_by(person) if item.owner == person and item.due <= today + NEAR)
    return [item for item in own if (item.key, item.due, ReminderStage.of(item.due, today)) not in sent]
