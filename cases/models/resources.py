"""Money, people and the numbers around them."""

from __future__ import annotations

from django.db import models

from cases.models.places import AtUnit, Spending
from cases.models.versions import RowVersion
from committees.models import Committee


class Cost(Spending):
    """Outcome and budget of a month in kronor, positive in every kind."""

    month = models.DateField("månad")
    account = models.CharField("konto", max_length=100, null=True, blank=True)
    outcome = models.DecimalField("utfall", max_digits=14, decimal_places=2)
    budget = models.DecimalField("budget", max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta(RowVersion.Meta):
        verbose_name = "kostnader"
        verbose_name_plural = "kostnader"


class Forecast(Spending):
    """What the whole year is expected to end at, in kronor."""

    year = models.PositiveSmallIntegerField("år")
    made = models.DateField("per")
    forecast = models.DecimalField("prognos", max_digits=14, decimal_places=2)

    class Meta(RowVersion.Meta):
        verbose_name = "prognoser"
        verbose_name_plural = "prognoser"


class Population(RowVersion):
    """Inhabitants on 31 December."""

    year = models.PositiveSmallIntegerField("år")
    inhabitants = models.PositiveIntegerField("antal")
    adults = models.PositiveIntegerField("antal 18plus")

    class Meta(RowVersion.Meta):
        verbose_name = "befolkning"
        verbose_name_plural = "befolkning"


class Staff(AtUnit):
    """Staff of a unit in a month; sick leave in percent."""

    month = models.DateField("månad")
    permanent = models.PositiveIntegerField("tillsvidareanställda", null=True, blank=True)
    full_time_equivalents = models.DecimalField("årsarbetare", max_digits=20, decimal_places=10, null=True, blank=True)
    sick_leave = models.DecimalField("sjukfrånvaro", max_digits=20, decimal_places=10, null=True, blank=True)
    long_sick_leave = models.DecimalField("sjukfrånvaro lång", max_digits=20, decimal_places=10, null=True, blank=True)
    departed = models.PositiveIntegerField("slutat", null=True, blank=True)

    class Meta(RowVersion.Meta):
        verbose_name = "personal"
        verbose_name_plural = "personal"


class History(RowVersion):
    """A figure known before the system: shown apart, never mixed into a computed one."""

    measure = models.CharField("mått", max_length=100)
    variant = models.CharField("variant", max_length=100, null=True, blank=True)
    year = models.PositiveSmallIntegerField("år")
    committee = models.ForeignKey(
        Committee,
        on_delete=models.PROTECT,
        to_field="code",
        db_column="committee",
        db_index=False,
        related_name="+",
        verbose_name="nämnd",
        null=True,
        blank=True,
    )
    value = models.DecimalField("värde", max_digits=20, decimal_places=10)
    numerator = models.DecimalField("täljare", max_digits=20, decimal_places=10, null=True, blank=True)
    denominator = models.DecimalField("nämnare", max_digits=20, decimal_places=10, null=True, blank=True)
    source = models.CharField("källa", max_length=200)
    name_then = models.CharField("namn då", max_length=200, null=True, blank=True)

    class Meta(RowVersion.Meta):
        verbose_name = "historik"
        verbose_name_plural = "historik"
