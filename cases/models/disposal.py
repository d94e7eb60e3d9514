"""Disposal (gallring): the one act that removes. The decision and what it removed stay, what was removed does not."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.enums import DisposalArea


class Disposal(models.Model):
    """A decision to dispose of an area's rows about persons whose last entry is of `last_day` or earlier, and its carrying out.

    `persons` is how many they were, `fingerprint` a hash of the list decided on: what is carried out is what was decided.
    `proposed` has the number of current rows by kind, `removed` the number of versions by kind that went.
    """

    area = models.CharField("område", max_length=30, choices=DisposalArea)
    last_day = models.DateField("sista anteckning senast")
    body = models.CharField("beslutad av", max_length=150)
    decided_on = models.DateField("beslutsdatum")
    paragraph = models.CharField("paragraf", max_length=50)
    persons = models.PositiveIntegerField("personer")
    fingerprint = models.CharField("listans kontrollsumma", max_length=64)
    proposed = models.JSONField("rader i förslaget", default=dict)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="registrerad av"
    )
    recorded_at = models.DateTimeField("registrerad", auto_now_add=True)
    carried_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="utförd av",
    )
    carried_out_at = models.DateTimeField("utförd", null=True, blank=True)
    removed = models.JSONField("borttagna versioner", default=dict, blank=True)

    class Meta:
        verbose_name = "gallring"
        verbose_name_plural = "gallringar"
        ordering = ("-recorded_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(area__in=DisposalArea.values), name="disposal_area_is_known"),
            models.CheckConstraint(condition=~Q(body="") & ~Q(paragraph=""), name="disposal_has_its_decision"),
            models.CheckConstraint(
                condition=Q(carried_out_by__isnull=True, carried_out_at__isnull=True)
                | Q(carried_out_by__isnull=False, carried_out_at__isnull=False),
                name="disposal_is_carried_out_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(carried_out_by__isnull=True) | ~Q(carried_out_by=F("recorded_by")),
                name="disposal_takes_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_area_display()} till och med {self.last_day.isoformat()}"

    @property
    def decision(self) -> str:
        """The decision as it is referred to: "Socialnämnden 2026-02-01 § 14"."""
        return f"{self.body} {self.decided_on.isoformat()} {self.paragraph}"
