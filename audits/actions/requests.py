"""Asking the audited for evidence, and handing it over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from audits import evidence_files
from audits.actions.mailing import tell
from audits.enums import RequestState
from audits.frameworks.reading import content_of
from audits.models import Audit, AuditedBody, EvidenceDelivery, EvidenceRequest
from audits.policies import REQUEST, check_goes_on, held_for_request
from committees.actions.changes import log_changes
from committees.actions.saving import required, save
from committees.models import User
from committees.permissions import Permission
from committees.workflows import MoveFault
from governance.models import SteeringDocument

_BY_THEMSELVES = {"deliver"}
_SENT_AGAIN = {"send", "ask_again"}


@transaction.atomic
def ask_for(
    *,
    audit: Audit,
    body: AuditedBody,
    title: str,
    due: dt.date,
    by: User,
    description: str = "",
    question: str = "",
) -> EvidenceRequest:
    """Write an evidence request as a draft and return it; the audited see it when it is sent."""
    check_goes_on(by, audit)
    if body.audit_id != audit.pk:
        raise ValidationError({"body": "Organet ingår inte i granskningen."})
    _check_question(audit, question)
    request = EvidenceRequest.objects.create(
        audit=audit,
        body=body,
        question=question,
        title=required(title, "title", "Skriv vilket underlag ni begär."),
        description=description.strip(),
        due=due,
        created_by=by,
    )
    log_changes(request, before={}, after={"state": request.get_state_display(), "due": due}, by=by)
    return request


@transaction.atomic
def revise_request(
    request: EvidenceRequest, *, read_as: int, by: User, why: str = "", **fields: Any
) -> EvidenceRequest:
    """Store what was written: title, description, due, question. A moved date needs a reason once the request is sent."""
    if set(fields) - {"title", "description", "due", "question"}:
        raise TypeError(f"not written here: {sorted(fields)}")
    check_goes_on(by, request.audit)
    if request.state in (RequestState.ACCEPTED, RequestState.WITHDRAWN):
        raise MoveFault(f"Begäran går inte att ändra: läget är nu ”{request.get_state_display()}”.")
    if "title" in fields:
        fields["title"] = required(fields["title"], "title", "Skriv vilket underlag ni begär.")
    _check_question(request.audit, fields.get("question", ""))
    guarded = () if request.state == RequestState.DRAFT else ("due",)
    return save(request, read_as=read_as, by=by, why=why, guarded=guarded, **fields)


@transaction.atomic
def move_request(request: EvidenceRequest, *, name: str, by: User, why: str = "") -> EvidenceRequest:
    """Take a request one step on its way. Raises MoveFault, in Swedish, when that cannot be; `deliver` hands evidence over."""
    if name in _BY_THEMSELVES:
        raise MoveFault("Lämna underlaget på begärans sida.")
    return _move(request, name=name, by=by, why=why)


@transaction.atomic
def deliver(
    *,
    request: EvidenceRequest,
    by: User,
    text: str = "",
    file: UploadedFile | None = None,
    documents: Iterable[SteeringDocument] = (),
) -> EvidenceDelivery:
    """Hand over what was asked for and return it: a text, a file, steering documents of the register, or several of them.

    Raises MoveFault when the request is not waiting for it or the person may not, and ValidationError for nothing at all or a
    file that cannot be taken.
    """
    chosen = list(documents)
    if not text.strip() and file is None and not chosen:
        raise ValidationError("Skriv ett svar, välj en fil eller peka ut styrdokument.")
    if len(set(SteeringDocument.objects.visible_to(by).filter(pk__in=[one.pk for one in chosen]))) != len(chosen):
        raise ValidationError({"documents": "Du kan bara peka ut styrdokument som du själv kan läsa."})
    moved = _move(request, name="deliver", by=by)
    kept = evidence_files.keep(file) if file is not None else None
    delivery = EvidenceDelivery.objects.create(
        request=moved,
        text=text.strip(),
        file_name=kept.name if kept else "",
        file_sha256=kept.sha256 if kept else "",
        by=by,
    )
    delivery.documents.set(chosen)
    return delivery


def _move(request: EvidenceRequest, *, name: str, by: User, why: str = "") -> EvidenceRequest:
    move = REQUEST.check(name, state=request.state, held=held_for_request(by, request), why=why)
    after = RequestState(move.target)
    fields: dict[str, Any] = {"state": after}
    if request.sent_at is None:
        fields["sent_at"] = timezone.now()
    saved = save(request, read_as=request.revision, by=by, why=why, **fields)
    if name in _SENT_AGAIN:
        tell(
            [saved.body],
            permission=Permission.RESPOND_TO_AUDITS,
            subject=f"Begäran om underlag: {saved.title}",
            text=f"Granskarna ber {saved.body} om underlag senast {saved.due.isoformat()}.",
            url_name="audit_request",
            pk=saved.pk,
        )
    return saved


def _check_question(audit: Audit, number: str) -> None:
    if number and content_of(audit.framework_version).question(number) is None:
        raise ValidationError({"question": f"Fråga {number} finns inte i granskningens ramverk."})
