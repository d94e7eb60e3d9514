"""The register of actions."""

from __future__ import annotations

import datetime as dt

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.enums import ActionState
from governance.models import Action


class ActionTable(tables.Table):
    """Actions with who, when and how far; what is late says so in words."""

    title = tables.Column(verbose_name="Åtgärd", linkify=("steering_action", {"pk": tables.A("pk")}))
    committee = tables.Column(verbose_name="Nämnd", accessor="committee__code")
    unit = tables.Column(verbose_name="Enhet", default="–")
    owner = tables.Column(verbose_name="Ansvarig", accessor="owner__username")
    due = tables.DateColumn(verbose_name="Klar senast", format="Y-m-d")
    state = tables.Column(verbose_name="Läge")
    cause = tables.Column(verbose_name="Orsak")

    class Meta:
        model = Action
        fields = ("title", "committee", "unit", "owner", "due", "state", "cause")
        attrs = {"caption": "Åtgärder"}

    def render_due(self, value: dt.date, record: Action) -> str | SafeString:
        """Return the date, and that it has passed."""
        day = value.isoformat()
        if is_late(record, timezone.localdate()):
            return format_html('{} <strong class="late">försenad</strong>', day)
        return day


def is_late(action: Action, day: dt.date) -> bool:
    """Tell whether the action should have been done before the day and is not."""
    return action.state in ActionState.open() and action.due < day
