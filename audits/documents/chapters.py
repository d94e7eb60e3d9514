"""What audits tell in the board reports: the auditors' recommendations to the committees and how they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

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
    head = columns(
        ("Rekommendation", 28),
        ("Granskning", 18),
        ("Åtgärder", 16),
        ("Klart senast", 13),
        ("Enligt nämnden", 12),
        ("Enligt revisorerna", 13),
    )
    note = "Enligt nämnden är vad nämnden själv har svarat. Enligt revisorerna är vad de har funnit vid en uppföljning."
    rows = tuple(_row(one) for one in told)
    return [
        Text(_in_words(told), "lead"),
        Table(numbers.table(), "rekommendationer", "Revisorernas rekommendationer", head, rows, note),
    ]


def _in_words(told: Sequence[Addressee]) -> str:
    """Return how many recommendations there are, one to several committees counted once, and how many nobody acts on."""
    every = {one.recommendation_id for one in told}
    without = every - {one.recommendation_id for one in told if _actions(one)}
    if len(every) == 1:
        said = "En rekommendation från revisorerna återstår eller har avslutats under perioden."
        return f"{said} Ingen åtgärd är beslutad." if without else said
    said = f"{number(len(every))} rekommendationer från revisorerna återstår eller har avslutats under perioden."
    return f"{said} För {number(len(without))} av dem är ingen åtgärd beslutad." if without else said


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
    return (
        latest is not None
        and latest.status not in VerifiedStatus.open()
        and timezone.localdate(latest.at) < subject.start
    )


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
