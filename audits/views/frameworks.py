"""Frameworks: reading, editing, and seeing what an edit changed."""

from __future__ import annotations

import difflib
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audits.actions.frameworks import DELIVERED, FrameworkOvertaken, deliver_frameworks, store_framework
from audits.forms.frameworks import FrameworkForm
from audits.frameworks.reading import content_of
from audits.models import Framework, FrameworkVersion
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs
from committees.views.writing import Writing, write

_BLANK = """kod = "mitt-ramverk"
titel = "Mitt ramverk"

[skala]
[[skala.grader]]
ord = "Ja"
ordning = 3
[[skala.grader]]
ord = "Delvis"
ordning = 1
[[skala.grader]]
ord = "Nej"
ordning = 0

[[avsnitt]]
rubrik = "Första avsnittet"

[[avsnitt.fragor]]
nummer = "1"
fraga = "Skriv den första frågan här."
"""

_EDITOR = "audits/framework_edit.html"


@require_GET
@needs(Permission.CARRY_OUT_AUDITS)
def audit_frameworks(request: UserRequest) -> HttpResponse:
    """Show the frameworks there are."""
    frameworks = Framework.objects.prefetch_related("versions")
    delivered = {path.stem for path in DELIVERED.glob("*.toml")}
    missing = delivered - {framework.code for framework in frameworks}
    return render(request, "audits/frameworks.html", {"frameworks": frameworks, "missing": missing})


@require_GET
@needs(Permission.CARRY_OUT_AUDITS)
def audit_framework(request: UserRequest, code: str, number: int | None = None) -> HttpResponse:
    """Show one version of a framework, the latest if none is asked for, and what it changed."""
    framework = get_object_or_404(Framework, code=code)
    versions = list(framework.versions.select_related("by").order_by("-number"))
    version = versions[0] if number is None else get_object_or_404(FrameworkVersion, framework=framework, number=number)
    before = next((one for one in versions if one.number == version.number - 1), None)
    context = {
        "framework": framework,
        "version": version,
        "versions": versions,
        "content": content_of(version),
        "changes": _changes(before, version) if before else [],
        "is_latest": version.pk == versions[0].pk,
    }
    return render(request, "audits/framework.html", context)


def _changes(before: FrameworkVersion, after: FrameworkVersion) -> list[tuple[str, str]]:
    """Return the changed lines with a little around them, each with what it is: "added", "removed" or "same"."""
    lines = difflib.unified_diff(before.text.splitlines(), after.text.splitlines(), lineterm="", n=2)
    kinds = {"+": "added", "-": "removed", "@": "gap"}
    return [
        (kinds.get(line[:1], "same"), "" if line.startswith("@") else line[1:])
        for line in lines
        if not line.startswith(("+++", "---"))
    ]


@require_POST
@needs(Permission.CARRY_OUT_AUDITS)
def audit_frameworks_deliver(request: UserRequest) -> HttpResponse:
    """Store the frameworks that come with the application; those that are there already stay as they are."""
    titles = ", ".join(version.framework.title for version in deliver_frameworks())
    messages.success(request, f"De medföljande ramverken finns nu här: {titles}.")
    return redirect("audit_frameworks")


@require_http_methods(["GET", "POST"])
@needs(Permission.CARRY_OUT_AUDITS)
def audit_framework_new(request: UserRequest) -> HttpResponse:
    """Write a new framework."""
    form = FrameworkForm(request.POST or None, initial={"text": _BLANK})

    def save(fields: dict[str, Any]) -> str:
        version = store_framework(text=fields["text"], note=fields["note"], by=request.user)
        return f"”{version.framework}” är sparat. Det går nu att välja när en granskning läggs upp."

    lead = "Skriv ramverket som TOML. Alla fel visas på en gång, med rad."
    back = reverse("audit_frameworks")
    writing = Writing("Nytt ramverk", "Spara ramverket", back, "Ramverk", lead=lead, template=_EDITOR)
    return write(request, form, writing, save)


@require_http_methods(["GET", "POST"])
@needs(Permission.CARRY_OUT_AUDITS)
def audit_framework_edit(request: UserRequest, code: str) -> HttpResponse:
    """Edit a framework: what is saved is a new version, and audits that go on keep theirs."""
    framework = get_object_or_404(Framework, code=code)
    latest = framework.versions.order_by("-number")[:1].get()
    form = FrameworkForm(request.POST or None, initial={"text": latest.text, "read_as": latest.number})

    def save(fields: dict[str, Any]) -> str:
        version = store_framework(
            text=fields["text"],
            note=fields["note"],
            of=framework,
            read_as=fields["read_as"] or 0,
            by=request.user,
        )
        if version.pk == latest.pk:
            return "Ingenting är ändrat."
        return f"Version {version.number} är sparad. Granskningar som pågår behåller den version de började med."

    back = reverse("audit_framework", kwargs={"code": code})
    lead = "Det du sparar blir en ny version. Granskningar som pågår behåller sin."
    name = str(framework)
    writing = Writing("Ändra ramverket", "Spara en ny version", back, name, lead=lead, template=_EDITOR)
    try:
        return write(request, form, writing, save)
    except FrameworkOvertaken as fault:
        return _both_shown(request, form, writing, fault)


def _both_shown(request: UserRequest, form: FrameworkForm, writing: Writing, fault: FrameworkOvertaken) -> HttpResponse:
    """Show the version that somebody else saved above the reader's own text, which is from then on written upon it."""
    posted = request.POST.copy()
    posted["read_as"] = str(fault.latest.number)
    form.data = posted
    form.add_error(None, str(fault))
    theirs = [(f"Version {fault.latest.number}", fault.latest.text)]
    return render(request, writing.template, {"form": form, "writing": writing, "theirs": theirs}, status=409)
