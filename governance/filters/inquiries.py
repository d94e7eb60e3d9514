"""Narrowing the register of inquiries."""

from __future__ import annotations

import django_filters
from django import forms

from committees.models import Committee
from governance.models import Inquiry


class InquiryFilter(django_filters.FilterSet):
    """Inquiries by committee and words."""

    namnd = django_filters.ModelChoiceFilter(
        label="Nämnd",
        field_name="committees",
        queryset=Committee.objects.all(),
        to_field_name="code",
        empty_label="Alla",
        distinct=True,
    )
    sok = django_filters.CharFilter(
        label="Sök i utredningen", field_name="title", lookup_expr="icontains", widget=forms.SearchInput
    )

    class Meta:
        model = Inquiry
        fields: tuple[str, ...] = ()
