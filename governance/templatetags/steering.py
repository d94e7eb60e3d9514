"""Words that the pages of steering need."""

from __future__ import annotations

from django import template
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from committees.models import Change

register = template.Library()


@register.simple_tag
def field_in_words(change: Change) -> str:
    """Return what was changed as its model calls it: "klar senast"."""
    try:
        field = apps.get_model(change.subject_type)._meta.get_field(change.field)
    except (LookupError, FieldDoesNotExist):
        return change.field
    return str(getattr(field, "verbose_name", change.field))
