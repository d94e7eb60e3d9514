"""What a person may do with one audit: it follows from their part in it, or from their role in an audited committee."""

from __future__ import annotations

from django.utils import timezone

from audits.enums import AuditState, EngagementPart
from audits.models import Audit, Engagement
from committees.models import User
from committees.permissions import Permission, access_of

_PART_PERMISSIONS = {
    EngagementPart.EXPERT: frozenset({Permission.CARRY_OUT_AUDITS}),
    EngagementPart.ELECTED: frozenset({Permission.CARRY_OUT_AUDITS, Permission.DECIDE_AUDITS}),
}
_AUDITED_PERMISSIONS = (Permission.SEE_AUDITS, Permission.RESPOND_TO_AUDITS)


def engaged_as(user: User, audit: Audit) -> frozenset[Permission]:
    """Return what the user's engagements in force today give; deciding also needs the role of an elected auditor."""
    if not user.is_active:
        return frozenset()
    engaged = Engagement.objects.in_force(timezone.localdate()).filter(audit=audit, user_id=user.pk)
    held: frozenset[Permission] = frozenset()
    for part in engaged.order_by("pk").values_list("part", flat=True):
        held |= _PART_PERMISSIONS[EngagementPart(part)]
    if Permission.DECIDE_AUDITS in held and not access_of(user).may(Permission.DECIDE_AUDITS):
        held -= {Permission.DECIDE_AUDITS}
    return held


def held_for(user: User, audit: Audit) -> frozenset[Permission]:
    """Return all that the user may do with the audit today.

    Who answers for an audited committee may read and answer from the fact check on; what the state allows is for policies.
    """
    held = engaged_as(user, audit)
    access = access_of(user)
    codes = set(audit.bodies.filter(committee__isnull=False).values_list("committee__code", flat=True))
    if audit.state in AuditState.open_to_the_audited():
        held |= {one for one in _AUDITED_PERMISSIONS if codes & set(access.committees_with(one))}
    return held


def answers_for(user: User, committee_code: str | None) -> bool:
    """Whether the user answers audits for the committee; never for a body that is no committee of the municipality."""
    return committee_code in access_of(user).committees_with(Permission.RESPOND_TO_AUDITS)
