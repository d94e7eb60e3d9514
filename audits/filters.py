"""Filters of the registers of audits."""

from __future__ import annotations

import django_filters

from audits.enums import AuditKind, AuditState
from audits.models import Audit
from governance.filters.common import of_committee, with_words


class AuditFilter(django_filters.FilterSet):
    """Audits by title, audited committee, kind, state and year."""

    titel = with_words("Titel")
    namnd = of_committee("bodies__committee")
    slag = django_filters.ChoiceFilter(label="Slag", field_name="kind", choices=AuditKind.choices, empty_label="Alla")
    lage = django_filters.ChoiceFilter(label="Läge", field_name="state", choices=AuditState.choices, empty_label="Alla")

    class Meta:
        model = Audit
        fields: tuple[str, ...] = ()
