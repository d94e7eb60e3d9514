"""Actions on the watch list."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from committees.models import Committee, User
from governance.models import Action
from governance.watch import open_rows, register_rows, simple


def _open(user: User, committees: Sequence[Committee]) -> QuerySet[Action]:
    """Return the open actions of the committees that the user may see."""
    found = Action.objects.visible_to(user).open().filter(committee__in=committees)
    return open_rows(found, day="due", title="title", committee="committee", owner="owner")


register_rows(_open, simple("åtgärd", "steering_action", key="action"))


def with_people(actions: QuerySet[Action]) -> list[Action]:
    """Return the actions with what a list of thousands shows; each committee and owner is fetched once."""
    found = list(actions.only("title", "due", "committee_id", "owner_id", "revision"))
    committees = Committee.objects.in_bulk({one.committee_id for one in found})
    owners = User.objects.in_bulk({one.owner_id for one in found})
    for one in found:
        one.committee, one.owner = committees[one.committee_id], owners[one.owner_id]
    return found
