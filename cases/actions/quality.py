"""What a steward says of deliveries: accepting a kind of warning for a while, and keeping the calendar of what is expected."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.enums import DeliveryInterval
from cases.models import ExpectedDelivery, WarningAcceptance
from cases.quality.accepted import is_known_warning
from committees.actions.changes import log_change, log_changes
from committees.models import User
from committees.permissions import Permission, access_of
from committees.views.guards import refuse

LONGEST_ACCEPTANCE = dt.timedelta(days=366)
_FIELDS = ("interval", "days", "start", "ended")


def accept_warnings(
    *, kind: str, check: str, column: str, reason: str, expires: dt.date, by: User
) -> WarningAcceptance:
    """Accept the warnings of a check in a column up to and including a day; a day that has been ends an acceptance.

    Raises PermissionDenied, or ValidationError without a reason, for a day more than a year ahead, or for what no delivery has
    been warned of.
    """
    _require(by)
    today = timezone.localdate()
    if not reason.strip():
        raise ValidationError({"reason": "Skriv varför varningen kan godtas."})
    if expires > today + LONGEST_ACCEPTANCE:
        raise ValidationError(
            {"expires": "En varning kan godtas i högst ett år. Godta den igen om den då fortfarande stämmer."}
        )
    if not is_known_warning(kind=kind, check=check, column=column):
        raise ValidationError("Ingen leverans har en sådan varning.")
    with transaction.atomic():
        accepted = WarningAcceptance.objects.create(
            kind=kind, check_id=check, column=column, reason=reason.strip(), expires=expires, by=by
        )
        log_change(accepted, field="expires", before="", after=expires, by=by, why=accepted.reason)
    return accepted


def expect_delivery(
    *,
    kind: str,
    system: str,
    interval: DeliveryInterval,
    days: int,
    start: dt.date,
    ended: dt.date | None,
    by: User,
) -> ExpectedDelivery:
    """Say when a kind of file (of one system) is expected, anew when it has been said before.

    Raises PermissionDenied, or ValidationError when it ends before it starts.
    """
    _require(by)
    if ended is not None and ended < start:
        raise ValidationError({"ended": "Sista dagen kan inte vara före den första."})
    values = {"interval": interval, "days": days, "start": start, "ended": ended}
    with transaction.atomic():
        before = ExpectedDelivery.objects.select_for_update().filter(kind=kind, system=system).first()
        stood = {name: getattr(before, name) for name in _FIELDS} if before else {}
        expected, _ = ExpectedDelivery.objects.update_or_create(kind=kind, system=system, defaults=values)
        log_changes(expected, before=stood, after=values, by=by)
    return expected


def _require(by: User) -> None:
    if not access_of(by).may_everywhere(Permission.DELIVER):
        raise refuse(Permission.DELIVER)
