"""What a steward has said of deliveries: which warnings are accepted for a while, and when files are expected."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from cases.enums import DeliveredFileKind, DeliveryInterval
from committees.append_only import AppendOnlyQuerySet

LONGEST_AFTER = 366
"""So many days after a period's end a delivery may be expected at the latest."""


class WarningAcceptanceQuerySet(AppendOnlyQuerySet["WarningAcceptance"]):
    """Acceptances, of which the newest of each kind of warning decides."""

    def in_force(self, day: dt.date) -> Self:
        """Return those that hold on the day: the newest of each kind of file, check and column, when it has not run out."""
        newest = WarningAcceptance.objects.filter(
            kind=OuterRef("kind"), check_id=OuterRef("check_id"), column=OuterRef("column")
        ).order_by("-pk")
        return self.filter(pk=Subquery(newest.values("pk")[:1]), expires__gte=day)


class WarningAcceptance(models.Model):
    """Warnings of one check in one column are accepted up to and including a day, with a reason.

    To end it is to accept anew, to a day that has been.
    """

    kind = models.CharField("slag", max_length=30, choices=DeliveredFileKind)
    check_id = models.CharField("kontroll", max_length=60)
    column = models.CharField("kolumn", max_length=60)
    reason = models.TextField("skäl", max_length=1000)
    expires = models.DateField("gäller till och med")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="godtagen av"
    )
    at = models.DateTimeField("godtagen", auto_now_add=True)

    objects = WarningAcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = "godtagen varning"
        verbose_name_plural = "godtagna varningar"
        ordering = ("-pk",)
        indexes = [models.Index(fields=("kind", "check_id", "column"), name="acceptance_of_warning")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.column}"


class ExpectedDelivery(models.Model):
    """A kind of file, perhaps of one system, is expected for every period that ends, at the latest so many days after its end.

    `system` is that of the mapping profile (empty: whatever system the file comes from). Periods that end from `start` on and up
    to and including `ended` count (kommun.toml: [[vantad_leverans]]).
    """

    kind = models.CharField("slag", max_length=30, choices=DeliveredFileKind)
    system = models.CharField("system", max_length=60, blank=True, default="")
    interval = models.CharField("hur ofta", max_length=10, choices=DeliveryInterval)
    days = models.PositiveSmallIntegerField("dagar efter periodens slut")
    start = models.DateField("från och med")
    ended = models.DateField("till och med", null=True, blank=True)

    class Meta:
        verbose_name = "väntad leverans"
        verbose_name_plural = "väntade leveranser"
        ordering = ("kind", "system")
        constraints = [
            models.UniqueConstraint(fields=("kind", "system"), name="one_expectation_a_kind_and_system"),
            models.CheckConstraint(condition=Q(days__lte=LONGEST_AFTER), name="expected_within_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ur {self.system}" if self.system else self.get_kind_display()
