"""Bringing in a profile as text: pasted, written or from a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.profiles.reading import LONGEST_TEXT
from committees.writing_forms import LongText


class ProfileTextForm(forms.Form):
    """A profile's text (TOML), in a file or as it is written. `read_as` is the version it was written upon, 0 for a new one."""

    file = forms.FileField(
        label="Fil",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".toml"}),
        help_text="En profil som en annan kommun har skrivit ut (TOML). Den går före texten nedan.",
    )
    text = LongText(label="Text", rows=24, help_text="Samma namn som en profil som finns ger en ny version av den.")
    read_as = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Return the text, from the file when there is one."""
        said = super().clean() or {}
        file = said.pop("file", None)
        if file is not None:
            if file.size > LONGEST_TEXT:
                raise ValidationError({"file": f"Filen är för stor för en profil: högst {LONGEST_TEXT} byte."})
            try:
                said["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise ValidationError({"file": "Filen ska vara sparad som UTF-8."}) from None
        if not said.get("text", "").strip():
            raise ValidationError("Välj en fil eller skriv profilens text.")
        return said
