"""Samples (stickprov): which cases were drawn, from what and how, and what each showed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from audits.enums import Mark, SampleRule, SampleState
from audits.models.audits import Audit
from committees.models import User
from committees.revising import Revisable
from reporting.models import Snapshot


class SampleQuerySet(models.QuerySet["Sample"]):
    """Samples."""

    def visible_to(self, user: User) -> SampleQuerySet:
        """Return the samples of the audits the user carries out: cases are for the auditors' eyes only."""
        return self.filter(audit__in=Audit.objects.carried_out_by(user).values("pk"))


class Sample(Revisable):
    """Cases drawn from a measure's population. The same snapshot, request and seed draw the same cases again.

    `request` is what the population was asked for (period, filters), `parameters` what the rule was given (confidence, tolerable
    and expected deviation as shares of one), `strata` the dimension it was divided by or empty.
    """

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="samples", verbose_name="granskning")
    question = models.CharField("fråga", max_length=20, blank=True)
    title = models.CharField("stickprov", max_length=250)
    measure = models.CharField("mått", max_length=100)
    variant = models.CharField("variant", max_length=100, blank=True)
    request = models.JSONField("urval", default=dict)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", verbose_name="underlag")
    rule = models.CharField("storlek bestäms av", max_length=20, choices=SampleRule)
    parameters = models.JSONField("villkor", default=dict)
    strata = models.CharField("delas upp efter", max_length=60, blank=True)
    seed = models.CharField("slumpfrö", max_length=64)
    population_size = models.PositiveIntegerField("ärenden att dra ur")
    size = models.PositiveIntegerField("dragna ärenden")
    state = models.CharField("läge", max_length=20, choices=SampleState, default=SampleState.DRAWN)
    conclusion = models.TextField("slutsats", blank=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="draget av"
    )
    drawn_at = models.DateTimeField("draget", auto_now_add=True)

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = "stickprov"
        verbose_name_plural = "stickprov"
        ordering = ("audit", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(rule__in=SampleRule.values), name="sample_rule_is_known"),
            models.CheckConstraint(condition=Q(state__in=SampleState.values), name="sample_state_is_known"),
            models.CheckConstraint(condition=Q(size__lte=F("population_size")), name="sample_fits_its_population"),
        ]

    def __str__(self) -> str:
        return self.title


class SampleCriterion(models.Model):
    """What each case of a sample is held against."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="criteria", verbose_name="stickprov")
    position = models.PositiveSmallIntegerField("ordning")
    text = models.CharField("kriterium", max_length=300)

    class Meta:
        verbose_name = "kriterium"
        verbose_name_plural = "kriterier"
        ordering = ("sample", "position")
        constraints = [models.UniqueConstraint(fields=("sample", "position"), name="criterion_position")]

    def __str__(self) -> str:
        return self.text


class SampleItem(Revisable):
    """One drawn case. The auditor sees `pseudonym` and `case_number`; protected persons are never drawn.

    `key` is the case's key in the snapshot, `case_number` the source system's number of it.
    """

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="items", verbose_name="stickprov")
    position = models.PositiveIntegerField("ordning")
    key = models.CharField("nyckel", max_length=200)
    pseudonym = models.CharField("pseudonym", max_length=64)
    case_number = models.CharField("ärendenummer", max_length=100, blank=True)
    stratum = models.CharField("del", max_length=150, blank=True)
    comment = models.TextField("kommentar", blank=True)

    class Meta:
        verbose_name = "draget ärende"
        verbose_name_plural = "dragna ärenden"
        ordering = ("sample", "position")
        constraints = [
            models.UniqueConstraint(fields=("sample", "position"), name="item_position"),
            models.UniqueConstraint(fields=("sample", "key"), name="case_is_drawn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.pseudonym}"


class SampleMark(models.Model):
    """Whether one case meets one criterion."""

    item = models.ForeignKey(SampleItem, on_delete=models.PROTECT, related_name="marks", verbose_name="ärende")
    criterion = models.ForeignKey(
        SampleCriterion, on_delete=models.PROTECT, related_name="marks", verbose_name="kriterium"
    )
    mark = models.CharField("resultat", max_length=20, choices=Mark)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="av")
    at = models.DateTimeField("när", auto_now=True)

    class Meta:
        verbose_name = "resultat av kriterium"
        verbose_name_plural = "resultat av kriterier"
        ordering = ("item", "criterion")
        constraints = [
            models.UniqueConstraint(fields=("item", "criterion"), name="one_mark_a_criterion"),
            models.CheckConstraint(condition=Q(mark__in=Mark.values), name="mark_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.criterion}: {self.get_mark_display()}"
