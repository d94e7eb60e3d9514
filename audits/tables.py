"""Tables of audits."""

from __future__ import annotations

import django_tables2 as tables
from django.db.models import Model

from audits.models import Audit


class AuditTable(tables.Table):
    """The audits a reader may read."""

    title = tables.Column(verbose_name="Granskning", linkify=("audit_page", {"pk": tables.A("pk")}))
    kind = tables.Column(verbose_name="Slag")
    firm = tables.Column(verbose_name="Granskare", default="–")
    bodies = tables.Column(verbose_name="Granskade", orderable=False, empty_values=())
    state = tables.Column(verbose_name="Läge")
    overall_grade = tables.Column(verbose_name="Samlad bedömning", default="–")
    report_date = tables.DateColumn(verbose_name="Rapport", format="Y-m-d", default="–")

    class Meta:
        attrs = {"caption": "Granskningar"}
        sequence = ("title", "kind", "firm", "bodies", "state", "overall_grade", "report_date")

    def render_bodies(self, record: Model) -> str:
        """Return the audited bodies by their codes."""
        if not isinstance(record, Audit):
            raise TypeError(f"the table is of audits, not of {record}")
        return ", ".join(body.code for body in record.bodies.all())
