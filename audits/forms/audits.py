"""Setting an audit up: what it is, whom it covers, who works on it and what it was built on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from audits.enums import AuditKind, EngagementPart, SourceKind
from audits.models import Audit, AuditedBody, FrameworkVersion
from committees.models import Committee, User
from committees.writing_forms import DateField, LongText, RevisedForm


class CommissionFields(forms.Form):
    """What an audit is asked to do."""

    title = forms.CharField(label="Titel", max_length=250)
    kind = forms.ChoiceField(label="Slag av granskning", choices=AuditKind.choices)
    commissioner = forms.CharField(
        label="Uppdragsgivare", max_length=200, help_text="Till exempel kommunens revisorer eller en myndighet."
    )
    firm = forms.CharField(
        label="Granskare", max_length=150, required=False, help_text="Byrå, myndighet eller konsult."
    )
    registry_number = forms.CharField(label="Diarienummer", max_length=50, required=False)
    purpose = LongText(label="Syfte", required=True, rows=3)
    scope = LongText(label="Avgränsning", rows=3)
    period_start = DateField(label="Granskad period från")
    period_end = DateField(label="Granskad period till")
    follows = forms.ModelChoiceField(
        label="Följer upp", queryset=Audit.objects.none(), required=False, empty_label="Ingen tidigare granskning"
    )

    def __init__(self, *args: Any, earlier: QuerySet[Audit], **kwargs: Any) -> None:
        """Offer the earlier audits the user may read."""
        super().__init__(*args, **kwargs)
        self.fields["follows"].queryset = earlier  # type: ignore[attr-defined]  # it is a ModelChoiceField


class AuditForm(CommissionFields):
    """A new audit."""

    framework_version = forms.ModelChoiceField(
        label="Ramverk",
        queryset=FrameworkVersion.objects.none(),
        empty_label=None,
        help_text="Granskningen behåller den version den börjar med, även om ramverket ändras senare.",
    )
    committees = forms.ModelMultipleChoiceField(
        label="Granskade nämnder",
        queryset=Committee.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    engaged_until = DateField(label="Ditt uppdrag gäller till")

    field_order = ("title", "framework_version", "kind", "committees")

    def __init__(
        self, *args: Any, versions: QuerySet[FrameworkVersion], committees: QuerySet[Committee], **kwargs: Any
    ) -> None:
        """Offer the latest version of each framework, and the committees the user is elected to audit."""
        super().__init__(*args, **kwargs)
        self.fields["framework_version"].queryset = versions  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["committees"].queryset = committees  # type: ignore[attr-defined]  # a ModelMultipleChoiceField


class AuditTextForm(CommissionFields, RevisedForm):
    """What the auditors write of the audit itself."""

    background = LongText(label="Bakgrund")
    method = LongText(label="Metod")
    purpose_in_summary = LongText(
        label="Syftet så som det står i sammanfattningen",
        rows=3,
        help_text="Fyll i om rapporten upprepar syftet. Då jämförs formuleringarna.",
    )
    overall_grade = forms.ChoiceField(label="Samlad bedömning", required=False)
    overall_text = LongText(label="Den samlade bedömningen i ord")
    fact_check_due = DateField(label="Synpunkter i faktakontrollen senast", required=False)
    report_date = DateField(label="Rapportens datum", required=False)
    signatories = LongText(
        label="Undertecknas av", rows=2, help_text="Skriv befattning eller funktion, en på varje rad."
    )

    def __init__(self, *args: Any, words: tuple[str, ...], **kwargs: Any) -> None:
        """Offer the words of the framework's scale."""
        super().__init__(*args, **kwargs)
        choices = [("", "Inte bedömd än"), *((word, word) for word in words)]
        self.fields["overall_grade"].choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField


class CoverLetterForm(RevisedForm):
    """The elected auditors' cover letter."""

    cover_letter = LongText(label="Missiv", required=True, rows=12)
    signatories = LongText(label="Undertecknas av", rows=2)


class BodyForm(forms.Form):
    """One more audited body: a committee, or another body by name."""

    committee = forms.ModelChoiceField(
        label="Nämnd", queryset=Committee.objects.none(), required=False, empty_label="Ett annat organ"
    )
    name = forms.CharField(label="Annat organ", max_length=150, required=False)
    short_name = forms.CharField(label="Kortnamn på det andra organet", max_length=20, required=False)

    def __init__(self, *args: Any, committees: QuerySet[Committee], **kwargs: Any) -> None:
        """Offer the committees the user is elected to audit."""
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees  # type: ignore[attr-defined]  # it is a ModelChoiceField


class MovedDateForm(forms.Form):
    """A day that is set or moved, with the reason for moving it."""

    why = forms.CharField(
        label="Skäl", required=False, max_length=500, help_text="Behövs när ett datum som redan är satt flyttas."
    )


class ResponseDueForm(MovedDateForm):
    """By when a body is to answer."""

    due = DateField(label="Svar senast", required=False)
    field_order = ("due", "why")


class FactCheckDueForm(MovedDateForm):
    """By when comments are to be in."""

    due = DateField(label="Synpunkter senast")
    field_order = ("due", "why")


class EngagementForm(forms.Form):
    """A part in the audit for somebody who has a log-in."""

    person = forms.CharField(label="Användarnamn", max_length=150)
    part = forms.ChoiceField(label="Som", choices=EngagementPart.choices)
    start = DateField(label="Från")
    end = DateField(
        label="Till", help_text="Efter den dagen kan personen inte längre läsa granskningen eller det den omfattar."
    )

    def clean_person(self) -> User:
        """Return the person of that name. Raises ValidationError in Swedish."""
        person = User.objects.filter(username=self.cleaned_data["person"], is_active=True).first()
        if person is None:
            raise forms.ValidationError("Ingen har det användarnamnet. Be en administratör lägga upp personen först.")
        return person


class ReasonForm(forms.Form):
    """A reason that must be given."""

    why = forms.CharField(label="Skäl", max_length=500)


class SourceForm(forms.Form):
    """What the audit was built on."""

    kind = forms.ChoiceField(label="Slag", choices=SourceKind.choices)
    text = forms.CharField(
        label="Källa", max_length=300, help_text="Dokumentets titel eller den intervjuades befattning, aldrig ett namn."
    )
    body = forms.ModelChoiceField(
        label="Hos", queryset=AuditedBody.objects.none(), required=False, empty_label="Inget särskilt organ"
    )
    dated = DateField(label="Datum", required=False)

    def __init__(self, *args: Any, audit: Audit, **kwargs: Any) -> None:
        """Offer the audited bodies."""
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = audit.bodies.select_related("committee")  # type: ignore[attr-defined]  # as above
