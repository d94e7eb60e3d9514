"""Narrowing the register of routines."""

from __future__ import annotations

import django_filters

from governance.filters.common import of_committee, with_words
from governance.models import Routine


class RoutineFilter(django_filters.FilterSet):
    """Routines by committee and words."""

    namnd = of_committee("committee")
    sok = with_words("Sök i rutinen", "name")

    class Meta:
        model = Routine
        fields: tuple[str, ...] = ()
