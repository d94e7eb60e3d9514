"""Tables of the organisation."""

from __future__ import annotations

import django_tables2 as tables

from committees.models import CaseAccess


class CaseAccessTable(tables.Table):
    """Who was shown how many cases, of what and when. The cases themselves stay in the log."""

    at = tables.DateTimeColumn(verbose_name="När", format="Y-m-d H:i")
    user = tables.Column(verbose_name="Person", accessor="user__username")
    purpose = tables.Column(verbose_name="Vad")
    measure = tables.Column(verbose_name="Mått")
    committees = tables.ManyToManyColumn(verbose_name="Nämnd", transform=lambda committee: committee.code)
    shown = tables.Column(
        verbose_name="Ärenden", orderable=False, attrs={"td": {"class": "number"}, "th": {"class": "number"}}
    )
    snapshot = tables.Column(verbose_name="Underlag", orderable=False)

    class Meta:
        model = CaseAccess
        fields = ("at", "user", "purpose", "measure", "committees", "shown", "snapshot")
        attrs = {"caption": "Läsningar"}

    def render_shown(self, value: list[str]) -> int:
        """Return how many cases were shown."""
        return len(value)

    def render_snapshot(self, value: str) -> str:
        """Return the snapshot's hash as a reader sees it."""
        return f"{value[:4]}…{value[-4:]}"
