"""The register of internal control plans."""

from __future__ import annotations

import django_tables2 as tables

from governance.models import ControlPlan


class ControlPlanTable(tables.Table):
    """Plans with how far they have come."""

    year = tables.Column(verbose_name="År", linkify=("steering_control_plan", {"pk": tables.A("pk")}))
    committee = tables.Column(verbose_name="Nämnd")
    state = tables.Column(verbose_name="Läge")
    decided_on = tables.DateColumn(verbose_name="Beslutad", format="Y-m-d", default="–")
    risk_count = tables.Column(verbose_name="Risker", attrs={"td": {"class": "number"}, "th": {"class": "number"}})

    class Meta:
        model = ControlPlan
        fields = ("year", "committee", "state", "decided_on", "risk_count")
        attrs = {"caption": "Internkontrollplaner"}
