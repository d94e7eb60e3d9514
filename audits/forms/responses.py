"""Forms of what becomes of a recommendation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from audits.enums import CommitteeStatus, Position, VerifiedStatus
from audits.models import Audit, Recommendation
from committees.models import User
from committees.writing_forms import DateField, LongText, RevisedForm
from governance.forms.measured import MeasureFields
from governance.models import Action


class ResponseForm(RevisedForm):
    """The committee's answer."""

    position = forms.ChoiceField(
        label="Nämndens ståndpunkt", choices=[("", "Inte bestämd än"), *Position.choices], required=False
    )
    text = LongText(label="Svar", help_text="Vad nämnden anser och vad den gör åt det.")
    owner = forms.ModelChoiceField(
        label="Ansvarig", queryset=User.objects.none(), required=False, empty_label="Ingen än"
    )
    due = DateField(label="Klart senast", required=False)
    decided_on = DateField(label="Nämndens beslut om svaret", required=False)
    paragraph = forms.CharField(label="Paragraf", max_length=20, required=False, help_text="Till exempel § 57.")

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        """Offer the committee's people."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField


class StatusForm(RevisedForm):
    """How far the committee says it has come."""

    status = forms.ChoiceField(label="Nämndens status", choices=CommitteeStatus.choices)
    text = LongText(label="Om statusen", rows=4, help_text="Behövs om rekommendationen inte genomförs.")


class PromiseForm(MeasureFields):
    """A new action that answers the recommendation."""

    title = forms.CharField(label="Vad ska göras?", max_length=250)
    description = LongText(label="Beskrivning")
    owner = forms.ModelChoiceField(label="Vem ansvarar?", queryset=User.objects.none(), empty_label="Välj en person")
    due = DateField(label="När ska det vara klart?")

    field_order = ("title", "description", "owner", "due", "measure", "variant", "measured_unit")

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        """Offer the committee's people."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["measure"].label = "Vilket mått ska åtgärden påverka?"


class TieForm(forms.Form):
    """An action that the committee already has."""

    action = forms.ModelChoiceField(label="Åtgärd", queryset=Action.objects.none(), empty_label="Välj en åtgärd")

    def __init__(self, *args: Any, actions: QuerySet[Action], **kwargs: Any) -> None:
        """Offer the committee's actions."""
        super().__init__(*args, **kwargs)
        self.fields["action"].queryset = actions  # type: ignore[attr-defined]  # a ModelChoiceField


class RecommendationChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Recommendations with the audit they were made in."""

    def label_from_instance(self, obj: Recommendation) -> str:
        """Return the recommendation as it is known outside its audit."""
        return f"{obj.audit}: {obj}"


class CiteForm(forms.Form):
    """A recommendation that caused a commission."""

    recommendation = RecommendationChoice(
        label="Rekommendation", queryset=Recommendation.objects.none(), empty_label="Välj en rekommendation"
    )

    def __init__(self, *args: Any, recommendations: QuerySet[Recommendation], **kwargs: Any) -> None:
        """Offer these recommendations."""
        super().__init__(*args, **kwargs)
        self.fields["recommendation"].queryset = recommendations  # type: ignore[attr-defined]  # a ModelChoiceField


class ReasonForm(forms.Form):
    """A step that asks for its reason."""

    why = forms.CharField(label="Skäl", required=False, max_length=500)


class VerificationForm(forms.Form):
    """What the auditors have found."""

    status = forms.ChoiceField(label="Verifierad status", choices=VerifiedStatus.choices)
    grounds = LongText(label="Vad bygger ni det på?", required=True)
    audit = forms.ModelChoiceField(label="I granskningen", queryset=Audit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, audits: QuerySet[Audit], **kwargs: Any) -> None:
        """Offer the person's own audits that cover the body."""
        super().__init__(*args, **kwargs)
        self.fields["audit"].queryset = audits  # type: ignore[attr-defined]  # a ModelChoiceField
