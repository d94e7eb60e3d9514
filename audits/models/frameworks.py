"""Frameworks: what an audit asks, and against what, as data with versions."""

from __future__ import annotations

from django.db import models

from committees.append_only import AppendOnlyQuerySet
from committees.versioned_texts import TextVersion, VersionedText


class Framework(VersionedText):
    """A set of audit questions or control goals with its scale. What it holds stands in its versions."""

    title = models.CharField("titel", max_length=250)
    origin = models.CharField("upphov", max_length=150, blank=True)

    class Meta:
        verbose_name = "ramverk"
        verbose_name_plural = "ramverk"
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title


class FrameworkVersion(TextVersion):
    """One version of a framework, its TOML kept as it was written. Append-only: an audit stands on the version it began with."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions", verbose_name="ramverk")

    objects = AppendOnlyQuerySet["FrameworkVersion"].as_manager()

    class Meta:
        verbose_name = "ramverksversion"
        verbose_name_plural = "ramverksversioner"
        ordering = ("framework", "-number")
        constraints = [models.UniqueConstraint(fields=("framework", "number"), name="framework_version_number")]

    def __str__(self) -> str:
        return f"{self.framework}, version {self.number}"
