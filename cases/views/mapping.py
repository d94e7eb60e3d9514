"""Mapping a file of another system: its columns with suggestions, and at once what that makes of its first rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from cases.actions.handing_in import read_by
from cases.actions.profiles import store_profile
from cases.deliveries.findings import FileFault
from cases.deliveries.rules import FileRules
from cases.forms.mapping import ColumnsForm, ProfileForm, ReadingForm, codes_posted
from cases.kinds import Kind, kind_named
from cases.models import MappingProfile, WaitingDelivery, WaitingFile
from cases.profiles.reading import read_profile
from cases.profiles.writing import profile_text
from cases.uploads.looking import Preview, head_of, preview
from cases.uploads.sealing import SealedFile
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.toml_tables import TextFault
from committees.views.guards import needs_everywhere


@dataclass
class _Mapping:
    """What the page knows of one file."""

    reading: ReadingForm
    columns: ColumnsForm
    rules: FileRules
    sheets: tuple[str, ...]


@require_http_methods(["GET", "POST"])
@cache_control(no_store=True, private=True)
@needs_everywhere(Permission.DELIVER)
def source_mapping(request: UserRequest, pk: int, file: int) -> HttpResponse:
    """Show the file's columns and what is made of them; save what is said as a profile."""
    waiting = get_object_or_404(WaitingDelivery.objects.visible_to(request.user).select_related("profile"), pk=pk)
    one = get_object_or_404(waiting.files.exclude(kind=""), pk=file)
    if waiting.files_are_gone:
        messages.error(request, "Filerna är borttagna. Lämna in dem igen.")
        return redirect("source_waiting", pk=pk)
    kind = kind_named(one.kind)
    begun_with = read_profile(waiting.profile.text) if waiting.profile else None
    naming = ProfileForm(
        request.POST if request.POST.get("gor") == "spara" else None,
        initial={"name": begun_with.name, "system": begun_with.system} if begun_with else None,
    )
    shown = {"waiting": waiting, "file": one, "naming": naming}
    try:
        mapping = _mapping(request, one, kind, begun_with.rules(kind.name) if begun_with else FileRules(kind.name))
    except (FileFault, OSError) as fault:
        if isinstance(fault, FileFault) and fault.check == "sie_profile":
            return redirect("source_accounts", pk=pk, file=file)
        said = fault.expected if isinstance(fault, FileFault) else "en fil som går att öppna."
        return render(request, "cases/source_mapping.html", {**shown, "unreadable": said})
    if naming.is_bound and naming.is_valid() and save_mapping(request, waiting, mapping.rules, naming):
        return redirect("source_waiting", pk=pk)
    made = preview(SealedFile(one.place), kind, mapping.rules, timezone.localdate())
    shown |= {"mapping": mapping, "preview": made, "coded": _coded(made, mapping.rules)}
    template = "cases/parts/mapping_preview.html" if request.htmx else "cases/source_mapping.html"
    return render(request, template, shown)


def _mapping(request: UserRequest, file: WaitingFile, kind: Kind, stands: FileRules) -> _Mapping:
    """Put together what is posted, or on a first look what the profile says and the headers suggest."""
    posted = request.POST if request.method == "POST" else None
    stands = replace(stands, kind=kind.name)
    reading = ReadingForm.of(posted, stands)
    rules = reading.applied_to(stands)
    head = head_of(SealedFile(file.place), rules)
    read_anew = request.POST.get("gor") == "las-om"  # other headers: what was chosen for the former ones says nothing
    columns = ColumnsForm(None if read_anew else posted, head, kind, stands)
    codes = codes_posted(posted, kind) if posted is not None else stands.codes
    return _Mapping(reading, columns, replace(rules, columns=columns.columns(), codes=codes), head.sheets)


def save_mapping(request: UserRequest, waiting: WaitingDelivery, rules: FileRules, naming: ProfileForm) -> bool:
    """Store the profile and let the files be read by it; False, with the faults in the form, when it cannot be."""
    name = naming.cleaned_data["name"]
    known = MappingProfile.objects.latest_versions().filter(name=name).first() or waiting.profile
    text = profile_text(
        name=name, system=naming.cleaned_data["system"], rules=rules, before=known.text if known else ""
    )
    try:
        profile = store_profile(text=text, by=request.user)
    except TextFault as fault:
        for one in fault.faults:
            naming.add_error(None, one.text)
        return False
    read_by(waiting=waiting, profile=profile, by=request.user)
    messages.success(request, f"Profilen {profile} är sparad. Kontrollera filerna med den.")
    return True


def _coded(made: Preview, rules: FileRules) -> list[dict[str, object]]:
    """What the page asks of codes: for each column its words, those that have a code first."""
    found = []
    for column in made.columns:
        given = rules.codes.get(column.field, {})
        words = [*given.items(), *((word, "") for word in made.words.get(column.field, ()))]
        if words:
            found.append({"column": column, "words": words, "choices": made.choices.get(column.field, [])})
    return found
