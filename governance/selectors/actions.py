"""Actions on the watch list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from committees.models import Committee, User
from governance.models import Action
from governance.watch import WatchItem, register


@register
def actions_to_watch(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield the open actions of the committees that the user may see."""
    visible = Action.objects.visible_to(user).open().filter(committee__in=committees)
    for action in with_people(visible):
        yield WatchItem(
            key=f"action-{action.pk}",
            due=action.due,
            kind="åtgärd",
            title=action.title,
            url=reverse("steering_action", args=[action.pk]),
            committee=action.committee,
            owner=action.owner,
        )


def with_people(actions: QuerySet[Action]) -> list[Action]:
    """Return the actions with what a list of thousands shows; each committee and owner is fetched once."""
    found = list(actions.only("title", "due", "committee_id", "owner_id", "revision"))
    committees = Committee.objects.in_bulk({one.committee_id for one in found})
    owners = User.objects.in_bulk({one.owner_id for one in found})
    for one in found:
        one.committee, one.owner = committees[one.committee_id], owners[one.owner_id]
    return found
