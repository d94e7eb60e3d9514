"""Forms of the register of routines, of a control made from one, and of the coverage matrix."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from committees.models import Committee, User
from committees.permissions import Access, Permission
from committees.writing_forms import DateField, LongText, RevisedForm
from governance.enums import Comparator, Frequency, RiskCategory, RoutineTask
from governance.forms.control import CONSEQUENCES, PROBABILITIES
from governance.forms.measured import MeasureFields
from governance.models import Risk, SteeringDocument


class RoutineForm(MeasureFields, RevisedForm):
    """What the register says of a routine."""

    committee = forms.ModelChoiceField(label="Nämnd", queryset=Committee.objects.none(), empty_label=None)
    code = forms.SlugField(label="Kod", max_length=60, help_text="Ett kort namn utan mellanslag: manadsuppfoljning.")
    name = forms.CharField(label="Vad ska alltid göras?", max_length=250)
    description = LongText(label="Så ska det gå till", rows=3)
    document = forms.ModelChoiceField(
        label="Styrdokument", queryset=SteeringDocument.objects.none(), required=False, empty_label="Inget"
    )

    def __init__(self, *args: Any, access: Access, documents: QuerySet[SteeringDocument], **kwargs: Any) -> None:
        """Offer the committees whose registers the reader keeps, and the documents they may see."""
        super().__init__(*args, **kwargs)
        own = Committee.objects.filter(code__in=access.committees_with(Permission.KEEP_REGISTERS))
        self.fields["committee"].queryset = own  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["measure"].help_text = "Det mått som visar om rutinen följs."
        last = ("measure", "variant", "measured_unit", "read_as")
        del self.fields["why"]
        self.order_fields([*(name for name in self.fields if name not in last), *last])


class PartyForm(forms.Form):
    """Who a document says answers for a task."""

    task = forms.ChoiceField(label="Uppgift", choices=RoutineTask.choices)
    party = forms.CharField(
        label="Vem ansvarar?", max_length=150, help_text="En enhet, en befattning eller en annan part."
    )
    source = forms.CharField(label="Var står det?", max_length=250, required=False)


class DropPartyForm(forms.Form):
    """Why somebody no longer answers for a task."""

    why = forms.CharField(label="Skäl", max_length=500)


class ControlFromForm(forms.Form):
    """A control made from a routine or a criterion, with the risk it watches."""

    title = forms.CharField(label="Vad ska kontrolleras?", max_length=250)
    year = forms.IntegerField(label="Planens år", min_value=2000, max_value=2100)
    risk = forms.ModelChoiceField(
        label="Vilken risk bevakar kontrollen?", queryset=Risk.objects.none(), required=False, empty_label="En ny risk"
    )
    description = LongText(label="Vad kan gå fel?", required=True, rows=2, help_text="Används när risken är ny.")
    category = forms.ChoiceField(label="Riskens kategori", choices=RiskCategory.choices, initial=RiskCategory.LAW)
    probability = forms.TypedChoiceField(label="Sannolikhet", choices=PROBABILITIES, coerce=int, initial=2)
    consequence = forms.TypedChoiceField(label="Konsekvens", choices=CONSEQUENCES, coerce=int, initial=2)
    frequency = forms.ChoiceField(label="Hur ofta?", choices=Frequency.choices, initial=Frequency.YEARLY)
    owner = forms.ModelChoiceField(
        label="Vem ansvarar?", queryset=User.objects.none(), required=False, empty_label="Ingen är utsedd"
    )
    comparator = forms.ChoiceField(label="Måttet ska vara", choices=Comparator.choices, initial=Comparator.AT_LEAST)
    limit = forms.DecimalField(label="Gräns", localize=True, help_text="I måttets enhet.")

    def __init__(
        self, *args: Any, people: QuerySet[User], risks: QuerySet[Risk], measured: bool, **kwargs: Any
    ) -> None:
        """Offer the committee's people and the risks of its drafts; a limit is asked for only where there is a measure."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["risk"].queryset = risks  # type: ignore[attr-defined]  # a ModelChoiceField
        if not measured:
            del self.fields["comparator"], self.fields["limit"]


class CoverageForm(RevisedForm):
    """What settles an aspect of a committee's work."""

    settled_on = DateField(label="Beslutat den", required=False, help_text="Tomt betyder att det inte är beslutat.")
    reference = forms.CharField(label="Beslut eller dokument", max_length=250, required=False)
    document = forms.ModelChoiceField(
        label="Styrdokument", queryset=SteeringDocument.objects.none(), required=False, empty_label="Inget"
    )

    def __init__(self, *args: Any, documents: QuerySet[SteeringDocument], **kwargs: Any) -> None:
        """Offer the documents that the reader may see."""
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]  # a ModelChoiceField
