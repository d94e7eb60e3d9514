"""The fact check: the audited comment on the findings, the auditors take each comment or refuse it with a reason."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audits.enums import AuditState, CommentState
from audits.models import Assessment, Audit, AuditedBody, FactCheckComment, Observation, Recommendation
from audits.permissions import answers_for, engaged_as
from audits.policies import COMMENT, state_now
from committees.actions.changes import log_change
from committees.actions.saving import required, save
from committees.models import User
from committees.permissions import Permission
from committees.views.guards import refuse
from committees.workflows import MoveFault

Finding = Observation | Assessment | Recommendation
ANSWERED_IN = (AuditState.FACT_CHECK, AuditState.COMPLETING)
"""The states in which comments are answered."""


@transaction.atomic
def comment(
    *, audit: Audit, body: AuditedBody, text: str, by: User, finding: Finding | None = None
) -> FactCheckComment:
    """Comment on a finding, or without one on the report as a whole, for a body the user answers for; return the comment."""
    if body.audit_id != audit.pk or body.committee is None or not answers_for(by, body.committee.code):
        raise refuse(Permission.RESPOND_TO_AUDITS)
    if state_now(audit) != AuditState.FACT_CHECK:
        raise MoveFault("Synpunkter lämnas under faktakontrollen. Den pågår inte nu.")
    if finding is not None and finding.audit_id != audit.pk:
        raise ValidationError("Synpunkten gäller något som inte finns i granskningen.")
    made = FactCheckComment.objects.create(
        audit=audit,
        body=body,
        observation=finding if isinstance(finding, Observation) else None,
        assessment=finding if isinstance(finding, Assessment) else None,
        recommendation=finding if isinstance(finding, Recommendation) else None,
        text=required(text, "text", "Skriv vad som behöver rättas."),
        by=by,
    )
    log_change(made, field="state", before="", after=made.get_state_display(), by=by)
    return made


@transaction.atomic
def answer_comment(
    commented: FactCheckComment, *, take: bool, reason: str, by: User, new_text: str = "", read_as: int = 0
) -> FactCheckComment:
    """Take a comment or refuse it, with the reason the audited will read, and return it.

    One that is taken and is about a finding needs the finding's new text, written upon revision `read_as`; before and after
    stay with the comment. Raises Overtaken, PermissionDenied, MoveFault or ValidationError.
    """
    row = FactCheckComment.objects.select_for_update().select_related("audit").get(pk=commented.pk)
    held = engaged_as(by, row.audit)
    if Permission.CARRY_OUT_AUDITS not in held:
        raise refuse(Permission.CARRY_OUT_AUDITS)
    state = state_now(row.audit)
    if state not in ANSWERED_IN:
        raise MoveFault(f"Synpunkten går inte att besvara: granskningens läge är ”{state.label}”.")
    move = COMMENT.check("take" if take else "refuse", state=row.state, held=held, why=reason)
    before = row.get_state_display()
    row.state, row.reason = CommentState(move.target), reason.strip()
    row.answered_by, row.answered_at = by, timezone.now()
    if take and row.finding is not None:
        row.before, row.after = _rewrite(row.finding, new_text, read_as=read_as, by=by, why=reason)
    row.save(update_fields=["state", "reason", "answered_by", "answered_at", "before", "after"])
    log_change(row, field="state", before=before, after=row.get_state_display(), by=by, why=reason)
    return row


def text_of(finding: Finding) -> str:
    """Return the words of a finding that a comment is about."""
    return finding.grounds if isinstance(finding, Assessment) else finding.text


def _rewrite(finding: Finding, new_text: str, *, read_as: int, by: User, why: str) -> tuple[str, str]:
    after = required(new_text, "new_text", "Skriv hur texten lyder när synpunkten är inarbetad.")
    before = text_of(finding)
    if after == before:
        raise ValidationError({"new_text": "Texten är oförändrad. Ändra den, eller välj att inte inarbeta synpunkten."})
    fields: dict[str, Any] = {"grounds" if isinstance(finding, Assessment) else "text": after}
    save(finding, read_as=read_as, by=by, why=why, **fields)
    return before, after
