"""Saving what several people may be writing at once: the second to save is shown both texts, and nobody's is lost."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.models import F

Revised = TypeVar("Revised", bound="Revisable")


class Revisable(models.Model):
    """A row that people write in. `revision` counts the saves, so that a save knows what it was written upon."""

    revision = models.PositiveIntegerField("version", default=1, editable=False)

    class Meta:
        abstract = True


class Overtaken(Exception):
    """Somebody else saved while this was written. `current` is the row as it now stands; nothing was stored."""

    def __init__(self, current: Revisable) -> None:
        super().__init__("Någon annan har sparat medan du skrev. Båda texterna visas nedan; inget har gått förlorat.")
        self.current = current


def revise(row: Revised, *, read_as: int, **fields: Any) -> Revised:
    """Store the fields if the row is still at the revision it was read as, and return it fresh from the database.

    One UPDATE decides, so of two that save at once exactly one does. Raises Overtaken, with the row as it now stands, for the
    other. Log what changed in the same transaction.
    """
    model = type(row)
    stored = model._default_manager.filter(pk=row.pk, revision=read_as).update(revision=F("revision") + 1, **fields)
    current = model._default_manager.get(pk=row.pk)
    if not stored:
        raise Overtaken(current)
    return current
