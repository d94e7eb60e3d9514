"""Choosing a rule of disposal, and recording the decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from cases.disposal.proposing import last_possible_day
from cases.enums import DisposalArea
from committees.writing_forms import DateField

_FIRST_YEAR = 1990


class RuleForm(forms.Form):
    """The rule: an area, and the year in which the last entry may at latest have been made."""

    omrade = forms.ChoiceField(label="Område", choices=DisposalArea.choices)
    ar = forms.IntegerField(
        label="Sista anteckningen gjord senast år",
        min_value=_FIRST_YEAR,
        help_text="Ekonomiskt bistånd gallras när fem år har gått, övriga områden enligt kommunens dokumenthanteringsplan.",
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        """Propose the latest year that support may be disposed of."""
        super().__init__(*args, **kwargs)
        self._today = today
        self.fields["ar"].initial = last_possible_day(DisposalArea.SUPPORT, today).year

    def clean(self) -> dict[str, Any]:
        """Refuse a year that is too late for the area."""
        cleaned: dict[str, Any] = super().clean() or {}
        if {"omrade", "ar"} <= cleaned.keys():
            last = last_possible_day(DisposalArea(cleaned["omrade"]), self._today)
            if cleaned["ar"] > last.year:
                self.add_error("ar", f"Senast {last.year} går att välja för det området.")
        return cleaned


class DecisionForm(forms.Form):
    """Who decided, when and in which paragraph; `list` is the fingerprint of the list that was read."""

    body = forms.CharField(label="Beslutad av", max_length=150, help_text="Till exempel socialnämnden.")
    decided_on = DateField(label="Beslutsdatum")
    paragraph = forms.CharField(label="Paragraf", max_length=50, help_text="Till exempel § 14.")
    list = forms.CharField(widget=forms.HiddenInput)
