"""What somebody answers for: who is reminded of it, and whose it is to hand over."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Owned(models.Model):
    """Something that one person may answer for. Without an owner it is for the committee's secretaries to see to."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss_owned",
        verbose_name="ansvarig",
    )

    class Meta:
        abstract = True
