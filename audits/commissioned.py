"""What a commission says of the recommendations that caused it, and where that is said."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from audits.models import Addressee
from audits.promised import recommendation_behind
from audits.selectors.register import addressed
from committees.models import User
from committees.permissions import access_of
from governance.actions.commissions import concerned
from governance.models import Commission
from governance.policies import may_keep
from governance.selectors.causes import CauseLink, CauseOffer


def causes(commission: Commission, user: User) -> Iterator[CauseLink]:
    """Yield the recommendations that the commission was given because of and the user may read, each once."""
    rows = addressed(user).filter(recommendation__commissions=commission).order_by("recommendation", "pk")
    first: dict[int, Addressee] = {}
    for row in rows.select_related("recommendation__audit"):
        first.setdefault(row.recommendation_id, row)
    keeps = bool(first) and may_keep(access_of(user), concerned(commission))
    for row in first.values():
        drop = reverse("audit_commission_drop", args=[commission.pk, row.recommendation_id]) if keeps else ""
        yield recommendation_behind(row, drop)


def ways(commission: Commission, user: User) -> Iterator[CauseOffer]:
    """Yield the way to choose a recommendation, for those who keep the commission."""
    if may_keep(access_of(user), concerned(commission)):
        yield CauseOffer("Koppla till en rekommendation", reverse("audit_commission_cite", args=[commission.pk]))
