"""Actions: what somebody has promised to do by a day, whatever caused it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from committees.models import Committee, Unit, User
from committees.permissions import Permission, access_of
from committees.revising import Revisable
from governance.enums import ActionState, Cause
from governance.models.measured import Measured


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions."""

    def visible_to(self, user: User) -> ActionQuerySet:
        """Return the actions of the committees whose steering the user may see."""
        return self.filter(committee__code__in=access_of(user).committees_with(Permission.SEE_STEERING))

    def open(self) -> ActionQuerySet:
        """Return those that are still to be done."""
        return self.filter(state__in=ActionState.open())


class Action(Revisable, Measured):
    """One promise of a committee: who does what by when, and which measure it is meant to move.

    The one kind of action in the house (architecture.md, Rooms): explanations, deviations of controls, commissions and auditors'
    recommendations link to it, never the other way. `baseline` is the measure's figure when the action was decided, as
    `figures.pinning` keeps it. The moves of the due date and of the state are in the log of changes.
    """

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="actions", verbose_name="nämnd")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="actions", verbose_name="enhet"
    )
    title = models.CharField("åtgärd", max_length=250)
    description = models.TextField("beskrivning", blank=True)
    cause = models.CharField("orsak", max_length=30, choices=Cause)
    cause_text = models.CharField("vad som gav upphov till den", max_length=300, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="actions_owned", verbose_name="ansvarig"
    )
    due = models.DateField("klar senast")
    state = models.CharField("läge", max_length=20, choices=ActionState, default=ActionState.PLANNED)
    done_on = models.DateField("klar den", null=True, blank=True)
    baseline = models.JSONField("värde när åtgärden beslutades", null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actions_created",
        verbose_name="upplagd av",
    )
    created_at = models.DateTimeField("upplagd", auto_now_add=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = "åtgärd"
        verbose_name_plural = "åtgärder"
        ordering = ("due", "pk")
        indexes = [
            models.Index(fields=("committee", "state", "due"), name="action_register"),
            models.Index(fields=("owner", "state"), name="action_owner"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ActionState.values), name="action_state_is_known"),
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="action_cause_is_known"),
            models.CheckConstraint(
                condition=Q(state=ActionState.DONE, done_on__isnull=False)
                | ~Q(state=ActionState.DONE) & Q(done_on__isnull=True),
                name="action_done_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ActionReport(models.Model):
    """What the owner tells about an action: what has been done, and what became of it."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="reports", verbose_name="åtgärd")
    text = models.TextField("rapport")
    state = models.CharField("läge", max_length=20, choices=ActionState)
    figure = models.JSONField("värde när rapporten skrevs", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="action_reports", verbose_name="av"
    )
    at = models.DateTimeField("när", auto_now_add=True)

    class Meta:
        verbose_name = "åtgärdsrapport"
        verbose_name_plural = "åtgärdsrapporter"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.action}: {self.get_state_display()}"
