"""All models of reporting, for Django. Each is defined in its own room, and the rooms import them from there."""

from reporting.comparison.models import KoladaMunicipality, KoladaValue, Kpi, PeerGroup, PeerGroupMember
from reporting.documents.models import Report, ReportPeriod
from reporting.snapshots.models import DisclosureExemption, SmallNumberLimit, Snapshot

__all__ = [
    "DisclosureExemption",
    "KoladaMunicipality",
    "KoladaValue",
    "Kpi",
    "PeerGroup",
    "PeerGroupMember",
    "Report",
    "ReportPeriod",
    "SmallNumberLimit",
    "Snapshot",
]
