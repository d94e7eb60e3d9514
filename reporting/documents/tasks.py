"""What the worker does in the background."""

from __future__ import annotations

from django_tasks import task

from reporting.documents.actions import render_queued
from reporting.documents.models import Report


@task()
def render_report(report_id: int) -> None:
    """Make the PDF of a queued report."""
    render_queued(Report.objects.select_related("snapshot").get(pk=report_id))
