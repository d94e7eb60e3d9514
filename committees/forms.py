"""Forms of the organisation: logging in, passwords, people and their roles."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

from committees.actions.log_in import clear_failures, note_failure, wait_minutes
from committees.enums import Role
from committees.models import Committee, Unit, User
from committees.permissions import Access, Permission


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

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        """Offer the committees that the one who gives the role is administrator of."""
        super().__init__(*args, **kwargs)
        if not access.may_everywhere(Permission.MANAGE_PEOPLE):
            committee = cast("forms.ModelChoiceField[Committee]", self.fields["committee"])
            own = access.committees_with(Permission.MANAGE_PEOPLE)
            committee.queryset = Committee.objects.filter(code__in=own)
            committee.required, committee.help_text = True, ""


class PersonForm(RoleForm):
    """A new log-in with its first role."""

    username = forms.CharField(label="Användarnamn", max_length=150, validators=[UnicodeUsernameValidator()])
    password = forms.CharField(
        label="Första lösenord",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Minst 12 tecken. Be personen byta det efter första inloggningen.",
    )
    field_order = ("username", "password", "role", "committee", "unit")

    def clean_username(self) -> str:
        """Refuse the name of someone who is there already. Raises ValidationError in Swedish."""
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError(f"{name} har redan en inloggning. Ge personen en roll till i stället.")
        return name
