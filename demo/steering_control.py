"""The demonstration's internal control: routines, who answers for them, and two years of plans.

The risks and the conflicts of responsibility are those that KPMG's audit of Alingsås kommun, 2024-09-26, tells of, in our own
words: that cooperation between the committees has weakened, that support costs rise, and that two units are said to follow up
the same thing. Assessments, limits, results and actions are invented.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from committees.models import Committee, User
from governance.actions.actions import Promise
from governance.actions.control import add_control, add_risk, begin_plan, carry_plan, move_plan
from governance.actions.control_results import act_on, record_result, report_measured
from governance.actions.coverage import Settled, settle_aspect
from governance.actions.routines import add_routine, name_party
from governance.enums import (
    Aspect,
    Cause,
    Comparator,
    ControlOccasion,
    ControlOutcome,
    Frequency,
    RiskCategory,
    RoutineTask,
)
from governance.models import ControlPlan, CoverageEntry, Routine, SteeringDocument
from reporting.snapshots.selectors import latest_snapshot

_YEAR = 2024
_KPMG = "KPMG:s granskning av integrationen, 2024-09-26"
_DIALOGUE = "Rutin för uppdragsdialog mellan integrationsenheten och arbetsmarknadsenheten"
_FOLLOW_UP, _END = RoutineTask.FOLLOW_UP, RoutineTask.END
_AME, _INT, _SF = "Arbetsmarknadsenheten", "Integrationsenheten", "Försörjningsstöd"
_ROUTINES: tuple[tuple[str, str, str, tuple[tuple[RoutineTask, str], ...]], ...] = (
    (
        "manadsuppfoljning",
        "Uppföljning minst en gång i månaden",
        "follow_up_compliance",
        ((_FOLLOW_UP, _AME), (_FOLLOW_UP, _INT), (_END, _AME), (_END, _INT)),
    ),
    ("sexmanadersoversyn", "Översyn efter sex månader", "six_month_review", ((_FOLLOW_UP, _AME),)),
    ("lag-narvaro", "Minst sex timmar i veckan", "low_hours", ((_FOLLOW_UP, _AME),)),
    ("lang-sjukfranvaro", "Sjukfrånvaro över en månad tas upp", "long_sick_leave", ((_FOLLOW_UP, _SF),)),
    ("tva-ars-etablering", "Etablering i högst två år", "establishment_overdue", ((_FOLLOW_UP, _INT),)),
    ("remiss", "Remisser tas om hand skyndsamt", "referral_lead_time", ((_FOLLOW_UP, _AME),)),
    ("utredning-fore-insats", "Utredning före insats", "assessment_before_start", ((_FOLLOW_UP, _AME),)),
    ("plan", "Alla deltagare har en aktuell plan", "plan_coverage", ((_FOLLOW_UP, _AME),)),
)
"""Code, name, the measure that shows whether it is followed, and who is said to answer for what."""


def add_control_plans() -> int:
    """Enter the routines, the plans and the coverage that are not there, and return how much that was."""
    by = User.objects.get(username="sekreterare")
    committee = Committee.objects.get(code="SN")
    return sum((*_routines(committee, by), _plans(committee, by), _coverage(committee, by)))


def _routines(committee: Committee, by: User) -> Iterator[bool]:
    document = SteeringDocument.objects.filter(title=_DIALOGUE).first()
    for code, name, measure, parties in _ROUTINES:
        if Routine.objects.filter(code=code).exists():
            yield False
            continue
        routine = add_routine(committee=committee, code=code, name=name, measure=measure, document=document, by=by)
        for task, party in parties:
            name_party(routine, task=task, party=party, source=_KPMG, by=by)
        yield True


def _plans(committee: Committee, by: User) -> bool:
    """Enter the year's plan, decided, with what it showed, and next year's draft from it."""
    if ControlPlan.objects.filter(committee=committee, year=_YEAR).exists():
        return False
    plan = begin_plan(committee=committee, year=_YEAR, by=by)
    _cooperation(plan, by)
    _support(plan, by)
    plan = move_plan(plan, name="decide", decided_on=dt.date(2024, 1, 23), paragraph="§ 6", by=by)
    _results(plan, by)
    carry_plan(plan, by=by, why="Nytt år")
    return True


def _cooperation(plan: ControlPlan, by: User) -> None:
    risk = add_risk(
        plan,
        category=RiskCategory.COOPERATION,
        description="Samverkan mellan nämnderna försvagas när arbetsmarknad och integration hör till en nämnd och "
        "vuxenutbildningen till en annan.",
        source=_KPMG,
        probability=3,
        consequence=3,
        by=by,
    )
    add_control(
        risk,
        title="Mötena mellan förvaltningarna blir av",
        method="Jämför registret över forum med minnesanteckningarna.",
        sample="Alla planerade möten",
        frequency=Frequency.HALF_YEARLY,
        owner=by,
        by=by,
    )


def _support(plan: ControlPlan, by: User) -> None:
    risk = add_risk(
        plan,
        category=RiskCategory.ECONOMY,
        description="Försörjningsstödet ökar när den som kan arbeta får vänta på en insats.",
        source=_KPMG,
        probability=3,
        consequence=4,
        by=by,
    )
    routine = Routine.objects.get(code="remiss")
    measured: dict[str, Any] = {"measure": routine.measure, "comparator": Comparator.AT_MOST, "limit": 14}
    add_control(
        risk,
        title="Tiden från remiss till startmöte",
        frequency=Frequency.HALF_YEARLY,
        owner=by,
        routine=routine,
        by=by,
        **measured,
    )
    add_control(
        risk,
        title="Remissen säger vad som hindrar arbete",
        method="Läs remisserna mot remissformuläret.",
        sample="Tjugo remisser, dragna med slumptal",
        frequency=Frequency.YEARLY,
        owner=by,
        by=by,
    )


def _results(plan: ControlPlan, by: User) -> None:
    controls = {control.title: control for risk in plan.risks.all() for control in risk.controls.all()}
    met = controls["Mötena mellan förvaltningarna blir av"]
    record_result(
        met,
        occasion=ControlOccasion.INTERIM,
        performed_on=dt.date(2024, 9, 5),
        outcome=ControlOutcome.MINOR,
        checked=8,
        deviations=3,
        comment="Mötena i maj, juni och juli ställdes in.",
        by=by,
    )
    read = record_result(
        controls["Remissen säger vad som hindrar arbete"],
        occasion=ControlOccasion.ANNUAL,
        performed_on=dt.date(2024, 12, 10),
        outcome=ControlOutcome.SERIOUS,
        checked=20,
        deviations=9,
        comment="Nio remisser saknade uppgift om hinder.",
        by=by,
    )
    promise = Promise(
        title="Gör om remissformuläret så att hindret alltid anges",
        cause=Cause.CONTROL,
        cause_text="Nio av tjugo remisser saknade uppgift om hinder.",
        owner=by,
        due=dt.date(2025, 6, 30),
    )
    act_on(read, promise=promise, by=by)
    snapshot = latest_snapshot()
    if snapshot is not None and snapshot.as_of >= dt.date(_YEAR, 8, 31):
        report_measured(plan, occasion=ControlOccasion.INTERIM, by=by)


def _coverage(committee: Committee, by: User) -> bool:
    cell: dict[str, Any] = {"committee": committee, "year": _YEAR, "aspect": Aspect.RESPONSIBILITY}
    if CoverageEntry.objects.filter(**cell).exists():
        return False
    settle_aspect(Settled(dt.date(2023, 10, 25), "Kommunfullmäktige § 190"), by=by, **cell)
    return True
