"""What the filters of the registers have in common."""

from __future__ import annotations

import django_filters
from django import forms

from committees.models import Committee


def of_committee(path: str, *, several: bool = False) -> django_filters.ModelChoiceFilter:
    """Return the choice of one committee; `several` where a row can concern more than one."""
    return django_filters.ModelChoiceFilter(
        label="Nämnd",
        field_name=path,
        queryset=Committee.objects.all(),
        to_field_name="code",
        empty_label="Alla",
        distinct=several,
    )


def with_words(label: str, path: str = "title") -> django_filters.CharFilter:
    """Return the search for words in a text of the row."""
    return django_filters.CharFilter(label=label, field_name=path, lookup_expr="icontains", widget=forms.SearchInput)
