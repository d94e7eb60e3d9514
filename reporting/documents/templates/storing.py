"""Storing report templates: who may write them, what an edit must keep, and those that come with the application."""

from __future__ import annotations

from pathlib import Path

from committees.permissions import Permission
from committees.versioned_texts import Shelf
from reporting.documents.models import ReportTemplate, ReportTemplateVersion
from reporting.documents.templates.model import TemplateContent
from reporting.documents.templates.reading import read

DELIVERED = Path(__file__).parent / "delivered"
"""The templates that come with the application, one file each."""


def _kept(template: ReportTemplate, content: TemplateContent) -> str:
    if (template.code, template.kind) == (content.code, content.kind):
        return ""
    return f"Mallen behåller sin kod och sitt slag: ”{template.code}” och ”{template.kind}”."


TEMPLATES = Shelf(
    documents=ReportTemplate,
    versions=ReportTemplateVersion,
    link="template",
    named="mallen",
    permission=Permission.MAKE_REPORTS,
    read=read,
    fields=lambda content: {"title": content.title, "kind": content.kind},
    kept=_kept,
    delivered=DELIVERED,
)

store_template = TEMPLATES.store
deliver_templates = TEMPLATES.deliver
