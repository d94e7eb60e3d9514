"""Choosing the measure that something is to move or to be held against."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from committees.models import Unit
from reporting.figures.model import RequestFault
from reporting.figures.requests import request
from reporting.measures.catalogue import measures

_YEAR = 2024
"""Any year will do to ask whether a measure knows a variant."""


def measure_choices() -> list[tuple[str, Any]]:
    """Return the measures by their Swedish names, none first, grouped as the catalogue is."""
    return [("", "Inget mått"), *((one.code, one.name) for one in sorted(measures(), key=lambda one: one.name))]


class MeasureFields(forms.Form):
    """A measure, its variant and the unit it is narrowed to. `clean` gives them as the models keep them, under `measured`."""

    measure = forms.ChoiceField(label="Mått", required=False)
    variant = forms.CharField(
        label="Variant", required=False, max_length=100, help_text="Tomt betyder måttets vanliga sätt att räkna."
    )
    measured_unit = forms.ModelChoiceField(
        label="Bara enheten",
        queryset=Unit.objects.all(),
        to_field_name="code",
        required=False,
        empty_label="Alla enheter",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the catalogue as it is today."""
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = measure_choices()  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Refuse a variant or a unit that the measure does not know, naming those it knows."""
        cleaned = super().clean() or self.cleaned_data
        code, unit = cleaned.get("measure", ""), cleaned.pop("measured_unit", None)
        variant = cleaned.get("variant", "")
        selection = {"enhet": [unit.code]} if unit else {}
        if not code and (variant or unit):
            raise ValidationError({"measure": "Välj också måttet."})
        if code:
            try:
                request(code, year=_YEAR, variant=variant or None, where=selection)
            except RequestFault as fault:
                raise ValidationError({"variant": str(fault)}) from fault
        cleaned["selection"] = selection
        return cleaned
