"""What an audit rests on: what the audited were asked for and handed over, and figures kept as they were."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from audits.enums import AuditState, PinnedKind, RequestState
from audits.models.audits import Audit, AuditedBody
from committees.models import User
from committees.permissions import Permission, access_of
from committees.revising import Revisable
from governance.figures import PinnedFigure
from governance.models import SteeringDocument
from reporting.models import Snapshot


class EvidenceRequestQuerySet(models.QuerySet["EvidenceRequest"]):
    """Evidence requests."""

    def visible_to(self, user: User) -> EvidenceRequestQuerySet:
        """Return those of the audits the user carries out, and those that have been sent to a committee the user answers for."""
        codes = access_of(user).committees_with(Permission.RESPOND_TO_AUDITS)
        return self.filter(
            Q(audit__in=Audit.objects.carried_out_by(user).values("pk"))
            | Q(body__committee__code__in=codes) & ~Q(state=RequestState.DRAFT)
        )

    def owed(self) -> EvidenceRequestQuerySet:
        """Return those that the audited still have to answer, in audits that go on."""
        return self.filter(state__in=RequestState.owed()).exclude(audit__state=AuditState.CANCELLED)


class EvidenceRequest(Revisable):
    """What the auditors ask one audited body to hand over by a day. `question` is the number in the framework, or empty."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="requests", verbose_name="granskning")
    body = models.ForeignKey(AuditedBody, on_delete=models.PROTECT, related_name="requests", verbose_name="till")
    question = models.CharField("fråga", max_length=20, blank=True)
    title = models.CharField("underlag", max_length=250)
    description = models.TextField("beskrivning", blank=True)
    due = models.DateField("lämnas senast")
    state = models.CharField("läge", max_length=20, choices=RequestState, default=RequestState.DRAFT)
    sent_at = models.DateTimeField("skickad", null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="av"
    )

    objects = EvidenceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "begäran om underlag"
        verbose_name_plural = "begäranden om underlag"
        ordering = ("due", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=RequestState.DRAFT) | Q(sent_at__isnull=False), name="request_sent_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EvidenceDelivery(models.Model):
    """What an audited body handed over: a text, a file, steering documents of the register, or several of them.

    `file_sha256` names the file where it is kept (audits.evidence_files); `file_name` is the name it came with.
    """

    request = models.ForeignKey(
        EvidenceRequest, on_delete=models.PROTECT, related_name="deliveries", verbose_name="begäran"
    )
    text = models.TextField("svar", blank=True)
    file_name = models.CharField("fil", max_length=200, blank=True)
    file_sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    documents = models.ManyToManyField(SteeringDocument, related_name="+", blank=True, verbose_name="styrdokument")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="av")
    at = models.DateTimeField("när", auto_now_add=True)

    class Meta:
        verbose_name = "lämnat underlag"
        verbose_name_plural = "lämnade underlag"
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(file_name="", file_sha256="") | ~Q(file_name="") & ~Q(file_sha256=""),
                name="delivered_file_has_its_hash",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.at:%Y-%m-%d}"


class PinnedEvidence(models.Model):
    """Evidence kept with a question as it was when it was used, so that the audit still shows it when data have come since.

    For a measure `content` is the figure as it was computed and `snapshot` what it was computed from; for other kinds what the
    register said that day. `speaks_for` is the word of the scale that the framework's rules gave; it decides nothing.
    """

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="evidence", verbose_name="granskning")
    question = models.CharField("fråga", max_length=20)
    body = models.ForeignKey(
        AuditedBody, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name="organ"
    )
    kind = models.CharField("slag", max_length=20, choices=PinnedKind)
    title = models.CharField("underlag", max_length=250)
    measure = models.CharField("mått", max_length=100, blank=True)
    variant = models.CharField("variant", max_length=100, blank=True)
    content = models.JSONField("innehåll", default=dict)
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="underlag"
    )
    speaks_for = models.CharField("talar för", max_length=60, blank=True)
    note = models.TextField("anteckning", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="av"
    )
    at = models.DateTimeField("när", auto_now_add=True)

    class Meta:
        verbose_name = "bevarat underlag"
        verbose_name_plural = "bevarade underlag"
        ordering = ("audit", "question", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PinnedKind.values), name="pinned_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind=PinnedKind.MEASURE) | Q(snapshot__isnull=False) & ~Q(measure=""),
                name="pinned_figure_has_its_snapshot",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def figures(self) -> tuple[PinnedFigure, ...]:
        """The figures as they were kept, that of the audited period first; unprotected, so never for publication."""
        kept = (PinnedFigure.from_json(stored) for stored in self.content.get("figures", ()))
        return tuple(figure for figure in kept if figure is not None)
