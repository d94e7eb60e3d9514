"""What a committee says of its outcomes: values reported by hand, and explanations of missed and falling targets."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from committees.models import Committee, User
from committees.permissions import Permission, access_of
from committees.revising import Revisable
from governance.enums import ValueState
from governance.models.actions import Action
from governance.models.goals import Indicator
from reporting.figures.model import Period


class ReportedValueQuerySet(models.QuerySet["ReportedValue"]):
    """Values reported by hand."""

    def visible_to(self, user: User) -> ReportedValueQuerySet:
        """Return the values of the committees whose steering the user may see."""
        return self.filter(committee__code__in=access_of(user).committees_with(Permission.SEE_STEERING))

    def attested(self) -> ReportedValueQuerySet:
        """Return those that somebody else than the reporter stands behind."""
        return self.filter(attested_at__isnull=False)


class ReportedValue(Revisable):
    """A value of an indicator without a measure: who reported it and from what, and who attested it (measures.md section 7)."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="reported_values", verbose_name="indikator"
    )
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="reported_values", verbose_name="nämnd"
    )
    start = models.DateField("från")
    end = models.DateField("till")
    value = models.DecimalField("värde", max_digits=20, decimal_places=10)
    source = models.CharField("källa", max_length=300)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="values_reported",
        verbose_name="rapporterat av",
    )
    reported_at = models.DateTimeField("rapporterat")
    attested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="values_attested",
        verbose_name="attesterat av",
    )
    attested_at = models.DateTimeField("attesterat", null=True, blank=True)

    objects = ReportedValueQuerySet.as_manager()

    class Meta:
        verbose_name = "rapporterat värde"
        verbose_name_plural = "rapporterade värden"
        ordering = ("indicator", "end")
        constraints = [
            models.UniqueConstraint(fields=("indicator", "committee", "start", "end"), name="one_value_a_period"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="reported_value_ends_after_start"),
            models.CheckConstraint(
                condition=Q(attested_by__isnull=True, attested_at__isnull=True)
                | Q(attested_by__isnull=False, attested_at__isnull=False) & ~Q(attested_by=F("reported_by")),
                name="reported_value_is_attested_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.start}–{self.end}"

    @property
    def period(self) -> Period:
        """What is explained."""
        return Period(self.start, self.end)

    @property
    def state(self) -> ValueState:
        """Whether it waits to be attested."""
        return ValueState.REPORTED if self.attested_at is None else ValueState.ATTESTED


class ExplanationQuerySet(models.QuerySet["Explanation"]):
    """Explanations."""

    def visible_to(self, user: User) -> ExplanationQuerySet:
        """Return the explanations of the committees whose steering the user may see."""
        return self.filter(committee__code__in=access_of(user).committees_with(Permission.SEE_STEERING))


class Explanation(Revisable):
    """Why a target was missed or an outcome fell, and what is done about it: an action, or the reason for none.

    `figure` is the outcome that is explained, pinned to its snapshot; `end` the last day of the period it is about.
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="explanations", verbose_name="indikator"
    )
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="explanations", verbose_name="nämnd"
    )
    start = models.DateField("från")
    end = models.DateField("till")
    text = models.TextField("förklaring")
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="explanations", verbose_name="åtgärd"
    )
    reason_for_none = models.TextField("skäl till att ingen åtgärd behövs", blank=True)
    figure = models.JSONField("utfall som förklaras", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="explanations", verbose_name="av"
    )
    at = models.DateTimeField("när", auto_now_add=True)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        verbose_name = "förklaring"
        verbose_name_plural = "förklaringar"
        ordering = ("-end", "indicator")
        constraints = [
            models.UniqueConstraint(fields=("indicator", "committee", "start", "end"), name="one_explanation_a_period"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="explanation_ends_after_start"),
            models.CheckConstraint(
                condition=Q(action__isnull=False, reason_for_none="") | Q(action__isnull=True) & ~Q(reason_for_none=""),
                name="explanation_has_an_action_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.start}–{self.end}"

    @property
    def period(self) -> Period:
        """What is explained."""
        return Period(self.start, self.end)
