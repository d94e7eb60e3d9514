"""Store what a file says and tell whether anything changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from committees.revising import Revisable

M = TypeVar("M", bound=Model)


def upsert(model: type[M], found_by: Mapping[str, Any], values: Mapping[str, Any]) -> tuple[M, bool, bool]:
    """Return the object with these values, and whether it was created or changed. Nothing is written when it stands as it was.

    What somebody is writing in meanwhile is overtaken by it, as by another person's text.
    """
    existing = model._default_manager.filter(**found_by).first()
    if existing is None:
        return model._default_manager.create(**found_by, **values), True, False
    changed = [name for name, value in values.items() if getattr(existing, name) != value]
    for name in changed:
        setattr(existing, name, values[name])
    if isinstance(existing, Revisable) and changed:
        existing.revision += 1
        changed.append("revision")
    if changed:
        existing.save(update_fields=changed)
    return existing, False, bool(changed)


def set_related(related: Any, wanted: Collection[Model]) -> bool:
    """Make a many-to-many relation hold exactly the wanted objects and return whether it did not before."""
    if {obj.pk for obj in related.all()} == {obj.pk for obj in wanted}:
        return False
    related.set(wanted)
    return True


def kept(model: type[Model], field: str, in_file: Collection[str]) -> list[str]:
    """Return the identities stored that the file does not name, in order."""
    stored = model._default_manager.order_by(field).values_list(field, flat=True)
    return [str(value) for value in stored if value not in in_file]
