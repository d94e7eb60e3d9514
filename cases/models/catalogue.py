"""What the municipality itself has set: its catalogue of activities and its own words for exit reasons."""

from __future__ import annotations

from django.db import models

from cases.enums import ExitReason, Provider
from committees.models import Unit


class ActivityType(models.Model):
    """An insats in the catalogue: what a unit offers, for whom, paid and provided by whom (kommun.toml: [[insats]])."""

    code = models.CharField("kod", max_length=60, unique=True)
    name = models.CharField("namn", max_length=150)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="activity_types", verbose_name="enhet")
    target_group = models.CharField("målgrupp", max_length=300, blank=True)
    funding = models.CharField("finansiering", max_length=100, blank=True)
    provider = models.CharField("utförare", max_length=10, choices=Provider, default=Provider.OWN)
    drop_in = models.BooleanField("utan föranmälan", default=False)
    assesses_work_capacity = models.BooleanField("bedömer arbetsförmåga", default=False)

    class Meta:
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ExitReasonText(models.Model):
    """The municipality's own words for an exit reason, translated to the code (kommun.toml: [[avslutsorsak]])."""

    text = models.CharField("text", max_length=150, unique=True)
    code = models.CharField("kod", max_length=40, choices=ExitReason)

    class Meta:
        verbose_name = "avslutsorsak"
        verbose_name_plural = "avslutsorsaker"
        ordering = ("text",)

    def __str__(self) -> str:
        return f"{self.text} → {self.get_code_display()}"
