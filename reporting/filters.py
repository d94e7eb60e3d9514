"""Filters of the lists of reporting."""

from __future__ import annotations

import django_filters

from committees.models import Committee
from reporting.documents.models import Report
from reporting.enums import ReportKind, ReportStatus


class ReportFilter(django_filters.FilterSet):
    """Reports by committee, year, kind and how far they have come."""

    namnd = django_filters.ModelChoiceFilter(
        label="Nämnd",
        field_name="committees",
        queryset=Committee.objects.all(),
        to_field_name="code",
        empty_label="Alla",
    )
    ar = django_filters.NumberFilter(label="År", field_name="year")
    slag = django_filters.ChoiceFilter(label="Slag", field_name="kind", choices=ReportKind.choices, empty_label="Alla")
    lage = django_filters.ChoiceFilter(
        label="Läge", field_name="status", choices=ReportStatus.choices, empty_label="Alla"
    )

    class Meta:
        model = Report
        fields: tuple[str, ...] = ()
