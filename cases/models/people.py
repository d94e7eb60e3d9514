"""Persons, as delivered: known by the keyed hash of their number, never by the number."""

from __future__ import annotations

from django.db import models

from cases import enums
from cases.models.versions import RowVersion


class Person(RowVersion):
    """A person and what is known of them. `person` is the keyed hash."""

    person = models.CharField("person", max_length=32)
    birth_date = models.DateField("födelsedatum", null=True, blank=True)
    sex = models.CharField("kön", max_length=40, choices=enums.Sex, null=True, blank=True)
    received = models.DateField("mottagen", null=True, blank=True)
    ground = models.CharField("grund", max_length=40, choices=enums.Ground, null=True, blank=True)
    moved = models.DateField("utflyttad", null=True, blank=True)
    died = models.DateField("avliden", null=True, blank=True)
    refugee_household = models.BooleanField("flyktinghushåll", null=True, blank=True)
    protected = models.BooleanField("skyddad", null=True, blank=True)

    class Meta(RowVersion.Meta):
        verbose_name = "personer"
        verbose_name_plural = "personer"
