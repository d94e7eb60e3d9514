"""Models of reports: the calendar, the templates, reports on their way to a decision, and the PDFs made of them."""

from reporting.documents.models.calendar import Meeting, MunicipalLeadTimes, ReportPeriod
from reporting.documents.models.drafts import DraftChanges, DraftFigures, DraftLook
from reporting.documents.models.editions import Report
from reporting.documents.models.publication import NewerFigures, Publication
from reporting.documents.models.templates import ReportTemplate, ReportTemplateVersion
from reporting.documents.models.work import BoardReport, BoardReportCommittee, PartText, ReportPart, ReportWaiver

__all__ = [
    "BoardReport",
    "BoardReportCommittee",
    "DraftChanges",
    "DraftFigures",
    "DraftLook",
    "Meeting",
    "MunicipalLeadTimes",
    "NewerFigures",
    "PartText",
    "Publication",
    "Report",
    "ReportPart",
    "ReportPeriod",
    "ReportTemplate",
    "ReportTemplateVersion",
    "ReportWaiver",
]
