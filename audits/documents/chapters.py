"""What audits tell in the board reports: the auditors' recommendations to the committees and how they stand."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Prefetch

from audits.enums import AuditState, ResponseState, VerifiedStatus
from audits.models import Addressee, Recommendation, Verification
from reporting.documents.annual.setting import Numbering
from reporting.documents.chapters import Subject
from reporting.documents.content import Block, Cell, Table, Text
from reporting.documents.papers import columns
from reporting.figures.swedish import NO_DENOMINATOR, date_iso, number

NO_RECOMMENDATIONS = "Revisorerna har inga rekommendationer till nämnden som återstår att redovisa."


def recommendation_blocks(subject: Subject, numbers: Numbering) -> list[Block]:
    """Return what decided audits recommend the committees, what they have answered and what the auditors have verified.

    Left out is what a later audit has taken over, and what was settled before the period. A draft of an answer tells nothing.
    """
    told = [one for one in _addressed(subject) if not _settled_before(one, subject)]
    if not told:
        return []
    without = sum(1 for one in told if not _actions(one))
    lead = f"{number(len(told))} rekommendationer från revisorerna återstår eller har avslutats under perioden."
    if len(told) == 1:
        lead = "En rekommendation från revisorerna återstår eller har avslutats under perioden."
    if without:
        lead += f" För {number(without)} av dem är ingen åtgärd beslutad."
    head = columns(
        ("Rekommendation", 32),
        ("Granskning", 18),
        ("Åtgärder", 17),
        ("Klart senast", 11),
        ("Enligt nämnden", 11),
        ("Enligt revisorerna", 11),
    )
    note = "Enligt nämnden är vad nämnden själv har svarat. Enligt revisorerna är vad de har funnit vid en uppföljning."
    rows = tuple(_row(one) for one in told)
    return [
        Text(lead, "lead"),
        Table(numbers.table(), "rekommendationer", "Revisorernas rekommendationer", head, rows, note),
    ]


def _addressed(subject: Subject) -> list[Addressee]:
    later = Recommendation.objects.filter(takes_over=OuterRef("recommendation"), audit__state__in=AuditState.decided())
    verified = Verification.objects.decided().order_by("-at", "-pk")
    found = Addressee.objects.filter(
        ~Exists(later),
        removed=False,
        committee__in=subject.committees,
        recommendation__audit__state__in=AuditState.decided(),
        recommendation__audit__decided_on__lte=subject.end,
    )
    related = found.select_related("recommendation__audit", "response", "committee")
    ordered = related.order_by("recommendation__audit__decided_on", "recommendation__number", "pk")
    return list(ordered.prefetch_related(Prefetch("verifications", verified), "response__actions"))


def _latest(addressee: Addressee) -> Verification | None:
    return next(iter(addressee.verifications.all()), None)


def _settled_before(addressee: Addressee, subject: Subject) -> bool:
    latest = _latest(addressee)
    return latest is not None and latest.status not in VerifiedStatus.open() and latest.at.date() < subject.start


def _actions(addressee: Addressee) -> list[str]:
    response = getattr(addressee, "response", None)
    if response is None or response.state != ResponseState.GIVEN:
        return []
    return [f"{action.title} ({action.get_state_display().lower()})" for action in response.actions.all()]


def _row(addressee: Addressee) -> tuple[Cell, ...]:
    return tuple(Cell(text) for text in _said(addressee))


def _said(addressee: Addressee) -> Iterator[str]:
    recommendation, response, latest = (
        addressee.recommendation,
        getattr(addressee, "response", None),
        _latest(addressee),
    )
    given = response if response is not None and response.state == ResponseState.GIVEN else None
    yield f"{recommendation.number}. {recommendation.text}"
    yield f"{recommendation.audit} (till {addressee.committee})" if addressee.committee else str(recommendation.audit)
    yield "; ".join(_actions(addressee)) or "ingen beslutad"
    yield date_iso(given.due) if given and given.due else NO_DENOMINATOR
    yield given.get_status_display() if given else "Inte besvarad"
    yield latest.get_status_display() if latest else "Inte följd upp"
