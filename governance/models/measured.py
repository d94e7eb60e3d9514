"""What points to a figure: a measure in a variant and a selection, and a figure kept as it was on a day."""

from __future__ import annotations

from django.db import models


class Measured(models.Model):
    """Something that may be tied to a measure. Without one, `measure` is empty.

    `selection` maps dimension names to lists of values (kommun.toml: urval); `variant` empty means the measure's default.
    """

    measure = models.CharField("mått", max_length=100, blank=True)
    variant = models.CharField("variant", max_length=100, blank=True)
    selection = models.JSONField("urval", default=dict, blank=True)

    class Meta:
        abstract = True


def decided_whole(day: str, paragraph: str) -> models.Q:
    """Return the condition that a decision has its paragraph only together with its date."""
    return models.Q(**{f"{day}__isnull": False}) | models.Q(**{paragraph: ""})
