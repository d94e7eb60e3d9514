"""Drawing a sample and marking its cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from audits.actions.samples import SampleOrder
from audits.enums import Mark, SampleRule
from audits.frameworks.model import FrameworkContent, SampleEvidence
from audits.models import Audit, Sample, SampleItem, SampleMark
from committees.models import Committee
from committees.revising import Revisable
from committees.writing_forms import DateField, LongText, RevisedForm
from reporting.figures.model import Period
from reporting.figures.population import divisions_of
from reporting.measures.catalogue import measures

_NEEDED = {SampleRule.NUMBER: ("number",), SampleRule.SHARE: ("share",), SampleRule.ATTRIBUTE: ("tolerable",)}


class PercentField(forms.FloatField):
    """A share in percent that may be left out."""

    def __init__(self, *, label: str, help_text: str = "") -> None:
        """Take 0 to 100."""
        super().__init__(label=label, help_text=help_text, required=False, min_value=0, max_value=100)


def evidence_asked(content: FrameworkContent, number: str) -> SampleEvidence | None:
    """Return the first sample that the framework asks for with a question, None where it asks for none."""
    question = content.question(number)
    wanted = question.evidence if question else ()
    return next((one for one in wanted if isinstance(one, SampleEvidence)), None)


class SampleForm(forms.Form):
    """What is to be drawn. `order` gives it as the action takes it."""

    title = forms.CharField(label="Vad stickprovet gäller", max_length=250)
    question = forms.ChoiceField(label="Fråga", required=False)
    measure = forms.ChoiceField(label="Ärendena i måttet")
    variant = forms.CharField(label="Variant", required=False, max_length=100, help_text="Tomt betyder den vanliga.")
    committees = forms.ModelMultipleChoiceField(
        label="Nämnder",
        queryset=Committee.objects.none(),
        to_field_name="code",
        required=False,
        help_text="Välj ingen för att dra ur alla granskade nämnders ärenden.",
    )
    start = DateField(label="Från och med")
    end = DateField(label="Till och med")
    criteria = LongText(label="Kriterier", required=True, help_text="Ett på varje rad. Varje ärende prövas mot alla.")
    rule = forms.ChoiceField(label="Storleken bestäms av", choices=SampleRule.choices, initial=SampleRule.ATTRIBUTE)
    number = forms.IntegerField(label="Antal ärenden", required=False, min_value=1)
    share = PercentField(label="Andel av ärendena, procent")
    confidence = forms.FloatField(label="Säkerhet, procent", initial=95, min_value=50, max_value=99.9)
    tolerable = PercentField(
        label="Tolerabel avvikelse, procent",
        help_text="Används vid attributurval: den högsta andel avvikelser som ni kan godta.",
    )
    expected = PercentField(
        label="Förväntad avvikelse, procent",
        help_text="Används vid attributurval. Tomt betyder att ni inte väntar er någon.",
    )
    strata = forms.ChoiceField(label="Dela upp efter", required=False)
    seed = forms.CharField(
        label="Slumpfrö",
        required=False,
        max_length=64,
        help_text="Tomt betyder att ett nytt skapas. Samma frö och underlag ger samma ärenden.",
    )

    def __init__(self, *args: Any, audit: Audit, content: FrameworkContent, **kwargs: Any) -> None:
        """Offer the audit's questions and committees, and every measure."""
        super().__init__(*args, **kwargs)
        known = sorted(measures(), key=lambda one: one.name)
        divisions = {one.value: one.label for measure in known for one in divisions_of(measure)}
        self.fields["committees"].queryset = Committee.objects.filter(audited_as__audit=audit)  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        choices = {
            "question": [("", "Ingen särskild fråga"), *((one.number, one.number) for one in content.questions)],
            "measure": [(one.code, one.name) for one in known],
            "strata": [("", "Inte uppdelat"), *sorted(divisions.items(), key=lambda one: one[1])],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # ChoiceFields

    def clean(self) -> dict[str, Any]:
        """Refuse a rule without its number, and a period that ends before it begins."""
        cleaned = super().clean() or self.cleaned_data
        for name in _NEEDED.get(SampleRule(cleaned.get("rule") or SampleRule.ALL), ()):
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, f"Fyll i {str(self.fields[name].label).lower()} för den regeln.")
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            raise ValidationError({"end": "Perioden slutar innan den börjar."})
        return cleaned

    def order(self) -> SampleOrder:
        """Return what was asked for; percent become shares of one."""
        given = self.cleaned_data
        share, tolerable = (None if given[name] is None else given[name] / 100 for name in ("share", "tolerable"))
        return SampleOrder(
            title=given["title"],
            question=given["question"],
            measure=given["measure"],
            variant=given["variant"],
            committees=[one.code for one in given["committees"]],
            period=Period(given["start"], given["end"]),
            criteria=given["criteria"].splitlines(),
            rule=SampleRule(given["rule"]),
            number=given["number"],
            share=share,
            confidence=given["confidence"] / 100,
            tolerable=tolerable,
            expected=(given["expected"] or 0) / 100,
            strata=given["strata"],
            seed=given["seed"],
        )


class SampleItemForm(RevisedForm):
    """What one case shows: an answer for every criterion, and a comment."""

    def __init__(self, *args: Any, item: SampleItem, **kwargs: Any) -> None:
        """Ask for each criterion of the sample."""
        super().__init__(*args, **kwargs)
        set_before = {row.criterion_id: row.mark for row in item.marks.all()}
        self._criteria = {f"kriterium_{one.position}": one for one in item.sample.criteria.all()}
        for name, criterion in self._criteria.items():
            self.fields[name] = forms.ChoiceField(
                label=criterion.text,
                choices=[("", "Inte granskat än"), *Mark.choices],
                required=False,
                initial=set_before.get(criterion.pk, ""),
            )
        self.fields["comment"] = LongText(label="Kommentar", rows=4, help_text="Skriv inte namn eller personnummer.")
        self.fields["comment"].initial = item.comment
        self.order_fields([*self._criteria, "comment", "why", "read_as"])

    def marks(self) -> dict[int, str]:
        """Return the answers by the criterion's key in the database."""
        return {one.pk: self.cleaned_data[name] for name, one in self._criteria.items()}

    def tell_of_marks(self, current: Revisable) -> None:
        """Give the case, as somebody else saved it, its answers under the names of this form, so that both can be shown."""
        saved = SampleMark.objects.filter(item_id=current.pk).select_related("criterion")
        labels = {row.criterion_id: row for row in saved}
        for name, criterion in self._criteria.items():
            row = labels.get(criterion.pk)
            setattr(current, name, row.mark if row else "")
            setattr(current, f"get_{name}_display", row.get_mark_display if row else str)


class SampleCloseForm(RevisedForm):
    """What a sample showed."""

    conclusion = LongText(label="Slutsats", required=True)

    def __init__(self, *args: Any, sample: Sample, **kwargs: Any) -> None:
        """Begin with the conclusion that was written before, if any."""
        super().__init__(*args, read_as=sample.revision, initial={"conclusion": sample.conclusion}, **kwargs)
        del self.fields["why"]
