"""Templates of reports: reading, editing and putting in those that come with the application."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs
from committees.views.versioned_texts import VersionForm, as_copy, shown_version, write_version
from committees.views.writing import Writing
from reporting.documents.models import ReportTemplate
from reporting.documents.templates.reading import content_of
from reporting.documents.templates.storing import TEMPLATES, deliver_templates, store_template
from reporting.documents.work.lead_times import lead_times_of

_LEAD = "Mallen skrivs i TOML. Alla fel visas på en gång, med rad, och inget sparas förrän allt stämmer."
_EDITOR = "reporting/report_work_template_edit.html"


@require_GET
@needs(Permission.WRITE_REPORTS)
def report_work_templates(request: UserRequest) -> HttpResponse:
    """Show the templates there are."""
    templates = list(ReportTemplate.objects.prefetch_related("versions"))
    missing = TEMPLATES.delivered_codes() - {template.code for template in templates}
    context = {"templates": templates, "missing": missing, "may_make": request.access.may(Permission.MAKE_REPORTS)}
    return render(request, "reporting/report_work_templates.html", context)


@require_POST
@needs(Permission.MAKE_REPORTS)
def report_work_deliver(request: UserRequest) -> HttpResponse:
    """Put in the templates that come with the application."""
    deliver_templates()
    messages.success(request, "Mallarna är inlagda.")
    return redirect("report_work_templates")


@require_GET
@needs(Permission.WRITE_REPORTS)
def report_work_template(request: UserRequest, code: str) -> HttpResponse:
    """Show a template, or with `?version=` an earlier version of it, and how it differs from another (`?jamfor=`)."""
    template = get_object_or_404(ReportTemplate, code=code)
    versions = list(template.versions.select_related("by").order_by("-number"))
    shown = shown_version(versions, number=request.GET.get("version"), against=request.GET.get("jamfor"))
    content = content_of(shown.version)
    context = {
        "template": template,
        "shown": shown,
        "content": content,
        "lead_times": lead_times_of(content),
        "address": reverse("report_work_template", args=[code]),
        "may_make": request.access.may(Permission.MAKE_REPORTS),
    }
    return render(request, "reporting/report_work_template.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_REPORTS)
def report_work_template_edit(request: UserRequest, code: str) -> HttpResponse:
    """Write the next version of a template; reports that have begun keep theirs."""
    template = get_object_or_404(ReportTemplate, code=code)
    latest = template.versions.order_by("-number")[0]
    first = {"text": latest.text, "read_as": latest.number}
    form = VersionForm(request.POST or None, request.FILES or None, initial=first)

    def save(values: dict[str, Any]) -> str:
        stored = store_template(
            of=template, by=request.user, text=values["text"], note=values["note"], read_as=values["read_as"] or 0
        )
        if stored.pk == latest.pk:
            return "Ingenting är ändrat."
        return f"Version {stored.number} är sparad. Rapporter som redan är upplagda behåller sin version."

    back = reverse("report_work_template", args=[template.code])
    writing = Writing(
        "Ändra mallen", "Spara en ny version", back, template.title, _LEAD, template=_EDITOR, multipart=True
    )
    return write_version(request, form, writing, save)


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_REPORTS)
def report_work_template_copy(request: UserRequest, code: str) -> HttpResponse:
    """Write a new template that begins as a copy of another, which stays as it is."""
    template = get_object_or_404(ReportTemplate, code=code)
    latest = template.versions.order_by("-number")[0]
    form = VersionForm(request.POST or None, request.FILES or None, initial={"text": as_copy(latest.text)})

    def save(values: dict[str, Any]) -> str:
        note = values["note"] or f"Kopia av ”{template.title}”, version {latest.number}"
        stored = store_template(by=request.user, text=values["text"], note=note)
        return f"Mallen ”{stored.template}” är sparad och kan väljas när en rapport läggs upp."

    back = reverse("report_work_templates")
    lead = f"Mallen börjar som en kopia av ”{template.title}”. Ge den en egen kod och titel. {_LEAD}"
    writing = Writing("Ny mall", "Spara mallen", back, "Rapportmallar", lead, template=_EDITOR, multipart=True)
    return write_version(request, form, writing, save)
