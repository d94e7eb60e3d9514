"""Taking an audit from one state to the next, when everything the step asks for is there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audits.actions.mailing import tell
from audits.enums import AuditState, CommentState
from audits.models import Audit, AuditedBody
from audits.permissions import held_for
from audits.policies import AUDIT
from committees.actions.saving import save
from committees.models import User
from committees.permissions import Permission

_TOLD = {
    "send_to_fact_check": "Granskningens resultat är klart för faktakontroll. Läs det och lämna era synpunkter.",
    "decide": "Revisorerna har beslutat om granskningen. Läs den och svara på rekommendationerna.",
    "publish": "Granskningen är publicerad.",
}


@transaction.atomic
def move_audit(
    audit: Audit, *, name: str, by: User, why: str = "", on: dt.date | None = None, paragraph: str = ""
) -> Audit:
    """Take the audit one step on its way and return it.

    `on` is the day of the decision or the publication, today if none is given; `paragraph` the decision's §. Raises MoveFault,
    in Swedish, when person, state or reason is wanting, ValidationError when something the step asks for is missing, and
    Overtaken when somebody saved in between.
    """
    move = AUDIT.check(name, state=audit.state, held=held_for(by, audit), why=why)
    day = on or timezone.localdate()
    missing = _missing(audit, name, day)
    if missing:
        raise ValidationError(missing)
    after = AuditState(move.target)
    fields: dict[str, Any] = {"state": after}
    if after == AuditState.DECIDED:
        fields |= {"decided_on": day, "paragraph": paragraph.strip(), "report_date": audit.report_date or day}
    if after == AuditState.PUBLISHED:
        fields["published_on"] = day
    saved = save(audit, read_as=audit.revision, by=by, why=why, **fields)
    if name in _TOLD:
        tell(
            saved.bodies.filter(committee__isnull=False),
            permission=Permission.RESPOND_TO_AUDITS,
            subject=f"Granskning: {saved.title}",
            text=_TOLD[name],
            url_name="audit_page",
            pk=saved.pk,
        )
    return saved


def _missing(audit: Audit, name: str, day: dt.date) -> list[str]:
    """Return what must be there before the step, in Swedish."""
    if name == "send_to_fact_check" and audit.fact_check_due is None:
        return ["Sätt ett datum för när synpunkterna ska vara inne."]
    if name in {"submit", "decide"}:
        waiting = audit.comments.filter(state=CommentState.OPEN).count()
        if waiting:
            return [f"Besvara alla synpunkter från faktakontrollen först. Antal som återstår: {waiting}."]
    if name == "decide":
        return _missing_for_decision(audit, day)
    if name == "publish" and audit.decided_on is not None and day < audit.decided_on:
        return ["Granskningen kan inte publiceras före beslutet."]
    return []


def _missing_for_decision(audit: Audit, day: dt.date) -> list[str]:
    missing = [] if audit.cover_letter.strip() else ["Skriv missivet innan ni beslutar."]
    if day > timezone.localdate():
        missing.append("Beslutets datum kan inte ligga i framtiden.")
    for body in addressed_bodies(audit):
        if body.response_due is None:
            missing.append(f"Sätt ett datum för när {body} ska svara.")
        elif body.response_due < day:
            missing.append(f"{body} kan inte svara före beslutet: svarsdatumet är {body.response_due.isoformat()}.")
    return missing


def addressed_bodies(audit: Audit) -> list[AuditedBody]:
    """Return the audited bodies that some recommendation is made to: each of them needs a date to answer by."""
    standing = audit.recommendations.filter(removed=False, addressees__removed=False)
    addressed = set(standing.values_list("addressees__committee", "addressees__name"))
    bodies = audit.bodies.select_related("committee")
    return [body for body in bodies if (body.committee_id, body.name) in addressed]
