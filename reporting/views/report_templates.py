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
from committees.views.writing import Writing, write
from reporting.documents.models import ReportTemplate, ReportTemplateVersion
from reporting.documents.templates.reading import content_of
from reporting.documents.templates.storing import DELIVERED, TemplateOvertaken, deliver_templates, store_template
from reporting.views.work_forms import TemplateForm


@require_GET
@needs(Permission.WRITE_REPORTS)
def report_work_templates(request: UserRequest) -> HttpResponse:
    """Show the templates there are."""
    templates = list(ReportTemplate.objects.prefetch_related("versions"))
    missing = {path.stem for path in DELIVERED.glob("*.toml")} - {template.code for template in templates}
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
    """Show a template, or with `?version=` an earlier version of it."""
    template = get_object_or_404(ReportTemplate, code=code)
    versions = list(template.versions.select_related("by"))
    asked = request.GET.get("version", str(versions[0].number))
    number = int(asked) if asked.isdecimal() else 0
    version = get_object_or_404(ReportTemplateVersion, template=template, number=number)
    context = {
        "template": template,
        "version": version,
        "versions": versions,
        "content": content_of(version),
        "may_make": request.access.may(Permission.MAKE_REPORTS),
    }
    return render(request, "reporting/report_work_template.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_REPORTS)
def report_work_template_edit(request: UserRequest, code: str) -> HttpResponse:
    """Write the next version of a template; reports that have begun keep theirs."""
    template = get_object_or_404(ReportTemplate, code=code)
    latest = template.versions.order_by("-number")[0]
    form = TemplateForm(request.POST or None, initial={"text": latest.text, "read_as": latest.number})

    def save(values: dict[str, Any]) -> str:
        stored = store_template(of=template, by=request.user, **values)
        return f"Version {stored.number} är sparad. Rapporter som redan är upplagda behåller sin version."

    back = reverse("report_work_template", args=[template.code])
    lead = "Mallen skrivs i TOML. Ett fel i texten visas med sin rad, och inget sparas förrän allt stämmer."
    writing = Writing("Ändra mallen", "Spara en ny version", back, template.title, lead)
    try:
        return write(request, form, writing, save)
    except TemplateOvertaken as fault:
        return _both_shown(request, form, writing, fault)


def _both_shown(request: UserRequest, form: TemplateForm, writing: Writing, fault: TemplateOvertaken) -> HttpResponse:
    """Show the version that somebody else saved above the reader's own text, which is from then on written upon it."""
    posted = request.POST.copy()
    posted["read_as"] = str(fault.latest.number)
    form.data = posted
    form.add_error(None, str(fault))
    theirs = [(f"Version {fault.latest.number}", fault.latest.text)]
    return render(request, writing.template, {"form": form, "writing": writing, "theirs": theirs}, status=409)
