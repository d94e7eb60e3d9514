"""What a report shows while it is a draft: its figures as they were made, how they changed, and what each reader last saw."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from reporting.documents.models.work import BoardReport
from reporting.snapshots.models import Snapshot


class DraftFiguresQuerySet(models.QuerySet["DraftFigures"]):
    """Figures of drafts."""

    def made(self) -> DraftFiguresQuerySet:
        """Return those that there is something to show of."""
        return self.filter(fault="")


class DraftFigures(models.Model):
    """All that a draft shows besides its texts, from one snapshot: kept, so that no page has to work it out.

    `made_of` is the SHA-256 of what else it follows from (documents.work.drafts). `document` holds the chapters as
    documents.publication.keeping writes them, `sha256` is theirs, `figures` are those of the manifest and `labels` what their
    groups are called (dimension, value, name). Where nothing could be made `fault` says why, in Swedish. `checked` is the newest
    record of changes (committees.models.Change) that it is known to hold with.
    """

    report = models.ForeignKey(
        BoardReport, on_delete=models.PROTECT, related_name="draft_figures", verbose_name="rapport på väg"
    )
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.CASCADE, related_name="draft_figures", verbose_name="underlag"
    )
    made_of = models.CharField("gjort av", max_length=64)
    figures = models.JSONField("siffror", default=list, blank=True)
    labels = models.JSONField("gruppernas namn", default=dict, blank=True)
    document = models.BinaryField("innehåll", default=bytes, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    fault = models.TextField("fel", blank=True)
    checked = models.BigIntegerField("senast prövad ändring", default=0)
    at = models.DateTimeField("senast prövad")

    objects = DraftFiguresQuerySet.as_manager()

    class Meta:
        verbose_name = "utkastets siffror"
        verbose_name_plural = "utkastens siffror"
        ordering = ("report", "-at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("report", "snapshot", "made_of"), name="draft_figures_made_once"),
            models.CheckConstraint(
                condition=Q(fault="") & ~Q(sha256="") | ~Q(fault="") & Q(sha256=""),
                name="draft_figures_are_there_or_say_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.snapshot}"


class DraftChanges(models.Model):
    """How a draft's figures stand to those it had before; `changed` as documents.publication.changes writes them."""

    before = models.ForeignKey(
        DraftFigures, on_delete=models.CASCADE, related_name="changes_after", verbose_name="tidigare"
    )
    after = models.ForeignKey(
        DraftFigures, on_delete=models.CASCADE, related_name="changes_before", verbose_name="senare"
    )
    changed = models.JSONField("olika", default=list, blank=True)

    class Meta:
        verbose_name = "ändrade siffror i utkast"
        verbose_name_plural = "ändrade siffror i utkast"
        constraints = [models.UniqueConstraint(fields=("before", "after"), name="draft_figures_compared_once")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class DraftLook(models.Model):
    """What somebody last saw of a draft's figures, and what they had seen when this visit began (`before`, `before_at`)."""

    report = models.ForeignKey(
        BoardReport, on_delete=models.PROTECT, related_name="looks", verbose_name="rapport på väg"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="läsare"
    )
    seen = models.ForeignKey(
        DraftFigures, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="sett"
    )
    seen_at = models.DateTimeField("läst")
    before = models.ForeignKey(
        DraftFigures,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="sett förra gången",
    )
    before_at = models.DateTimeField("läst förra gången", null=True, blank=True)

    class Meta:
        verbose_name = "läsning av utkast"
        verbose_name_plural = "läsningar av utkast"
        constraints = [models.UniqueConstraint(fields=("report", "user"), name="draft_look_once")]

    def __str__(self) -> str:
        return f"{self.report} {self.seen_at:%Y-%m-%d %H:%M}"
