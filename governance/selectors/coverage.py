"""The coverage matrix that PwC asks for: committee by committee whether the responsibility is settled, sub-goals set and an
action plan adopted, worked out from what stands in the registers, with what is missing said.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from committees.models import Committee, User
from governance.enums import Aspect, DocumentKind
from governance.models import CoverageEntry, Goal, SteeringDocument

_KINDS = {Aspect.RESPONSIBILITY: DocumentKind.REGULATIONS, Aspect.ACTION_PLAN: DocumentKind.PLAN}
_MISSING = {
    Aspect.RESPONSIBILITY: "Inget beslut och inget reglemente i kraft finns infört.",
    Aspect.SUB_GOAL: "Inget av nämndens mål bidrar till ett mål ovanför.",
    Aspect.ACTION_PLAN: "Ingen beslutad plan i kraft finns införd.",
}


@dataclass(frozen=True)
class Cell:
    """One aspect of one committee. `said` tells by what it is settled, or what is missing.

    `document` is what settles it, None where nothing does, where it is no document, or where the reader may not see it.
    """

    aspect: Aspect
    is_settled: bool
    said: str
    document: SteeringDocument | None = None


@dataclass(frozen=True)
class Line:
    """One committee's cells, in the order of the aspects."""

    committee: Committee
    cells: tuple[Cell, ...]

    @property
    def missing(self) -> int:
        """How many aspects nothing settles."""
        return sum(not cell.is_settled for cell in self.cells)


def coverage(user: User, year: int, today: dt.date) -> list[Line]:
    """Return every committee's line for the year. What somebody has entered goes before what the registers say.

    All who steer see every committee's line; documents are linked for those who may see them.
    """
    entries = CoverageEntry.objects.filter(year=year, settled_on__isnull=False).select_related("document")
    entered = {(entry.committee_id, entry.aspect): entry for entry in entries}
    documents = _documents_by_committee(year, today)
    goals = _sub_goals(year)
    seen = set(SteeringDocument.objects.visible_to(user).values_list("pk", flat=True))
    lines = []
    for committee in Committee.objects.order_by("name"):
        cells = []
        for aspect in Aspect:
            entry = entered.get((committee.pk, aspect))
            found = documents.get((committee.pk, _KINDS.get(aspect)))
            cells.append(_cell(aspect, entry, found, goals.get(committee.pk, 0), seen))
        lines.append(Line(committee, tuple(cells)))
    return lines


def _cell(
    aspect: Aspect, entry: CoverageEntry | None, document: SteeringDocument | None, goals: int, seen: set[int]
) -> Cell:
    if entry is not None and entry.settled_on is not None:
        by = entry.document if entry.document_id in seen else None
        said = f"{entry.reference or 'Beslut'}, {entry.settled_on.isoformat()}"
        return Cell(aspect, is_settled=True, said=said, document=by)
    if aspect == Aspect.SUB_GOAL and goals:
        said = "Ett delmål bidrar till ett mål ovanför." if goals == 1 else f"{goals} delmål bidrar till mål ovanför."
        return Cell(aspect, is_settled=True, said=said)
    if document is not None and document.decided_on is not None:
        said = f"{document.title}, {document.decided_on.isoformat()}"
        return Cell(aspect, is_settled=True, said=said, document=document if document.pk in seen else None)
    return Cell(aspect, is_settled=False, said=_MISSING[aspect])


def _documents_by_committee(year: int, today: dt.date) -> dict[tuple[int, DocumentKind | None], SteeringDocument]:
    """Return the latest decided document of each committee and kind that holds at the year's end, or today in this year."""
    day = min(dt.date(year, 12, 31), max(today, dt.date(year, 1, 1)))
    in_force = SteeringDocument.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        kind__in=_KINDS.values(),
        decided_on__lte=day,
        replaced_by__isnull=True,
    )
    found: dict[tuple[int, DocumentKind | None], SteeringDocument] = {}
    for document in in_force.order_by("decided_on", "pk").prefetch_related("committees"):
        for committee in document.committees.all():
            found[committee.pk, DocumentKind(document.kind)] = document
    return found


def _sub_goals(year: int) -> dict[int, int]:
    """Return how many goals of each committee serve one above them in the year."""
    serving = Goal.objects.in_force(year).annotate(above_count=Count("above")).filter(above_count__gt=0)
    counts: dict[int, int] = defaultdict(int)
    for committee_id in serving.values_list("committee_id", flat=True):
        counts[committee_id] += 1
    return counts
