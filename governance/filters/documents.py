"""Narrowing the register of steering documents."""

from __future__ import annotations

import django_filters

from governance.enums import DocumentKind
from governance.filters.common import of_committee, with_words
from governance.models import SteeringDocument


class DocumentFilter(django_filters.FilterSet):
    """Documents by committee, kind and words."""

    namnd = of_committee("committees", several=True)
    slag = django_filters.ChoiceFilter(
        label="Slag", field_name="kind", choices=DocumentKind.choices, empty_label="Alla"
    )
    sok = with_words("Sök i titeln")

    class Meta:
        model = SteeringDocument
        fields: tuple[str, ...] = ()
