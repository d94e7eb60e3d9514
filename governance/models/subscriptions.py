"""What of the watch list a person has sent to them: calendar feeds at secret addresses, and reminders by mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from committees.models import Committee, User
from governance.enums import ReminderStage


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Calendar feeds."""

    def visible_to(self, user: User) -> CalendarFeedQuerySet:
        """Return the person's own feeds: an address is as good as a log-in, so nobody else's business."""
        return self.filter(user_id=user.pk)

    def live(self) -> CalendarFeedQuerySet:
        """Return those that have not been revoked."""
        return self.filter(revoked_at__isnull=True)


class CalendarFeed(models.Model):
    """A secret address where a calendar fetches a person's watch list: of one committee, or what they answer for themselves.

    Only the SHA-256 of the secret is kept, so that who reads the database cannot read the calendars.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feeds", verbose_name="person"
    )
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nämnd"
    )
    secret_hash = models.CharField("SHA-256 av det hemliga i adressen", max_length=64, unique=True)
    created_at = models.DateTimeField("skapad", auto_now_add=True)
    revoked_at = models.DateTimeField("återkallad", null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = "kalenderadress"
        verbose_name_plural = "kalenderadresser"
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("user", "committee"),
                condition=Q(revoked_at__isnull=True, committee__isnull=False),
                name="calendar_feed_one_live_a_committee",
            ),
            models.UniqueConstraint(
                fields=("user",),
                condition=Q(revoked_at__isnull=True, committee__isnull=True),
                name="calendar_feed_one_live_of_ones_own",
            ),
        ]

    def __str__(self) -> str:
        return f"Bevakning {self.committee.code}" if self.committee else "Min bevakning"


class ReminderChoice(models.Model):
    """Whether a person wants reminders by mail. Who has chosen nothing gets them, when an address for mail is known."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminder_choice", verbose_name="person"
    )
    wanted = models.BooleanField("påminnelser med e-post", default=True)

    class Meta:
        verbose_name = "val om påminnelser"
        verbose_name_plural = "val om påminnelser"

    def __str__(self) -> str:
        return f"{self.user}: {'ja' if self.wanted else 'nej'}"


class SentReminder(models.Model):
    """One thing a person was reminded of, once for each day it is due and each stage: near, and late.

    `key` is the watch list's own name of the thing.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders", verbose_name="person"
    )
    key = models.CharField("sak", max_length=200)
    due = models.DateField("datum")
    stage = models.CharField("påminnelse", max_length=10, choices=ReminderStage)
    sent_at = models.DateTimeField("skickad", auto_now_add=True)

    class Meta:
        verbose_name = "skickad påminnelse"
        verbose_name_plural = "skickade påminnelser"
        ordering = ("-sent_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("user", "key", "due", "stage"), name="reminder_sent_once"),
            models.CheckConstraint(condition=Q(stage__in=ReminderStage.values), name="reminder_stage_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.key} {self.due}"
