"""Swedish for immigrants: referrals and course participations."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cases import enums
from cases.models.places import AtUnit
from cases.models.versions import RowVersion


class SfiReferral(AtUnit):
    """A referral to SFI."""

    referral = models.CharField("anvisning", max_length=100)
    person = models.CharField("person", max_length=32)
    referred = models.DateField("anvisad")
    planned_start = models.DateField("planerad start")
    referrer = models.CharField("anvisare", max_length=40, choices=enums.Referrer, null=True, blank=True)
    withdrawn = models.DateField("återkallad", null=True, blank=True)
    withdrawal_reason = models.CharField(
        "återkallad orsak", max_length=40, choices=enums.ReferralWithdrawal, null=True, blank=True
    )

    class Meta(RowVersion.Meta):
        verbose_name = "sfi-anvisningar"
        verbose_name_plural = "sfi-anvisningar"


class SfiParticipation(AtUnit):
    """A course participation: one person in two courses is two."""

    participation = models.CharField("deltagande", max_length=100)
    person = models.CharField("person", max_length=32)
    start = models.DateField("start")
    referral = models.CharField("anvisning", max_length=200, null=True, blank=True)
    study_path = models.PositiveIntegerField("studieväg", null=True, blank=True)
    course = models.CharField("kurs", max_length=40, choices=enums.Course, null=True, blank=True)
    ended = models.DateField("slut", null=True, blank=True)
    result = models.CharField("resultat", max_length=40, choices=enums.SfiResult, null=True, blank=True)
    dropout_reason = models.CharField(
        "avbrottsorsak", max_length=40, choices=enums.DropoutReason, null=True, blank=True
    )
    after_year = models.CharField("efter ett år", max_length=40, choices=enums.AfterYear, null=True, blank=True)

    class Meta(RowVersion.Meta):
        verbose_name = "sfi-deltaganden"
        verbose_name_plural = "sfi-deltaganden"
        constraints = [
            *RowVersion.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("start")), name="sfi_participation_ends_after_start"
            ),
        ]
