"""Narrowing the register of internal control plans."""

from __future__ import annotations

import django_filters

from committees.models import Committee
from governance.enums import PlanState
from governance.models import ControlPlan


class ControlPlanFilter(django_filters.FilterSet):
    """Plans by committee and state."""

    namnd = django_filters.ModelChoiceFilter(
        label="Nämnd",
        field_name="committee",
        queryset=Committee.objects.all(),
        to_field_name="code",
        empty_label="Alla",
    )
    lage = django_filters.ChoiceFilter(label="Läge", field_name="state", choices=PlanState.choices, empty_label="Alla")

    class Meta:
        model = ControlPlan
        fields: tuple[str, ...] = ()
