"""Narrowing the register of forums."""

from __future__ import annotations

import django_filters

from committees.models import Committee
from governance.models import Forum


class ForumFilter(django_filters.FilterSet):
    """Forums by committee."""

    namnd = django_filters.ModelChoiceFilter(
        label="Nämnd",
        field_name="committees",
        queryset=Committee.objects.all(),
        to_field_name="code",
        empty_label="Alla",
        distinct=True,
    )

    class Meta:
        model = Forum
        fields: tuple[str, ...] = ()
