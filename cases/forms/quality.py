"""Accepting warnings, and saying when files are expected."""

from __future__ import annotations

from django import forms

from cases.enums import DeliveredFileKind, DeliveryInterval
from cases.models.quality import LONGEST_AFTER
from committees.writing_forms import DateField, LongText


class AcceptanceForm(forms.Form):
    """Why a warning is accepted, and for how long."""

    reason = LongText(
        label="Skäl",
        required=True,
        help_text="Varför varningen inte behöver rättas. Skriv inget om enskilda personer.",
    )
    expires = DateField(
        label="Gäller till och med",
        help_text="Högst ett år. Därefter visas varningarna som vanligt igen. Välj en dag som har varit för att sluta godta dem.",
    )


class ExpectedDeliveryForm(forms.Form):
    """When a kind of file is expected."""

    kind = forms.ChoiceField(label="Fil", choices=DeliveredFileKind)
    system = forms.CharField(
        label="System",
        required=False,
        max_length=60,
        help_text="Som det står i profilen. Tomt: filen räknas varifrån den än kommer.",
    )
    interval = forms.ChoiceField(label="Hur ofta", choices=DeliveryInterval)
    days = forms.IntegerField(
        label="Senast så många dagar efter periodens slut",
        min_value=0,
        max_value=LONGEST_AFTER,
        help_text="15 betyder att filen för mars ska vara inläst senast den 15 april.",
    )
    start = DateField(label="Från och med", help_text="Den första perioden som väntas är den som dagen ligger i.")
    ended = DateField(label="Till och med", required=False, help_text="Tomt så länge filen väntas.")
