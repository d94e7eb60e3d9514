"""Filters of the lists of the organisation."""

from __future__ import annotations

import django_filters
from django import forms

from committees.enums import CasePurpose
from committees.models import CaseAccess, Committee


class CaseAccessFilter(django_filters.FilterSet):
    """The log of looks at cases, by person, committee, kind and day."""

    person = django_filters.CharFilter(label="Person", field_name="user__username", lookup_expr="icontains")
    namnd = django_filters.ModelChoiceFilter(
        label="Nämnd",
        field_name="committees",
        queryset=Committee.objects.all(),
        to_field_name="code",
        empty_label="Alla",
    )
    vad = django_filters.ChoiceFilter(
        label="Vad", field_name="purpose", choices=CasePurpose.choices, empty_label="Allt"
    )
    fran = django_filters.DateFilter(
        label="Från dag",
        field_name="at",
        lookup_expr="date__gte",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = CaseAccess
        fields: tuple[str, ...] = ()
