"""Narrowing the register of actions."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from committees.models import Unit, User
from governance.enums import ActionState, Cause
from governance.filters.common import of_committee, with_words
from governance.models import Action

LATE = "sena"
OPEN = "oppna"


class ActionFilter(django_filters.FilterSet):
    """Actions by committee, unit, owner, state, lateness, cause and words."""

    namnd = of_committee("committee")
    enhet = django_filters.ModelChoiceFilter(
        label="Enhet", field_name="unit", queryset=Unit.objects.all(), to_field_name="code", empty_label="Alla"
    )
    ansvarig = django_filters.ModelChoiceFilter(
        label="Ansvarig",
        field_name="owner",
        queryset=User.objects.filter(actions_owned__isnull=False).distinct().order_by("username"),
        to_field_name="username",
        empty_label="Alla",
    )
    lage = django_filters.ChoiceFilter(
        label="Läge",
        method="in_state",
        choices=[(OPEN, "Öppna"), (LATE, "Försenade"), *ActionState.choices],
        empty_label="Alla",
    )
    orsak = django_filters.ChoiceFilter(label="Orsak", field_name="cause", choices=Cause.choices, empty_label="Alla")
    sok = with_words("Sök i åtgärden")

    class Meta:
        model = Action
        fields: tuple[str, ...] = ()

    def in_state(self, actions: QuerySet[Action], name: str, value: str) -> QuerySet[Action]:
        """Return those in the state, or those that are open or late."""
        del name
        still_open = actions.filter(state__in=ActionState.open())
        chosen: dict[str, Any] = {OPEN: still_open, LATE: still_open.filter(due__lt=timezone.localdate())}
        found = chosen.get(value, actions.filter(state=value))
        return found if isinstance(found, QuerySet) else actions
