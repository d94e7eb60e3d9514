"""The register of steering documents and agreements."""

from __future__ import annotations

import django_tables2 as tables
from django.utils import timezone

from governance.models import SteeringDocument
from governance.selectors.documents import age_in_years, findings


class DocumentTable(tables.Table):
    """Documents with who decided them when, and what is wrong with them today."""

    title = tables.Column(verbose_name="Titel", linkify=("steering_document", {"pk": tables.A("pk")}))
    kind = tables.Column(verbose_name="Slag")
    decided_by = tables.Column(verbose_name="Beslutat av", order_by=("decided_by__name",), empty_values=())
    decided_on = tables.DateColumn(verbose_name="Beslutat", format="Y-m-d", default="saknas")
    age = tables.Column(verbose_name="Ålder", empty_values=(), order_by=("-decided_on",))
    review_by = tables.DateColumn(verbose_name="Ses över senast", format="Y-m-d", default="–")
    flaws = tables.Column(verbose_name="Att åtgärda", empty_values=(), orderable=False)

    class Meta:
        model = SteeringDocument
        fields = ("title", "kind", "decided_by", "decided_on", "age", "review_by", "flaws")
        attrs = {"caption": "Styrdokument och avtal"}

    def render_decided_by(self, record: SteeringDocument) -> str:
        """Return the deciding body, whichever it is."""
        return decided_by(record)

    def value_decided_by(self, record: SteeringDocument) -> str:
        """Return the same in a file."""
        return decided_by(record)

    def render_age(self, record: SteeringDocument) -> str:
        """Return the whole years since the decision."""
        years = age_in_years(record, timezone.localdate())
        return "–" if years is None else f"{years} år"

    def render_flaws(self, record: SteeringDocument) -> str:
        """Return the flaws in a few words each."""
        found = findings(record, timezone.localdate())
        return ", ".join(finding.flaw.label for finding in found) or "–"


def decided_by(document: SteeringDocument) -> str:
    """Return the body that decided, with the paragraph: "Socialnämnden § 11"; "framgår inte" when nobody is named."""
    body = document.decided_by.name if document.decided_by else document.decided_by_name
    return " ".join(part for part in (body or "framgår inte", document.paragraph) if part)
