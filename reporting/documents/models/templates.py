"""Templates of reports: chapters, parts and lead times as data with versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from committees.append_only import AppendOnlyQuerySet
from committees.versioned_texts import TextVersion, VersionedText
from reporting.enums import ReportKind


class ReportTemplate(VersionedText):
    """What reports of one kind are made of. What it holds stands in its versions; `title` and `kind` are the newest one's."""

    title = models.CharField("titel", max_length=150)
    kind = models.CharField("slag", max_length=20, choices=ReportKind)

    class Meta:
        verbose_name = "rapportmall"
        verbose_name_plural = "rapportmallar"
        ordering = ("title", "pk")
        constraints = [models.CheckConstraint(condition=Q(kind__in=ReportKind.written()), name="report_template_kind")]

    def __str__(self) -> str:
        return self.title


class ReportTemplateVersion(TextVersion):
    """One version of a template, its TOML kept as it was written. Append-only: a report keeps the version it began with."""

    template = models.ForeignKey(
        ReportTemplate, on_delete=models.PROTECT, related_name="versions", verbose_name="rapportmall"
    )

    objects = AppendOnlyQuerySet["ReportTemplateVersion"].as_manager()

    class Meta:
        verbose_name = "mallversion"
        verbose_name_plural = "mallversioner"
        ordering = ("template", "-number")
        constraints = [models.UniqueConstraint(fields=("template", "number"), name="report_template_version_number")]

    def __str__(self) -> str:
        return f"{self.template}, version {self.number}"
