"""What stands in the plans of internal control: the matrix of risks, and which controls have told nothing yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse

from committees.models import Committee, User
from committees.permissions import Permission
from governance.enums import ControlOccasion, Frequency, PlanState
from governance.models import Action, Control, ControlPlan, ControlResult, Risk
from governance.selectors.causes import CauseLink, register
from governance.watch import OpenRow, WatchItem, open_rows, register_rows
from reporting.documents.work.schedule import span_of
from reporting.enums import ReportKind
from reporting.figures.model import Period
from reporting.models import ReportPeriod

_LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Cell:
    """The risks of one probability and one consequence."""

    probability: int
    consequence: int
    risks: tuple[Risk, ...]

    @property
    def value(self) -> int:
        """Probability times consequence, 1–16."""
        return self.probability * self.consequence


@dataclass(frozen=True)
class Line:
    """One probability's cells, the mildest consequence first."""

    probability: int
    cells: tuple[Cell, ...]


def matrix(risks: Iterable[Risk]) -> list[Line]:
    """Return the risks by probability (the highest first) and consequence, every cell of the four by four."""
    found = list(risks)
    return [
        Line(likely, tuple(Cell(likely, grave, _at(found, likely, grave)) for grave in _LEVELS))
        for likely in reversed(_LEVELS)
    ]


def _at(risks: Iterable[Risk], probability: int, consequence: int) -> tuple[Risk, ...]:
    return tuple(risk for risk in risks if (risk.probability, risk.consequence) == (probability, consequence))


def period_of(year: int, occasion: ControlOccasion) -> Period:
    """Return what an occasion tells of: the year until the statutory interim report's end, or the whole year.

    The interim report's end is the municipality's own; in August while its calendar has none (LKBR 13:1 asks for at least half
    the year and at most two thirds of it).
    """
    if occasion == ControlOccasion.ANNUAL:
        return Period.year(year)
    return _interim(year, _statutory().values_list("end", flat=True).first() or "")


def _statutory() -> QuerySet[ReportPeriod]:
    return ReportPeriod.objects.filter(kind=ReportKind.INTERIM, statutory=True).order_by("-end")


def _interim(year: int, end: str) -> Period:
    """Return the year until the day that the municipality's calendar says (month-day), August's last when it says none."""
    span = span_of(ReportPeriod(end=end or "08-31"), year)
    return Period(span.start, span.end)


def unreported(plan: ControlPlan, occasion: ControlOccasion) -> list[Control]:
    """Return the plan's controls without a result for the occasion."""
    told = ControlResult.objects.filter(occasion=occasion).values("control")
    return list(Control.objects.filter(risk__plan=plan).exclude(pk__in=told).select_related("risk__plan__committee"))


def risks_with_controls(plan: ControlPlan) -> QuerySet[Risk]:
    """Return the plan's risks with their controls, and what those showed."""
    results = ControlResult.objects.order_by("performed_on").prefetch_related("actions")
    controls = Control.objects.select_related("owner", "routine").prefetch_related(
        Prefetch("results", queryset=results)
    )
    return plan.risks.prefetch_related(Prefetch("controls", queryset=controls))


def control_causes(action: Action, user: User) -> Iterator[CauseLink]:
    """Yield the deviations that the action answers."""
    plans = ControlPlan.objects.visible_to(user)
    results = action.control_results.filter(control__risk__plan__in=plans).select_related("control__risk")
    for result in results:
        yield CauseLink("kontroll", str(result), reverse("steering_control_plan", args=[result.control.risk.plan_id]))


register(Action, control_causes)


def _untold(user: User, committees: Sequence[Committee]) -> QuerySet[Control]:
    """Return the controls of decided plans that have not told of the whole year, with the occasion they are to tell of next.

    One done once a year tells when the year is over.
    """
    plans = ControlPlan.objects.visible_to(user).filter(committee__in=committees, state=PlanState.DECIDED)
    told = ControlResult.objects.filter(control=OuterRef("pk"))
    interim = Exists(told.filter(occasion=ControlOccasion.INTERIM))
    occasion = Case(
        When(Q(frequency=Frequency.YEARLY) | interim, then=Value(ControlOccasion.ANNUAL.value)),
        default=Value(ControlOccasion.INTERIM.value),
    )
    statutory = Subquery(_statutory().values("end")[:1])
    found = Control.objects.filter(~Exists(told.filter(occasion=ControlOccasion.ANNUAL)), risk__plan__in=plans)
    return open_rows(
        found,
        about="risk__plan",
        title="title",
        committee="risk__plan__committee",
        owner="owner",
        note=Concat(
            occasion, Value(" "), Cast("risk__plan__year", CharField()), Value(" "), Coalesce(statutory, Value(""))
        ),
    )


def _told(rows: Sequence[OpenRow], _user: User, _committees: Sequence[Committee]) -> Iterator[WatchItem]:
    """Yield each control at the interim report's end, then at the year's."""
    for row in rows:
        if row.committee is None:
            continue
        said, year, statutory = row.note.split(" ")
        occasion = ControlOccasion(said)
        whole = occasion == ControlOccasion.ANNUAL
        yield WatchItem(
            key=f"control-{row.pk}-{occasion}",
            due=(Period.year(int(year)) if whole else _interim(int(year), statutory)).end,
            kind="kontroll",
            title=f"{row.title} ({occasion.label.lower()} {year})",
            page=("steering_control_plan", (row.about,)),
            committee=row.committee,
            owner=row.owner,
            falls_to=Permission.MANAGE_CONTROL,
        )


register_rows(_untold, _told)
