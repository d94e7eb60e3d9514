"""Internal control: the plan of a committee and year, its risks and controls, what they showed, and the routines they watch."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from committees.models import Committee, User
from committees.permissions import Permission, access_of
from committees.revising import Revisable
from governance.enums import (
    Aspect,
    Comparator,
    ControlOccasion,
    ControlOutcome,
    Frequency,
    PlanState,
    RiskCategory,
    RoutineTask,
)
from governance.models.actions import Action
from governance.models.documents import SteeringDocument
from governance.models.measured import Measured, decided_whole


class RoutineQuerySet(models.QuerySet["Routine"]):
    """Routines."""

    def visible_to(self, user: User) -> RoutineQuerySet:
        """Return the routines of the committees whose steering the user may see."""
        return self.filter(committee__code__in=access_of(user).committees_with(Permission.SEE_STEERING))


class Routine(Revisable, Measured):
    """Something that is always to be done in a certain way, and the measure that shows whether it is."""

    code = models.CharField("kod", max_length=60, unique=True)
    name = models.CharField("namn", max_length=250)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="routines", verbose_name="nämnd")
    description = models.TextField("så ska det gå till", blank=True)
    document = models.ForeignKey(
        SteeringDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="routines",
        verbose_name="styrdokument",
    )

    objects = RoutineQuerySet.as_manager()

    class Meta:
        verbose_name = "rutin"
        verbose_name_plural = "rutiner"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class RoutineParty(models.Model):
    """Who a document says answers for a task of a routine; two parties with one task are a conflict to be shown."""

    routine = models.ForeignKey(Routine, on_delete=models.CASCADE, related_name="parties", verbose_name="rutin")
    task = models.CharField("uppgift", max_length=20, choices=RoutineTask)
    party = models.CharField("part", max_length=150)
    source = models.CharField("källa", max_length=250, blank=True)

    class Meta:
        verbose_name = "ansvarig för rutin"
        verbose_name_plural = "ansvariga för rutiner"
        ordering = ("routine", "task", "party")
        constraints = [
            models.UniqueConstraint(fields=("routine", "task", "party"), name="routine_party_once"),
            models.CheckConstraint(condition=Q(task__in=RoutineTask.values), name="routine_task_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_task_display()}"


class ControlPlanQuerySet(models.QuerySet["ControlPlan"]):
    """Plans of internal control."""

    def visible_to(self, user: User) -> ControlPlanQuerySet:
        """Return the plans of the committees whose steering the user may see."""
        return self.filter(committee__code__in=access_of(user).committees_with(Permission.SEE_STEERING))


class ControlPlan(Revisable):
    """The internal control plan of one committee and year. `copied_from` is last year's, when it began as a copy."""

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="control_plans", verbose_name="nämnd"
    )
    year = models.PositiveSmallIntegerField("år")
    state = models.CharField("läge", max_length=20, choices=PlanState, default=PlanState.DRAFT)
    decided_on = models.DateField("beslutad", null=True, blank=True)
    paragraph = models.CharField("paragraf", max_length=20, blank=True)
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="kopierad från"
    )

    objects = ControlPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "internkontrollplan"
        verbose_name_plural = "internkontrollplaner"
        ordering = ("-year", "committee")
        constraints = [
            models.UniqueConstraint(fields=("committee", "year"), name="one_control_plan_a_year"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="control_plan_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=PlanState.DRAFT) | Q(decided_on__isnull=False),
                name="control_plan_decided_has_its_day",
            ),
            models.CheckConstraint(condition=decided_whole("decided_on", "paragraph"), name="control_plan_paragraph"),
        ]

    def __str__(self) -> str:
        return f"Internkontrollplan {self.year}, {self.committee}"


