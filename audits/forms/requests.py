"""Asking for evidence and handing it over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from audits.frameworks.model import FrameworkContent
from audits.models import Audit, AuditedBody
from committees.writing_forms import DateField, LongText, RevisedForm
from governance.models import SteeringDocument


class EvidenceRequestForm(RevisedForm):
    """What is asked for, of whom and by when."""

    body = forms.ModelChoiceField(label="Till", queryset=AuditedBody.objects.none(), empty_label=None)
    title = forms.CharField(label="Underlag", max_length=250)
    description = LongText(label="Beskrivning", rows=4)
    question = forms.ChoiceField(label="Fråga", required=False)
    due = DateField(label="Lämnas senast")

    def __init__(self, *args: Any, audit: Audit, content: FrameworkContent, **kwargs: Any) -> None:
        """Offer the audited bodies and the framework's questions."""
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = audit.bodies.select_related("committee")  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["question"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", "Ingen särskild fråga"),
            *((one.number, f"{one.number}. {one.short or one.text}") for one in content.questions),
        ]


class DeliveryForm(forms.Form):
    """What is handed over."""

    text = LongText(label="Svar", rows=4)
    file = forms.FileField(
        label="Fil",
        required=False,
        help_text="Högst 20 MB. Ta bort personnummer och namn på enskilda ur filen först.",
    )
    documents = forms.ModelMultipleChoiceField(
        label="Styrdokument", queryset=SteeringDocument.objects.none(), required=False
    )

    def __init__(self, *args: Any, documents: QuerySet[SteeringDocument], **kwargs: Any) -> None:
        """Offer the steering documents the user may read."""
        super().__init__(*args, **kwargs)
        self.fields["documents"].queryset = documents  # type: ignore[attr-defined]  # a ModelMultipleChoiceField


class RequestMoveForm(forms.Form):
    """A step with a request."""

    why = forms.CharField(label="Skäl", required=False, max_length=500)
