"""Filters of the registers of audits."""

from __future__ import annotations

import django_filters

from audits.enums import AuditKind, AuditState
from audits.models import Audit
from committees.models import Committee


class AuditFilter(django_filters.FilterSet):
    """Audits by title, audited committee, kind, state and year."""

    titel = django_filters.CharFilter(label="Titel", field_name="title", lookup_expr="icontains")
    namnd = django_filters.ModelChoiceFilter(
        label="Nämnd",
        field_name="bodies__committee",
        queryset=Committee.objects.all(),
        to_field_name="code",
        empty_label="Alla",
    )
    slag = django_filters.ChoiceFilter(label="Slag", field_name="kind", choices=AuditKind.choices, empty_label="Alla")
    lage = django_filters.ChoiceFilter(label="Läge", field_name="state", choices=AuditState.choices, empty_label="Alla")

    class Meta:
        model = Audit
        fields: tuple[str, ...] = ()
