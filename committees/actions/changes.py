"""The log of changes: who changed what, when, from what to what, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import models
from django.utils import timezone

from committees.models import Change, User


def _in_words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def log_change(
    subject: models.Model, *, field: str, before: object, after: object, by: User | None, why: str = ""
) -> Change | None:
    """Record that a field of the subject was changed, and return the record; None when nothing differs.

    Called in the transaction of the change. `field` is the field's name, or another word for what was changed; `by` is None
    only when the installation itself does it.
    """
    old, new = _in_words(before), _in_words(after)
    if old == new:
        return None
    return Change.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        field=field,
        before=old,
        after=new,
        why=why,
        by=by,
    )


def log_changes(
    subject: models.Model,
    *,
    before: Mapping[str, object],
    after: Mapping[str, object],
    by: User | None,
    why: str = "",
) -> list[Change]:
    """Record each field of `after` that differs from `before`, and return the records."""
    made = (
        log_change(subject, field=name, before=before.get(name), after=value, by=by, why=why)
        for name, value in after.items()
    )
    return [change for change in made if change is not None]
