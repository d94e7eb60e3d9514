"""Reports that are published, and what newer data say of the figures in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from reporting.documents.models.editions import Report
from reporting.documents.models.work import BoardReport
from reporting.snapshots.models import Snapshot


class Publication(models.Model):
    """A version of a report as everybody may read it, at an address that stays: year, name and version.

    `edition` is the PDF that was decided on. `archive_sha256` names the package that was made when the report was archived.
    """

    report = models.OneToOneField(
        BoardReport, on_delete=models.PROTECT, related_name="publication", verbose_name="rapport på väg"
    )
    edition = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="publications", verbose_name="beslutad PDF"
    )
    year = models.PositiveSmallIntegerField("år")
    name = models.SlugField("namn i adressen", max_length=150)
    version = models.PositiveSmallIntegerField("version")
    archive_sha256 = models.CharField("arkivpaketets SHA-256", max_length=64, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="publicerad av"
    )
    at = models.DateTimeField("publicerad", auto_now_add=True)

    class Meta:
        verbose_name = "publicering"
        verbose_name_plural = "publiceringar"
        ordering = ("-year", "name", "-version")
        constraints = [models.UniqueConstraint(fields=("year", "name", "version"), name="publication_address_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.year}, version {self.version}"


class NewerFigures(models.Model):
    """How the figures of a report's PDF stand to what a later snapshot gives, as it may be published.

    `changed` are the differences as documents.publication.changes writes them; `unchanged` counts the figures that are the same.
    """

    edition = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="newer_figures", verbose_name="beslutad PDF"
    )
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="+", verbose_name="nyare underlag")
    unchanged = models.PositiveIntegerField("lika")
    changed = models.JSONField("olika", default=list, blank=True)
    at = models.DateTimeField("jämförd", auto_now_add=True)

    class Meta:
        verbose_name = "jämförelse med nyare uppgifter"
        verbose_name_plural = "jämförelser med nyare uppgifter"
        constraints = [
            models.UniqueConstraint(fields=("edition", "snapshot"), name="figures_compared_once_with_each_snapshot")
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.snapshot}"

    @property
    def compared(self) -> int:
        """How many figures were compared."""
        return self.unchanged + len(self.changed)
