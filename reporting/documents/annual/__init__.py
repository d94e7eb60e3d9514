"""The annual report: data gathered once, set in chapters, laid out as one PDF."""

from reporting.documents.annual.pages import Edition, document_of, edition_of, render
from reporting.documents.annual.report import AnnualReport, ReportFault, annual_report

__all__ = ["AnnualReport", "Edition", "ReportFault", "annual_report", "document_of", "edition_of", "render"]
