"""Narrowing the register of routines."""

from __future__ import annotations

import django_filters
from django import forms

from committees.models import Committee
from governance.models import Routine


class RoutineFilter(django_filters.FilterSet):
    """Routines by committee and words."""

    namnd = django_filters.ModelChoiceFilter(
        label="Nämnd",
        field_name="committee",
        queryset=Committee.objects.all(),
        to_field_name="code",
        empty_label="Alla",
    )
    sok = django_filters.CharFilter(
        label="Sök i rutinen", field_name="name", lookup_expr="icontains", widget=forms.SearchInput
    )

    class Meta:
        model = Routine
        fields: tuple[str, ...] = ()
