"""Frameworks: reading, editing, and seeing what an edit changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audits.actions.frameworks import FRAMEWORKS, deliver_frameworks, store_framework
from audits.frameworks.reading import content_of
from audits.models import Framework
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs
from committees.views.versioned_texts import VersionForm, shown_version, write_version
from committees.views.writing import Writing

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
    missing = FRAMEWORKS.delivered_codes() - {framework.code for framework in frameworks}
    return render(request, "audits/frameworks.html", {"frameworks": frameworks, "missing": missing})


@require_GET
@needs(Permission.CARRY_OUT_AUDITS)
def audit_framework(request: UserRequest, code: str) -> HttpResponse:
    """Show a framework, or with `?version=` an earlier version of it, and how it differs from another (`?jamfor=`)."""
    framework = get_object_or_404(Framework, code=code)
    versions = list(framework.versions.select_related("by").order_by("-number"))
    shown = shown_version(versions, number=request.GET.get("version"), against=request.GET.get("jamfor"))
    context = {
        "framework": framework,
        "shown": shown,
        "content": content_of(shown.version),
        "address": reverse("audit_framework", args=[code]),
    }
    return render(request, "audits/framework.html", context)


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
    form = VersionForm(request.POST or None, request.FILES or None, initial={"text": _BLANK})

    def save(fields: dict[str, Any]) -> str:
        version = store_framework(text=fields["text"], note=fields["note"], by=request.user)
        return f"”{version.framework}” är sparat. Det går nu att välja när en granskning läggs upp."

    lead = "Skriv ramverket som TOML. Alla fel visas på en gång, med rad."
    back = reverse("audit_frameworks")
    writing = Writing("Nytt ramverk", "Spara ramverket", back, "Ramverk", lead=lead, template=_EDITOR, multipart=True)
    return write_version(request, form, writing, save)


@require_http_methods(["GET", "POST"])
@needs(Permission.CARRY_OUT_AUDITS)
def audit_framework_edit(request: UserRequest, code: str) -> HttpResponse:
    """Edit a framework: what is saved is a new version, and audits that go on keep theirs."""
    framework = get_object_or_404(Framework, code=code)
    latest = framework.versions.order_by("-number")[:1].get()
    form = VersionForm(
        request.POST or None, request.FILES or None, initial={"text": latest.text, "read_as": latest.number}
    )

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
    writing = Writing("Ändra ramverket", "Spara en ny version", back, name, lead=lead, template=_EDITOR, multipart=True)
    return write_version(request, form, writing, save)
