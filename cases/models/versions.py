"""Deliveries and the row versions they bring: nothing is overwritten, every version knows its delivery."""

from __future__ import annotations

from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.enums import DeliveredFileKind
from cases.models.profiles import MappingProfile


class Delivery(models.Model):
    """One all-or-nothing set of files, as taken. An undone delivery is removed with its versions.

    `fingerprint` is of the files and of all that decided how they were read (`cases.deliveries.recognising`): the same files
    again are known by it. It is emptied when rows that the delivery was compared with have gone.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, verbose_name="inläst av"
    )
    at = models.DateTimeField("inläst", auto_now_add=True)
    replaces = models.BooleanField("ersätter", default=False)
    profile = models.ForeignKey(
        MappingProfile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
        verbose_name="profil",
    )

    fingerprint = models.CharField("fingeravtryck", max_length=64, blank=True, default="")

    class Meta:
        verbose_name = "leverans"
        verbose_name_plural = "leveranser"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"Leverans {self.pk}"


class DeliveredFile(models.Model):
    """A file of a delivery: its name, fingerprint and what it changed. The file itself is not kept.

    `accounts` is what was read and left out of a SIE file (`cases.deliveries.sie_costs`), empty for others.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="files", verbose_name="leverans")
    kind = models.CharField("slag", max_length=30, choices=DeliveredFileKind)
    name = models.CharField("filnamn", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    rows = models.PositiveIntegerField("rader")
    new = models.PositiveIntegerField("nya")
    changed = models.PositiveIntegerField("ändrade")
    unchanged = models.PositiveIntegerField("oförändrade")
    ended = models.PositiveIntegerField("avslutade")
    ignored_columns = models.JSONField("kolumner som inte läses", default=list, blank=True)
    accounts = models.JSONField("konton", default=dict, blank=True)

    class Meta:
        verbose_name = "levererad fil"
        verbose_name_plural = "levererade filer"
        ordering = ("delivery", "kind")
        constraints = [models.UniqueConstraint(fields=("delivery", "kind"), name="one_file_a_kind")]

    def __str__(self) -> str:
        return self.name


class DeliveryWarning(models.Model):
    """What was taken although it looked odd: shown as data quality. Values of persons are masked before they get here."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="warnings", verbose_name="leverans")
    check_id = models.CharField("kontroll", max_length=60)
    kind = models.CharField("slag", max_length=30, choices=DeliveredFileKind)
    row = models.PositiveIntegerField("rad")
    column = models.CharField("kolumn", max_length=60)
    value = models.CharField("värde", max_length=200)
    message = models.CharField("meddelande", max_length=500)

    class Meta:
        verbose_name = "varning"
        verbose_name_plural = "varningar"
        ordering = ("delivery", "kind", "row")

    def __str__(self) -> str:
        return f"{self.kind} rad {self.row}: {self.message}"


Version = TypeVar("Version", bound="RowVersion")


class RowVersionQuerySet(models.QuerySet[Version]):
    """Versions of delivered rows."""

    def current(self) -> Self:
        """Return the versions that no later delivery has superseded or ended."""
        return self.filter(superseded_by__isnull=True)


class RowVersion(models.Model):
    """One version of one delivered row.

    `row_key` is the canonical text of the kind's key, `content` the hash of all its columns: together they tell whether a
    delivered row is new, changed or the same. `source_row` is the row's number in the delivered file (the header is row 1).
    """

    row_key = models.CharField(max_length=400)
    content = models.CharField(max_length=64)
    source_row = models.PositiveIntegerField()
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")
    superseded_by = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = RowVersionQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=("row_key",), condition=Q(superseded_by__isnull=True), name="one_current_%(class)s"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"
