"""What the register of routines shows: who answers for what, where two do, and which routines nobody controls."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from governance.enums import RoutineTask
from governance.models import Control, Routine
from reporting.figures.swedish import listed


@dataclass(frozen=True)
class Tasks:
    """Who answers for one task of a routine; nobody, one, or several in conflict."""

    task: RoutineTask
    parties: tuple[str, ...]

    @property
    def conflicts(self) -> bool:
        """Whether it is said of more than one."""
        return len(self.parties) > 1


def with_watch(routines: QuerySet[Routine]) -> QuerySet[Routine]:
    """Return the routines with their parties and controls fetched, in a fixed number of queries."""
    controls = Control.objects.select_related("risk__plan__committee").order_by("-risk__plan__year", "pk")
    return routines.select_related("committee", "document").prefetch_related("parties", Prefetch("controls", controls))


def tasks_of(routine: Routine) -> list[Tasks]:
    """Return every task with who answers for it, also those that nobody does."""
    named: dict[str, list[str]] = defaultdict(list)
    for party in routine.parties.all():
        named[party.task].append(party.party)
    return [Tasks(task, tuple(named[task])) for task in RoutineTask]


_BOTH = 2


def conflicts(routine: Routine) -> list[str]:
    """Return, in Swedish sentences, what two or more answer for, and that nobody follows the routine up."""
    return [said for tasks in tasks_of(routine) if (said := _wrong(tasks))]


def _wrong(tasks: Tasks) -> str:
    if tasks.conflicts:
        told = f"både {listed(tasks.parties)}" if len(tasks.parties) == _BOTH else listed(tasks.parties)
        return f"{tasks.task.label}: {told} anges som ansvariga."
    if not tasks.parties and tasks.task == RoutineTask.FOLLOW_UP:
        return "Det framgår inte vem som följer upp."
    return ""


def controls_in(routine: Routine, year: int) -> list[Control]:
    """Return the controls that watch the routine in the plan of the year, drafts too."""
    return [control for control in routine.controls.all() if control.risk.plan.year == year]
