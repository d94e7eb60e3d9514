"""The watch list as tables, one for each nearness."""

from __future__ import annotations

import datetime as dt

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.watch import WatchItem


class WatchTable(tables.Table):
    """What is due: when, what, whose, and whether the committee owes it or awaits it."""

    due = tables.DateColumn(verbose_name="Datum", format="Y-m-d")
    title = tables.Column(verbose_name="Vad")
    kind = tables.Column(verbose_name="Slag")
    committee = tables.Column(verbose_name="Nämnd", accessor="committee__code")
    ours = tables.Column(verbose_name="Nämnden")
    owner = tables.Column(verbose_name="Ansvarig", accessor="owner__username", default="–")

    def render_due(self, value: dt.date) -> str:
        """Return the date as all dates of the pages."""
        return value.isoformat()

    def render_kind(self, value: str) -> str:
        """Return the kind as a word that stands alone."""
        return value.capitalize()

    def render_title(self, value: str, record: WatchItem) -> SafeString:
        """Return the title as a link to its page."""
        return format_html('<a href="{}">{}</a>', record.url, value)

    def value_title(self, value: str) -> str:
        """Return the title as a file has it."""
        return value

    def render_ours(self, record: WatchItem) -> str:
        """Return whether the committee owes it or is owed it."""
        return "ska göra" if record.ours else "väntar på"