class Risk(Revisable):
    """What may go wrong: probability and consequence 1–4 each, whose product orders the risks."""

    plan = models.ForeignKey(ControlPlan, on_delete=models.PROTECT, related_name="risks", verbose_name="plan")
    number = models.PositiveSmallIntegerField("nummer")
    category = models.CharField("kategori", max_length=30, choices=RiskCategory)
    description = models.TextField("risk")
    source = models.CharField("källa", max_length=300, blank=True)
    probability = models.PositiveSmallIntegerField("sannolikhet")
    consequence = models.PositiveSmallIntegerField("konsekvens")

    class Meta:
        verbose_name = "risk"
        verbose_name_plural = "risker"
        ordering = ("plan", "number")
        constraints = [
            models.UniqueConstraint(fields=("plan", "number"), name="risk_number_once"),
            models.CheckConstraint(condition=Q(category__in=RiskCategory.values), name="risk_category_is_known"),
            models.CheckConstraint(condition=Q(probability__range=(1, 4)), name="risk_probability_one_to_four"),
            models.CheckConstraint(condition=Q(consequence__range=(1, 4)), name="risk_consequence_one_to_four"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.description[:80]}"

    @property
    def value(self) -> int:
        """Probability times consequence, 1–16."""
        return self.probability * self.consequence


class Control(Revisable, Measured):
    """How a risk is watched. With a measure, a comparator and a limit the control reports itself.

    `routine` is the routine, and `criterion` the auditors' criterion, it was made from.
    """

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="controls", verbose_name="risk")
    title = models.CharField("kontroll", max_length=250)
    method = models.TextField("så görs kontrollen", blank=True)
    sample = models.CharField("urval av ärenden", max_length=250, blank=True)
    frequency = models.CharField("hur ofta", max_length=20, choices=Frequency)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="controls_owned",
        verbose_name="ansvarig",
    )
    routine = models.ForeignKey(
        Routine, on_delete=models.PROTECT, null=True, blank=True, related_name="controls", verbose_name="rutin"
    )
    criterion = models.CharField("kriterium", max_length=300, blank=True)
    comparator = models.CharField("jämförelse", max_length=2, choices=Comparator, blank=True)
    limit = models.DecimalField("gräns", max_digits=20, decimal_places=10, null=True, blank=True)

    class Meta:
        verbose_name = "kontroll"
        verbose_name_plural = "kontroller"
        ordering = ("risk", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="control_frequency_is_known"),
            models.CheckConstraint(
                condition=Q(measure="", comparator="", limit__isnull=True)
                | ~Q(measure="") & Q(comparator__in=Comparator.values, limit__isnull=False),
                name="control_measured_has_a_limit",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ControlResult(Revisable):
    """What a control showed at an occasion of the year. `figure` is the measured value, pinned to its snapshot."""

    control = models.ForeignKey(Control, on_delete=models.PROTECT, related_name="results", verbose_name="kontroll")
    occasion = models.CharField("tillfälle", max_length=20, choices=ControlOccasion)
    performed_on = models.DateField("genomförd")
    checked = models.PositiveIntegerField("antal kontrollerade", null=True, blank=True)
    deviations = models.PositiveIntegerField("antal avvikelser", null=True, blank=True)
    outcome = models.CharField("bedömning", max_length=20, choices=ControlOutcome)
    comment = models.TextField("kommentar", blank=True)
    figure = models.JSONField("uppmätt värde", null=True, blank=True)
    actions = models.ManyToManyField(Action, related_name="control_results", blank=True, verbose_name="åtgärder")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="control_results",
        verbose_name="av",
    )
    at = models.DateTimeField("när", auto_now_add=True)

    class Meta:
        verbose_name = "kontrollresultat"
        verbose_name_plural = "kontrollresultat"
        ordering = ("control", "performed_on")
        constraints = [
            models.UniqueConstraint(fields=("control", "occasion"), name="one_control_result_an_occasion"),
            models.CheckConstraint(condition=Q(occasion__in=ControlOccasion.values), name="control_occasion_is_known"),
            models.CheckConstraint(condition=Q(outcome__in=ControlOutcome.values), name="control_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(checked__isnull=True, deviations__isnull=True)
                | Q(checked__isnull=False, deviations__isnull=False, deviations__lte=F("checked")),
                name="control_deviations_within_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.control}: {self.get_outcome_display()}"


class CoverageEntry(Revisable):
    """One cell of the matrix committee × (responsibility settled, sub-goal set, action plan adopted), which PwC asks for.

    The matrix is the whole municipality's: all who steer see every committee's.
    """

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="coverage", verbose_name="nämnd")
    year = models.PositiveSmallIntegerField("år")
    aspect = models.CharField("vad", max_length=20, choices=Aspect)
    settled_on = models.DateField("beslutat", null=True, blank=True)
    reference = models.CharField("beslut eller dokument", max_length=250, blank=True)
    document = models.ForeignKey(
        SteeringDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="coverage",
        verbose_name="styrdokument",
    )

    class Meta:
        verbose_name = "täckning"
        verbose_name_plural = "täckning"
        ordering = ("committee", "year", "aspect")
        constraints = [
            models.UniqueConstraint(fields=("committee", "year", "aspect"), name="coverage_cell_once"),
            models.CheckConstraint(condition=Q(aspect__in=Aspect.values), name="coverage_aspect_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.year}: {self.get_aspect_display()}"
