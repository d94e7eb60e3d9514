"""The mapping profiles: which there are, what each version reads, and bringing them in and giving them out as TOML."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions.profiles import UnknownProfile, delivered_names, profile_named, store_profile
from cases.deliveries.rules import FileRules
from cases.forms.profiles import ProfileTextForm
from cases.kinds import kind_named
from cases.models import MappingProfile
from cases.profiles.reading import read_profile
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs_everywhere
from committees.views.writing import Writing, write


@require_GET
@needs_everywhere(Permission.DELIVER)
def source_profiles(request: UserRequest) -> HttpResponse:
    """List the newest version of every profile, and those that come with the application and nobody has used."""
    stored = list(MappingProfile.objects.latest_versions().select_related("by").order_by("name"))
    used = dict(MappingProfile.objects.order_by().values_list("name").annotate(Count("deliveries")))
    lines = [(profile, [_kind_label(file) for file in _files(profile)], used[profile.name]) for profile in stored]
    unused = sorted(delivered_names() - {profile.name for profile in stored})
    return render(request, "cases/source_profiles.html", {"lines": lines, "unused": unused})


@require_GET
@needs_everywhere(Permission.DELIVER)
def source_profile(request: UserRequest, name: str) -> HttpResponse:
    """Show what a profile reads as what, in its newest version or with `?version=` an earlier one."""
    profile = _asked_for(request, name)
    read = read_profile(profile.text)
    shown = {
        "profile": profile,
        "description": read.description,
        "files": [_in_words(file) for file in read.files],
        "versions": MappingProfile.objects.filter(name=name).select_related("by").order_by("-version"),
    }
    return render(request, "cases/source_profile.html", shown)


@require_GET
@needs_everywhere(Permission.DELIVER)
def source_profile_file(request: UserRequest, name: str) -> HttpResponse:
    """Give a version of a profile out as TOML."""
    profile = _asked_for(request, name)
    response = HttpResponse(profile.text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{profile.name}.toml"'
    return response


@require_http_methods(["GET", "POST"])
@needs_everywhere(Permission.DELIVER)
def source_profile_new(request: UserRequest) -> HttpResponse:
    """Bring a profile in, from a file or as text; with `?fran=` beginning with one that there is."""
    begun = request.GET.get("fran", "")
    first = _asked_for(request, begun) if begun else None
    initial = {"text": first.text, "read_as": first.version} if first else {"read_as": 0}
    form = ProfileTextForm(request.POST or None, request.FILES or None, initial=initial)

    def save(values: dict[str, Any]) -> str:
        name = read_profile(values["text"]).name
        latest = MappingProfile.objects.latest_versions().filter(name=name).first()
        if begun == name and latest is not None and latest.version > (values["read_as"] or 0):
            raise ValidationError(
                f"{latest} har sparats medan du skrev. Din text står kvar. Öppna den versionen i en annan flik, jämför och "
                "lägg in ändringarna i den."
            )
        return f"Profilen {store_profile(text=values['text'], by=request.user)} är sparad."

    lead = "Profilen skrivs i TOML. Ett fel i texten visas med sin rad, och inget sparas förrän allt stämmer."
    title = f"Ändra profilen {begun}" if begun else "Läs in en profil"
    back = reverse("source_profiles")
    return write(request, form, Writing(title, "Spara", back, "Profiler", lead, multipart=True), save)


def _asked_for(request: UserRequest, name: str) -> MappingProfile:
    version = request.GET.get("version", "")
    if version:
        found = MappingProfile.objects.filter(name=name, version=int(version) if version.isdecimal() else 0).first()
        if found is None:
            raise Http404("Profilen har ingen sådan version.")
        return found
    try:
        return profile_named(name)
    except UnknownProfile as fault:
        raise Http404(str(fault)) from None


def _files(profile: MappingProfile) -> tuple[FileRules, ...]:
    return read_profile(profile.text).files


def _kind_label(rules: FileRules) -> str:
    return kind_named(rules.kind).label


def _in_words(rules: FileRules) -> dict[str, Any]:
    """What the page says of one kind of file."""
    kind = kind_named(rules.kind)
    forms = rules.forms
    reading = [
        ("Blad", rules.sheet),
        ("Rader före rubrikraden", str(rules.skip or "")),
        ("Datum skrivs", forms.dates),
        ("Månader skrivs", forms.months),
        ("Decimaltecken", forms.decimal),
        ("Tusentalstecken", forms.thousands),
    ]
    accounts = []
    if rules.accounts is not None:
        accounts = [
            ("Enhetens dimension", [(rules.accounts.unit_dimension, "")]),
            ("Konton", list(rules.accounts.accounts.leads_to.items())),
            ("Enheter", list(rules.accounts.units.leads_to.items())),
            ("Insatser", list(rules.accounts.activities.leads_to.items())),
        ]
    return {
        "label": kind.label,
        "reading": [(label, value) for label, value in reading if value],
        "columns": [(header, kind.column(name).header if name else "") for header, name in rules.columns.items()],
        "codes": [(kind.column(name).header, list(words.items())) for name, words in rules.codes.items()],
        "accounts": accounts,
    }
