"""Beginning a new year of steering in one step: what stood last year is carried over, and nothing is decided by that."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from committees.actions.changes import log_change, log_changes
from committees.models import Committee, User
from committees.permissions import Permission
from committees.revising import revise
from governance.actions.control import carry_plan
from governance.models import Control, ControlPlan, Goal, Target
from governance.policies import require
from governance.wording import target_in_words

_WHY = "Nytt år"


@dataclass(frozen=True)
class CarriedOver:
    """How much was carried over: goals that would have ended, targets, and the risks and controls of a new plan."""

    goals: int
    targets: int
    risks: int
    controls: int

    def in_words(self) -> str:
        """Return it as a Swedish sentence."""
        if not (self.goals or self.targets or self.risks):
            return "Allt som fanns förra året är redan infört."
        said = (
            _counted(self.goals, "mål", "mål"),
            _counted(self.targets, "målvärde", "målvärden"),
            _counted(self.risks, "risk", "risker"),
            _counted(self.controls, "kontroll", "kontroller"),
        )
        return f"Infört från förra året: {', '.join(said)}."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


@transaction.atomic
def open_year(*, committee: Committee, year: int, by: User) -> CarriedOver:
    """Carry last year's goals, targets and control plan over to the year; a second time only what is missing.

    Goals that would have ended with last year go on for this one. Targets are marked as copied until somebody settles them, and
    the control plan is a draft. Results, decisions and explanations stay where they were. Raises PermissionDenied.
    """
    require(Permission.STEER, [committee], by=by)
    require(Permission.MANAGE_CONTROL, [committee], by=by)
    goals = _carry_goals(committee, year, by)
    targets = _carry_targets(committee, year, by)
    risks, controls = _carry_plan(committee, year, by)
    return CarriedOver(goals, targets, risks, controls)


def _carry_goals(committee: Committee, year: int, by: User) -> int:
    ending = list(Goal.objects.filter(committee=committee, last_year=year - 1))
    for goal in ending:
        log_change(goal, field="last_year", before=year - 1, after=year, by=by, why=_WHY)
        revise(goal, read_as=goal.revision, last_year=year)
    return len(ending)


def _carry_targets(committee: Committee, year: int, by: User) -> int:
    goals = Goal.objects.filter(committee=committee).in_force(year)
    last = Target.objects.filter(indicator__goals__in=goals, year=year - 1).exclude(
        indicator__in=Target.objects.filter(year=year).values("indicator")
    )
    carried = 0
    for before in last.select_related("indicator").distinct():
        target = Target.objects.create(
            indicator=before.indicator,
            year=year,
            comparator=before.comparator,
            value=before.value,
            kpi=before.kpi,
            group=before.group,
            copied=True,
        )
        log_changes(target, before={}, after={"value": target_in_words(target), "copied": True}, by=by, why=_WHY)
        carried += 1
    return carried


def _carry_plan(committee: Committee, year: int, by: User) -> tuple[int, int]:
    last = ControlPlan.objects.filter(committee=committee, year=year - 1).first()
    plan = carry_plan(last, by=by, why=_WHY) if last else None
    if plan is None:
        return 0, 0
    return plan.risks.count(), Control.objects.filter(risk__plan=plan).count()
