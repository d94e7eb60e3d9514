"""Recording a decision to dispose, and carrying it out: by two people, all or nothing."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from cases.deliveries.locking import wait_for_turn
from cases.disposal.followers import followers
from cases.disposal.proposing import last_possible_day, propose
from cases.disposal.removing import remove
from cases.enums import DisposalArea
from cases.models import Disposal
from cases.persons import masked
from committees.models import User
from committees.permissions import Permission, access_of


@transaction.atomic
def record_decision(
    *, area: DisposalArea, last_day: dt.date, body: str, decided_on: dt.date, paragraph: str, fingerprint: str, by: User
) -> Disposal:
    """Record that the body has decided to dispose of what the rule is about, and return the record; nothing is removed yet.

    `fingerprint` is that of the list the decision was about. Raises PermissionDenied for who may not dispose for the whole
    municipality, ValidationError, in Swedish, for a day that is too late, a decision that lies ahead, an empty list or one
    that has changed.
    """
    _require_permission(by)
    if last_day > last_possible_day(area, timezone.localdate()):
        raise ValidationError(
            f"Det går att gallra anteckningar till och med {last_possible_day(area, timezone.localdate())}, inte senare."
        )
    if decided_on > timezone.localdate():
        raise ValidationError("Beslutet kan inte ligga framåt i tiden.")
    if masked(body + paragraph) != body + paragraph:
        raise ValidationError("Här får det inte stå något personnummer.")
    proposal = propose(area, last_day)
    if not proposal.persons:
        raise ValidationError("Det finns inget att gallra enligt den regeln.")
    if proposal.fingerprint != fingerprint:
        raise ValidationError("Listan har ändrats sedan du öppnade sidan. Läs igenom den igen.")
    return Disposal.objects.create(
        area=area,
        last_day=last_day,
        body=body,
        decided_on=decided_on,
        paragraph=paragraph,
        persons=len(proposal.persons),
        fingerprint=proposal.fingerprint,
        proposed={kind.name: rows for kind, rows in proposal.rows.items()},
        recorded_by=by,
    )


@transaction.atomic
def carry_out(*, disposal_id: int, by: User) -> Disposal:
    """Remove what the decision is about, for good, and return the record.

    Raises PermissionDenied for who may not dispose, ValidationError, in Swedish, when it is carried out already, when the same
    person recorded the decision, or when the list is no longer the one decided on.
    """
    _require_permission(by)
    wait_for_turn()
    disposal = Disposal.objects.select_for_update().get(pk=disposal_id)
    if disposal.carried_out_at is not None:
        raise ValidationError("Gallringen är redan utförd.")
    if disposal.recorded_by_id == by.pk:
        raise ValidationError("Den som har registrerat beslutet kan inte också utföra gallringen. Be någon annan.")
    proposal = propose(DisposalArea(disposal.area), disposal.last_day)
    if proposal.fingerprint != disposal.fingerprint:
        raise ValidationError(
            f"Listan är inte längre den som beslutet gäller: då {disposal.persons} personer, nu {len(proposal.persons)}. "
            "Gör ett nytt förslag."
        )
    disposal.removed = remove(proposal)
    disposal.carried_out_by, disposal.carried_out_at = by, timezone.now()
    disposal.save(update_fields=["removed", "carried_out_by", "carried_out_at"])
    for follower in followers():
        follower.disposed(disposal, proposal)
    return disposal


def _require_permission(by: User) -> None:
    if not access_of(by).may_everywhere(Permission.DISPOSE):
        raise PermissionDenied("Gallring sköts av systemförvaltare och administratörer för hela kommunen.")
