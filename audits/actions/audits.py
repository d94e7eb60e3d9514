"""Setting an audit up: what it is, whom it covers and what it was built on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audits.actions.engagements import cover, engage, uncover
from audits.enums import AuditKind, AuditState, EngagementPart, SourceKind
from audits.frameworks.reading import content_of
from audits.models import Audit, AuditedBody, AuditSource, FrameworkVersion
from audits.policies import check_carries_out, check_decides, check_goes_on, check_may_write, state_now
from committees.actions.changes import log_change, log_changes
from committees.actions.saving import required, save
from committees.models import Committee, User
from committees.permissions import Permission, access_of
from committees.views.guards import refuse
from committees.workflows import MoveFault
from governance.models import SteeringDocument

WRITTEN = frozenset(
    {
        "title",
        "registry_number",
        "commissioner",
        "firm",
        "kind",
        "background",
        "purpose",
        "purpose_in_summary",
        "scope",
        "method",
        "period_start",
        "period_end",
        "overall_grade",
        "overall_text",
        "fact_check_due",
        "report_date",
        "signatories",
        "follows",
    }
)
"""What the auditors write of the audit itself. The framework is not among them: an audit keeps the version it began with."""

_GUARDED = ("overall_grade", "period_start", "period_end", "fact_check_due", "report_date")
_ENGAGED_FOR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Body:
    """Whom an audit covers: a committee, or another body by name with a short name of its own."""

    committee: Committee | None = None
    name: str = ""
    short_name: str = ""


@dataclass(frozen=True)
class Commission:
    """What an audit is asked to do."""

    title: str
    commissioner: str
    purpose: str
    period_start: dt.date
    period_end: dt.date
    kind: AuditKind | str = AuditKind.OVERVIEW
    firm: str = ""
    scope: str = ""
    registry_number: str = ""
    follows: Audit | None = None


def check_mandate(user: User, committees: Iterable[Committee]) -> None:
    """Refuse who is not an elected auditor for every one of the committees: an audit opens their figures and cases."""
    access = access_of(user)
    if not access.may(Permission.DECIDE_AUDITS):
        raise refuse(Permission.DECIDE_AUDITS)
    for committee in committees:
        if not access.may_for(Permission.DECIDE_AUDITS, [committee.code]):
            raise ValidationError(
                f"Du är inte vald att granska {committee}. Be en revisor som är det att lägga upp granskningen."
            )


@transaction.atomic
def start_audit(
    *,
    framework_version: FrameworkVersion,
    commission: Commission,
    bodies: Iterable[Body],
    by: User,
    engaged_until: dt.date | None = None,
    start: dt.date | None = None,
) -> Audit:
    """Lay an audit up as a draft, with the one who does it as its first elected auditor, and return it.

    Raises PermissionDenied, or ValidationError in Swedish: no body, a body the elected auditor has no mandate for, a period
    that ends before it begins.
    """
    wanted = list(bodies)
    check_mandate(by, [body.committee for body in wanted if body.committee])
    if not wanted:
        raise ValidationError("Välj minst ett organ som granskas.")
    fields = {one.name: getattr(commission, one.name) for one in dataclass_fields(commission)}
    _check_written(fields)
    audit = Audit.objects.create(framework_version=framework_version, created_by=by, **fields)
    log_changes(audit, before={}, after={"state": audit.get_state_display(), "framework": framework_version}, by=by)
    today = timezone.localdate()
    first = start or today
    until = engaged_until or max(first, today) + _ENGAGED_FOR
    engage(audit=audit, person=by, part=EngagementPart.ELECTED, start=first, end=until, by=by)
    for body in wanted:
        add_body(audit=audit, body=body, by=by)
    return audit


@transaction.atomic
def revise_audit(audit: Audit, *, read_as: int, by: User, why: str = "", **fields: Any) -> Audit:
    """Store what was written of the audit (see WRITTEN) and return it.

    Raises Overtaken when somebody saved in between, PermissionDenied or MoveFault when the person or the state may not, and
    ValidationError for a grade that the scale does not have, a date or grade changed without a reason.
    """
    unknown = set(fields) - WRITTEN
    if unknown:
        raise TypeError(f"not written here: {sorted(unknown)}")
    check_may_write(by, audit)
    _check_written({name: fields.get(name, getattr(audit, name)) for name in WRITTEN})
    grade = fields.get("overall_grade", "")
    if grade and grade not in content_of(audit.framework_version).scale.words:
        raise ValidationError({"overall_grade": f"”{grade}” finns inte i ramverkets skala."})
    return save(audit, read_as=read_as, by=by, why=why, guarded=_GUARDED, **fields)


@transaction.atomic
def move_fact_check_due(audit: Audit, *, due: dt.date, by: User, why: str = "") -> Audit:
    """Set by when comments are to be in, also while the fact check goes on; a moved date keeps its reason."""
    check_carries_out(by, audit)
    state = state_now(audit)
    if state not in (AuditState.DRAFT, AuditState.FACT_CHECK):
        raise MoveFault(f"Datumet går inte att flytta: läget är nu ”{state.label}”.")
    return save(audit, read_as=audit.revision, by=by, why=why, guarded=("fact_check_due",), fact_check_due=due)


@transaction.atomic
def write_cover_letter(
    audit: Audit, *, text: str, read_as: int, by: User, signatories: str | None = None, why: str = ""
) -> Audit:
    """Store the elected auditors' cover letter and who signs it. It is written until they have decided."""
    check_decides(by, audit)
    state = state_now(audit)
    if state in AuditState.over():
        raise MoveFault(f"Missivet går inte att ändra: läget är nu ”{state.label}”.")
    fields: dict[str, Any] = {"cover_letter": text.strip()} | (
        {} if signatories is None else {"signatories": signatories.strip()}
    )
    return save(audit, read_as=read_as, by=by, why=why, **fields)


