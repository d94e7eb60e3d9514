"""Who works on an audit: the part and the reading that come with it begin and end together."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audits.enums import EngagementPart
from audits.models import Audit, Engagement
from audits.policies import check_decides
from committees.actions.changes import log_change
from committees.actions.people import assign_role, end_role
from committees.enums import Role
from committees.models import Committee, User
from committees.permissions import Permission, access_of
from committees.views.guards import refuse


@transaction.atomic
def engage(
    *, audit: Audit, person: User, part: EngagementPart | str, start: dt.date, end: dt.date, by: User
) -> Engagement:
    """Give a person a part in the audit from one day to another, and return it.

    An expert gets the auditor's role on the audited committees for the same time. An elected auditor has that role from the
    council. Only an elected auditor of the audit engages others; the one who lays the audit up is its first. Raises
    PermissionDenied, or ValidationError in Swedish.
    """
    part = EngagementPart(part)
    is_first = part is EngagementPart.ELECTED and by.pk == person.pk and not audit.engagements.exists()
    if is_first and not access_of(by).may(Permission.DECIDE_AUDITS):
        raise refuse(Permission.DECIDE_AUDITS)
    if not is_first:
        check_decides(by, audit)
    if end < start:
        raise ValidationError({"end": "Uppdraget kan inte sluta innan det börjar."})
    if part is EngagementPart.ELECTED and not access_of(person).may(Permission.DECIDE_AUDITS):
        raise ValidationError({"person": f"{person} är inte förtroendevald revisor."})
    if audit.engagements.filter(user=person, start__lte=end, end__gte=start).exists():
        raise ValidationError({"person": f"{person} har redan ett uppdrag i granskningen under den tiden."})
    engagement = Engagement.objects.create(audit=audit, user=person, part=part, start=start, end=end)
    for body in audit.bodies.filter(committee__isnull=False).select_related("committee"):
        if body.committee is not None:
            _give(engagement, body.committee, by)
    log_change(audit, field="engagements", before="", after=_in_words(engagement), by=by)
    return engagement


@transaction.atomic
def end_engagement(*, engagement: Engagement, by: User, why: str) -> Engagement:
    """End a part now: the person no longer reads the audit or what it covers. What has ended already stays as it is."""
    check_decides(by, engagement.audit)
    if not why.strip():
        raise ValidationError({"why": "Skriv varför uppdraget avslutas."})
    today = timezone.localdate()
    if engagement.end < today:
        return engagement
    others = engagement.audit.engagements.in_force(today).filter(part=EngagementPart.ELECTED).exclude(pk=engagement.pk)
    if engagement.part == EngagementPart.ELECTED and not others.exists():
        raise ValidationError("Granskningen måste ha minst en förtroendevald revisor. Ge någon annan uppdraget först.")
    before = _in_words(engagement)
    for assignment in list(engagement.assignments.all()):
        end_role(assignment=assignment, by=by)
    # Ended on the very day it began, a part would still hold to the end of that day: then it has never held.
    engagement.end = today - dt.timedelta(days=1)
    engagement.start = min(engagement.start, engagement.end)
    engagement.save(update_fields=["start", "end"])
    log_change(engagement.audit, field="engagements", before=before, after=_in_words(engagement), by=by, why=why)
    return engagement


def cover(*, audit: Audit, committee: Committee, by: User) -> None:
    """Let everyone who is engaged read what a committee has that the audit now covers. Called by `add_body`."""
    for engagement in audit.engagements.filter(end__gte=timezone.localdate()).select_related("user"):
        _give(engagement, committee, by)


def uncover(*, audit: Audit, committee: Committee, by: User) -> None:
    """Take the reading away again, when the audit no longer covers the committee. Called by `remove_body`."""
    for engagement in audit.engagements.all():
        for assignment in list(engagement.assignments.filter(committee=committee)):
            end_role(assignment=assignment, by=by)


def _give(engagement: Engagement, committee: Committee, by: User) -> None:
    if engagement.part != EngagementPart.EXPERT:
        return
    assignment = assign_role(
        person=engagement.user,
        role=Role.AUDITOR,
        committee=committee,
        start=engagement.start,
        end=engagement.end,
        by=by,
    )
    engagement.assignments.add(assignment)


def _in_words(engagement: Engagement) -> str:
    part = engagement.get_part_display().lower()
    return f"{engagement.user}, {part}, {engagement.start.isoformat()}–{engagement.end.isoformat()}"
