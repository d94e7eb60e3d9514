"""The register of forums."""

from __future__ import annotations

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.models import Forum
from governance.selectors.forums import keeping


class ForumTable(tables.Table):
    """Forums with how often they are to meet, and whether they do."""

    name = tables.Column(verbose_name="Forum", linkify=("steering_forum", {"pk": tables.A("pk")}))
    committees = tables.ManyToManyColumn(verbose_name="Nämnd", transform=lambda committee: committee.code)
    interval_months = tables.Column(verbose_name="Högst så många månader mellan mötena")
    last = tables.Column(verbose_name="Senaste möte", empty_values=(), orderable=False)
    due = tables.Column(verbose_name="Nästa senast", empty_values=(), orderable=False)

    class Meta:
        model = Forum
        fields = ("name", "committees", "interval_months", "last", "due")
        attrs = {"caption": "Forum för samverkan"}

    def render_last(self, record: Forum) -> str:
        """Return the day of the latest meeting."""
        last = keeping(record, timezone.localdate()).last
        return last.isoformat() if last else "inget möte infört"

    def render_due(self, record: Forum) -> str | SafeString:
        """Return when the forum is to meet next, and that the day has passed."""
        today = timezone.localdate()
        kept = keeping(record, today)
        if kept.due is None:
            return "nedlagt"
        day = kept.due.isoformat()
        return format_html('{} <strong class="late">försenat</strong>', day) if kept.is_late(today) else day
