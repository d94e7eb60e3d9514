"""Pages of documents that are kept in versions: one version with what it changed, and the form where the next is written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from committees.versioned_texts import TextOvertaken, Version
from committees.views.writing import Writing, write, write_upon

_LONGEST = 200_000
_KINDS = {"+": "added", "-": "removed", "@": "gap"}


class VersionForm(forms.Form):
    """The next version of a text, written in the page or chosen as a file, and what was changed."""

    read_as = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label="Texten som TOML",
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "class": "code"}),
        strip=False,
        required=False,
        max_length=_LONGEST,
    )
    file = forms.FileField(
        label="Eller välj en fil", required=False, help_text="En fil som du har valt används i stället för texten ovan."
    )
    note = forms.CharField(label="Vad som ändrats", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Let the chosen file be the text, in the form too, so that what is wrong can be put right there."""
        cleaned = super().clean() or {}
        chosen = cleaned.pop("file", None)
        if chosen is not None:
            text = self._read(chosen)
            posted = cast("QueryDict", self.data).copy()
            posted["text"] = cleaned["text"] = text
            self.data = posted
            self.errors.pop("text", None)
        if not self.errors and not cleaned["text"].strip():
            self.add_error("text", "Skriv texten eller välj en fil.")
        return cleaned

    def _read(self, chosen: UploadedFile) -> str:
        content: bytes = chosen.read(4 * _LONGEST + 1)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", "Filen kan inte läsas. Spara den som text med teckenkodningen UTF-8.")
            return str(self.cleaned_data.get("text", ""))
        if len(text) > _LONGEST:
            self.add_error("file", f"Filen är för lång: högst {_LONGEST} tecken.")
            return str(self.cleaned_data.get("text", ""))
        return text


@dataclass(frozen=True)
class ShownVersion(Generic[Version]):
    """One version as a page shows it: `changes` are its lines against those of `against`, None when there is none before it."""

    version: Version
    versions: Sequence[Version]
    against: Version | None
    changes: Sequence[tuple[str, str]]

    @property
    def is_latest(self) -> bool:
        """Whether no later version has come."""
        return self.version.number == self.versions[0].number

    @property
    def others(self) -> list[Version]:
        """The versions that this one may be compared with."""
        return [one for one in self.versions if one.number != self.version.number]


def shown_version(
    versions: Sequence[Version], *, number: int | str | None, against: int | str | None
) -> ShownVersion[Version]:
    """Return a version of those given, newest first, with how it differs from another: the one before unless one is asked for.

    Raises Http404 when a number is not among them.
    """
    version = _numbered(versions, number) if number else versions[0]
    before = next((one for one in versions if one.number == version.number - 1), None)
    other = _numbered(versions, against) if against else before
    return ShownVersion(version, versions, other, changed_lines(other.text, version.text) if other else [])


def _numbered(versions: Sequence[Version], number: int | str) -> Version:
    for one in versions:
        if str(one.number) == str(number):
            return one
    raise Http404


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    """Return the changed lines with a little around them, each with what it is: "added", "removed", "same" or "gap"."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    # The first two lines name the files that are compared, of which there are none.
    return [
        (_KINDS.get(line[:1], "same"), "" if line.startswith("@") else line[1:])
        for place, line in enumerate(lines)
        if place > 1
    ]


def write_version(
    request: HttpRequest, form: VersionForm, writing: Writing, save: Callable[[dict[str, Any]], str | None]
) -> HttpResponse:
    """Show the form or store what it says, as `write` does; when somebody else saved first, show both texts (status 409)."""
    try:
        return write(request, form, writing, save)
    except TextOvertaken as fault:
        write_upon(form, fault.latest.number)
        form.add_error(None, str(fault))
        theirs = [(f"Version {fault.latest.number}", fault.latest.text)]
        return render(request, writing.template, {"form": form, "writing": writing, "theirs": theirs}, status=409)


def as_copy(text: str) -> str:
    """Return the text with a code and a title of its own to begin from."""
    text = re.sub(r'^(kod\s*=\s*")([^"]*)"', r'\1\2-egen"', text, count=1, flags=re.MULTILINE)
    return re.sub(r'^(titel\s*=\s*")([^"]*)"', r'\1\2, egen"', text, count=1, flags=re.MULTILINE)
