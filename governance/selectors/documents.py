"""What is wrong with a steering document when it is held against the organisation of today."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Prefetch, QuerySet

from committees.models import Committee, Responsibility, Unit, User
from governance.models import SteeringDocument
from governance.watch import Ask, OpenRow, Tell, WatchItem, once, open_rows, register_rows
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
    """Return what is wrong with the document on a day, gravest first; nothing for one that another had replaced by then."""
    if _is_replaced(document, day):
        return []
    found = (_undated(document), _lapsed(document, day), _older(document, day), _wrong_body(document, day))
    return [finding for finding in (*found, _overdue(document, day)) if finding is not None]


def age_in_years(document: SteeringDocument, day: dt.date) -> int | None:
    """Return the whole years since the decision, None for an undated document."""
    decided = document.decided_on
    if decided is None:
        return None
    return day.year - decided.year - ((day.month, day.day) < (decided.month, decided.day))


def _ending(field: str) -> Ask:
    def ask(user: User, committees: Sequence[Committee]) -> QuerySet[Any]:
        """Return the documents of the committees that the user may see and for which the day is known."""
        visible = SteeringDocument.objects.visible_to(user).filter(replaced_by__isnull=True)
        dated = visible.filter(**{f"{field}__isnull": False}).values("pk")
        concerned = SteeringDocument.committees.through.objects.filter(
            committee__in=committees, steeringdocument__in=dated
        )
        document = "steeringdocument"
        return open_rows(
            concerned,
            pk=document,
            about=document,
            day=f"{document}__{field}",
            title=f"{document}__title",
            committee="committee",
            owner=f"{document}__owner",
        )

    return ask


def _told(kind: str, key: str) -> Tell:
    def tell(rows: Sequence[OpenRow], _user: User, _committees: Sequence[Committee]) -> Iterator[WatchItem]:
        for row in once(rows):
            if row.day is not None and row.committee is not None:
                page = ("steering_document", (row.pk,))
                yield WatchItem(
                    f"document-{row.pk}-{key}", row.day, kind, row.title, page, row.committee, owner=row.owner
                )

    return tell


register_rows(_ending("review_by"), _told("översyn av styrdokument", "review"))
register_rows(_ending("valid_to"), _told("styrdokument som slutar gälla", "lapse"))


def begins(document: SteeringDocument) -> dt.date | None:
    """Return the first day the document holds: when it is valid from or else was decided; None when neither is known."""
    return document.valid_from or document.decided_on


def _is_replaced(document: SteeringDocument, day: dt.date) -> bool:
    if document.replaced_by is None:
        return False
    begun = begins(document.replaced_by)
    return begun is None or begun <= day


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
    return Finding(Flaw.WRONG_BODY, f"{document.decided_by.name} beslutade, men det är {now} som ansvarar.")


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
