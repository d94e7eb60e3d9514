"""Actions on the watch list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from committees.models import Committee, User
from governance.models import Action
from governance.watch import WatchItem, register


@register
def actions_to_watch(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield the open actions of the committees that the user may see."""
    visible = Action.objects.visible_to(user).open().filter(committee__in=committees)
    for action in visible.select_related("committee", "owner"):
        yield WatchItem(
            key=f"action-{action.pk}",
            due=action.due,
            kind="åtgärd",
            title=action.title,
            url=reverse("steering_action", args=[action.pk]),
            committee=action.committee,
            owner=action.owner,
        )
