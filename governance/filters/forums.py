"""Narrowing the register of forums."""

from __future__ import annotations

import django_filters

from governance.filters.common import of_committee
from governance.models import Forum


class ForumFilter(django_filters.FilterSet):
    """Forums by committee."""

    namnd = of_committee("committees", several=True)

    class Meta:
        model = Forum
        fields: tuple[str, ...] = ()
