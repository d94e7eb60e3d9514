"""Choosing what each level of the organisation follows."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from committees.actions.changes import log_change
from committees.models import Committee, Department, Unit, User
from committees.permissions import Permission
from committees.revising import revise
from governance.models import Indicator, Scorecard
from governance.policies import require


@transaction.atomic
def set_scorecard(
    *,
    committee: Committee,
    indicators: Iterable[Indicator],
    by: User,
    read_as: int = 0,
    department: Department | None = None,
    unit: Unit | None = None,
) -> Scorecard:
    """Let the committee, one of its departments or one of its units follow exactly these indicators; return the scorecard.

    `read_as` is the revision it was chosen upon, 0 where there was none. Raises ValidationError without indicators, and
    Overtaken when another saved first.
    """
    require(Permission.STEER, [committee], by=by)
    chosen = list(indicators)
    if not chosen:
        raise ValidationError({"indicators": "Välj minst en indikator."})
    card, created = Scorecard.objects.get_or_create(committee=committee, department=department, unit=unit)
    before = _names(card.indicators.all())
    saved = card if created else revise(card, read_as=read_as)
    saved.indicators.set(chosen)
    log_change(saved, field="indicators", before=before, after=_names(chosen), by=by)
    return saved


def _names(indicators: Iterable[Indicator]) -> str:
    return ", ".join(sorted(indicator.code for indicator in indicators))
