"""The register of organisation inquiries."""

from __future__ import annotations

import django_tables2 as tables

from governance.models import Inquiry
from governance.selectors.inquiries import weigh

_NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}


class InquiryTable(tables.Table):
    """Inquiries with how many alternatives they weigh, and how much in them does not fit together."""

    title = tables.Column(verbose_name="Utredning", linkify=("steering_inquiry", {"pk": tables.A("pk")}))
    committees = tables.ManyToManyColumn(verbose_name="Nämnd", transform=lambda committee: committee.code)
    decided_on = tables.DateColumn(verbose_name="Datum", format="Y-m-d", default="inget datum")
    weighed = tables.Column(verbose_name="Alternativ", empty_values=(), orderable=False, attrs=_NUMBER)
    warnings = tables.Column(verbose_name="Att se över", empty_values=(), orderable=False, attrs=_NUMBER)

    class Meta:
        model = Inquiry
        fields = ("title", "committees", "decided_on", "weighed", "warnings")
        attrs = {"caption": "Organisationsutredningar"}

    def render_weighed(self, record: Inquiry) -> int:
        """Return how many alternatives there are."""
        return len(record.alternatives.all())

    def render_warnings(self, record: Inquiry) -> int:
        """Return how many things do not fit together."""
        return len(weigh(record).warnings)
