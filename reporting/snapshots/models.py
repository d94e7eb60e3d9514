"""What is frozen, and the municipality's decisions on small numbers that are frozen with it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import ProtectedError, Q

from cases.models import Delivery, Disposal
from reporting.enums import ExemptionLevel
from reporting.snapshots.faults import SnapshotDisposed


def short_hash(value: str) -> str:
    """Return a hash as a reader sees it: its first four and last four characters."""
    return f"{value[:4]}…{value[-4:]}"


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots. Frozen ones cannot be deleted; provisional ones only through `reporting.snapshots.provisional`."""

    def latest_first(self) -> SnapshotQuerySet:
        """Return them with the highest as-of date first and, of those with the same date, the newest first."""
        return self.order_by("-as_of", "-id")

    def frozen(self) -> SnapshotQuerySet:
        """Return those that `freeze` or a report has frozen: they stay for ever."""
        return self.filter(frozen=True)

    def provisional(self) -> SnapshotQuerySet:
        """Return those taken automatically after a delivery, which go when it is undone or a newer one is taken."""
        return self.filter(frozen=False)

    def kept(self) -> SnapshotQuerySet:
        """Return those whose rows have not been disposed of: the ones that can be asked."""
        return self.filter(disposal__isnull=True)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete provisional snapshots. Raises ProtectedError if any of them is frozen."""
        kept: set[models.Model] = set(self.frozen())
        if kept:
            raise ProtectedError("Frysta underlag tas inte bort.", kept)
        return super().delete()


class Snapshot(models.Model):
    """What was known on a day, as Parquet files named by the hash of their canonical rows (measures.md rule 2).

    `latest_delivery` is the last delivery in it and no part of the hash. `manifest` is the folder's manifest as written.
    `disposal` is the disposal that its rows went with: then only the hashes are left, and what was computed from it.
    """

    hash = models.CharField("kontrollsumma", max_length=64, unique=True)
    as_of = models.DateField("per")
    label = models.CharField("benämning", max_length=150, blank=True)
    frozen = models.BooleanField("fryst", default=False)
    created_at = models.DateTimeField("skapat", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="av"
    )
    latest_delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="senaste leverans"
    )
    manifest = models.JSONField("innehåll")
    disposal = models.ForeignKey(
        Disposal, on_delete=models.PROTECT, null=True, blank=True, related_name="snapshots", verbose_name="gallring"
    )

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = "underlag"
        verbose_name_plural = "underlag"
        ordering = ("-as_of", "-id")

    def __str__(self) -> str:
        return self.label or f"Underlag per {self.as_of} ({self.short_hash})"

    @property
    def short_hash(self) -> str:
        """The hash as a reader sees it."""
        return short_hash(self.hash)

    def require_kept(self) -> None:
        """Raise SnapshotDisposed when the rows have been disposed of."""
        if self.disposal is not None:
            raise SnapshotDisposed(
                f"Underlaget är gallrat: {self.short_hash} per {self.as_of}, enligt {self.disposal.decision}. "
                "De siffror som räknades ur det finns kvar, men de kan inte räknas om."
            )

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a provisional snapshot. Raises ProtectedError when it is frozen."""
        if self.frozen:
            raise ProtectedError("Frysta underlag tas inte bort.", {self})
        return super().delete(*args, **kwargs)


class SmallNumberLimit(models.Model):
    """Another limit for one measure than the municipality's own: counts below it are hidden in what is published."""

    measure = models.CharField("mått", max_length=100, unique=True)
    value = models.PositiveSmallIntegerField("gräns")

    class Meta:
        verbose_name = "gräns för små tal"
        verbose_name_plural = "gränser för små tal"
        ordering = ("measure",)
        constraints = [models.CheckConstraint(condition=Q(value__gte=1), name="small_number_limit_is_positive")]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"


class DisclosureExemption(models.Model):
    """A recorded decision that a measure's total may be published below the limit (measures.md rule 7)."""

    measure = models.CharField("mått", max_length=100)
    level = models.CharField("nivå", max_length=20, choices=ExemptionLevel, default=ExemptionLevel.MUNICIPALITY)
    reason = models.CharField("skäl", max_length=300)
    decision = models.CharField("beslut", max_length=100)

    class Meta:
        verbose_name = "undantag från röjandekontroll"
        verbose_name_plural = "undantag från röjandekontroll"
        ordering = ("measure", "level")
        constraints = [
            models.UniqueConstraint(fields=("measure", "level"), name="one_exemption_a_measure_and_level"),
            models.CheckConstraint(condition=Q(level__in=ExemptionLevel.values), name="exemption_level_is_known"),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(decision=""), name="exemption_has_a_reason_and_a_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.decision}"
