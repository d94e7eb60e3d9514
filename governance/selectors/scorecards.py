"""The levels of an organisation and what each of them follows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from committees.models import Committee, Department, Responsibility, Unit
from governance.models import Scorecard


@dataclass(frozen=True)
class Level:
    """A committee, one of its departments or one of its units, and its scorecard if it has one."""

    committee: Committee
    department: Department | None = None
    unit: Unit | None = None
    card: Scorecard | None = None

    @property
    def kind(self) -> str:
        """The Swedish word for the level."""
        if self.unit:
            return "Enhet"
        return "Förvaltning" if self.department else "Nämnd"

    @property
    def name(self) -> str:
        """What the committee, department or unit is called."""
        return str(self.unit or self.department or self.committee)

    @property
    def url(self) -> str:
        """The address of its scorecard."""
        return reverse("steering_scorecard", kwargs=self._place())

    @property
    def edit_url(self) -> str:
        """Where its indicators are chosen."""
        return reverse("steering_scorecard_edit", kwargs=self._place())

    def _place(self) -> dict[str, str]:
        below = self.unit or self.department
        kind = "enhet" if self.unit else "forvaltning" if self.department else "namnd"
        return {"committee": self.committee.code, "kind": kind, "code": below.code if below else self.committee.code}


def levels(committee: Committee, day: dt.date) -> list[Level]:
    """Return the committee, its departments and the units it answers for on the day, each with its scorecard or none."""
    cards = Scorecard.objects.filter(committee=committee).prefetch_related("indicators")
    by_level = {(card.department_id, card.unit_id): card for card in cards}
    return [
        Level(committee, card=by_level.get((None, None))),
        *(Level(committee, department=one, card=by_level.get((one.pk, None))) for one in committee.departments.all()),
        *(Level(committee, unit=one, card=by_level.get((None, one.pk))) for one in _units(committee, day)),
    ]


def level_of(committee: Committee, kind: str, code: str, day: dt.date) -> Level | None:
    """Return the level that an address names, None when the committee has none such on the day."""
    department = committee.departments.filter(code=code).first() if kind == "forvaltning" else None
    unit = _units(committee, day).filter(code=code).first() if kind == "enhet" else None
    if department is None and unit is None and (kind, code) != ("namnd", committee.code):
        return None
    card = Scorecard.objects.filter(committee=committee, department=department, unit=unit).first()
    return Level(committee, department, unit, card)


def _units(committee: Committee, day: dt.date) -> QuerySet[Unit]:
    answered_for = Responsibility.objects.filter(committee=committee).on(day).values("unit")
    return Unit.objects.filter(pk__in=answered_for).order_by("name")
