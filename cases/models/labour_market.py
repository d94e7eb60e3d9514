"""Enrolments at units, and what happens within them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cases import enums
from cases.models.catalogue import ActivityType
from cases.models.places import AtUnit
from cases.models.versions import RowVersion


class Enrolment(AtUnit):
    """A person at a unit: referred, begun, ended and how. Unit of observation of most labour-market measures."""

    enrolment = models.CharField("inskrivning", max_length=100)
    person = models.CharField("person", max_length=32)
    referrer = models.CharField("anvisare", max_length=40, choices=enums.Referrer, null=True, blank=True)
    referred = models.DateField("remissdatum", null=True, blank=True)
    withdrawn = models.DateField("återtagen", null=True, blank=True)
    start_meeting = models.DateField("uppstartsmöte", null=True, blank=True)
    assessed = models.DateField("utredning", null=True, blank=True)
    start = models.DateField("start", null=True, blank=True)
    ended = models.DateField("slut", null=True, blank=True)
    exit_reason = models.CharField("avslutsorsak", max_length=40, choices=enums.ExitReason, null=True, blank=True)
    employed_from = models.DateField("anställning från", null=True, blank=True)
    employed_to = models.DateField("anställning till", null=True, blank=True)
    study_aid = models.BooleanField("studiemedel", null=True, blank=True)
    employment_rate = models.DecimalField(
        "sysselsättningsgrad", max_digits=20, decimal_places=10, null=True, blank=True
    )

    class Meta(RowVersion.Meta):
        verbose_name = "inskrivningar"
        verbose_name_plural = "inskrivningar"
        constraints = [
            *RowVersion.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("start")), name="enrolment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(start__isnull=False), name="enrolment_ends_only_if_begun"
            ),
            models.CheckConstraint(
                condition=Q(exit_reason__isnull=True) | Q(ended__isnull=False), name="enrolment_exit_reason_needs_end"
            ),
        ]


class Activity(RowVersion):
    """An activity within an enrolment."""

    enrolment = models.CharField("inskrivning", max_length=100)
    activity_type = models.ForeignKey(
        ActivityType,
        on_delete=models.PROTECT,
        to_field="code",
        db_column="activity_type",
        db_index=False,
        related_name="+",
        verbose_name="insats",
    )
    start = models.DateField("start")
    ended = models.DateField("slut", null=True, blank=True)
    workplace = models.BooleanField("arbetsplats", null=True, blank=True)
    hours_per_week = models.DecimalField("timmar per vecka", max_digits=20, decimal_places=10, null=True, blank=True)

    class Meta(RowVersion.Meta):
        verbose_name = "insatser"
        verbose_name_plural = "insatser"
        constraints = [
            *RowVersion.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("start")), name="activity_ends_after_start"
            ),
        ]


class Plan(RowVersion):
    """A plan drawn up within an enrolment."""

    enrolment = models.CharField("inskrivning", max_length=100)
    kind = models.CharField("plan", max_length=40, choices=enums.PlanKind)
    drawn_up = models.DateField("upprättad")
    valid_to = models.DateField("giltig till", null=True, blank=True)

    class Meta(RowVersion.Meta):
        verbose_name = "planer"
        verbose_name_plural = "planer"


class FollowUp(RowVersion):
    """A follow-up held within an enrolment."""

    enrolment = models.CharField("inskrivning", max_length=100)
    held = models.DateField("datum")
    kind = models.CharField("slag", max_length=40, choices=enums.FollowUpKind)
    form = models.CharField("form", max_length=200, null=True, blank=True)

    class Meta(RowVersion.Meta):
        verbose_name = "uppföljningar"
        verbose_name_plural = "uppföljningar"


class Pause(RowVersion):
    """A stretch of an enrolment in which the person is away."""

    enrolment = models.CharField("inskrivning", max_length=100)
    start = models.DateField("från")
    ended = models.DateField("till", null=True, blank=True)
    reason = models.CharField("orsak", max_length=40, choices=enums.PauseReason)

    class Meta(RowVersion.Meta):
        verbose_name = "pauser"
        verbose_name_plural = "pauser"
        constraints = [
            *RowVersion.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("start")), name="pause_ends_after_start"
            ),
        ]


class Visit(AtUnit):
    """Visits to a drop-in activity in a month; visits are never participants."""

    month = models.DateField("månad")
    activity_type = models.ForeignKey(
        ActivityType,
        on_delete=models.PROTECT,
        to_field="code",
        db_column="activity_type",
        db_index=False,
        related_name="+",
        verbose_name="insats",
    )
    visits = models.PositiveIntegerField("antal")

    class Meta(RowVersion.Meta):
        verbose_name = "besök"
        verbose_name_plural = "besök"