@transaction.atomic
def add_body(*, audit: Audit, body: Body, by: User) -> AuditedBody:
    """Let the audit cover one more body and return it; those engaged may from then on read what the committee has."""
    check_decides(by, audit)
    check_may_write(by, audit)
    if body.committee is not None:
        check_mandate(by, [body.committee])
        if audit.bodies.filter(committee=body.committee).exists():
            raise ValidationError(f"{body.committee} granskas redan.")
        added = AuditedBody.objects.create(audit=audit, committee=body.committee)
        cover(audit=audit, committee=body.committee, by=by)
    else:
        name = required(body.name, "name", "Skriv organets namn eller välj en nämnd.")
        short = required(body.short_name, "short_name", "Skriv ett kortnamn, till exempel KS.")
        if any(short.casefold() == one.code.casefold() for one in audit.bodies.select_related("committee")):
            raise ValidationError({"short_name": f"Kortnamnet {short} används redan i granskningen."})
        added = AuditedBody.objects.create(audit=audit, name=name, short_name=short)
    log_change(audit, field="bodies", before="", after=added, by=by)
    return added


@transaction.atomic
def remove_body(*, body: AuditedBody, by: User, why: str = "") -> None:
    """Let the audit no longer cover a body that nothing has been written about. Raises ValidationError when something has."""
    audit = body.audit
    check_decides(by, audit)
    check_may_write(by, audit)
    tied = (body.requests, body.observations, body.assessments, body.evidence, body.comments, body.sources)
    if any(rows.exists() for rows in tied):
        raise ValidationError(f"Det finns redan uppgifter om {body} i granskningen. Organet går inte att ta bort.")
    if audit.bodies.count() == 1:
        raise ValidationError("En granskning måste ha minst ett granskat organ.")
    log_change(audit, field="bodies", before=body, after="", by=by, why=why)
    committee = body.committee
    body.delete()
    if committee is not None:
        uncover(audit=audit, committee=committee, by=by)


@transaction.atomic
def set_response_due(*, body: AuditedBody, due: dt.date | None, by: User, why: str = "") -> AuditedBody:
    """Set by when the body is to answer; each move of the date is kept with its reason."""
    check_decides(by, body.audit)
    state = state_now(body.audit)
    if state == AuditState.CANCELLED:
        raise MoveFault("Granskningen är avbruten och ska inte besvaras.")
    if due == body.response_due:
        return body
    if body.response_due is not None and not why.strip():
        raise ValidationError({"why": "Skriv varför svarsdatumet flyttas."})
    if due is None and state in AuditState.decided():
        raise ValidationError({"due": "Granskningen är beslutad. Svarsdatumet kan flyttas men inte tas bort."})
    if due is not None and body.audit.decided_on is not None and due < body.audit.decided_on:
        raise ValidationError({"due": "Svaret kan inte begäras före beslutet."})
    log_change(body.audit, field=f"svar senast, {body.code}", before=body.response_due, after=due, by=by, why=why)
    body.response_due = due
    body.save(update_fields=["response_due"])
    return body


@transaction.atomic
def add_source(
    *,
    audit: Audit,
    kind: SourceKind | str,
    text: str,
    by: User,
    body: AuditedBody | None = None,
    dated: dt.date | None = None,
    document: SteeringDocument | None = None,
) -> AuditSource:
    """Note what the audit was built on: a document, a role that was interviewed, a function that checked the facts."""
    check_goes_on(by, audit)
    said = required(text, "text", "Skriv vilken källa det är.")
    if body is not None and body.audit_id != audit.pk:
        raise ValidationError({"body": "Organet ingår inte i granskningen."})
    source = AuditSource.objects.create(
        audit=audit, kind=SourceKind(kind), text=said, body=body, dated=dated, document=document
    )
    log_change(audit, field="sources", before="", after=source, by=by)
    return source


@transaction.atomic
def remove_source(*, source: AuditSource, by: User) -> None:
    """Strike a source."""
    check_carries_out(by, source.audit)
    check_goes_on(by, source.audit)
    log_change(source.audit, field="sources", before=source, after="", by=by)
    source.delete()


def _check_written(fields: dict[str, Any]) -> None:
    required(fields["title"], "title", "Skriv granskningens titel.")
    required(fields["commissioner"], "commissioner", "Skriv vem som har beställt granskningen.")
    required(fields["purpose"], "purpose", "Skriv granskningens syfte.")
    if fields["period_end"] < fields["period_start"]:
        raise ValidationError({"period_end": "Den granskade perioden kan inte sluta innan den börjar."})
