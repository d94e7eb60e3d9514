"""The form of a steering document."""

from __future__ import annotations

from typing import Any

from django import forms

from committees.models import Committee, Unit, User
from committees.permissions import Access, Permission
from committees.writing_forms import DateField, LongText, RevisedForm
from governance.enums import DocumentKind
from governance.forms.owning import offer_people, owner_field
from governance.models import SteeringDocument
from governance.policies import may_keep


class DocumentForm(RevisedForm):
    """What the register says of a document. An unknown date is left empty."""

    title = forms.CharField(label="Titel", max_length=250)
    kind = forms.ChoiceField(label="Slag", choices=DocumentKind.choices)
    committees = forms.ModelMultipleChoiceField(
        label="Nämnder som det gäller", queryset=Committee.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    units = forms.ModelMultipleChoiceField(
        label="Enheter vars arbete det styr",
        queryset=Unit.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Registret ser på enheternas ansvariga nämnd om dokumentet är äldre än organisationen.",
    )
    decided_by = forms.ModelChoiceField(
        label="Beslutat av", queryset=Committee.objects.all(), required=False, empty_label="Någon annan"
    )
    decided_by_name = forms.CharField(
        label="Vem annan?",
        max_length=150,
        required=False,
        help_text="Till exempel kommunfullmäktige eller enhetschefen.",
    )
    decided_on = DateField(label="Beslutat den", required=False, help_text="Tomt om dokumentet saknar datum.")
    paragraph = forms.CharField(label="Paragraf", max_length=20, required=False)
    valid_from = DateField(label="Gäller från", required=False)
    valid_to = DateField(label="Gäller till", required=False)
    review_by = DateField(label="Ses över senast", required=False)
    counterparty = forms.CharField(label="Motpart", max_length=200, required=False, help_text="För avtal.")
    replaced_by = forms.ModelChoiceField(
        label="Ersatt av", queryset=SteeringDocument.objects.none(), required=False, empty_label="Inget"
    )
    owner = owner_field()
    note = LongText(label="Anteckning")

    def __init__(self, *args: Any, access: Access, others: Any, owner: User | None = None, **kwargs: Any) -> None:
        """Offer the documents that may have replaced this one, and the people of the reader's committees."""
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["replaced_by"].queryset = others  # type: ignore[attr-defined]  # a ModelChoiceField
        offer_people(self, access, Permission.KEEP_REGISTERS, now=owner)
        del self.fields["why"]

    def clean(self) -> dict[str, Any]:
        """Refuse what the database would, in words."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decided_by") and cleaned.get("decided_by_name"):
            self.add_error("decided_by_name", "Ange antingen en nämnd eller någon annan, inte båda.")
        if cleaned.get("paragraph") and not cleaned.get("decided_on"):
            self.add_error("decided_on", "Ett beslut med paragraf har också ett datum.")
        start, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", "Dokumentet slutar gälla innan det börjar.")
        chosen = cleaned.get("committees")
        if chosen and not may_keep(self.access, chosen):
            self.add_error("committees", "Välj minst en nämnd vars register du för.")
        return cleaned
