"""Forms of commissions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet

from committees.models import Committee
from committees.permissions import Access, Permission
from committees.writing_forms import DateField, LongText, RevisedForm
from governance.actions.commissions import Party
from governance.enums import CommissionEventKind, PartyRole
from governance.forms.answering import AnsweringFields
from governance.forms.measured import MeasureFields
from governance.forms.owning import offer_people, owner_field
from governance.models import Commission
from governance.selectors.commissions import UnclearDate, last_day_of

_ROLES = (("givers", PartyRole.GIVER), ("receivers", PartyRole.RECEIVER), ("sent_to", PartyRole.SENT_TO))


class CommissionForm(MeasureFields, RevisedForm):
    """What the register says of a commission. `parties` and `due` come out of `clean` as the actions take them."""

    number = forms.CharField(
        label="Nummer", max_length=40, required=False, help_text="Som det står, till exempel # 2.1."
    )
    title = forms.CharField(label="Uppdrag", max_length=250)
    background = LongText(label="Bakgrund")
    purpose = LongText(label="Syfte")
    perspectives = LongText(label="Perspektiv", rows=3)
    givers = forms.ModelMultipleChoiceField(
        label="Nämnder som gav uppdraget",
        queryset=Committee.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    givers_others = forms.CharField(label="Andra som gav det", required=False, help_text="Skilj dem åt med komma.")
    receivers = forms.ModelMultipleChoiceField(
        label="Nämnder som fick uppdraget",
        queryset=Committee.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    receivers_others = forms.CharField(label="Andra som fick det", required=False)
    sent_to = forms.ModelMultipleChoiceField(
        label="Nämnder som får resultatet",
        queryset=Committee.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sent_to_others = forms.CharField(label="Andra som får det", required=False)
    owner = owner_field()
    given_on = DateField(label="Gavs den", required=False)
    due_text = forms.CharField(
        label="Ska redovisas",
        max_length=60,
        required=False,
        help_text="Som det står: Q1 2025, maj 2025 eller 2025-03-31.",
    )
    deliverable = LongText(label="Vad som ska lämnas", rows=3)
    closing = LongText(label="Hur uppdraget ska avslutas", rows=3)
    proposals = LongText(label="Förslag som lämnats", rows=3)
    caused_by = forms.CharField(
        label="Vad som gav upphov till det",
        max_length=300,
        required=False,
        help_text="Ett beslut, ett behov eller en kritik. En rekommendation från revisorerna kopplas på uppdragets sida.",
    )
    follows = forms.ModelChoiceField(
        label="Följer på uppdraget", queryset=Commission.objects.none(), required=False, empty_label="Inget"
    )
    effect_claimed = LongText(label="Vilken effekt det ska få", rows=3)

    def __init__(
        self, *args: Any, access: Access, others: QuerySet[Commission], row: Commission | None = None, **kwargs: Any
    ) -> None:
        """Put the measure after the effect it is to show; `others` are the commissions this one may follow on."""
        read_as = row.revision if row else 0
        super().__init__(*args, read_as=read_as, **kwargs)
        offer_people(self, access, Permission.KEEP_REGISTERS, now=row.owner if row else None)
        self.fields["follows"].queryset = others  # type: ignore[attr-defined]  # a ModelChoiceField
        last = ("effect_claimed", "measure", "variant", "measured_unit", "why", "read_as")
        self.order_fields([*(name for name in self.fields if name not in last), *last])
        self.fields["measure"].label = "Mått som ska visa effekten"
        if not read_as:
            del self.fields["why"]

    def clean_due_text(self) -> str:
        """Refuse a date that cannot be told."""
        text = str(self.cleaned_data["due_text"])
        self.due: dt.date | None = None
        if text:
            try:
                self.due = last_day_of(text)
            except UnclearDate as fault:
                raise forms.ValidationError(str(fault)) from fault
        return text

    def clean(self) -> dict[str, Any]:
        """Give `due` and `parties`; a commission has somebody who was given it."""
        cleaned = super().clean()
        parties: list[Party] = []
        for name, role in _ROLES:
            parties += [(role, committee) for committee in cleaned.pop(name, None) or ()]
            others = str(cleaned.pop(f"{name}_others", None) or "")
            parties += [(role, other.strip()[:150]) for other in others.split(",") if other.strip()]
        if not any(role == PartyRole.RECEIVER for role, _ in parties):
            self.add_error("receivers", "Ange vem som fick uppdraget.")
        return {**cleaned, "parties": parties, "due": getattr(self, "due", None)}


def first_values(commission: Commission) -> dict[str, Any]:
    """Return what the form begins with for a commission that is there."""
    plain = (
        "number", "title", "background", "purpose", "perspectives", "given_on", "due_text", "deliverable", "closing",
        "proposals", "caused_by", "effect_claimed", "measure", "variant", "owner", "follows",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(commission, name) for name in plain}
    values["measured_unit"] = next(iter(commission.selection.get("enhet", [])), None)
    for name, role in _ROLES:
        own = [party for party in commission.parties.all() if party.role == role]
        values[name] = [party.committee for party in own if party.committee is not None]
        values[f"{name}_others"] = ", ".join(party.name for party in own if party.name)
    return values


class CommissionActionForm(AnsweringFields):
    """What is done upon a commission."""

    committee = forms.ModelChoiceField(
        label="Ny åtgärd: i vilken nämnd?", queryset=Committee.objects.none(), empty_label=None, required=False
    )

    field_order = ("action", "committee", "title", "owner", "due")

    def __init__(self, *args: Any, committees: QuerySet[Committee], day: dt.date, **kwargs: Any) -> None:
        """Offer the committees in the commission whose actions the person manages."""
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["committee"].initial = committees.first()
        self.offer_answers(committees, day)

    def clean(self) -> dict[str, Any]:
        """Refuse neither and both."""
        cleaned = super().clean()
        if not self.errors and bool(cleaned["action"]) == bool(cleaned["title"]):
            raise forms.ValidationError("Välj en åtgärd eller lägg upp en ny. Bara ett av dem.")
        return cleaned


class EventForm(forms.Form):
    """Something that happened on the way."""

    kind = forms.ChoiceField(label="Vad", choices=CommissionEventKind.choices)
    on = DateField(label="När")
    text = LongText(label="Vad hände?", required=True)


class DecisionForm(forms.Form):
    """What one committee decided."""

    committee = forms.ModelChoiceField(label="Nämnd", queryset=Committee.objects.none(), empty_label=None)
    decided_on = DateField(label="Beslutat den")
    paragraph = forms.CharField(label="Paragraf", max_length=20)
    text = LongText(label="Beslut", rows=3)

    def __init__(self, *args: Any, committees: QuerySet[Committee], **kwargs: Any) -> None:
        """Offer the committees in the commission."""
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees  # type: ignore[attr-defined]  # a ModelChoiceField


class CommissionMoveForm(forms.Form):
    """A step, with its reason where one is needed."""

    why = forms.CharField(label="Skäl", max_length=500, required=False)
