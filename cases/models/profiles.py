"""Mapping profiles: how the files of a source system are read. Every version stays, since deliveries rest on them."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery

from committees.append_only import AppendOnlyQuerySet


class MappingProfileQuerySet(AppendOnlyQuerySet["MappingProfile"]):
    """Versions of profiles."""

    def latest_versions(self) -> Self:
        """Return the newest version of each profile."""
        newest = MappingProfile.objects.filter(name=OuterRef("name")).order_by("-version").values("version")[:1]
        return self.filter(version=Subquery(newest))


class MappingProfile(models.Model):
    """One version of a profile, as text (TOML; `cases.profiles.reading` says what it holds)."""

    name = models.CharField("namn", max_length=60)
    version = models.PositiveIntegerField("version")
    system = models.CharField("system", max_length=60)
    text = models.TextField("text")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, verbose_name="sparad av"
    )
    at = models.DateTimeField("sparad", auto_now_add=True)

    objects = MappingProfileQuerySet.as_manager()

    class Meta:
        verbose_name = "profil"
        verbose_name_plural = "profiler"
        ordering = ("name", "-version")
        constraints = [models.UniqueConstraint(fields=("name", "version"), name="one_profile_a_version")]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"
