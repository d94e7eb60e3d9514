"""Asking for a calendar address."""

from __future__ import annotations

from typing import Any

from django import forms

from committees.models import Committee


class FeedForm(forms.Form):
    """Which part of the watch list the calendar is to show."""

    committee = forms.ModelChoiceField(
        label="Vad ska kalendern visa?",
        queryset=Committee.objects.none(),
        required=False,
        empty_label="Det jag själv ansvarar för",
    )

    def __init__(self, *args: Any, committees: list[Committee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["committee"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Committee.objects.filter(pk__in=[committee.pk for committee in committees])


class ReminderForm(forms.Form):
    """Where one's reminders go, and whether one wants any."""

    email = forms.EmailField(label="E-postadress", required=False, help_text="Utan adress skickas inga påminnelser.")
    wanted = forms.BooleanField(label="Jag vill ha påminnelser", required=False)
