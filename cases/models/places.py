"""Where a row belongs: the unit, and for money the activity and its kind, by the codes that people and files know."""

from __future__ import annotations

from django.db import models

from cases import enums
from cases.models.catalogue import ActivityType
from cases.models.versions import RowVersion
from committees.models import Unit


class AtUnit(RowVersion):
    """A row of a unit. The code stands in the column as it is: a snapshot reads it without a join."""

    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        to_field="code",
        db_column="unit",
        db_index=False,
        related_name="+",
        verbose_name="enhet",
    )

    class Meta(RowVersion.Meta):
        abstract = True


class Spending(AtUnit):
    """Kronor of a unit, by kind of cost; without an activity they are shared by the unit's activities."""

    activity_type = models.ForeignKey(
        ActivityType,
        on_delete=models.PROTECT,
        to_field="code",
        db_column="activity_type",
        db_index=False,
        related_name="+",
        verbose_name="insats",
        null=True,
        blank=True,
    )
    kind = models.CharField("slag", max_length=40, choices=enums.CostKind)

    class Meta(RowVersion.Meta):
        abstract = True
