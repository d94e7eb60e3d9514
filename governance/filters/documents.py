"""Narrowing the register of steering documents."""

from __future__ import annotations

import django_filters
from django import forms

from committees.models import Committee
from governance.enums import DocumentKind
from governance.models import SteeringDocument


class DocumentFilter(django_filters.FilterSet):
    """Documents by committee, kind and words."""

    namnd = django_filters.ModelChoiceFilter(
        label="Nämnd",
        field_name="committees",
        queryset=Committee.objects.all(),
        to_field_name="code",
        empty_label="Alla",
        distinct=True,
    )
    slag = django_filters.ChoiceFilter(
        label="Slag", field_name="kind", choices=DocumentKind.choices, empty_label="Alla"
    )
    sok = django_filters.CharFilter(
        label="Sök i titeln", field_name="title", lookup_expr="icontains", widget=forms.SearchInput
    )

    class Meta:
        model = SteeringDocument
        fields: tuple[str, ...] = ()
