"""Reports on their way: set up from a template, written by several, approved, decided on, published and archived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from committees.append_only import AppendOnlyQuerySet
from committees.models import Committee
from committees.permissions import Permission, access_of
from committees.revising import Revisable
from reporting.documents.models.templates import ReportTemplateVersion
from reporting.enums import ReportKind, ReportState
from reporting.snapshots.models import Snapshot

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committees.models import User


class BoardReportQuerySet(models.QuerySet["BoardReport"]):
    """Reports on their way."""

    def visible_to(self, user: User | AnonymousUser) -> BoardReportQuerySet:
        """Return those the user may read: as they are written by who writes for one of the committees, decided by who may
        see the figures of one.
        """
        access = access_of(user)
        writes = Q(committees__code__in=access.committees_with(Permission.WRITE_REPORTS))
        reads = Q(
            committees__code__in=access.committees_with(Permission.SEE_FIGURES), state__in=ReportState.decided_on()
        )
        return self.filter(pk__in=self.model._default_manager.filter(writes | reads).values("pk"))

    def open(self) -> BoardReportQuerySet:
        """Return those that no committee has yet decided on and nobody has withdrawn."""
        return self.filter(state__in=ReportState.open())

    def uncorrected(self) -> BoardReportQuerySet:
        """Return those that no later version corrects; a correction that was withdrawn corrects nothing."""
        standing = self.model._default_manager.exclude(state=ReportState.WITHDRAWN).filter(corrects__isnull=False)
        return self.exclude(pk__in=standing.values("corrects"))


class BoardReport(Revisable):
    """What a committee, or several together, is to report of a period: from the first draft to the archive.

    It keeps the version of the template it began with. When it is reviewed it is frozen: `snapshot` is then what its figures
    rest on, `content_sha256` names all that is decided on (see documents.work.content). Its PDFs are its `editions`. The
    four stops are the last days for figures, texts, preparation and dispatch, `due` the day by which the
    council and the auditors must have the statutory one.
    """

    template_version = models.ForeignKey(
        ReportTemplateVersion, on_delete=models.PROTECT, related_name="reports", verbose_name="mallversion"
    )
    kind = models.CharField("slag", max_length=20, choices=ReportKind)
    title = models.CharField("titel", max_length=200)
    committees: models.ManyToManyField[Committee, BoardReportCommittee] = models.ManyToManyField(
        Committee, through="BoardReportCommittee", related_name="board_reports", verbose_name="nämnder"
    )
    period_code = models.CharField("rapportperiod", max_length=40, blank=True)
    start = models.DateField("från")
    end = models.DateField("till")
    registry_number = models.CharField("diarienummer", max_length=50, blank=True)
    state = models.CharField("läge", max_length=20, choices=ReportState, default=ReportState.DRAFT)
    version = models.PositiveSmallIntegerField("rapportversion", default=1)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="rättar"
    )
    data_stop = models.DateField("datastopp")
    text_stop = models.DateField("textstopp")
    preparation = models.DateField("beredning")
    dispatch = models.DateField("utskick")
    due = models.DateField("hos fullmäktige och revisorerna", null=True, blank=True)
    snapshot = models.ForeignKey(
        Snapshot,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="board_reports",
        verbose_name="underlag",
    )
    content_sha256 = models.CharField("innehållets kontrollsumma", max_length=64, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="upplagd av"
    )
    created_at = models.DateTimeField("upplagd", auto_now_add=True)

    objects = BoardReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport på väg"
        verbose_name_plural = "rapporter på väg"
        ordering = ("-end", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReportKind.written()), name="board_report_kind"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="board_report_state"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="board_report_ends_after_start"),
            models.CheckConstraint(
                condition=Q(text_stop__gte=F("data_stop"))
                & Q(preparation__gte=F("text_stop"))
                & Q(dispatch__gte=F("preparation")),
                name="board_report_stops_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReportState.in_writing(), content_sha256="", snapshot__isnull=True)
                | ~Q(state__in=ReportState.in_writing()) & ~Q(content_sha256="") & Q(snapshot__isnull=False)
                | Q(state=ReportState.WITHDRAWN),
                name="board_report_is_frozen_when_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(version=1, corrects__isnull=True) | Q(version__gt=1, corrects__isnull=False),
                name="board_report_correction_has_its_origin",
            ),
            models.UniqueConstraint(
                fields=("corrects",),
                condition=~Q(state=ReportState.WITHDRAWN),
                name="board_report_is_corrected_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def correction(self) -> BoardReport | None:
        """The version that corrects this one, if any; one that was withdrawn corrects nothing. Costs one query."""
        return self.corrections.exclude(state=ReportState.WITHDRAWN).first()


class BoardReportCommittee(models.Model):
    """One committee's part in a report: its meeting, its department's approval, its decision and the adjusted minutes.

    The approval keeps the hash of what was approved.
    """

    report = models.ForeignKey(
        BoardReport, on_delete=models.PROTECT, related_name="meetings", verbose_name="rapport på väg"
    )
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="report_meetings", verbose_name="nämnd"
    )
    meeting_on = models.DateField("sammanträde")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="godkänd av",
    )
    approved_at = models.DateTimeField("godkänd", null=True, blank=True)
    approved_sha256 = models.CharField("godkänt innehåll", max_length=64, blank=True)
    decided_on = models.DateField("beslutad", null=True, blank=True)
    paragraph = models.CharField("paragraf", max_length=20, blank=True)
    adjusted_on = models.DateField("protokollet justerat", null=True, blank=True)

    class Meta:
        verbose_name = "nämnd i rapport"
        verbose_name_plural = "nämnder i rapport"
        ordering = ("report", "committee__name")
        constraints = [
            models.UniqueConstraint(fields=("report", "committee"), name="board_report_committee_once"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True, approved_sha256="")
                | Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_sha256=""),
                name="board_report_approval_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, paragraph="") | Q(decided_on__isnull=False) & ~Q(paragraph=""),
                name="board_report_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(adjusted_on__isnull=True) | Q(adjusted_on__gte=F("decided_on")),
                name="board_report_adjusted_after_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.meeting_on}"


class ReportPart(Revisable):
    """A text part of a report: who writes it, its text in Markdown, and whether it is ready.

    `code` is the part's in the template's version, which holds its heading and guidance. `ready_by` is who marked it ready,
    `written_by` and `written_at` who wrote the text as it stands and when: it is saved as they type.
    """

    report = models.ForeignKey(
        BoardReport, on_delete=models.PROTECT, related_name="parts", verbose_name="rapport på väg"
    )
    code = models.CharField("kod", max_length=60)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="report_parts",
        verbose_name="skribent",
    )
    text = models.TextField("text", blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="skriven av",
    )
    written_at = models.DateTimeField("skriven", null=True, blank=True)
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="klarmarkerad av",
    )

    class Meta:
        verbose_name = "rapportdel"
        verbose_name_plural = "rapportdelar"
        ordering = ("report", "pk")
        constraints = [
            models.UniqueConstraint(fields=("report", "code"), name="report_part_once"),
            models.CheckConstraint(
                condition=Q(ready_by__isnull=True) | ~Q(text=""), name="report_part_ready_has_its_text"
            ),
            models.CheckConstraint(
                condition=Q(written_by__isnull=True, written_at__isnull=True)
                | Q(written_by__isnull=False, written_at__isnull=False),
                name="report_part_written_by_somebody_once",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PartText(models.Model):
    """A text as one writer left it: a part's history. `at` is when it was last written on. Append-only."""

    part = models.ForeignKey(ReportPart, on_delete=models.PROTECT, related_name="history", verbose_name="rapportdel")
    number = models.PositiveIntegerField("version")
    text = models.TextField("text", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="av")
    at = models.DateTimeField("när", default=timezone.now)

    objects = AppendOnlyQuerySet["PartText"].as_manager()

    class Meta:
        verbose_name = "sparad text"
        verbose_name_plural = "sparade texter"
        ordering = ("part", "-number")
        constraints = [models.UniqueConstraint(fields=("part", "number"), name="part_text_number")]

    def __str__(self) -> str:
        return f"{self.part}, version {self.number}"


class ReportWaiver(models.Model):
    """A secretary's reason for letting a report go on without the explanation of an outcome; it is printed in the report.

    `key` names the outcome among what is owed (documents.parts.OwedPart), `name` and `committee` are what they were called.
    """

    report = models.ForeignKey(
        BoardReport, on_delete=models.PROTECT, related_name="waivers", verbose_name="rapport på väg"
    )
    key = models.CharField("utfall", max_length=200)
    name = models.CharField("indikator", max_length=300)
    committee = models.CharField("nämnd", max_length=150)
    reason = models.CharField("skäl", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="av")
    at = models.DateTimeField("när", auto_now_add=True)

    class Meta:
        verbose_name = "undantag från förklaring"
        verbose_name_plural = "undantag från förklaringar"
        ordering = ("report", "name", "committee")
        constraints = [
            models.UniqueConstraint(fields=("report", "key"), name="report_waiver_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="report_waiver_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.committee}"
