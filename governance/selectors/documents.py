"""What is wrong with a steering document when it is held against the organisation of today."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from committees.models import Committee, Responsibility, Unit, User
from governance.models import SteeringDocument
from governance.watch import WatchItem, register
from reporting.figures.swedish import listed, lower_first


class Flaw(StrEnum):
    """The ways a steering document fails those who are to follow it; KPMG and PwC found each of them."""

    UNDATED = "undated"
    LAPSED = "lapsed"
    OLDER_THAN_ORGANISATION = "older_than_organisation"
    WRONG_BODY = "wrong_body"
    REVIEW_OVERDUE = "review_overdue"

    @property
    def label(self) -> str:
        """The flaw in a few Swedish words."""
        return _LABELS[self]


_LABELS = {
    Flaw.UNDATED: "Odaterat",
    Flaw.LAPSED: "Har slutat gälla",
    Flaw.OLDER_THAN_ORGANISATION: "Äldre än organisationen",
    Flaw.WRONG_BODY: "Beslutat av fel instans",
    Flaw.REVIEW_OVERDUE: "Översyn försenad",
}


@dataclass(frozen=True)
class Finding:
    """One flaw of a document, with what shows it in a Swedish sentence."""

    flaw: Flaw
    sentence: str


def with_organisation(documents: QuerySet[SteeringDocument]) -> QuerySet[SteeringDocument]:
    """Return the documents with all that `findings` looks at fetched, in a fixed number of queries."""
    responsibilities = Prefetch(
        "responsibilities", queryset=Responsibility.objects.select_related("committee").order_by("start")
    )
    return documents.select_related("decided_by", "replaced_by", "owner").prefetch_related(
        "committees", Prefetch("units", queryset=Unit.objects.prefetch_related(responsibilities))
    )


def findings(document: SteeringDocument, day: dt.date) -> list[Finding]:
    """Return what is wrong with the document on a day, gravest first; nothing for one that another has replaced."""
    if document.replaced_by_id is not None:
        return []
    found = (_undated(document), _lapsed(document, day), _older(document, day), _wrong_body(document, day))
    return [finding for finding in (*found, _overdue(document, day)) if finding is not None]


def age_in_years(document: SteeringDocument, day: dt.date) -> int | None:
    """Return the whole years since the decision, None for an undated document."""
    decided = document.decided_on
    if decided is None:
        return None
    return day.year - decided.year - ((day.month, day.day) < (decided.month, decided.day))


@register
def documents_to_watch(user: User, committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield the documents of the committees that are to be looked over, or that lapse, on a known day."""
    visible = SteeringDocument.objects.visible_to(user).filter(committees__in=committees, replaced_by__isnull=True)
    for document in visible.distinct().select_related("owner").prefetch_related("committees"):
        concerned = next(committee for committee in document.committees.all() if committee in committees)
        for day, kind, key in (
            (document.review_by, "översyn av styrdokument", "review"),
            (document.valid_to, "styrdokument som slutar gälla", "lapse"),
        ):
            if day is not None:
                url = reverse("steering_document", args=[document.pk])
                yield WatchItem(
                    key=f"document-{document.pk}-{key}",
                    due=day,
                    kind=kind,
                    title=document.title,
                    url=url,
                    committee=concerned,
                    owner=document.owner,
                )


def _undated(document: SteeringDocument) -> Finding | None:
    if document.decided_on is not None:
        return None
    return Finding(
        Flaw.UNDATED, "Dokumentet saknar datum, så det går inte att se vilken organisation det är skrivet för."
    )


def _lapsed(document: SteeringDocument, day: dt.date) -> Finding | None:
    if document.valid_to is None or document.valid_to >= day:
        return None
    return Finding(Flaw.LAPSED, f"Dokumentet slutade gälla {document.valid_to.isoformat()} och inget har ersatt det.")


def _older(document: SteeringDocument, day: dt.date) -> Finding | None:
    """A unit has come under another committee since the decision. The first committee a unit is known under is no change."""
    decided = document.decided_on
    if decided is None:
        return None
    moved = [
        (unit, now)
        for unit in document.units.all()
        for before, now in _changes(_in_force(unit, day))
        if now.start > decided and before.committee_id != now.committee_id
    ]
    if not moved:
        return None
    unit, latest = max(moved, key=lambda change: change[1].start)
    return Finding(
        Flaw.OLDER_THAN_ORGANISATION,
        f"Beslutat {decided.isoformat()}, men {unit.name} hör till {lower_first(latest.committee.name)} "
        f"sedan {latest.start.isoformat()}.",
    )


def _wrong_body(document: SteeringDocument, day: dt.date) -> Finding | None:
    """A committee decided that no longer answers for any of the units; a body above the committees (none of them) always may."""
    units = list(document.units.all())
    if document.decided_by is None or not units:
        return None
    answering: dict[int, Committee] = {
        one.committee_id: one.committee for unit in units for one in _in_force(unit, day)[-1:] if _holds(one, day)
    }
    has_answered = any(
        one.committee_id == document.decided_by_id for unit in units for one in unit.responsibilities.all()
    )
    if not has_answered or document.decided_by_id in answering or not answering:
        return None
    now = listed(sorted(lower_first(committee.name) for committee in answering.values()))
    return Finding(Flaw.WRONG_BODY, f"{document.decided_by.name} beslutade, men nu är det {now} som ansvarar.")


def _overdue(document: SteeringDocument, day: dt.date) -> Finding | None:
    if document.review_by is None or document.review_by >= day:
        return None
    return Finding(Flaw.REVIEW_OVERDUE, f"Dokumentet skulle ha setts över senast {document.review_by.isoformat()}.")


def _in_force(unit: Unit, day: dt.date) -> list[Responsibility]:
    """The unit's responsibilities that have begun by the day, in order of time."""
    return sorted((one for one in unit.responsibilities.all() if one.start <= day), key=lambda one: one.start)


def _holds(one: Responsibility, day: dt.date) -> bool:
    return one.end is None or one.end >= day


def _changes(ordered: Sequence[Responsibility]) -> Iterable[tuple[Responsibility, Responsibility]]:
    return itertools.pairwise(ordered)
