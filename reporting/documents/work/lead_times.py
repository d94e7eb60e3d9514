"""Which lead times hold for a report: those of its template, or where that has none the municipality's."""

from __future__ import annotations

from reporting.documents.models import MunicipalLeadTimes
from reporting.documents.templates.model import LeadTimes, TemplateContent

DEFAULT = LeadTimes(data_stop=20, text_stop=15, preparation=10, dispatch=5)
"""What holds for a municipality that has said nothing, in working days before the meeting."""


def lead_times_of(content: TemplateContent) -> LeadTimes:
    """Return the lead times of reports from the template: its own before the municipality's."""
    return content.lead_times or municipal_lead_times()


def municipal_lead_times() -> LeadTimes:
    """Return the municipality's lead times. Costs one query."""
    stored = MunicipalLeadTimes.objects.first()
    if stored is None:
        return DEFAULT
    return LeadTimes(stored.data_stop, stored.text_stop, stored.preparation, stored.dispatch)
