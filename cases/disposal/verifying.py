"""Whether a disposal did what was decided, asked again at any time."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from cases.disposal.followers import followers
from cases.disposal.proposing import propose
from cases.disposal.removing import naming_kinds
from cases.enums import DisposalArea
from cases.kinds import ENROLMENTS, KINDS, Kind
from cases.models import Disposal, Enrolment, Person


def faults_of(disposal: Disposal) -> list[str]:
    """Return what is not as it should be after the disposal, in Swedish; nothing when all is well."""
    left = propose(DisposalArea(disposal.area), disposal.last_day)
    found = []
    if left.persons:
        found.append(
            f"Uppgifter som omfattas av beslutet finns igen om {len(left.persons)} personer. De har levererats på nytt: "
            "gallra i källsystemet också, och gör ett nytt förslag."
        )
    found += orphans()
    for follower in followers():
        found += follower.faults(disposal)
    return found


def orphans() -> list[str]:
    """Return, a line for each kind, the current rows that hang on an enrolment or a person that is not there."""
    found = []
    for kind in KINDS:
        if kind is not ENROLMENTS and "enrolment" in kind.fields:
            loose = _current(kind).exclude(enrolment__in=Enrolment.objects.values("enrolment"))
            found += _line(kind.label, loose.count(), "hör till en inskrivning som inte finns")
    for kind in naming_kinds():
        loose = _current(kind).exclude(person__in=Person.objects.values("person"))
        found += _line(kind.label, loose.count(), "gäller en person som inte finns")
    return found


def _current(kind: Kind) -> QuerySet[Any]:
    return kind.model.objects.current().order_by()


def _line(label: str, count: int, what: str) -> list[str]:
    return [f"{label.capitalize()}: {count} rader {what}."] if count else []
