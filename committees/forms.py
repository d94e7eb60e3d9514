"""Forms of the organisation: logging in, passwords, people and their roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from committees.actions.log_in import clear_failures, note_failure, wait_minutes
from committees.enums import Role
from committees.models import Committee, Unit


class LogInForm(AuthenticationForm):
    """Name and password; after several failures for a name everyone who tries it has to wait a while."""

    error_messages = {
        "invalid_login": "Namnet och lösenordet hör inte ihop. Kontrollera stavningen och att Caps Lock är av.",
        "inactive": "Inloggningen är avstängd. Kontakta kommunens administratör.",
    }

    def clean(self) -> dict[str, Any]:
        """Refuse while the name must wait, and note a failure. Raises ValidationError in Swedish."""
        name = self.cleaned_data.get("username", "")
        minutes = wait_minutes(name)
        if minutes:
            raise ValidationError(
                f"För många misslyckade försök. Vänta {minutes} minuter och försök igen.", code="wait"
            )
        try:
            cleaned = super().clean()
        except ValidationError:
            note_failure(name)
            raise
        clear_failures(name)
        return cleaned


class RoleForm(forms.Form):
    """A role for a person who has a log-in."""

    role = forms.ChoiceField(label="Roll", choices=Role.choices)
    committee = forms.ModelChoiceField(
        label="Nämnd",
        queryset=Committee.objects.all(),
        required=False,
        empty_label="Hela kommunen",
        help_text="Bara systemförvaltare och administratörer kan ha hela kommunen.",
    )
    unit = forms.ModelChoiceField(
        label="Enhet",
        queryset=Unit.objects.all(),
        required=False,
        empty_label="Alla enheter",
        help_text="Välj en enhet om personen bara ska se den enhetens uppgifter.",
    )


class PersonForm(RoleForm):
    """A new log-in with its first role."""

    username = forms.CharField(label="Inloggningsnamn", max_length=150)
    password = forms.CharField(
        label="Första lösenord",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Minst 12 tecken. Be personen byta det efter första inloggningen.",
    )
    field_order = ("username", "password", "role", "committee", "unit")
