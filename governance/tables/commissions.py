"""The register of commissions."""

from __future__ import annotations

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.enums import PartyRole
from governance.models import Commission
from governance.selectors.commissions import is_owed, parties, slippage_days


class CommissionTable(tables.Table):
    """Commissions with who gave them to whom, when they are due and how far they have slipped."""

    title = tables.Column(verbose_name="Uppdrag", linkify=("steering_commission", {"pk": tables.A("pk")}))
    givers = tables.Column(verbose_name="Från", empty_values=(), orderable=False)
    receivers = tables.Column(verbose_name="Till", empty_values=(), orderable=False)
    due = tables.DateColumn(verbose_name="Ska redovisas", format="Y-m-d", default="inget datum")
    slipped = tables.Column(
        verbose_name="Försening, dagar",
        empty_values=(),
        orderable=False,
        attrs={"td": {"class": "number"}, "th": {"class": "number"}},
    )
    state = tables.Column(verbose_name="Läge")

    class Meta:
        model = Commission
        fields = ("title", "givers", "receivers", "due", "slipped", "state")
        attrs = {"caption": "Uppdrag"}

    def render_title(self, record: Commission) -> str:
        """Return the number and the title."""
        return str(record)

    def render_givers(self, record: Commission) -> str:
        """Return who gave it."""
        return ", ".join(parties(record, PartyRole.GIVER)) or "–"

    def render_receivers(self, record: Commission) -> str:
        """Return who was given it."""
        return ", ".join(parties(record, PartyRole.RECEIVER))

    def render_due(self, record: Commission) -> str | SafeString:
        """Return the date, and that it has passed."""
        if record.due is None:
            return "inget datum"
        day = record.due.isoformat()
        if is_owed(record) and record.due < timezone.localdate():
            return format_html('{} <strong class="late">försenat</strong>', day)
        return day

    def render_slipped(self, record: Commission) -> int:
        """Return the days from the first date asked for."""
        return slippage_days(record, timezone.localdate())
