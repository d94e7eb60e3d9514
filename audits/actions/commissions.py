"""Tying commissions to the recommendations that caused them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from audits.enums import AuditState
from audits.models import Recommendation
from committees.actions.changes import log_change
from committees.actions.saving import required
from committees.models import User
from committees.permissions import Permission
from governance.actions.commissions import concerned
from governance.models import Commission
from governance.policies import require


@transaction.atomic
def cite(commission: Commission, *, recommendation: Recommendation, by: User) -> None:
    """Let a commission stand as given because of a recommendation; it says so on the pages of both.

    Raises PermissionDenied for who keeps no register of a committee in the commission, and ValidationError, in Swedish, for a
    recommendation that is not published: all who see the commission read of it.
    """
    require(Permission.KEEP_REGISTERS, concerned(commission), by=by)
    if recommendation.removed or recommendation.audit.state != AuditState.PUBLISHED:
        raise ValidationError({"recommendation": "Välj en rekommendation i en granskning som är publicerad."})
    if recommendation.commissions.filter(pk=commission.pk).exists():
        return
    recommendation.commissions.add(commission)
    log_change(commission, field="recommendations", before="", after=_named(recommendation), by=by)


@transaction.atomic
def cite_no_more(commission: Commission, *, recommendation: Recommendation, why: str, by: User) -> None:
    """Take the tie away; the reason is kept. Raises PermissionDenied, and ValidationError without a reason."""
    require(Permission.KEEP_REGISTERS, concerned(commission), by=by)
    reason = required(why, "why", "Skriv varför uppdraget inte längre hör till rekommendationen.")
    recommendation.commissions.remove(commission)
    log_change(commission, field="recommendations", before=_named(recommendation), after="", by=by, why=reason)


def _named(recommendation: Recommendation) -> str:
    return f"{recommendation.audit}: rekommendation {recommendation.number}"
