"""All models of reporting, for Django. Each is defined in its own room, and the rooms import them from there."""

from reporting.comparison.models import KoladaMunicipality, KoladaValue, Kpi, PeerGroup, PeerGroupMember
from reporting.documents.models import (
    BoardReport,
    BoardReportCommittee,
    Meeting,
    MunicipalLeadTimes,
    PartText,
    Report,
    ReportPart,
    ReportPeriod,
    ReportTemplate,
    ReportTemplateVersion,
    ReportWaiver,
)
from reporting.snapshots.models import DisclosureExemption, SmallNumberLimit, Snapshot

__all__ = [
    "BoardReport",
    "BoardReportCommittee",
    "DisclosureExemption",
    "KoladaMunicipality",
    "KoladaValue",
    "Kpi",
    "Meeting",
    "MunicipalLeadTimes",
    "PartText",
    "PeerGroup",
    "PeerGroupMember",
    "Report",
    "ReportPart",
    "ReportPeriod",
    "ReportTemplate",
    "ReportTemplateVersion",
    "ReportWaiver",
    "SmallNumberLimit",
    "Snapshot",
]
