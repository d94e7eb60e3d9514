"""Uploads that wait to be taken: sealed, and gone as soon as they are taken or refused, at the latest after 72 hours."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from cases.enums import DeliveredFileKind, WaitingState
from cases.models.profiles import MappingProfile
from cases.models.versions import Delivery
from committees.models import User
from committees.permissions import Permission, access_of

LONGEST_WAIT = dt.timedelta(hours=72)
_GIVEN_UP = dt.timedelta(minutes=15)
CAN_BE_STOPPED = (WaitingState.CHECKING, WaitingState.TAKING)
WORKING = (*CAN_BE_STOPPED, WaitingState.STORING, WaitingState.STOPPING)
_FILES_ARE_GONE = (WaitingState.TAKEN, WaitingState.UNCHANGED, WaitingState.REFUSED, WaitingState.THROWN_AWAY)


class WaitingDeliveryQuerySet(models.QuerySet["WaitingDelivery"]):
    """What has been handed in."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return all for who delivers for the whole municipality, nothing for others."""
        return self if access_of(user).may_everywhere(Permission.DELIVER) else self.none()


class WaitingDelivery(models.Model):
    """Files that somebody has handed in to be looked at, taken or thrown away.

    `outcome` is what the last look at them said (the JSON of `import_files`): values of persons are masked in it. `rows_read` is
    how far the work has come, `moved_at` when it last moved and `ready_at` when it is likely to be done.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="av")
    at = models.DateTimeField("inlämnad", auto_now_add=True)
    state = models.CharField("läge", max_length=20, choices=WaitingState, default=WaitingState.WAITING)
    profile = models.ForeignKey(
        MappingProfile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="profil"
    )
    replaces = models.BooleanField("ersätter", default=False)
    rows_read = models.PositiveIntegerField("lästa rader", default=0)
    moved_at = models.DateTimeField("senast ändrad", auto_now=True)
    ready_at = models.DateTimeField("väntas klar", null=True, blank=True)
    outcome = models.JSONField("utfall", default=dict, blank=True)
    delivery = models.ForeignKey(
        Delivery, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="leverans"
    )

    objects = WaitingDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "inlämning"
        verbose_name_plural = "inlämningar"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"Inlämning {self.pk}"

    @property
    def gone_at(self) -> dt.datetime:
        """When it is removed, whatever has become of it."""
        return self.at + LONGEST_WAIT

    @property
    def files_are_gone(self) -> bool:
        """Whether the files are removed already."""
        return self.state in _FILES_ARE_GONE

    def is_worked_on(self, now: dt.datetime) -> bool:
        """Whether somebody works on it; work that has not moved for a quarter of an hour was cut off."""
        return self.state in WORKING and now - self.moved_at < _GIVEN_UP


class WaitingFile(models.Model):
    """One such file. Its bytes are sealed at its place (`cases.uploads.sealing`); its kind is empty until somebody says it."""

    handed_in = models.ForeignKey(
        WaitingDelivery, on_delete=models.CASCADE, related_name="files", verbose_name="inlämning"
    )
    kind = models.CharField("slag", max_length=30, choices=DeliveredFileKind, blank=True, default="")
    name = models.CharField("filnamn", max_length=255)
    size = models.PositiveBigIntegerField("storlek")
    place = models.UUIDField("plats", unique=True)

    class Meta:
        verbose_name = "inlämnad fil"
        verbose_name_plural = "inlämnade filer"
        ordering = ("handed_in", "pk")
        constraints = [
            models.UniqueConstraint(fields=("handed_in", "kind"), condition=~Q(kind=""), name="one_waiting_file_a_kind")
        ]

    def __str__(self) -> str:
        return self.name
