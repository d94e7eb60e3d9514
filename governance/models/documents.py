"""Steering documents and agreements: what is decided, by whom, and until when it holds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from committees.models import Committee, Unit, User
from committees.permissions import Permission, access_of
from committees.revising import Revisable
from governance.enums import DocumentKind
from governance.models.measured import decided_whole
from governance.models.owned import Owned


class SteeringDocumentQuerySet(models.QuerySet["SteeringDocument"]):
    """Steering documents."""

    def visible_to(self, user: User) -> SteeringDocumentQuerySet:
        """Return the documents that concern a committee whose steering the user may see."""
        codes = access_of(user).committees_with(Permission.SEE_STEERING)
        return self.filter(pk__in=self.model._default_manager.filter(committees__code__in=codes).values("pk"))


class SteeringDocument(Revisable, Owned):
    """A document the work is to follow. An unknown date of decision is empty: "undated" is a finding, not a fault.

    `committees` are those it concerns, `units` those whose work it governs: with their responsibilities in time the register
    tells whether it is older than the organisation it presupposes. `decided_by` is empty for a body outside the municipality's
    own committees, which `decided_by_name` then names.
    """

    title = models.CharField("titel", max_length=250)
    kind = models.CharField("slag", max_length=30, choices=DocumentKind)
    committees = models.ManyToManyField(Committee, related_name="steering_documents", verbose_name="nämnder")
    units = models.ManyToManyField(Unit, related_name="steering_documents", blank=True, verbose_name="enheter")
    decided_by = models.ForeignKey(
        Committee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents_decided",
        verbose_name="beslutat av",
    )
    decided_by_name = models.CharField("beslutat av någon annan", max_length=150, blank=True)
    decided_on = models.DateField("beslutat", null=True, blank=True)
    paragraph = models.CharField("paragraf", max_length=20, blank=True)
    valid_from = models.DateField("gäller från", null=True, blank=True)
    valid_to = models.DateField("gäller till", null=True, blank=True)
    review_by = models.DateField("ses över senast", null=True, blank=True)
    counterparty = models.CharField("motpart", max_length=200, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="ersatt av"
    )
    note = models.TextField("anteckning", blank=True)

    objects = SteeringDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "styrdokument"
        verbose_name_plural = "styrdokument"
        ordering = ("title", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind_is_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="document_lapses_after_it_begins",
            ),
            models.CheckConstraint(condition=decided_whole("decided_on", "paragraph"), name="document_paragraph"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(decided_by_name=""), name="document_decided_by_one_body"
            ),
        ]

    def __str__(self) -> str:
        return self.title
