"""Asking for a register extract."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.persons import identify, masked


class NeverShownAgain(forms.TextInput):
    """A field whose text is never sent back to the browser, nor kept by it."""

    def __init__(self) -> None:
        """Ask the browser to remember nothing."""
        super().__init__(attrs={"autocomplete": "off", "spellcheck": "false"})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Leave the value out."""
        del value
        return super().get_context(name, None, attrs)


class ExtractForm(forms.Form):
    """Whom the extract is about and the matter it is taken in. What is cleaned is the keyed hash; the number goes no further."""

    person = forms.CharField(
        label="Personnummer, samordningsnummer eller lokalt id",
        max_length=60,
        widget=NeverShownAgain,
        help_text="Numret görs om till en pseudonym och sparas inte. Det visas inte igen.",
    )
    reference = forms.CharField(
        label="Diarienummer för begäran",
        max_length=60,
        help_text="Skrivs i läsloggen, så att det går att se varför utdraget togs fram.",
    )

    def clean_person(self) -> str:
        """Return the keyed hash. Raises ValidationError, without the number, when it cannot be one."""
        identity = identify(self.cleaned_data["person"], timezone.localdate())
        if identity.fault:
            raise ValidationError(f"Skriv {identity.fault}.")
        return identity.key

    def clean_reference(self) -> str:
        """Refuse a personal number where it would be kept."""
        text: str = self.cleaned_data["reference"]
        if masked(text) != text:
            raise ValidationError("Här får det inte stå något personnummer.")
        return text
