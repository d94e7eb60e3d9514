"""Financial assistance: cases and the months the aid concerns."""

from __future__ import annotations

from django.db import models

from cases import enums
from cases.models.places import AtUnit
from cases.models.versions import RowVersion


class SupportCase(AtUnit):
    """One adult or child in a support case."""

    support_case = models.CharField("ärende", max_length=100)
    household = models.CharField("hushåll", max_length=200)
    person = models.CharField("person", max_length=32)
    role = models.CharField("roll", max_length=40, choices=enums.HouseholdRole)
    applied = models.DateField("ansökan")
    decision = models.CharField("beslut", max_length=40, choices=enums.SupportDecision, null=True, blank=True)
    decided = models.DateField("beslutsdatum", null=True, blank=True)
    opened = models.DateField("öppnat", null=True, blank=True)
    closed = models.DateField("avslutat", null=True, blank=True)
    closing_reason = models.CharField("avslutsorsak", max_length=200, null=True, blank=True)

    class Meta(RowVersion.Meta):
        verbose_name = "stödärenden"
        verbose_name_plural = "stödärenden"


class SupportMonth(AtUnit):
    """Aid by the month it concerns, the person's share in kronor."""

    household = models.CharField("hushåll", max_length=200)
    person = models.CharField("person", max_length=32)
    month = models.DateField("månad")
    amount = models.DecimalField("belopp", max_digits=14, decimal_places=2)
    role = models.CharField("roll", max_length=40, choices=enums.HouseholdRole, null=True, blank=True)
    paid = models.DateField("utbetald", null=True, blank=True)
    hinder = models.CharField("försörjningshinder", max_length=40, choices=enums.Hinder, null=True, blank=True)

    class Meta(RowVersion.Meta):
        verbose_name = "stödmånader"
        verbose_name_plural = "stödmånader"
