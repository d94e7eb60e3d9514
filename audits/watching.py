"""What audits have on the watch list: evidence that is asked for, comments and responses that are awaited."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from audits.enums import AuditState, ResponseState
from audits.models import Addressee, Audit, AuditedBody, EvidenceRequest, Response
from committees.models import Committee, User
from governance.watch import open_rows, register_rows, simple


def _requests(user: User, committees: Sequence[Committee]) -> QuerySet[EvidenceRequest]:
    owed = EvidenceRequest.objects.visible_to(user).owed().filter(body__committee__in=committees)
    return open_rows(owed, day="due", title="title", committee="body__committee")


def _bodies(user: User, committees: Sequence[Committee]) -> QuerySet[AuditedBody]:
    audits = Audit.objects.visible_to(user).values("pk")
    return AuditedBody.objects.filter(audit__in=audits, committee__in=committees)


def _fact_checks(user: User, committees: Sequence[Committee]) -> QuerySet[AuditedBody]:
    """Return whom the auditors wait for in a fact check."""
    waiting = _bodies(user, committees).filter(audit__state=AuditState.FACT_CHECK, audit__fact_check_due__isnull=False)
    return open_rows(waiting, about="audit", day="audit__fact_check_due", title="audit__title", committee="committee")


def _responses(user: User, committees: Sequence[Committee]) -> QuerySet[AuditedBody]:
    """Return who has a recommendation left to answer."""
    given = Response.objects.filter(addressee=OuterRef("pk"), state=ResponseState.GIVEN)
    unanswered = Addressee.objects.filter(
        ~Exists(given),
        recommendation__audit=OuterRef("audit"),
        committee=OuterRef("committee"),
        removed=False,
        recommendation__removed=False,
    )
    decided = _bodies(user, committees).filter(audit__state__in=AuditState.decided(), response_due__isnull=False)
    return open_rows(
        decided.filter(Exists(unanswered)),
        about="audit",
        day="response_due",
        title="audit__title",
        committee="committee",
    )


def register() -> None:
    """Let the watch list ask."""
    register_rows(_requests, simple("underlag till granskning", "audit_request", key="evidence-request"))
    register_rows(_fact_checks, simple("faktakontroll", "audit_page", key="fact-check"))
    register_rows(_responses, simple("svar på granskning", "audit_page", key="audit-response"))
