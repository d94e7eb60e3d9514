"""The calendar of when reports are due."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from reporting.enums import ReportKind


class ReportPeriod(models.Model):
    """A reporting period of the municipality's calendar (kommun.toml: [[rapportperiod]]). `end` is month-day, as in 08-31."""

    code = models.CharField("kod", max_length=40, unique=True)
    name = models.CharField("namn", max_length=150)
    kind = models.CharField("slag", max_length=20, choices=ReportKind)
    end = models.CharField("slut", max_length=5)
    statutory = models.BooleanField("lagstadgad", default=False)

    class Meta:
        verbose_name = "rapportperiod"
        verbose_name_plural = "rapportperioder"
        ordering = ("end", "code")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReportKind.written()), name="report_period_kind_is_known")
        ]

    def __str__(self) -> str:
        return self.name
