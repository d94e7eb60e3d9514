"""Published values of other municipalities, as Kolada gives them (source: Kolada, RKA)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from reporting.enums import KoladaGender


class Kpi(models.Model):
    """A key figure in Kolada, known by its id (U40455).

    `published_period` is the period Kolada says it publishes next, or last, and the two dates are when.
    """

    id = models.CharField("id", max_length=10, primary_key=True)
    title = models.CharField("titel", max_length=300)
    description = models.TextField("beskrivning", blank=True)
    is_divided_by_gender = models.BooleanField("könsuppdelat", default=False)
    municipality_type = models.CharField("kommuntyp", max_length=1, blank=True)
    published_period = models.CharField("period som publiceras härnäst", max_length=10, blank=True)
    preliminary_on = models.DateField("publiceras preliminärt", null=True, blank=True)
    published_on = models.DateField("publiceras", null=True, blank=True)

    class Meta:
        verbose_name = "nyckeltal"
        verbose_name_plural = "nyckeltal"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.id} {self.title}"


class KoladaMunicipality(models.Model):
    """A municipality (type K) or region (type L, "riket" among them) in Kolada, known by its four-digit code."""

    id = models.CharField("kommunkod", max_length=4, primary_key=True)
    title = models.CharField("namn", max_length=100)
    type = models.CharField("typ", max_length=1)

    class Meta:
        verbose_name = "kommun i Kolada"
        verbose_name_plural = "kommuner i Kolada"
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class PeerGroup(models.Model):
    """A group of municipalities in Kolada; the year of the model that formed it stands in its title.

    `chosen`: the one that this municipality compares itself with.
    """

    id = models.CharField("id", max_length=12, primary_key=True)
    title = models.CharField("titel", max_length=200)
    model_year = models.PositiveSmallIntegerField("modellår", null=True, blank=True)
    chosen = models.BooleanField("vald för jämförelse", default=False)

    class Meta:
        verbose_name = "jämförelsegrupp"
        verbose_name_plural = "jämförelsegrupper"
        ordering = ("title",)
        constraints = [
            models.UniqueConstraint(fields=("chosen",), condition=Q(chosen=True), name="one_peer_group_is_chosen")
        ]

    def __str__(self) -> str:
        return self.title


class PeerGroupMember(models.Model):
    """A municipality's membership of a group."""

    group = models.ForeignKey(PeerGroup, on_delete=models.CASCADE, related_name="members", verbose_name="grupp")
    municipality = models.ForeignKey(
        KoladaMunicipality, on_delete=models.PROTECT, related_name="memberships", verbose_name="kommun"
    )

    class Meta:
        verbose_name = "medlem"
        verbose_name_plural = "medlemmar"
        ordering = ("group", "municipality")
        constraints = [models.UniqueConstraint(fields=("group", "municipality"), name="one_membership_a_municipality")]

    def __str__(self) -> str:
        return f"{self.municipality} i {self.group}"


class KoladaValue(models.Model):
    """A published value. `value` is null where Kolada says that it is missing; such a year is missing, never zero."""

    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="values", verbose_name="nyckeltal")
    municipality = models.ForeignKey(
        KoladaMunicipality, on_delete=models.PROTECT, related_name="values", verbose_name="kommun"
    )
    year = models.PositiveSmallIntegerField("år")
    gender = models.CharField("kön", max_length=1, choices=KoladaGender)
    value = models.FloatField("värde", null=True, blank=True)
    status = models.CharField("läge", max_length=20, blank=True)
    count = models.PositiveIntegerField("antal", null=True, blank=True)
    fetched_at = models.DateTimeField("hämtat")

    class Meta:
        verbose_name = "värde i Kolada"
        verbose_name_plural = "värden i Kolada"
        ordering = ("kpi", "municipality", "year", "gender")
        constraints = [
            models.UniqueConstraint(
                fields=("kpi", "municipality", "year", "gender"), name="one_value_a_kpi_municipality_year_gender"
            ),
            models.CheckConstraint(condition=Q(gender__in=KoladaGender.values), name="kolada_gender_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kpi_id} {self.municipality_id} {self.year} {self.gender}"


class KoladaFetch(models.Model):
    """That Kolada was asked for a value and when, also where it had none: what has been asked for need not be asked again."""

    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="fetches", verbose_name="nyckeltal")
    municipality = models.ForeignKey(
        KoladaMunicipality, on_delete=models.CASCADE, related_name="fetches", verbose_name="kommun"
    )
    year = models.PositiveSmallIntegerField("år")
    at = models.DateTimeField("när")

    class Meta:
        verbose_name = "hämtning från Kolada"
        verbose_name_plural = "hämtningar från Kolada"
        ordering = ("kpi", "municipality", "year")
        constraints = [models.UniqueConstraint(fields=("kpi", "municipality", "year"), name="one_fetch_a_value")]

    def __str__(self) -> str:
        return f"{self.kpi_id} {self.municipality_id} {self.year}"
