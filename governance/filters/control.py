"""Narrowing the register of internal control plans."""

from __future__ import annotations

import django_filters

from governance.enums import PlanState
from governance.filters.common import of_committee
from governance.models import ControlPlan


class ControlPlanFilter(django_filters.FilterSet):
    """Plans by committee and state."""

    namnd = of_committee("committee")
    lage = django_filters.ChoiceFilter(label="Läge", field_name="state", choices=PlanState.choices, empty_label="Alla")

    class Meta:
        model = ControlPlan
        fields: tuple[str, ...] = ()
