"""Narrowing the register of commissions."""

from __future__ import annotations

import django_filters

from governance.enums import CommissionState
from governance.filters.common import of_committee, with_words
from governance.models import Commission


class CommissionFilter(django_filters.FilterSet):
    """Commissions by committee, state and words."""

    namnd = of_committee("parties__committee", several=True)
    lage = django_filters.ChoiceFilter(
        label="Läge", field_name="state", choices=CommissionState.choices, empty_label="Alla"
    )
    sok = with_words("Sök i uppdraget")

    class Meta:
        model = Commission
        fields: tuple[str, ...] = ()
