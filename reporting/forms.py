"""Forms of reporting."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from committees.models import Committee
from committees.permissions import Access, Permission
from reporting.snapshots.models import Snapshot
from reporting.views.place import last_full_year


class ReportForm(forms.Form):
    """What an annual report is to be about: committees, year, snapshot and registry number."""

    committees = forms.ModelMultipleChoiceField(
        label="Nämnder",
        queryset=Committee.objects.none(),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        help_text="Flera nämnder ger en samlad uppföljning.",
        error_messages={"required": "Välj minst en nämnd."},
    )
    year = forms.IntegerField(label="År", min_value=2000, max_value=2100)
    snapshot = forms.ModelChoiceField(
        label="Underlag",
        queryset=Snapshot.objects.kept().latest_first().defer("manifest"),
        to_field_name="hash",
        empty_label=None,
        help_text="Underlaget låses när rapporten tas fram. Siffrorna kan sedan alltid räknas om ur det.",
    )
    registry_number = forms.CharField(
        label="Diarienummer", max_length=50, required=False, help_text="Till exempel SN 2024/118."
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = access.committees_with(Permission.MAKE_REPORTS)
        committees = cast("forms.ModelMultipleChoiceField[Committee]", self.fields["committees"])
        committees.queryset = Committee.objects.filter(code__in=own)

    def clean(self) -> dict[str, Any]:
        """Refuse a year that is not whole in the snapshot. Raises ValidationError in Swedish."""
        cleaned = super().clean() or {}
        snapshot, year = cleaned.get("snapshot"), cleaned.get("year")
        if snapshot and year and year > last_full_year(snapshot):
            self.add_error(
                "year",
                ValidationError(
                    f"Underlaget sträcker sig till {snapshot.as_of.isoformat()}. Välj {last_full_year(snapshot)} eller "
                    "ett tidigare år, eller ett senare underlag."
                ),
            )
        return cleaned
