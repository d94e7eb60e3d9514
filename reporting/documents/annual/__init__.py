"""The annual report: data gathered once, set in chapters, laid out as one PDF."""

from reporting.documents.annual.pages import document_of, render
from reporting.documents.annual.report import AnnualReport, ReportFault, annual_report

__all__ = ["AnnualReport", "ReportFault", "annual_report", "document_of", "render"]
