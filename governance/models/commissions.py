"""Commissions and directives: who asked whom for what by when, and how it was closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from committees.models import Committee, User
from committees.permissions import Permission, access_of
from committees.revising import Revisable
from governance.enums import CommissionEventKind, CommissionState, PartyRole
from governance.models.actions import Action
from governance.models.measured import Measured, decided_whole
from governance.models.owned import Owned


class CommissionQuerySet(models.QuerySet["Commission"]):
    """Commissions."""

    def visible_to(self, user: User) -> CommissionQuerySet:
        """Return the commissions that a committee whose steering the user may see gave or received."""
        codes = access_of(user).committees_with(Permission.SEE_STEERING)
        return self.filter(pk__in=self.model._default_manager.filter(parties__committee__code__in=codes).values("pk"))

    def open(self) -> CommissionQuerySet:
        """Return those that are neither closed nor withdrawn."""
        return self.exclude(state__in=CommissionState.closed())


class Commission(Revisable, Measured, Owned):
    """A task one body gave another: background, purpose, deliverable, when it is due and how it is to be closed.

    `due_text` is the date as the document has it ("Q1 2025"), `due` the last day it means; the moves of `due` are in the log of
    changes, and with `first_due` they show how far it slipped. The measure is the one its claimed effect is to move.
    """

    number = models.CharField("nummer", max_length=40, blank=True)
    title = models.CharField("uppdrag", max_length=250)
    background = models.TextField("bakgrund", blank=True)
    purpose = models.TextField("syfte", blank=True)
    perspectives = models.TextField("perspektiv", blank=True)
    deliverable = models.TextField("vad som ska lämnas", blank=True)
    closing = models.TextField("så avslutas uppdraget", blank=True)
    proposals = models.TextField("förslag som lämnats", blank=True)
    given_on = models.DateField("gavs", null=True, blank=True)
    due_text = models.CharField("ska redovisas, som det står", max_length=60, blank=True)
    first_due = models.DateField("skulle först redovisas", null=True, blank=True)
    due = models.DateField("ska redovisas", null=True, blank=True)
    state = models.CharField("läge", max_length=20, choices=CommissionState, default=CommissionState.GIVEN)
    closed_on = models.DateField("avslutat", null=True, blank=True)
    caused_by = models.CharField("orsak", max_length=300, blank=True)
    effect_claimed = models.TextField("väntad effekt", blank=True)
    baseline = models.JSONField("värde när uppdraget gavs", null=True, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="följer på"
    )
    actions = models.ManyToManyField(Action, related_name="commissions", blank=True, verbose_name="åtgärder")

    objects = CommissionQuerySet.as_manager()

    class Meta:
        verbose_name = "uppdrag"
        verbose_name_plural = "uppdrag"
        ordering = ("due", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CommissionState.values), name="commission_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=CommissionState.closed(), closed_on__isnull=False)
                | ~Q(state__in=CommissionState.closed()) & Q(closed_on__isnull=True),
                name="commission_closed_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class CommissionParty(models.Model):
    """Who gave or received a commission, or whom the result goes to: a committee, or another body by name."""

    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, related_name="parties", verbose_name="uppdrag")
    role = models.CharField("som", max_length=20, choices=PartyRole)
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, null=True, blank=True, related_name="commissions", verbose_name="nämnd"
    )
    name = models.CharField("annan part", max_length=150, blank=True)

    class Meta:
        verbose_name = "part i uppdrag"
        verbose_name_plural = "parter i uppdrag"
        ordering = ("commission", "role", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=PartyRole.values), name="commission_role_is_known"),
            models.CheckConstraint(
                condition=Q(committee__isnull=False, name="") | Q(committee__isnull=True) & ~Q(name=""),
                name="commission_party_is_one_body",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.committee)


class CommissionDecision(models.Model):
    """One committee's decision in a commission. One given to two needs both; each has its own date and §."""

    commission = models.ForeignKey(
        Commission, on_delete=models.PROTECT, related_name="decisions", verbose_name="uppdrag"
    )
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="commission_decisions", verbose_name="nämnd"
    )
    decided_on = models.DateField("beslutat")
    paragraph = models.CharField("paragraf", max_length=20, blank=True)
    text = models.TextField("beslut", blank=True)

    class Meta:
        verbose_name = "beslut i uppdrag"
        verbose_name_plural = "beslut i uppdrag"
        ordering = ("commission", "decided_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("commission", "committee", "decided_on", "paragraph"), name="commission_decision_once"
            ),
            models.CheckConstraint(condition=decided_whole("decided_on", "paragraph"), name="commission_paragraph"),
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.decided_on}"


class CommissionEvent(models.Model):
    """What happened on the way: a report back, a clarification, a changed premise."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="events", verbose_name="uppdrag")
    kind = models.CharField("slag", max_length=20, choices=CommissionEventKind)
    on = models.DateField("datum")
    text = models.TextField("vad som hände")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commission_events",
        verbose_name="av",
    )

    class Meta:
        verbose_name = "händelse i uppdrag"
        verbose_name_plural = "händelser i uppdrag"
        ordering = ("commission", "on", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CommissionEventKind.values), name="commission_event_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"
