"""Forms of internal control."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from committees.models import Committee, User
from committees.permissions import Access, Permission
from committees.writing_forms import DateField, LongText, RevisedForm
from governance.enums import Comparator, ControlOccasion, ControlOutcome, Frequency, RiskCategory
from governance.forms.measured import MeasureFields
from governance.models import Routine

PROBABILITIES = [(1, "1 Osannolik"), (2, "2 Mindre sannolik"), (3, "3 Möjlig"), (4, "4 Sannolik")]
CONSEQUENCES = [(1, "1 Försumbar"), (2, "2 Lindrig"), (3, "3 Kännbar"), (4, "4 Allvarlig")]


class PlanForm(forms.Form):
    """A new plan."""

    committee = forms.ModelChoiceField(label="Nämnd", queryset=Committee.objects.none(), empty_label=None)
    year = forms.IntegerField(label="År", min_value=2000, max_value=2100)

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        """Offer the committees whose control the person plans."""
        super().__init__(*args, **kwargs)
        own = Committee.objects.filter(code__in=access.committees_with(Permission.MANAGE_CONTROL))
        self.fields["committee"].queryset = own  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["year"].initial = timezone.localdate().year


class PlanMoveForm(forms.Form):
    """A step of a plan, with the decision where it is the decision that is entered."""

    decided_on = DateField(label="Beslutades den")
    paragraph = forms.CharField(label="Paragraf", max_length=20, required=False, help_text="Till exempel § 12.")
    why = forms.CharField(label="Skäl", max_length=500, required=False)


class RiskForm(RevisedForm):
    """What may go wrong, how likely it is and what it would lead to."""

    category = forms.ChoiceField(label="Kategori", choices=RiskCategory.choices)
    description = LongText(label="Vad kan gå fel?", required=True, rows=3)
    source = forms.CharField(label="Källa", max_length=300, required=False)
    probability = forms.TypedChoiceField(label="Sannolikhet", choices=PROBABILITIES, coerce=int)
    consequence = forms.TypedChoiceField(label="Konsekvens", choices=CONSEQUENCES, coerce=int)


class ControlForm(MeasureFields, RevisedForm):
    """How a risk is watched."""

    title = forms.CharField(label="Vad ska kontrolleras?", max_length=250)
    method = LongText(label="Så görs kontrollen", rows=3)
    sample = forms.CharField(label="Urval av ärenden", max_length=250, required=False)
    frequency = forms.ChoiceField(label="Hur ofta?", choices=Frequency.choices)
    owner = forms.ModelChoiceField(
        label="Vem ansvarar?", queryset=User.objects.none(), required=False, empty_label="Ingen är utsedd"
    )
    routine = forms.ModelChoiceField(
        label="Rutin", queryset=Routine.objects.none(), required=False, empty_label="Ingen rutin"
    )
    criterion = forms.CharField(label="Revisionskriterium", max_length=300, required=False)
    comparator = forms.ChoiceField(label="Ska vara", choices=[("", "–"), *Comparator.choices], required=False)
    limit = forms.DecimalField(label="Gräns", required=False, localize=True, help_text="I måttets enhet.")

    def __init__(self, *args: Any, people: QuerySet[User], routines: QuerySet[Routine], **kwargs: Any) -> None:
        """Offer the committee's people and routines, and put the limit after the measure."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["routine"].queryset = routines  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["measure"].help_text = "Med ett mått och en gräns rapporterar kontrollen sig själv."
        last = ("measure", "variant", "measured_unit", "comparator", "limit", "why", "read_as")
        self.order_fields([*(name for name in self.fields if name not in last), *last])


class ResultForm(RevisedForm):
    """What a control showed."""

    occasion = forms.ChoiceField(label="Rapporteras i", choices=ControlOccasion.choices)
    performed_on = DateField(label="Genomförd den")
    checked = forms.IntegerField(label="Antal kontrollerade", min_value=0, required=False)
    deviations = forms.IntegerField(label="Antal som avvek", min_value=0, required=False)
    outcome = forms.ChoiceField(label="Bedömning", choices=ControlOutcome.choices)
    comment = LongText(label="Kommentar")


class DeviationActionForm(forms.Form):
    """What is to be done about a deviation."""

    title = forms.CharField(label="Vad ska göras?", max_length=250)
    owner = forms.ModelChoiceField(label="Vem ansvarar?", queryset=User.objects.none(), empty_label="Välj en person")
    due = DateField(label="När ska det vara klart?")

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        """Offer the committee's people."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
