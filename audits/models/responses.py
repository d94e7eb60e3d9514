"""What becomes of a recommendation: the committee's answer, and what the auditors later verify. Two things, never one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from audits.enums import AuditState, CommitteeStatus, Position, ResponseState, VerifiedStatus
from audits.models.audits import Audit
from audits.models.findings import Addressee
from committees.append_only import AppendOnlyQuerySet
from committees.models import User
from committees.permissions import Permission, access_of
from committees.revising import Revisable
from governance.models import Action


class ResponseQuerySet(models.QuerySet["Response"]):
    """Responses."""

    def visible_to(self, user: User) -> ResponseQuerySet:
        """Return the given responses of the audits the user may read, and the drafts of the committees the user answers for."""
        audits = Audit.objects.visible_to(user).values("pk")
        return self.filter(
            told_to(user),
            addressee__recommendation__audit__in=audits,
            addressee__recommendation__audit__state__in=AuditState.decided(),
        )


def told_to(user: User, response: str = "") -> Q:
    """Return which responses, in decided audits that the user may read, the user is told of: the given, and one's own drafts.

    `response` is the path to the response from what is asked for, ending in two underscores.
    """
    codes = access_of(user).committees_with(Permission.RESPOND_TO_AUDITS)
    return Q(**{f"{response}state": ResponseState.GIVEN}) | Q(
        **{f"{response}state__isnull": False, f"{response}addressee__committee__code__in": codes}
    )


class Response(Revisable):
    """What one addressee answers to one recommendation, and how far the committee itself says it has come.

    `decided_on` and `paragraph` are the committee's decision on the answer. What the auditors have verified is a
    `Verification`.
    """

    addressee = models.OneToOneField(
        Addressee, on_delete=models.PROTECT, related_name="response", verbose_name="mottagare"
    )
    position = models.CharField("ståndpunkt", max_length=20, choices=Position, blank=True)
    text = models.TextField("svar", blank=True)
    actions = models.ManyToManyField(Action, related_name="responses", blank=True, verbose_name="åtgärder")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="responses_owned",
        verbose_name="ansvarig",
    )
    due = models.DateField("klart senast", null=True, blank=True)
    decided_on = models.DateField("nämndens beslut", null=True, blank=True)
    paragraph = models.CharField("paragraf", max_length=20, blank=True)
    state = models.CharField("läge", max_length=20, choices=ResponseState, default=ResponseState.DRAFT)
    given_at = models.DateTimeField("lämnat", null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="av"
    )
    status = models.CharField(
        "nämndens status", max_length=20, choices=CommitteeStatus, default=CommitteeStatus.NOT_BEGUN
    )
    status_on = models.DateField("status satt", null=True, blank=True)
    status_text = models.TextField("om statusen", blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "svar på rekommendation"
        verbose_name_plural = "svar på rekommendationer"
        ordering = ("addressee",)
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ResponseState.values), name="response_state_is_known"),
            models.CheckConstraint(condition=Q(status__in=CommitteeStatus.values), name="response_status_is_known"),
            models.CheckConstraint(
                condition=Q(state=ResponseState.DRAFT, given_at__isnull=True, given_by__isnull=True)
                | Q(state=ResponseState.GIVEN, given_at__isnull=False, given_by__isnull=False) & ~Q(position=""),
                name="response_given_has_its_position",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=False) | Q(paragraph=""), name="response_paragraph_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.addressee}: {self.get_position_display() or 'inget svar'}"


class VerificationQuerySet(AppendOnlyQuerySet["Verification"]):
    """Verifications."""

    def visible_to(self, user: User) -> models.QuerySet[Verification]:
        """Return what was verified in the audits the user may read: a follow-up that is still a draft tells nothing yet."""
        return self.filter(audit__in=Audit.objects.visible_to(user).values("pk"))

    def decided(self) -> models.QuerySet[Verification]:
        """Return what was verified in audits that are decided: what anyone may be told."""
        return self.filter(audit__state__in=AuditState.decided())


class Verification(models.Model):
    """What the auditors found had become of a recommendation to one addressee. Append-only; the latest is what holds."""

    addressee = models.ForeignKey(
        Addressee, on_delete=models.PROTECT, related_name="verifications", verbose_name="mottagare"
    )
    status = models.CharField("verifierad status", max_length=20, choices=VerifiedStatus)
    grounds = models.TextField("motivering")
    audit = models.ForeignKey(
        Audit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="verifications",
        verbose_name="i granskningen",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="av")
    at = models.DateTimeField("när", auto_now_add=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = "verifiering"
        verbose_name_plural = "verifieringar"
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=VerifiedStatus.values), name="verified_status_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.addressee}: {self.get_status_display()}"
