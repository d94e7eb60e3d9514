"""Forms of actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from committees.models import Committee, RoleAssignment, Unit, User
from committees.permissions import ROLE_PERMISSIONS, Access, Permission
from committees.writing_forms import DateField, LongText, RevisedForm
from governance.enums import Cause
from governance.forms.measured import MeasureFields


def people_of(committees: QuerySet[Committee], day: Any) -> QuerySet[User]:
    """Return those who may answer for something of the committees: they see its steering on the day."""
    roles = [role for role, permissions in ROLE_PERMISSIONS.items() if Permission.SEE_STEERING in permissions]
    holding = RoleAssignment.objects.in_force(day).filter(committee__in=committees, role__in=roles)
    return User.objects.filter(pk__in=holding.values("user"), is_active=True).order_by("username")


class ActionForm(MeasureFields):
    """A new action."""

    committee = forms.ModelChoiceField(label="Nämnd", queryset=Committee.objects.none(), empty_label=None)
    title = forms.CharField(label="Vad ska göras?", max_length=250)
    description = LongText(label="Beskrivning")
    cause = forms.ChoiceField(label="Vad är orsaken?", choices=Cause.choices)
    cause_text = forms.CharField(
        label="Orsaken i klartext",
        required=False,
        max_length=300,
        help_text="Till exempel vilket mål, beslut eller vilken risk.",
    )
    unit = forms.ModelChoiceField(
        label="Enhet", queryset=Unit.objects.all(), required=False, empty_label="Hela nämnden"
    )
    owner = forms.ModelChoiceField(label="Vem ansvarar?", queryset=User.objects.none(), empty_label="Välj en person")
    due = DateField(label="När ska det vara klart?")
    decided_on = DateField(
        label="När beslutades den?",
        required=False,
        help_text="Tomt betyder i dag. Måttets värde tas ur det underlag som fanns den dagen.",
    )

    field_order = (
        "committee", "title", "description", "cause", "cause_text", "unit", "owner", "due", "decided_on", "measure",
        "variant", "measured_unit",
    )  # fmt: skip

    def __init__(self, *args: Any, access: Access, day: Any, **kwargs: Any) -> None:
        """Offer the committees whose actions the person manages, and the people in them."""
        super().__init__(*args, **kwargs)
        own = Committee.objects.filter(code__in=access.committees_with(Permission.MANAGE_ACTIONS))
        self.fields["committee"].queryset = own  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["owner"].queryset = people_of(own, day)  # type: ignore[attr-defined]
        self.fields["measure"].label = "Vilket mått ska åtgärden påverka?"
        self.fields["measure"].help_text = "Värdet när åtgärden beslutades sparas, så att det går att se om det ändras."


class ActionTextForm(RevisedForm):
    """What stands about an action."""

    title = forms.CharField(label="Vad ska göras?", max_length=250)
    description = LongText(label="Beskrivning")
    cause_text = forms.CharField(label="Orsaken i klartext", required=False, max_length=300)


class DueForm(forms.Form):
    """A new date."""

    due = DateField(label="Ny dag")
    why = forms.CharField(label="Varför flyttas den?", max_length=500)


class OwnerForm(forms.Form):
    """Another owner."""

    owner = forms.ModelChoiceField(label="Ny ansvarig", queryset=User.objects.none(), empty_label="Välj en person")
    why = forms.CharField(label="Skäl", max_length=500, required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        """Offer the people of the committee."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField


class ReportForm(forms.Form):
    """What has been done."""

    text = LongText(label="Vad har gjorts, och vad har det lett till?", required=True)


class MoveForm(forms.Form):
    """A step on the way, with its reason where one is needed, and the day something was done."""

    why = forms.CharField(label="Skäl", max_length=500, required=False)
    on = DateField(label="Klar den", required=False, help_text="Tomt betyder i dag.")
