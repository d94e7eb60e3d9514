"""Handing over all that somebody answers for, in one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from committees.actions.saving import required
from committees.models import Committee, User
from committees.permissions import Permission, access_of
from governance.actions.actions import hand_over
from governance.actions.commissions import concerned
from governance.actions.control import give_control
from governance.actions.owning import OwnedRow, give_to
from governance.enums import PlanState
from governance.models import Action, Commission, Control, ControlPlan, Forum, Indicator, Inquiry, SteeringDocument
from governance.selectors.actions import with_people
from governance.selectors.belongings import Belonging, register, to_hand_over
from governance.selectors.forums import keeping, with_meetings


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
    managed = _codes(reader, Permission.MANAGE_ACTIONS)
    for action in with_people(Action.objects.visible_to(reader).open().filter(committee__code__in=managed)):
        yield Belonging(
            kind="åtgärd",
            title=action.title,
            url=reverse("steering_action", args=[action.pk]),
            committee=action.committee,
            owner=action.owner,
            due=action.due,
            give=partial(_give_action, action),
        )


@register
def registers_to_hand_over(reader: User) -> Iterator[Belonging]:
    """Yield what somebody answers for in the registers that the reader keeps, and that is not done with."""
    today, keep = timezone.localdate(), Permission.KEEP_REGISTERS
    kept = _codes(reader, keep)
    commissions = Commission.objects.visible_to(reader).open().filter(owner__isnull=False)
    for commission in commissions.select_related("owner").prefetch_related("parties__committee"):
        yield from _belonging(commission, concerned(commission), kept, keep, due=commission.due)
    documents = SteeringDocument.objects.visible_to(reader).filter(owner__isnull=False, replaced_by__isnull=True)
    for document in documents.select_related("owner").prefetch_related("committees"):
        yield from _belonging(document, document.committees.all(), kept, keep, due=document.review_by)
    forums = Forum.objects.visible_to(reader).filter(owner__isnull=False).exclude(end__lt=today)
    for forum in with_meetings(forums):
        yield from _belonging(forum, forum.committees.all(), kept, keep, due=keeping(forum, today).due)
    inquiries = Inquiry.objects.visible_to(reader).filter(owner__isnull=False, decided_on__isnull=True)
    for inquiry in inquiries.select_related("owner").prefetch_related("committees"):
        yield from _belonging(inquiry, inquiry.committees.all(), kept, keep)


@register
def indicators_to_hand_over(reader: User) -> Iterator[Belonging]:
    """Yield the indicators, with the reports and explanations they ask for, of the committees that the reader steers."""
    steered = _codes(reader, Permission.STEER)
    owned = Indicator.objects.visible_to(reader).filter(owner__isnull=False).select_related("owner")
    for indicator in owned.prefetch_related("goals__committee"):
        committees = [goal.committee for goal in indicator.goals.all()]
        yield from _belonging(indicator, committees, steered, Permission.STEER)


@register
def controls_to_hand_over(reader: User) -> Iterator[Belonging]:
    """Yield the controls of plans not yet reported, of the committees whose internal control the reader manages."""
    plans = ControlPlan.objects.visible_to(reader).exclude(state=PlanState.REPORTED)
    managed = plans.filter(committee__code__in=_codes(reader, Permission.MANAGE_CONTROL))
    controls = Control.objects.filter(risk__plan__in=managed, owner__isnull=False)
    for control in controls.select_related("risk__plan__committee", "owner"):
        plan = control.risk.plan
        if control.owner is None:
            continue
        yield Belonging(
            kind="kontroll",
            title=f"{control.title} ({plan.year})",
            url=reverse("steering_control_plan", args=[plan.pk]),
            committee=plan.committee,
            owner=control.owner,
            due=dt.date(plan.year, 12, 31),
            give=partial(_give_control, control),
        )


_KINDS = {
    Commission: ("uppdrag", "steering_commission"),
    SteeringDocument: ("styrdokument", "steering_document"),
    Forum: ("forum", "steering_forum"),
    Inquiry: ("utredning", "steering_inquiry"),
    Indicator: ("indikator att rapportera och förklara", "steering_indicator"),
}


def _belonging(
    row: OwnedRow,
    committees: Iterable[Committee],
    allowed: Collection[str],
    permission: Permission,
    due: dt.date | None = None,
) -> Iterator[Belonging]:
    """Yield the row as something to hand over, under the first of its committees for which the reader may."""
    own = [committee for committee in committees if committee.code in allowed]
    if not own or row.owner is None:
        return
    kind, url_name = _KINDS[type(row)]
    give = partial(_give_row, row, own, permission)
    yield Belonging(kind, str(row), reverse(url_name, args=[row.pk]), own[0], row.owner, due, give)


def _codes(reader: User, permission: Permission) -> list[str]:
    """Return the committees for which the reader holds the permission as a whole, in all their units."""
    access = access_of(reader)
    return [code for code in access.committees_with(permission) if access.may_for(permission, [code])]


def _give_action(action: Action, to: User, by: User, why: str) -> None:
    hand_over(action, owner=to, why=why, by=by)


def _give_control(control: Control, to: User, by: User, why: str) -> None:
    give_control(control, owner=to, why=why, by=by)


def _give_row(row: OwnedRow, committees: list[Committee], permission: Permission, to: User, by: User, why: str) -> None:
    give_to(row, owner=to, committees=committees, permission=permission, why=why, by=by)
