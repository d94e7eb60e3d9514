"""Frameworks: what an audit asks, and against what, as data with versions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from committees.append_only import AppendOnlyQuerySet


class Framework(models.Model):
    """A set of audit questions or control goals with its scale. What it holds stands in its versions."""

    code = models.SlugField("kod", max_length=60, unique=True)
    title = models.CharField("titel", max_length=250)
    origin = models.CharField("upphov", max_length=150, blank=True)

    class Meta:
        verbose_name = "ramverk"
        verbose_name_plural = "ramverk"
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title


class FrameworkVersion(models.Model):
    """One version of a framework, its TOML kept as it was written. Append-only: an audit stands on the version it began with."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions", verbose_name="ramverk")
    number = models.PositiveIntegerField("version")
    text = models.TextField("innehåll")
    sha256 = models.CharField("SHA-256", max_length=64)
    note = models.CharField("vad som ändrats", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="av"
    )
    at = models.DateTimeField("när", auto_now_add=True)

    objects = AppendOnlyQuerySet["FrameworkVersion"].as_manager()

    class Meta:
        verbose_name = "ramverksversion"
        verbose_name_plural = "ramverksversioner"
        ordering = ("framework", "-number")
        constraints = [models.UniqueConstraint(fields=("framework", "number"), name="framework_version_number")]

    def __str__(self) -> str:
        return f"{self.framework}, version {self.number}"
