"""Forms of forums."""

from __future__ import annotations

from typing import Any

from django import forms

from committees.models import Committee
from committees.permissions import Access, Permission
from committees.writing_forms import DateField, LongText


class ForumForm(forms.Form):
    """What the register says of a forum."""

    name = forms.CharField(label="Namn", max_length=200)
    purpose = LongText(label="Syfte", rows=3)
    committees = forms.ModelMultipleChoiceField(
        label="Nämnder", queryset=Committee.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(label="Andra parter", max_length=300, required=False)
    interval_months = forms.IntegerField(
        label="Högst så många månader mellan mötena", min_value=1, max_value=60, initial=3
    )
    start = DateField(label="Från")
    end = DateField(label="Till", required=False, help_text="Fylls i när forumet läggs ner.")

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        """Know whose registers the person keeps."""
        super().__init__(*args, **kwargs)
        self.access = access

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start, and a forum of other committees only."""
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", "Forumet läggs ner innan det börjar.")
        chosen = [committee.code for committee in cleaned.get("committees") or ()]
        if chosen and not any(self.access.may_for(Permission.KEEP_REGISTERS, [code]) for code in chosen):
            self.add_error("committees", "Välj minst en nämnd vars register du för.")
        return cleaned


class MeetingForm(forms.Form):
    """A meeting that was held."""

    held_on = DateField(label="Mötet hölls den")
    minutes = forms.CharField(
        label="Minnesanteckningar",
        max_length=250,
        required=False,
        help_text="Var de finns, till exempel ett diarienummer.",
    )
