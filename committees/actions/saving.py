"""How what several people write in is stored: never over somebody else's text, and always with its trace."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from committees.actions.changes import log_changes
from committees.models import User
from committees.revising import Revisable, revise

Written = TypeVar("Written", bound=Revisable)


def save(
    row: Written,
    *,
    read_as: int,
    by: User,
    why: str = "",
    guarded: Collection[str] = (),
    beside: Mapping[str, tuple[str, str]] | None = None,
    **fields: Any,
) -> Written:
    """Store the fields and log what changed; return the row fresh from the database.

    `read_as` is the revision the text was written upon: raises Overtaken when somebody saved in between. A field in `guarded`
    (a grade, a date) that already had a value changes only with a reason: ValidationError without one. Nothing is stored, and
    the revision stays, when nothing differs. A many-to-many field takes the rows it is to have, and counts as any other field.
    `beside` is what the caller stores of the row in tables of its own: its name, and how it reads before and after. Call it
    within a transaction.
    """
    chosen = {name: list(fields.pop(name)) for name in list(fields) if _is_choice_of_many(row, name)}
    told: dict[str, tuple[object, object]] = {
        name: (_listed(getattr(row, name).all()), _listed(rows)) for name, rows in chosen.items()
    }
    changed = {name: value for name, value in fields.items() if value != getattr(row, name)}
    told |= {name: (_said(row, name, getattr(row, name)), _said(row, name, value)) for name, value in changed.items()}
    told = {name: (before, after) for name, (before, after) in {**told, **(beside or {})}.items() if before != after}
    if not told and row.revision == read_as:
        return row
    if not why.strip() and any(getattr(row, name) not in (None, "") for name in changed if name in guarded):
        raise ValidationError({"why": "Skriv varför du ändrar. Bedömningar och datum sparas med sitt skäl."})
    saved = revise(row, read_as=read_as, **changed)
    for name in chosen.keys() & told.keys():
        getattr(saved, name).set(chosen[name])
    before, after = ({name: pair[side] for name, pair in told.items()} for side in (0, 1))
    log_changes(saved, before=before, after=after, by=by, why=why)
    return saved


def _is_choice_of_many(row: Revisable, name: str) -> bool:
    return bool(row._meta.get_field(name).many_to_many)


def _listed(rows: Iterable[models.Model]) -> str:
    """Return the rows as the log says them: by their codes where they have such."""
    return ", ".join(sorted(str(getattr(row, "code", row)) for row in rows))


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
