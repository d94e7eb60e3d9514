"""Forms of organisation inquiries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from committees.models import Committee, User
from committees.permissions import Access, Permission
from committees.writing_forms import DateField, LongText, RevisedForm
from governance.forms.owning import offer_people, owner_field
from governance.models import Criterion
from governance.policies import may_keep
from governance.selectors.inquiries import steps_of


class InquiryForm(RevisedForm):
    """What is said of the inquiry itself."""

    title = forms.CharField(label="Utredning", max_length=250)
    question = LongText(label="Fråga", rows=3)
    committees = forms.ModelMultipleChoiceField(
        label="Nämnder", queryset=Committee.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    conclusion = LongText(label="Slutsats")
    source = forms.CharField(label="Källa", max_length=300, required=False)
    decided_on = DateField(label="Datum", required=False)
    owner = owner_field()
    volume = forms.DecimalField(
        label="Antal som kostnaden räknas för", required=False, min_value=0, max_digits=12, decimal_places=2
    )
    volume_unit = forms.CharField(
        label="Vad antalet räknar", max_length=60, required=False, help_text="Till exempel platser."
    )

    def __init__(self, *args: Any, access: Access, owner: User | None = None, read_as: int = 0, **kwargs: Any) -> None:
        """Know whose registers the person keeps; ask for no reason for what is new."""
        super().__init__(*args, read_as=read_as, **kwargs)
        self.access = access
        offer_people(self, access, Permission.KEEP_REGISTERS, now=owner)
        if not read_as:
            del self.fields["why"]

    def clean_committees(self) -> Iterable[Committee]:
        """Refuse an inquiry of other committees only."""
        chosen: Iterable[Committee] = self.cleaned_data["committees"]
        if not may_keep(self.access, chosen):
            raise forms.ValidationError("Välj minst en nämnd vars register du för.")
        return chosen


class PartForm(RevisedForm):
    """A part of an inquiry, which several may be writing; no reason is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave the reason out: what was changed is in the log."""
        super().__init__(*args, **kwargs)
        del self.fields["why"]


class AlternativeForm(PartForm):
    """One way to organise."""

    number = forms.CharField(label="Nummer", max_length=10)
    name = forms.CharField(label="Alternativ", max_length=250)
    description = LongText(label="Beskrivning")
    measures = LongText(label="Åtgärder som skulle väga upp dess svagheter", rows=3)


class ExclusionForm(PartForm):
    """Whether the inquiry itself took an alternative out."""

    excluded_after = forms.TypedChoiceField(label="Alternativet", coerce=int, empty_value=None, required=False)
    exclusion_motive = LongText(label="Motiv", required=True)

    def __init__(self, *args: Any, matrices: Iterable[int], **kwargs: Any) -> None:
        """Offer the inquiry's matrices."""
        super().__init__(*args, **kwargs)
        choices = [("", "går vidare"), *((str(number), f"avförs efter matris {number}") for number in matrices)]
        self.fields["excluded_after"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class CriterionForm(PartForm):
    """What the alternatives are held against, with its own scale."""

    matrix = forms.IntegerField(label="Matris", min_value=1, max_value=99, initial=1)
    number = forms.IntegerField(label="Nummer", min_value=1, max_value=999)
    name = forms.CharField(label="Kriterium", max_length=250)
    aspects = LongText(label="Delaspekter", rows=3)
    written_scale = LongText(
        label="Skala",
        required=True,
        help_text="Ett steg på varje rad, från sämst till bäst. Skriv ”Nej (utesluter)” om steget utesluter alternativet, "
        "och ”God = 2” om steget är värt 2 i summan.",
    )


class ScoreForm(RevisedForm):
    """An alternative's score on a criterion, and why."""

    label = forms.ChoiceField(label="Poäng")
    motive = LongText(label="Motiv")

    def __init__(self, *args: Any, criterion: Criterion, read_as: int = 0, **kwargs: Any) -> None:
        """Offer the criterion's scale; ask for a reason only where there is a score to change."""
        super().__init__(*args, read_as=read_as, **kwargs)
        labels = [step.label for step in steps_of(criterion)]
        self.fields["label"].choices = [("", "Välj"), *((label, label) for label in labels)]  # type: ignore[attr-defined]  # a ChoiceField
        self.order_fields(["label", "motive"])
        if not read_as:
            del self.fields["why"]


class CostForm(PartForm):
    """What an alternative costs a month. Per place or in total decides the comparison, so nothing is chosen beforehand."""

    name = forms.CharField(label="Kostnad", max_length=200)
    low = forms.DecimalField(label="Lägst, kronor i månaden", min_value=0, max_digits=14, decimal_places=2)
    high = forms.DecimalField(
        label="Högst, kronor i månaden",
        min_value=0,
        max_digits=14,
        decimal_places=2,
        help_text="Samma belopp som det lägsta om kostnaden är känd.",
    )
    per_place = forms.TypedChoiceField(
        label="Beloppet gäller",
        choices=[("", "Välj"), ("plats", "varje plats"), ("totalt", "alternativet totalt")],
        coerce=lambda chosen: chosen == "plats",
    )
    source = forms.CharField(label="Källa", max_length=250, required=False)


class VolumeForm(forms.Form):
    """At how many places the cost is to be compared."""

    antal = forms.DecimalField(label="Antal", required=False, min_value=0, max_digits=12, decimal_places=2)
