"""Forms for values reported by hand and for explanations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from committees.models import Committee
from committees.writing_forms import LongText, RevisedForm
from governance.actions.actions import Promise
from governance.actions.explanations import Answer
from governance.enums import Cause
from governance.forms.answering import AnsweringFields
from governance.models import Indicator
from reporting.figures.model import Period

WHOLE = "helar"
_LAST_MONTHS = {WHOLE: 12, "tertial1": 4, "delar": 8}
_PARTS = [(WHOLE, "Helåret"), ("tertial1", "Januari–april"), ("delar", "Januari–augusti")]


class ValueForm(forms.Form):
    """A value reported by hand."""

    committee = forms.ModelChoiceField(label="Nämnd", queryset=Committee.objects.none(), empty_label=None)
    year = forms.IntegerField(label="År", min_value=1990, max_value=2199)
    part = forms.ChoiceField(label="Del av året", choices=_PARTS)
    value = forms.DecimalField(label="Värde", localize=True, max_digits=20, decimal_places=10)
    source = forms.CharField(
        label="Källa", max_length=300, help_text="Till exempel vilken enkät, och hur många som svarade."
    )

    def __init__(self, *args: Any, committees: Any, unit: str, **kwargs: Any) -> None:
        """Offer the committees that the indicator is about and the person steers."""
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["value"].label = f"Värde i {unit}"

    def clean(self) -> dict[str, Any]:
        """Give the period as days, under `period`."""
        cleaned = super().clean() or self.cleaned_data
        if {"year", "part"} <= cleaned.keys():
            year, last = cleaned.pop("year"), _LAST_MONTHS[cleaned.pop("part")]
            end = dt.date(year + last // 12, last % 12 + 1, 1) - dt.timedelta(days=1)
            cleaned["period"] = Period(dt.date(year, 1, 1), end)
        return cleaned


class ChangedValueForm(RevisedForm):
    """Another value for the same period."""

    value = forms.DecimalField(label="Värde", localize=True, max_digits=20, decimal_places=10)
    source = forms.CharField(label="Källa", max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the reason always."""
        super().__init__(*args, **kwargs)
        self.fields["why"].required = True
        self.fields["why"].help_text = "Värdet attesteras på nytt efter en ändring."


class ExplanationForm(AnsweringFields, RevisedForm):
    """Why it went as it did, and what is done about it."""

    text = LongText(label="Varför blev utfallet som det blev?", required=True)
    reason_for_none = LongText(
        label="Om ingen åtgärd behövs: varför inte?", rows=3, help_text="Ange en åtgärd eller ett skäl, inte båda."
    )

    def __init__(self, *args: Any, committee: Committee, indicator: Indicator, day: dt.date, **kwargs: Any) -> None:
        """Offer the committee's actions and people."""
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.offer_answers([committee], day)
        self.order_fields(["text", "action", "title", "owner", "due", "reason_for_none"])

    def clean(self) -> dict[str, Any]:
        """Give the answer, under `answer`."""
        cleaned = super().clean()
        if not self.errors:
            cleaned["answer"] = Answer(
                text=cleaned["text"],
                action=cleaned["action"],
                promise=self._promise(cleaned) if cleaned["title"] else None,
                reason_for_none=cleaned["reason_for_none"],
            )
        return cleaned

    def _promise(self, cleaned: dict[str, Any]) -> Promise:
        return Promise(
            title=cleaned["title"],
            cause=Cause.TARGET,
            cause_text=str(self.indicator)[:300],
            owner=cleaned["owner"],
            due=cleaned["due"],
            measure=self.indicator.measure,
            variant=self.indicator.variant,
            selection=self.indicator.selection,
        )
