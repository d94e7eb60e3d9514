"""What a committee has set out to do: goals, the indicators that show how it goes, and their targets year by year."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from committees.models import Committee, Department, Responsibility, Unit, User
from committees.permissions import Permission, access_of
from committees.revising import Revisable
from governance.enums import Comparator
from governance.models.measured import Measured
from governance.models.owned import Owned


class GoalQuerySet(models.QuerySet["Goal"]):
    """Goals."""

    def visible_to(self, user: User) -> GoalQuerySet:
        """Return the goals of the committees whose steering the user may see, those that their goals serve, and the council's.

        The council and its board answer for no unit; their goals are everybody's to serve.
        """
        codes = access_of(user).committees_with(Permission.SEE_STEERING)
        if not codes:
            return self.none()
        own = self.model._default_manager.filter(committee__code__in=codes)
        answering = Responsibility.objects.values("committee")
        return self.filter(Q(pk__in=own.values("pk")) | Q(pk__in=own.values("above")) | ~Q(committee__in=answering))

    def in_force(self, year: int) -> GoalQuerySet:
        """Return the goals that hold in the year; one without years always has."""
        return self.filter(
            Q(first_year__isnull=True) | Q(first_year__lte=year), Q(last_year__isnull=True) | Q(last_year__gte=year)
        )


class Goal(Revisable):
    """A goal of a committee, the executive board or the council; `above` are the goals it serves, many to many.

    It holds from `first_year` to `last_year`, both included and both optional.
    """

    code = models.CharField("kod", max_length=40, unique=True)
    name = models.CharField("namn", max_length=250)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="goals", verbose_name="nämnd")
    above = models.ManyToManyField(
        "self", symmetrical=False, related_name="below", blank=True, verbose_name="mål som det bidrar till"
    )
    first_year = models.PositiveSmallIntegerField("gäller från år", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField("gäller till år", null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=Q(first_year__isnull=True) | Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="goal_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Indicators."""

    def visible_to(self, user: User) -> IndicatorQuerySet:
        """Return the indicators of the goals the user may see."""
        return self.filter(pk__in=Goal.objects.visible_to(user).values("indicators"))

    def measured(self) -> IndicatorQuerySet:
        """Return those that a measure gives."""
        return self.filter(manual=False)

    def manual(self) -> IndicatorQuerySet:
        """Return those that are reported by hand."""
        return self.filter(manual=True)


class Indicator(Revisable, Measured, Owned):
    """What shows how it goes with one or several goals: a measure in a variant and selection, or a value reported by hand.

    `name` and `unit` (of measurement) are the indicator's own where it is manual; of a measured one the name is optional and the
    unit is the measure's. `selection` maps dimension names to lists of values (kommun.toml: urval).
    The owner reports it and explains it.
    """

    code = models.CharField("kod", max_length=60, unique=True)
    goals = models.ManyToManyField(Goal, related_name="indicators", verbose_name="mål")
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


class Target(Revisable):
    """What an indicator is to reach in a year: a value, or the mean of a group of municipalities in a Kolada key figure.

    `copied` marks one that the new year took over from the last and that nobody has settled yet.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets", verbose_name="indikator")
    year = models.PositiveSmallIntegerField("år")
    comparator = models.CharField("jämförelse", max_length=2, choices=Comparator)
    value = models.DecimalField("värde", max_digits=20, decimal_places=10, null=True, blank=True)
    kpi = models.CharField("nyckeltal i Kolada", max_length=20, blank=True)
    group = models.CharField("jämförelsegrupp", max_length=150, blank=True)
    copied = models.BooleanField("kopierat från året innan", default=False)

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


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    """Scorecards."""

    def visible_to(self, user: User) -> ScorecardQuerySet:
        """Return the scorecards of the committees whose steering the user may see."""
        return self.filter(committee__code__in=access_of(user).committees_with(Permission.SEE_STEERING))


class Scorecard(Revisable):
    """The indicators one level of the organisation follows: a committee, one of its departments, or one of its units.

    A unit's figures are the indicator's own, narrowed to the unit.
    """

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="scorecards", verbose_name="nämnd")
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="scorecards",
        verbose_name="förvaltning",
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="scorecards", verbose_name="enhet"
    )
    indicators = models.ManyToManyField(Indicator, related_name="scorecards", blank=True, verbose_name="indikatorer")

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        verbose_name = "styrkort"
        verbose_name_plural = "styrkort"
        ordering = ("committee", "department", "unit")
        constraints = [
            models.UniqueConstraint(
                fields=("committee",),
                condition=Q(department__isnull=True, unit__isnull=True),
                name="one_scorecard_a_committee",
            ),
            models.UniqueConstraint(
                fields=("committee", "department"),
                condition=Q(department__isnull=False),
                name="one_scorecard_a_department",
            ),
            models.UniqueConstraint(
                fields=("committee", "unit"), condition=Q(unit__isnull=False), name="one_scorecard_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(department__isnull=True) | Q(unit__isnull=True), name="scorecard_is_of_one_level"
            ),
        ]

    def __str__(self) -> str:
        return f"Styrkort {self.unit or self.department or self.committee}"
