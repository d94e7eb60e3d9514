"""Answering something with an action: one that is there, or a new one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from committees.models import Committee, User
from committees.writing_forms import DateField
from governance.forms.actions import people_of
from governance.models import Action


class AnsweringFields(forms.Form):
    """The choice of an action, or what, who and when of a new one."""

    action = forms.ModelChoiceField(
        label="Åtgärd som redan finns", queryset=Action.objects.none(), required=False, empty_label="Ingen av dem"
    )
    title = forms.CharField(label="Ny åtgärd: vad ska göras?", max_length=250, required=False)
    owner = forms.ModelChoiceField(
        label="Ny åtgärd: vem ansvarar?", queryset=User.objects.none(), required=False, empty_label="Välj en person"
    )
    due = DateField(label="Ny åtgärd: när ska det vara klart?", required=False)

    def offer_answers(self, committees: Iterable[Committee], day: dt.date) -> None:
        """Offer the committees' actions and people."""
        own = Committee.objects.filter(pk__in=[one.pk for one in committees])
        self.fields["action"].queryset = Action.objects.filter(committee__in=own).order_by("-due")  # type: ignore[attr-defined]
        self.fields["owner"].queryset = people_of(own, day)  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """Refuse a new action without all its three parts."""
        cleaned = super().clean() or self.cleaned_data
        new = {name: cleaned.get(name) for name in ("title", "owner", "due")}
        if any(new.values()):
            for name, value in new.items():
                if not value and name not in self.errors:
                    self.add_error(name, "En ny åtgärd behöver vad, vem och när.")
        return cleaned
