"""The calendar of when reports are due."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from committees.models import Committee
from reporting.enums import ReportKind


class ReportPeriod(models.Model):
    """A reporting period of the municipality's calendar (kommun.toml: [[rapportperiod]]). `end` is month-day, as in 08-31."""

    code = models.CharField("kod", max_length=40, unique=True)
    name = models.CharField("namn", max_length=150)
    kind = models.CharField("slag", max_length=20, choices=ReportKind)
    end = models.CharField("slut", max_length=5)
    statutory = models.BooleanField("lagstadgad", default=False)

    class Meta:
        verbose_name = "rapportperiod"
        verbose_name_plural = "rapportperioder"
        ordering = ("end", "code")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReportKind.written()), name="report_period_kind_is_known")
        ]

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """A day a committee meets (kommun.toml: [[sammantrade]]), whether or not a report goes to it."""

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="calendar_meetings", verbose_name="nämnd"
    )
    day = models.DateField("dag")

    class Meta:
        verbose_name = "sammanträde"
        verbose_name_plural = "sammanträden"
        ordering = ("day", "committee__code")
        constraints = [models.UniqueConstraint(fields=("committee", "day"), name="one_meeting_a_committee_and_day")]

    def __str__(self) -> str:
        return f"{self.committee.code} {self.day.isoformat()}"


class MunicipalLeadTimes(models.Model):
    """The municipality's own lead times, in working days before the meeting (kommun.toml: [rapporttider]); one row at most.

    They hold for reports from templates that have none of their own.
    """

    data_stop = models.PositiveSmallIntegerField("datastopp")
    text_stop = models.PositiveSmallIntegerField("textstopp")
    preparation = models.PositiveSmallIntegerField("beredning")
    dispatch = models.PositiveSmallIntegerField("utskick")

    class Meta:
        verbose_name = "kommunens tider"
        verbose_name_plural = "kommunens tider"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_row_of_lead_times"),
            models.CheckConstraint(
                condition=Q(
                    data_stop__gte=F("text_stop"), text_stop__gte=F("preparation"), preparation__gte=F("dispatch")
                ),
                name="lead_times_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.data_stop}, {self.text_stop}, {self.preparation} och {self.dispatch} arbetsdagar"
