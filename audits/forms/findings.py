"""Writing findings, and commenting on them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from audits.enums import ObservationKind
from audits.frameworks.model import FrameworkContent, Question
from audits.models import Audit, AuditedBody, Recommendation
from committees.models import Committee
from committees.writing_forms import LongText, RevisedForm


class ObservationForm(RevisedForm):
    """Something the auditors saw."""

    kind = forms.ChoiceField(label="Slag", choices=ObservationKind.choices)
    text = LongText(label="Iakttagelse", required=True)
    source = forms.CharField(label="Källa", max_length=300, required=False)
    body = forms.ModelChoiceField(
        label="Organ", queryset=AuditedBody.objects.none(), required=False, empty_label="Alla granskade"
    )

    def __init__(self, *args: Any, audit: Audit, **kwargs: Any) -> None:
        """Offer the audited bodies."""
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = audit.bodies.select_related("committee")  # type: ignore[attr-defined]  # a ModelChoiceField


class AssessmentForm(RevisedForm):
    """The answer to a question."""

    grade = forms.ChoiceField(label="Bedömning", required=False)
    grounds = LongText(label="Motivering", rows=8)

    def __init__(self, *args: Any, question: Question, content: FrameworkContent, **kwargs: Any) -> None:
        """Offer the words of the scale; a question that is not graded has its text only."""
        super().__init__(*args, **kwargs)
        if question.is_graded:
            words = [("", "Inte bedömd än"), *((word, word) for word in content.scale.words)]
            self.fields["grade"].choices = words  # type: ignore[attr-defined]  # it is a ChoiceField
        else:
            del self.fields["grade"]
            self.fields["grounds"].label = "Beskrivning"


class RecommendationForm(RevisedForm):
    """What is recommended, and to whom."""

    number = forms.CharField(
        label="Nummer", max_length=10, required=False, help_text="Lämnas det tomt blir det nästa lediga."
    )
    text = LongText(label="Rekommendation", required=True)
    committees = forms.ModelMultipleChoiceField(
        label="Riktas till", queryset=Committee.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    other_bodies = forms.CharField(
        label="Andra organ", required=False, max_length=500, help_text="Skriv namnen med semikolon emellan."
    )
    questions = forms.MultipleChoiceField(
        label="Följer av frågorna", widget=forms.CheckboxSelectMultiple, required=False
    )
    takes_over = forms.ModelChoiceField(
        label="Tar över en öppen rekommendation",
        queryset=Recommendation.objects.none(),
        required=False,
        empty_label="Nej",
    )
    repeats = forms.ModelChoiceField(
        label="Upprepar en tidigare rekommendation",
        queryset=Recommendation.objects.none(),
        required=False,
        empty_label="Nej",
    )

    def __init__(
        self,
        *args: Any,
        content: FrameworkContent,
        earlier: QuerySet[Recommendation],
        committees: QuerySet[Committee],
        **kwargs: Any,
    ) -> None:
        """Offer every committee, the framework's questions and the recommendations of earlier audits."""
        super().__init__(*args, **kwargs)
        self.fields["committees"].queryset = committees  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        for name in ("takes_over", "repeats"):
            self.fields[name].queryset = earlier  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["questions"].choices = [  # type: ignore[attr-defined]  # a MultipleChoiceField
            (question.number, f"{question.number}. {question.short or question.text}") for question in content.questions
        ]

    def other_names(self) -> list[str]:
        """Return the names of addressees that are no committees."""
        return [name.strip() for name in self.cleaned_data["other_bodies"].split(";") if name.strip()]


class CommentForm(forms.Form):
    """A comment in the fact check."""

    body = forms.ModelChoiceField(label="Från", queryset=AuditedBody.objects.none(), empty_label=None)
    finding = forms.ChoiceField(label="Gäller", required=False)
    text = LongText(label="Synpunkt", required=True)

    def __init__(
        self, *args: Any, bodies: QuerySet[AuditedBody], findings: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        """Offer the bodies the user answers for, and the findings to comment on."""
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]  # it is a ModelChoiceField
        self.fields["finding"].choices = [("", "Rapporten som helhet"), *findings]  # type: ignore[attr-defined]  # a ChoiceField


class AnswerForm(forms.Form):
    """What the auditors do with a comment."""

    read_as = forms.IntegerField(widget=forms.HiddenInput, required=False)
    take = forms.TypedChoiceField(
        label="Synpunkten",
        choices=[("ja", "inarbetas"), ("nej", "inarbetas inte")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    new_text = LongText(label="Texten när synpunkten är inarbetad", rows=8)
    reason = LongText(label="Skäl", required=True, rows=3, help_text="Den granskade nämnden läser det du skriver här.")
