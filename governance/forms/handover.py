"""To whom things are handed over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from committees.models import Committee, User


class HandoverForm(forms.Form):
    """The next owner, of which committee's things, and why."""

    committee = forms.ModelChoiceField(
        label="Vilken nämnds?", queryset=Committee.objects.none(), required=False, empty_label="Alla nämnders"
    )
    owner = forms.ModelChoiceField(label="Ny ansvarig", queryset=User.objects.none(), empty_label="Välj en person")
    why = forms.CharField(label="Varför?", max_length=500, help_text="Till exempel att personen har slutat.")

    def __init__(self, *args: Any, committees: QuerySet[Committee], people: QuerySet[User], **kwargs: Any) -> None:
        """Offer the committees where something is to be handed over, and the people in them."""
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
