"""Which warnings are accepted on a day, and which are not."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_

from django.db.models import Q

from cases.models import DeliveryWarning, WarningAcceptance
from cases.models.quality import WarningAcceptanceQuerySet

_NOTHING = Q(pk__in=[])


def acceptances(day: dt.date) -> WarningAcceptanceQuerySet:
    """Return the acceptances in force on the day."""
    return WarningAcceptance.objects.in_force(day).select_related("by")


def is_accepted(day: dt.date) -> Q:
    """Return the condition that is true of the delivered warnings that are accepted on the day."""
    held = WarningAcceptance.objects.in_force(day).order_by().values_list("kind", "check_id", "column")
    return reduce(or_, (Q(kind=kind, check_id=check, column=column) for kind, check, column in held), _NOTHING)


def is_known_warning(*, kind: str, check: str, column: str) -> bool:
    """Tell whether some delivery has had such a warning."""
    return DeliveryWarning.objects.filter(kind=kind, check_id=check, column=column).exists()
