"""What the auditors find has become of a recommendation."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from audits.enums import AuditState, VerifiedStatus
from audits.models import Addressee, Audit, Verification
from audits.policies import check_carries_out, state_now
from committees.actions.changes import log_change
from committees.actions.saving import required
from committees.models import User
from committees.workflows import MoveFault


def may_verify_in(user: User, addressee: Addressee) -> QuerySet[Audit]:
    """Return the audits in which the user can verify what became of the recommendation: those that cover the addressee."""
    covering = Audit.objects.carried_out_by(user).exclude(state=AuditState.CANCELLED)
    if addressee.committee_id is not None:
        return covering.filter(bodies__committee=addressee.committee_id).distinct()
    return covering.filter(bodies__name=addressee.name).distinct()


@transaction.atomic
def verify(addressee: Addressee, *, status: VerifiedStatus | str, grounds: str, audit: Audit, by: User) -> Verification:
    """Record what the auditors found within `audit` (the same audit, or a later one), and return it. Nothing is overwritten.

    Raises PermissionDenied for who does not carry out that audit, MoveFault before the recommendation is decided or when the
    audit is cancelled, and ValidationError, in Swedish, without grounds or for an audit that does not cover the addressee.
    """
    check_carries_out(by, audit)
    if state_now(addressee.recommendation.audit) not in AuditState.decided():
        raise MoveFault("Granskningen är inte beslutad. Det finns inget att följa upp än.")
    if not may_verify_in(by, addressee).filter(pk=audit.pk).exists():
        raise ValidationError({"audit": f"{audit} omfattar inte {addressee}."})
    said = required(grounds, "grounds", "Skriv vad ni bygger det på.")
    before = addressee.verifications.order_by("-at", "-pk").first()
    made = Verification.objects.create(
        addressee=addressee, status=VerifiedStatus(status), grounds=said, audit=audit, by=by
    )
    log_change(
        made,
        field="status",
        before=before.get_status_display() if before else "",
        after=made.get_status_display(),
        by=by,
        why=said,
    )
    return made
