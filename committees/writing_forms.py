"""What forms for longer work have in common: days, long texts, reasons, and the revision they were written upon."""

from __future__ import annotations

from typing import Any

from django import forms


class DateField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, *, label: str, required: bool = True, help_text: str = "") -> None:
        """Show the day as 2024-01-31."""
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=required, help_text=help_text, widget=widget)


class LongText(forms.CharField):
    """Text over several lines."""

    def __init__(self, *, label: str, required: bool = False, help_text: str = "", rows: int = 5) -> None:
        """Show a box of so many lines."""
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, required=required, help_text=help_text, widget=widget)


class WhyForm(forms.Form):
    """The reason for a change. Whether one is needed is for the action to say."""

    why = forms.CharField(
        label="Skäl till ändringen",
        required=False,
        max_length=500,
        help_text="Behövs när en bedömning eller ett datum som redan är satt ändras.",
    )


class RevisedForm(WhyForm):
    """A form for what several people may be writing at once; `read_as` is the revision it was written upon."""

    read_as = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, read_as: int = 0, **kwargs: Any) -> None:
        """Carry the revision along."""
        super().__init__(*args, **kwargs)
        self.fields["read_as"].initial = read_as
        self.order_fields([name for name in self.fields if name != "why"])

    def clean_read_as(self) -> int:
        """Return the revision as a number: 0 when there was nothing yet."""
        return int(self.cleaned_data.get("read_as") or 0)
