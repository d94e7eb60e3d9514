"""The fact check: what the audited say of the findings, and what the auditors did with it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from audits.enums import AuditState, CommentState
from audits.models.audits import Audit, AuditedBody
from audits.models.findings import Assessment, Observation, Recommendation
from committees.models import User
from committees.permissions import Permission, access_of


class FactCheckCommentQuerySet(models.QuerySet["FactCheckComment"]):
    """Comments of the fact check."""

    def visible_to(self, user: User) -> FactCheckCommentQuerySet:
        """Return those of the audits the user carries out, and those of the user's own committee once the findings are shown."""
        codes = access_of(user).committees_with(Permission.SEE_AUDITS)
        return self.filter(
            Q(audit__in=Audit.objects.carried_out_by(user).values("pk"))
            | Q(body__committee__code__in=codes, audit__state__in=AuditState.open_to_the_audited())
        )


class FactCheckComment(models.Model):
    """One comment of an audited body on one finding, or (none named) on the report as a whole.

    Answered, it is taken or refused with a reason; a taken one keeps the finding's text before and after.
    """

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="comments", verbose_name="granskning")
    body = models.ForeignKey(AuditedBody, on_delete=models.PROTECT, related_name="comments", verbose_name="från")
    observation = models.ForeignKey(
        Observation, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    text = models.TextField("synpunkt")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="av")
    at = models.DateTimeField("när", auto_now_add=True)
    state = models.CharField("läge", max_length=20, choices=CommentState, default=CommentState.OPEN)
    reason = models.TextField("skäl", blank=True)
    before = models.TextField("före", blank=True)
    after = models.TextField("efter", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("besvarad", null=True, blank=True)

    objects = FactCheckCommentQuerySet.as_manager()

    class Meta:
        verbose_name = "synpunkt"
        verbose_name_plural = "synpunkter"
        ordering = ("audit", "at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=CommentState.OPEN, answered_by__isnull=True, answered_at__isnull=True, reason="", after=""
                )
                | Q(
                    state__in=[CommentState.TAKEN, CommentState.REFUSED],
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                )
                & ~Q(reason=""),
                name="comment_answered_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(observation__isnull=True, assessment__isnull=True)
                | Q(observation__isnull=True, recommendation__isnull=True)
                | Q(assessment__isnull=True, recommendation__isnull=True),
                name="comment_is_on_one_finding",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def finding(self) -> Observation | Assessment | Recommendation | None:
        """The finding it is about, None for the report as a whole."""
        return self.observation or self.assessment or self.recommendation
