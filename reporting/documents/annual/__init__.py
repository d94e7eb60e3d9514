"""The annual report: data gathered once, and set in chapters."""

from reporting.documents.annual.report import AnnualReport, ReportFault, annual_report

__all__ = ["AnnualReport", "ReportFault", "annual_report"]
