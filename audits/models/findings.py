"""What an audit found: observations, assessments and recommendations."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from audits.enums import ObservationKind
from audits.models.audits import Audit, AuditedBody
from committees.models import Committee, User
from committees.revising import Revisable
from governance.models import Commission


class Observation(Revisable):
    """Something the auditors saw, and where. `question` is its number in the framework, or empty for the audit as a whole."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="observations", verbose_name="granskning")
    question = models.CharField("fråga", max_length=20, blank=True)
    body = models.ForeignKey(
        AuditedBody, on_delete=models.PROTECT, null=True, blank=True, related_name="observations", verbose_name="organ"
    )
    kind = models.CharField("slag", max_length=20, choices=ObservationKind)
    text = models.TextField("iakttagelse")
    source = models.CharField("källa", max_length=300, blank=True)
    removed = models.BooleanField("struken", default=False)

    class Meta:
        verbose_name = "iakttagelse"
        verbose_name_plural = "iakttagelser"
        ordering = ("audit", "question", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ObservationKind.values), name="observation_kind_is_known")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Assessment(Revisable):
    """The answer to one question, for one audited body or (body empty) for all of them together, with its grounds.

    `grade` is a word of the scale of the audit's framework; empty while nobody has set one.
    """

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="assessments", verbose_name="granskning")
    question = models.CharField("fråga", max_length=20)
    body = models.ForeignKey(
        AuditedBody, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments", verbose_name="organ"
    )
    grade = models.CharField("bedömning", max_length=60, blank=True)
    grounds = models.TextField("motivering", blank=True)

    class Meta:
        verbose_name = "bedömning"
        verbose_name_plural = "bedömningar"
        ordering = ("audit", "question", "pk")
        constraints = [
            models.UniqueConstraint(fields=("audit", "question", "body"), name="one_assessment_a_body"),
            models.UniqueConstraint(
                fields=("audit", "question"), condition=Q(body__isnull=True), name="one_assessment_of_all_bodies"
            ),
        ]

    def __str__(self) -> str:
        return f"Fråga {self.question}: {self.grade or 'inte bedömd'}"


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Recommendations."""

    def visible_to(self, user: User) -> RecommendationQuerySet:
        """Return the recommendations of the audits the user may read."""
        return self.filter(removed=False, audit__in=Audit.objects.visible_to(user).values("pk"))


class Recommendation(Revisable):
    """What the auditors recommend, and to whom (`addressees`). `questions` are the numbers of the questions it follows from.

    `takes_over` is the recommendation of an earlier audit that was still open and lives on in this one; `repeats` one that was
    thought remedied and had to be made again. `commissions` are those that somebody gave because of it.
    """

    audit = models.ForeignKey(
        Audit, on_delete=models.PROTECT, related_name="recommendations", verbose_name="granskning"
    )
    number = models.CharField("nummer", max_length=10)
    text = models.TextField("rekommendation")
    questions = models.JSONField("frågor", default=list, blank=True)
    takes_over = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_over_by", verbose_name="tar över"
    )
    repeats = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeated_by", verbose_name="upprepar"
    )
    removed = models.BooleanField("struken", default=False)
    commissions = models.ManyToManyField(
        Commission, related_name="recommendations", blank=True, verbose_name="uppdrag som den gav upphov till"
    )

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = "rekommendation"
        verbose_name_plural = "rekommendationer"
        ordering = ("audit", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("audit", "number"), condition=Q(removed=False), name="recommendation_number"
            ),
            models.CheckConstraint(
                condition=Q(takes_over__isnull=True) | ~Q(takes_over=F("pk")), name="takes_over_another"
            ),
            models.CheckConstraint(condition=Q(repeats__isnull=True) | ~Q(repeats=F("pk")), name="repeats_another"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:80]}"


class Addressee(models.Model):
    """A body that a recommendation is made to: a committee, or another body by name.

    It need not be an audited body: that a recommendation goes to somebody who was not audited is a warning, not a fault.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="addressees", verbose_name="rekommendation"
    )
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, null=True, blank=True, related_name="addressed_in", verbose_name="nämnd"
    )
    name = models.CharField("annat organ", max_length=150, blank=True)
    removed = models.BooleanField("struken", default=False)

    class Meta:
        verbose_name = "mottagare"
        verbose_name_plural = "mottagare"
        ordering = ("recommendation", "pk")
        constraints = [
            models.UniqueConstraint(fields=("recommendation", "committee"), name="committee_is_addressed_once"),
            models.CheckConstraint(
                condition=Q(committee__isnull=False, name="") | Q(committee__isnull=True) & ~Q(name=""),
                name="addressee_is_one_body",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.committee)
