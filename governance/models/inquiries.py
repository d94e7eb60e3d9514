"""Organisation inquiries: alternatives held against criteria, a motive for each score, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import F, Q

from committees.models import Committee, User
from committees.permissions import Permission, access_of
from committees.revising import Revisable
from governance.models.owned import Owned

EXCLUDES = "utesluter"
"""What is written after a step of a scale that takes its alternative out."""


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    """Inquiries."""

    def visible_to(self, user: User) -> InquiryQuerySet:
        """Return the inquiries of the committees whose steering the user may see."""
        codes = access_of(user).committees_with(Permission.SEE_STEERING)
        return self.filter(pk__in=self.model._default_manager.filter(committees__code__in=codes).values("pk"))


class Inquiry(Revisable, Owned):
    """A question of organisation, the alternatives weighed and what was concluded.

    `volume` is how many places or cases a year the cost of the alternatives is reckoned for, with `volume_unit` its word.
    """

    title = models.CharField("utredning", max_length=250)
    question = models.TextField("fråga", blank=True)
    committees = models.ManyToManyField(Committee, related_name="inquiries", verbose_name="nämnder")
    conclusion = models.TextField("slutsats", blank=True)
    source = models.CharField("källa", max_length=300, blank=True)
    decided_on = models.DateField("datum", null=True, blank=True)
    volume = models.DecimalField("antal", max_digits=12, decimal_places=2, null=True, blank=True)
    volume_unit = models.CharField("enhet för antal", max_length=60, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = "utredning"
        verbose_name_plural = "utredningar"
        ordering = ("-decided_on", "title")

    def __str__(self) -> str:
        return self.title


class Alternative(Revisable):
    """One way to organise. `measures` are what would compensate for its weak sides.

    `excluded_after` is the matrix after which the inquiry itself took it out, with its motive; empty for one that goes on. What
    the scores say of it is reckoned, and where the two differ the page says so.
    """

    inquiry = models.ForeignKey(
        Inquiry, on_delete=models.CASCADE, related_name="alternatives", verbose_name="utredning"
    )
    number = models.CharField("nummer", max_length=10)
    name = models.CharField("alternativ", max_length=250)
    description = models.TextField("beskrivning", blank=True)
    measures = models.TextField("kompenserande åtgärder", blank=True)
    excluded_after = models.PositiveSmallIntegerField("avfört efter matris", null=True, blank=True)
    exclusion_motive = models.TextField("motiv till att det avfördes", blank=True)

    class Meta:
        verbose_name = "alternativ"
        verbose_name_plural = "alternativ"
        ordering = ("inquiry", "number")
        constraints = [
            models.UniqueConstraint(fields=("inquiry", "number"), name="alternative_number_once"),
            models.CheckConstraint(
                condition=Q(excluded_after__isnull=True, exclusion_motive="")
                | Q(excluded_after__isnull=False) & ~Q(exclusion_motive=""),
                name="alternative_excluded_with_motive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Criterion(Revisable):
    """What alternatives are held against, in one of the inquiry's matrices.

    `scale` is the matrix's own, from worst to best: a list of {"label", "value" (number or null), "excludes" (bool)}. A score
    that excludes takes its alternative out of the matrices after this one. `aspects` are the sub-aspects weighed.
    """

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="criteria", verbose_name="utredning")
    matrix = models.PositiveSmallIntegerField("matris", default=1)
    number = models.PositiveSmallIntegerField("nummer")
    name = models.CharField("kriterium", max_length=250)
    aspects = models.TextField("delaspekter", blank=True)
    scale = models.JSONField("skala", default=list)

    class Meta:
        verbose_name = "kriterium"
        verbose_name_plural = "kriterier"
        ordering = ("inquiry", "matrix", "number")
        constraints = [models.UniqueConstraint(fields=("inquiry", "matrix", "number"), name="criterion_number_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def written_scale(self) -> str:
        """The scale as somebody writes it, a step a line: "Nej (utesluter)", "God = 2"."""
        return "\n".join(map(_step_in_words, self.scale))


def _step_in_words(step: Mapping[str, Any]) -> str:
    label, value = str(step["label"]), step["value"]
    number = "" if value is None or str(value) == label else f" = {value}".replace(".", ",")
    return f"{label}{number}{f' ({EXCLUDES})' if step['excludes'] else ''}"


class Score(Revisable):
    """How one alternative stands to one criterion: a label of the criterion's scale, and why."""

    alternative = models.ForeignKey(
        Alternative, on_delete=models.CASCADE, related_name="scores", verbose_name="alternativ"
    )
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="scores", verbose_name="kriterium")
    label = models.CharField("poäng", max_length=60)
    motive = models.TextField("motiv", blank=True)

    class Meta:
        verbose_name = "poäng"
        verbose_name_plural = "poäng"
        ordering = ("criterion", "alternative")
        constraints = [models.UniqueConstraint(fields=("alternative", "criterion"), name="score_once")]

    def __str__(self) -> str:
        return f"{self.alternative}: {self.label}"


class AlternativeCost(Revisable):
    """What an alternative costs, in kronor a month, as an interval; `per_place` tells whether per place or in total.

    The sources leave that open, and it decides the comparison (measures.md, Placement cost), so it is always given.
    """

    alternative = models.ForeignKey(
        Alternative, on_delete=models.CASCADE, related_name="costs", verbose_name="alternativ"
    )
    name = models.CharField("kostnad", max_length=200)
    low = models.DecimalField("lägst", max_digits=14, decimal_places=2)
    high = models.DecimalField("högst", max_digits=14, decimal_places=2)
    per_place = models.BooleanField("per plats")
    source = models.CharField("källa", max_length=250, blank=True)

    class Meta:
        verbose_name = "kostnad för alternativ"
        verbose_name_plural = "kostnader för alternativ"
        ordering = ("alternative", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(high__gte=F("low")), name="alternative_cost_interval"),
            models.CheckConstraint(condition=Q(low__gte=0), name="alternative_cost_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.alternative}: {self.name}"

    def get_per_place_display(self) -> str:
        """Return what the amounts are for, in Swedish."""
        return "varje plats" if self.per_place else "alternativet totalt"
