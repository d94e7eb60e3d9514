"""Handing in files, and saying what they are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.actions.profiles import profile_named, profile_names
from cases.enums import DeliveredFileKind
from cases.models import MappingProfile, WaitingDelivery
from cases.uploads.receiving import LARGEST, SealedUpload

_MOST_FILES = len(DeliveredFileKind)


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files, each received and sealed already."""

    def clean(self, data: Any, initial: Any = None) -> list[SealedUpload]:
        """Return the files. Raises ValidationError when there are none, too many or an empty one."""
        files = [super(_FilesField, self).clean(file, initial) for file in data or [None]]
        if len(files) > _MOST_FILES:
            raise ValidationError(f"En leverans har högst en fil av varje slag, alltså högst {_MOST_FILES} filer.")
        return files


class HandInForm(forms.Form):
    """The files of one delivery."""

    delivered = _FilesField(
        label="Filer",
        widget=_SeveralFiles(attrs={"accept": ".csv,.xlsx,.se,.si,.sie"}),
        max_length=200,
        help_text=f"CSV, XLSX eller SIE, högst {LARGEST // 1_000_000} MB tillsammans. Heter filen som sitt slag, till exempel "
        "stodmanader.xlsx, känns den igen; annars väljer du slag i nästa steg.",
        error_messages={"required": "Välj minst en fil.", "empty": "En av filerna är tom."},
    )


class WaitingForm(forms.Form):
    """What the files are and how they are read."""

    profile = forms.ChoiceField(
        label="Profil",
        required=False,
        help_text="Väljs när filerna har ett annat systems rubriker och koder.",
    )
    replaces = forms.BooleanField(
        label="Avsluta det som filerna inte längre har",
        required=False,
        help_text="Rader som saknas i filerna avslutas, inom filernas tidsspann. Kryssa bara i när filerna är fullständiga.",
    )

    def __init__(self, data: Any, waiting: WaitingDelivery) -> None:
        """Ask for each file's kind, beginning with what stands."""
        super().__init__(data)
        self._files = list(waiting.files.all())
        names = profile_names()
        choices = self.fields["profile"]
        assert isinstance(choices, forms.ChoiceField)  # noqa: S101 - declared above
        choices.choices = [("", "Ingen, filerna har de vanliga rubrikerna"), *((name, name) for name in names)]
        choices.initial = waiting.profile.name if waiting.profile else ""
        self.fields["replaces"].initial = waiting.replaces
        for file in reversed(self._files):
            kinds = forms.ChoiceField(
                label=f"Slag: {file.name}", choices=[("", "Välj slag"), *DeliveredFileKind.choices], initial=file.kind
            )
            self.fields = {f"kind_{file.pk}": kinds} | self.fields

    @property
    def kinds(self) -> dict[int, str]:
        """The chosen kinds by the files' ids."""
        return {file.pk: self.cleaned_data[f"kind_{file.pk}"] for file in self._files}

    @property
    def chosen_profile(self) -> MappingProfile | None:
        """The chosen profile's latest version."""
        name = self.cleaned_data["profile"]
        return profile_named(name) if name else None
