"""Narrowing a measure to some of its cases: one choice for each dimension the reader may use."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from reporting.figures.dimensions import UNKNOWN, values_of
from reporting.measures.dimensions import Dimension
from reporting.views.measure_page import MeasurePage
from reporting.views.place import SNAPSHOT_PARAMETER
from reporting.views.question import NOT_KNOWN, SPLIT_PARAMETER, VARIANT_PARAMETER

_NOT_OFFERED = {Dimension.YEAR, Dimension.MONTH, Dimension.MUNICIPALITY}
"""A year is chosen in the address, and there is one municipality."""


class SelectionForm(forms.Form):
    """The choices, filled in from the address. The address is read by `question_of`; this only shows what can be chosen."""

    def __init__(self, query: QueryDict, *, page: MeasurePage) -> None:
        super().__init__(query or None)
        names = (VARIANT_PARAMETER, SPLIT_PARAMETER, SNAPSHOT_PARAMETER)
        self.kept = [(name, value) for name in names for value in query.getlist(name)]
        limits = dict(page.question.scope.where())
        for dimension in page.measure.dimensions:
            if dimension in _NOT_OFFERED:
                continue
            known = values_of(page.engine, dimension)
            allowed = limits.get(dimension.value)
            choices = [(value, label) for value, label in known.items() if allowed is None or value in allowed]
            if allowed is None:
                choices.append((NOT_KNOWN, UNKNOWN))
            if len(choices) > 1:
                self.fields[dimension.value] = forms.ChoiceField(
                    label=dimension.label, choices=[("", "Alla"), *choices], required=False
                )
