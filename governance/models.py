"""What a committee has set out to do: goals, the indicators that show how it goes, and their targets year by year."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from committees.models import Committee
from governance.enums import Comparator


class Goal(models.Model):
    """A goal of a committee, the executive board or the council; `above` are the goals it serves, many to many."""

    code = models.CharField("kod", max_length=40, unique=True)
    name = models.CharField("namn", max_length=250)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="goals", verbose_name="nämnd")
    above = models.ManyToManyField(
        "self", symmetrical=False, related_name="below", blank=True, verbose_name="mål som det bidrar till"
    )

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Indicators."""

    def measured(self) -> IndicatorQuerySet:
        """Return those that a measure gives."""
        return self.filter(manual=False)

    def manual(self) -> IndicatorQuerySet:
        """Return those that are reported by hand."""
        return self.filter(manual=True)


class Indicator(models.Model):
    """What shows how it goes with one or several goals: a measure in a variant and selection, or a value reported by hand.

    `name` and `unit` (of measurement) are the indicator's own where it is manual; of a measured one the name is optional and the
    unit is the measure's. `selection` maps dimension names to lists of values (kommun.toml: urval).
    """

    code = models.CharField("kod", max_length=60, unique=True)
    goals = models.ManyToManyField(Goal, related_name="indicators", verbose_name="mål")
    measure = models.CharField("mått", max_length=100, blank=True)
    variant = models.CharField("variant", max_length=100, blank=True)
    selection = models.JSONField("urval", default=dict, blank=True)
    manual = models.BooleanField("rapporteras för hand", default=False)
    name = models.CharField("namn", max_length=250, blank=True)
    unit = models.CharField("måttenhet", max_length=40, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=Q(manual=False) & ~Q(measure="") | Q(manual=True, measure="", variant="") & ~Q(name=""),
                name="indicator_is_measured_or_manual",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class Target(models.Model):
    """What an indicator is to reach in a year: a value, or the mean of a group of municipalities in a Kolada key figure."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets", verbose_name="indikator")
    year = models.PositiveSmallIntegerField("år")
    comparator = models.CharField("jämförelse", max_length=2, choices=Comparator)
    value = models.DecimalField("värde", max_digits=20, decimal_places=10, null=True, blank=True)
    kpi = models.CharField("nyckeltal i Kolada", max_length=20, blank=True)
    group = models.CharField("jämförelsegrupp", max_length=150, blank=True)

    class Meta:
        verbose_name = "målvärde"
        verbose_name_plural = "målvärden"
        ordering = ("indicator", "year")
        constraints = [
            models.UniqueConstraint(fields=("indicator", "year"), name="one_target_a_year"),
            models.CheckConstraint(condition=Q(comparator__in=Comparator.values), name="target_comparator_is_known"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, kpi="", group="") | Q(value__isnull=True) & ~Q(kpi="") & ~Q(group=""),
                name="target_is_a_value_or_relative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"

    @property
    def is_relative(self) -> bool:
        """Whether the target follows a group of other municipalities instead of a value of its own."""
        return self.value is None
