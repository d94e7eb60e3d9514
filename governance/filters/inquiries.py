"""Narrowing the register of inquiries."""

from __future__ import annotations

import django_filters

from governance.filters.common import of_committee, with_words
from governance.models import Inquiry


class InquiryFilter(django_filters.FilterSet):
    """Inquiries by committee and words."""

    namnd = of_committee("committees", several=True)
    sok = with_words("Sök i utredningen")

    class Meta:
        model = Inquiry
        fields: tuple[str, ...] = ()
