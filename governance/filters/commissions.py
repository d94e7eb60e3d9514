"""Narrowing the register of commissions."""

from __future__ import annotations

import django_filters
from django import forms

from committees.models import Committee
from governance.enums import CommissionState
from governance.models import Commission


class CommissionFilter(django_filters.FilterSet):
    """Commissions by committee, state and words."""

    namnd = django_filters.ModelChoiceFilter(
        label="Nämnd",
        field_name="parties__committee",
        queryset=Committee.objects.all(),
        to_field_name="code",
        empty_label="Alla",
        distinct=True,
    )
    lage = django_filters.ChoiceFilter(
        label="Läge", field_name="state", choices=CommissionState.choices, empty_label="Alla"
    )
    sok = django_filters.CharFilter(
        label="Sök i uppdraget", field_name="title", lookup_expr="icontains", widget=forms.SearchInput
    )

    class Meta:
        model = Commission
        fields: tuple[str, ...] = ()
