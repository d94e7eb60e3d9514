"""Handing over all that somebody answers for, in one step."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from committees.actions.saving import required
from committees.models import Committee, User
from committees.permissions import Permission, access_of
from governance.actions.actions import hand_over
from governance.models import Action
from governance.selectors.belongings import Belonging, register, to_hand_over


@transaction.atomic
def hand_over_all(*, person: User, to: User, why: str, by: User, committee: Committee | None = None) -> int:
    """Give everything open that the person answers for, and `by` may hand over, to another; return how much that was.

    Of one committee, or of all. All of it changes hands or nothing: raises ValidationError, in Swedish, without a reason, to the
    person themselves, when there is nothing, and when the other has no role in one of the committees.
    """
    reason = required(why, "why", "Skriv varför det lämnas över.")
    if person == to:
        raise ValidationError({"owner": f"{to} ansvarar redan för det här. Välj någon annan."})
    theirs = [one for one in to_hand_over(by, owner=person) if committee is None or one.committee == committee]
    if not theirs:
        raise ValidationError(f"{person} har inget att lämna över.")
    for one in theirs:
        one.give(to, by, reason)
    return len(theirs)


@register
def actions_to_hand_over(reader: User) -> Iterator[Belonging]:
    """Yield the open actions of the committees whose actions the reader manages."""
    visible = Action.objects.visible_to(reader).open().select_related("committee", "owner")
    access = access_of(reader)
    codes = access.committees_with(Permission.MANAGE_ACTIONS)
    managed = [code for code in codes if access.may_for(Permission.MANAGE_ACTIONS, [code])]
    for action in visible.filter(committee__code__in=managed):
        yield Belonging(
            kind="åtgärd",
            title=action.title,
            url=reverse("steering_action", args=[action.pk]),
            committee=action.committee,
            owner=action.owner,
            due=action.due,
            give=partial(_give_action, action),
        )


def _give_action(action: Action, to: User, by: User, why: str) -> None:
    hand_over(action, owner=to, why=why, by=by)
