"""Audits: who asked whom to review what, on what they built it, and who works on it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from audits.enums import AuditKind, AuditState, EngagementPart, SourceKind
from audits.models.frameworks import FrameworkVersion
from committees.models import Committee, RoleAssignment, User
from committees.permissions import Permission, access_of
from committees.revising import Revisable
from governance.models import SteeringDocument


class AuditQuerySet(models.QuerySet["Audit"]):
    """Audits."""

    def visible_to(self, user: User) -> AuditQuerySet:
        """Return the audits the user may read, the only home of that rule.

        Those the user is engaged in today, whatever their state; those of a committee whose audits the user may read, from the
        fact check on; and what is published, for everyone who logs in.
        """
        return self.filter(pk__in=self._readable(user).values("pk"))

    def carried_out_by(self, user: User) -> AuditQuerySet:
        """Return the audits the user is engaged in today."""
        engaged = Engagement.objects.in_force(timezone.localdate()).filter(user_id=user.pk, user__is_active=True)
        return self.filter(pk__in=engaged.values("audit"))

    def _readable(self, user: User) -> AuditQuerySet:
        codes = access_of(user).committees_with(Permission.SEE_AUDITS)
        audited = AuditedBody.objects.filter(committee__code__in=codes).values("audit")
        return self.model.objects.filter(
            Q(pk__in=self.model.objects.carried_out_by(user).values("pk"))
            | Q(pk__in=audited, state__in=AuditState.open_to_the_audited())
            | Q(state=AuditState.PUBLISHED)
        )


class Audit(Revisable):
    """One review: its commission, its scope, its overall assessment and how far it has come.

    `purpose_in_summary` is the purpose as the report's summary words it, `purpose` as the commission does: real reports differ.
    `overall_grade` is a word of the framework's scale; empty while nobody has set one.
    """

    framework_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.PROTECT, related_name="audits", verbose_name="ramverk"
    )
    title = models.CharField("titel", max_length=250)
    registry_number = models.CharField("diarienummer", max_length=50, blank=True)
    commissioner = models.CharField("uppdragsgivare", max_length=200)
    firm = models.CharField("granskare", max_length=150, blank=True)
    kind = models.CharField("slag", max_length=20, choices=AuditKind)
    background = models.TextField("bakgrund", blank=True)
    purpose = models.TextField("syfte")
    purpose_in_summary = models.TextField("syftet i sammanfattningen", blank=True)
    scope = models.TextField("avgränsning", blank=True)
    method = models.TextField("metod", blank=True)
    period_start = models.DateField("granskad period från")
    period_end = models.DateField("granskad period till")
    overall_grade = models.CharField("samlad bedömning", max_length=60, blank=True)
    overall_text = models.TextField("den samlade bedömningen i ord", blank=True)
    state = models.CharField("läge", max_length=20, choices=AuditState, default=AuditState.DRAFT)
    fact_check_due = models.DateField("faktakontroll senast", null=True, blank=True)
    report_date = models.DateField("rapportens datum", null=True, blank=True)
    signatories = models.TextField("undertecknas av", blank=True)
    cover_letter = models.TextField("missiv", blank=True)
    decided_on = models.DateField("beslutad", null=True, blank=True)
    paragraph = models.CharField("paragraf", max_length=20, blank=True)
    published_on = models.DateField("publicerad", null=True, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="följer upp"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="av"
    )
    created_at = models.DateTimeField("upplagd", auto_now_add=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = "granskning"
        verbose_name_plural = "granskningar"
        ordering = ("-report_date", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AuditKind.values), name="audit_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=AuditState.values), name="audit_state_is_known"),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="audit_period_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AuditState.decided(), decided_on__isnull=False)
                | ~Q(state__in=AuditState.decided()) & Q(decided_on__isnull=True, paragraph=""),
                name="audit_decided_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state=AuditState.PUBLISHED, published_on__isnull=False)
                | ~Q(state=AuditState.PUBLISHED) & Q(published_on__isnull=True),
                name="audit_published_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AuditedBody(models.Model):
    """A body that is audited: a committee, or another body by name (a company, a federation) with a short name of its own."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="bodies", verbose_name="granskning")
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, null=True, blank=True, related_name="audited_as", verbose_name="nämnd"
    )
    name = models.CharField("annat organ", max_length=150, blank=True)
    short_name = models.CharField("kortnamn", max_length=20, blank=True)
    response_due = models.DateField("svar senast", null=True, blank=True)

    class Meta:
        verbose_name = "granskat organ"
        verbose_name_plural = "granskade organ"
        ordering = ("audit", "pk")
        constraints = [
            models.UniqueConstraint(fields=("audit", "committee"), name="committee_is_audited_once"),
            models.CheckConstraint(
                condition=Q(committee__isnull=False, name="", short_name="")
                | Q(committee__isnull=True) & ~Q(name="") & ~Q(short_name=""),
                name="audited_body_is_one_body",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.committee)

    @property
    def code(self) -> str:
        """The committee's code, or the short name of another body."""
        return self.committee.code if self.committee else self.short_name


class AuditSource(models.Model):
    """What an audit was built on: a document read, a role interviewed, a function that checked the facts; no person's name."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="sources", verbose_name="granskning")
    kind = models.CharField("slag", max_length=20, choices=SourceKind)
    text = models.CharField("källa", max_length=300)
    body = models.ForeignKey(
        AuditedBody, on_delete=models.PROTECT, null=True, blank=True, related_name="sources", verbose_name="hos"
    )
    dated = models.DateField("datum", null=True, blank=True)
    document = models.ForeignKey(
        SteeringDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="styrdokument"
    )

    class Meta:
        verbose_name = "källa"
        verbose_name_plural = "källor"
        ordering = ("audit", "kind", "pk")
        constraints = [models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_is_known")]

    def __str__(self) -> str:
        return self.text


class EngagementQuerySet(models.QuerySet["Engagement"]):
    """Engagements."""

    def in_force(self, day: dt.date) -> EngagementQuerySet:
        """Return the engagements that hold on the day (both ends included)."""
        return self.filter(start__lte=day, end__gte=day)


class Engagement(models.Model):
    """A person's part in an audit from one day to another. What the person may do with the audit follows from it alone.

    `assignments` are the roles that came with it on the audited committees, so that the person reads what the audit covers;
    they begin and end with the engagement.
    """

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="engagements", verbose_name="granskning")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="engagements", verbose_name="person"
    )
    part = models.CharField("som", max_length=20, choices=EngagementPart)
    start = models.DateField("från")
    end = models.DateField("till")
    assignments = models.ManyToManyField(RoleAssignment, related_name="engagements", blank=True, verbose_name="roller")

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = "uppdrag i granskning"
        verbose_name_plural = "uppdrag i granskningar"
        ordering = ("audit", "start", "pk")
        indexes = [models.Index(fields=("user", "start", "end"), name="engagement_in_force")]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=EngagementPart.values), name="engagement_part_is_known"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="engagement_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_part_display()} i {self.audit}"
