"""Reports that have been made as PDF: each is an edition of what a committee reports, resting on one snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from committees.models import Committee
from committees.permissions import Permission, access_of
from reporting.enums import ReportKind, ReportState, ReportStatus
from reporting.snapshots.models import Snapshot

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committees.models import User


_TOLD = Q(board_report__isnull=True) | Q(board_report__state__in=ReportState.decided_on())


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports that have been made or are being made."""

    def told(self) -> ReportQuerySet:
        """Return those that tell the committees something: not the PDFs of reports that are still on their way to a decision."""
        return self.filter(_TOLD)

    def visible_to(self, user: User | AnonymousUser) -> ReportQuerySet:
        """Return the reports the user may read: those of a committee they have the figures of.

        A report hides small numbers, so who has one of its committees may read what stands in it about the others. One that is
        still on its way to a decision is read by those who write it.
        """
        access = access_of(user)
        sees = Q(committees__code__in=access.committees_with(Permission.SEE_FIGURES))
        writes = Q(committees__code__in=access.committees_with(Permission.WRITE_REPORTS))
        return self.filter(pk__in=self.model.objects.filter(sees & _TOLD | writes).values("pk"))


class Report(models.Model):
    """A report to one or several committees, resting on one frozen snapshot.

    `board_report` is what it is an edition of, where texts and a decision belong to it. The PDF is stored under its own SHA-256
    in MEDIA_ROOT/reports; `manifest` is the one embedded in it.
    """

    kind = models.CharField("slag", max_length=20, choices=ReportKind)
    committees = models.ManyToManyField(Committee, related_name="reports", verbose_name="nämnder")
    year = models.PositiveSmallIntegerField("år")
    period_code = models.CharField("period", max_length=40, blank=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="reports", verbose_name="underlag")
    registry_number = models.CharField("diarienummer", max_length=50, blank=True)
    version = models.PositiveSmallIntegerField("version", default=1)
    status = models.CharField("läge", max_length=12, choices=ReportStatus, default=ReportStatus.QUEUED)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    manifest = models.JSONField("innehåll", default=dict, blank=True)
    error = models.TextField("fel", blank=True)
    board_report = models.ForeignKey(
        "reporting.BoardReport",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="editions",
        verbose_name="rapport på väg",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="skapad av",
    )
    created_at = models.DateTimeField("skapad", auto_now_add=True)
    finished_at = models.DateTimeField("klar", null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporter"
        ordering = ("-year", "-created_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="report_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=ReportStatus.values), name="report_status_is_known"),
            models.CheckConstraint(
                condition=~Q(status=ReportStatus.READY) | (~Q(sha256="") & Q(finished_at__isnull=False)),
                name="ready_report_has_a_pdf",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReportStatus.FAILED) | ~Q(error=""), name="failed_report_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}, version {self.version}"
