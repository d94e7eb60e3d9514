"""Entering what settles an aspect of a committee's work in the coverage matrix, where no register says it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from committees.actions.saving import save
from committees.models import Committee, User
from committees.permissions import Permission
from governance.enums import Aspect
from governance.models import CoverageEntry, SteeringDocument
from governance.policies import require


@dataclass(frozen=True)
class Settled:
    """What settles an aspect: the day (None: it is not settled), the decision in words, and the document."""

    settled_on: dt.date | None = None
    reference: str = ""
    document: SteeringDocument | None = None


@transaction.atomic
def settle_aspect(
    settled: Settled,
    *,
    committee: Committee,
    year: int,
    aspect: Aspect | str,
    by: User,
    read_as: int = 0,
    why: str = "",
) -> CoverageEntry:
    """Enter what settles an aspect for the year, and return the entry. `read_as` is 0 for a cell that nobody had written in.

    Raises PermissionDenied, Overtaken when somebody saved first, and ValidationError for a day to come and for another day than
    before without a reason.
    """
    require(Permission.STEER, [committee], by=by)
    if settled.settled_on is not None and settled.settled_on > timezone.localdate():
        raise ValidationError({"settled_on": "Dagen har inte kommit än."})
    entry, new = CoverageEntry.objects.get_or_create(committee=committee, year=year, aspect=Aspect(aspect))
    return save(
        entry,
        read_as=entry.revision if new else read_as,
        by=by,
        why=why,
        guarded=("settled_on",),
        settled_on=settled.settled_on,
        reference=settled.reference.strip(),
        document=settled.document,
    )
