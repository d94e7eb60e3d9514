"""What audits have on the watch list: evidence that is asked for, comments and responses that are awaited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse

from audits.enums import AuditState, ResponseState
from audits.models import Addressee, Audit, AuditedBody, EvidenceRequest, Response
from committees.models import Committee, User
from governance.watch import WatchItem


def watched(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield what the committees owe the auditors and the user may know of, in all audits."""
    yield from _requests(user, committees)
    yield from _fact_checks(user, committees)
    yield from _responses(user, committees)


def _requests(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    owed = EvidenceRequest.objects.visible_to(user).owed().filter(body__committee__in=committees)
    for request in owed.select_related("body__committee"):
        if request.body.committee is not None:
            yield WatchItem(
                key=f"evidence-request-{request.pk}",
                due=request.due,
                kind="underlag till granskning",
                title=request.title,
                url=reverse("audit_request", kwargs={"pk": request.pk}),
                committee=request.body.committee,
            )


def _bodies(user: User, committees: Sequence[Committee]) -> Iterator[AuditedBody]:
    audits = Audit.objects.visible_to(user).values("pk")
    bodies = AuditedBody.objects.filter(audit__in=audits, committee__in=committees)
    yield from bodies.select_related("audit", "committee")


def _item(body: AuditedBody, *, key: str, kind: str) -> WatchItem | None:
    due = body.audit.fact_check_due if key == "fact-check" else body.response_due
    if due is None or body.committee is None:
        return None
    return WatchItem(
        key=f"{key}-{body.pk}",
        due=due,
        kind=kind,
        title=body.audit.title,
        url=reverse("audit_page", kwargs={"pk": body.audit_id}),
        committee=body.committee,
    )


def _fact_checks(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    for body in _bodies(user, committees):
        if body.audit.state == AuditState.FACT_CHECK:
            item = _item(body, key="fact-check", kind="faktakontroll")
            if item is not None:
                yield item


def _responses(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    given = Response.objects.filter(addressee=OuterRef("pk"), state=ResponseState.GIVEN)
    waiting = set(
        Addressee.objects.filter(~Exists(given), removed=False, recommendation__removed=False).values_list(
            "recommendation__audit", "committee"
        )
    )
    for body in _bodies(user, committees):
        if body.audit.state in AuditState.decided() and (body.audit_id, body.committee_id) in waiting:
            item = _item(body, key="audit-response", kind="svar på granskning")
            if item is not None:
                yield item
