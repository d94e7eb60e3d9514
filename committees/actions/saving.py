"""How what several people write in is stored: never over somebody else's text, and always with its trace."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from committees.actions.changes import log_changes
from committees.models import User
from committees.revising import Revisable, revise

Written = TypeVar("Written", bound=Revisable)


def save(
    row: Written, *, read_as: int, by: User, why: str = "", guarded: Collection[str] = (), **fields: Any
) -> Written:
    """Store the fields and log what changed; return the row fresh from the database.

    `read_as` is the revision the text was written upon: raises Overtaken when somebody saved in between. A field in `guarded`
    (a grade, a date) that already had a value changes only with a reason: ValidationError without one. Nothing is stored, and
    the revision stays, when nothing differs. Call it within a transaction.
    """
    before = {name: getattr(row, name) for name in fields}
    changed = {name: value for name, value in fields.items() if value != before[name]}
    if not changed and row.revision == read_as:
        return row
    if not why.strip() and any(before[name] not in (None, "") for name in changed if name in guarded):
        raise ValidationError({"why": "Skriv varför du ändrar. Bedömningar och datum sparas med sitt skäl."})
    saved = revise(row, read_as=read_as, **changed)
    log_changes(
        saved,
        before={name: _said(row, name, before[name]) for name in changed},
        after={name: _said(row, name, value) for name, value in changed.items()},
        by=by,
        why=why,
    )
    return saved


def _said(row: Revisable, name: str, value: object) -> object:
    """Return a value as the log says it: a choice by its Swedish word, a list or a selection by its parts."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_said(row, name, part)}" for key, part in value.items())
    choices = dict(row._meta.get_field(name).flatchoices)  # type: ignore[union-attr]  # relations without choices are not saved
    return choices.get(value, value)


def required(value: str, field: str, says: str) -> str:
    """Return the text trimmed. Raises ValidationError, on the field, when nothing is left."""
    trimmed = value.strip()
    if not trimmed:
        raise ValidationError({field: says})
    return trimmed
