"""Forms of forums."""

from __future__ import annotations

from typing import Any

from django import forms

from committees.models import Committee, User
from committees.permissions import Access, Permission
from committees.writing_forms import DateField, LongText, RevisedForm
from governance.forms.owning import offer_people, owner_field
from governance.policies import may_keep


class ForumForm(RevisedForm):
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
    owner = owner_field()
    start = DateField(label="Från")
    end = DateField(label="Till", required=False, help_text="Fylls i när forumet läggs ner.")

    def __init__(self, *args: Any, access: Access, owner: User | None = None, read_as: int = 0, **kwargs: Any) -> None:
        """Know whose registers the person keeps; ask for no reason for what is new."""
        super().__init__(*args, read_as=read_as, **kwargs)
        self.access = access
        offer_people(self, access, Permission.KEEP_REGISTERS, now=owner)
        if not read_as:
            del self.fields["why"]

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start, and a forum of other committees only."""
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", "Forumet läggs ner innan det börjar.")
        chosen = cleaned.get("committees")
        if chosen and not may_keep(self.access, chosen):
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
