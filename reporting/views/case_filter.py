"""Narrowing a case list by its columns: the choices a reader is offered, and what the address has chosen of them."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import QueryDict

from reporting.case_list import Wording, shown_columns
from reporting.figures.cases import KEPT, Population
from reporting.figures.dimensions import UNKNOWN
from reporting.figures.model import Request
from reporting.figures.narrowing import COUNTED, NO, YES, ColumnSort, Narrowing, choices_of, sorts_of
from reporting.measures.dimensions import Dimension
from reporting.views.measure_page import MeasurePage
from reporting.views.question import NOT_KNOWN

FROM, TO = "_fran", "_till"
"""What an address puts after a column's name for the first and the last day, or the least and the most."""

KEY_PARAMETER = "arende"


class CaseFilter(forms.Form):
    """One field for each column that can be narrowed, two for days and numbers. Filled in from the address."""

    def __init__(self, query: QueryDict, *, page: MeasurePage, asked: Request, population: Population) -> None:
        self._headings = {
            name: heading
            for name, heading in shown_columns(page.measure, population).items()
            if name not in [*Dimension, "person_key"]
        }
        self._sorts = sorts_of(page.engine, asked, list(self._headings))
        chosen = [name for name, sort in self._sorts.items() if sort is ColumnSort.CHOICE]
        self._choices = choices_of(page.engine, asked, chosen, kept=KEPT[population])
        self._words = Wording(page.engine, page.measure)
        self._offered: dict[str, dict[str, str]] = {}
        self._asked = query
        super().__init__(query)
        for name, sort in self._sorts.items():
            self._add_fields(name, sort)
        self.query = {name: query.getlist(name) for name in self.fields if any(query.getlist(name))}

    def _add_fields(self, name: str, sort: ColumnSort) -> None:
        heading = self._headings[name]
        if sort is ColumnSort.KEY:
            self.fields[KEY_PARAMETER] = forms.CharField(label=f"{heading}, del av beteckningen", required=False)
        elif sort is ColumnSort.DAYS:
            for ending, word in ((FROM, "från och med"), (TO, "till och med")):
                self.fields[f"{name}{ending}"] = forms.DateField(
                    label=f"{heading}, {word}", required=False, widget=forms.DateInput(attrs={"type": "date"})
                )
        elif sort is ColumnSort.NUMBERS:
            for ending, word in ((FROM, "minst"), (TO, "högst")):
                self.fields[f"{name}{ending}"] = forms.DecimalField(
                    label=f"{heading}, {word}", required=False, localize=True
                )
        elif name in self._choices or self._asked.get(name):
            # What the address asks for may have no case here; it is still a question, with an empty answer.
            asked = {"" if value == NOT_KNOWN else value for value in self._asked.getlist(name) if value}
            known = {value: self._word(name, value) for value in {*self._choices.get(name, ()), *asked}}
            offered = sorted(known.items(), key=lambda one: (one[0] == "", one[1]))
            self._offered[name] = {value or NOT_KNOWN: label for value, label in offered}
            choices = [("", "Alla"), *self._offered[name].items()]
            self.fields[name] = forms.ChoiceField(label=heading, required=False, choices=choices)

    def _word(self, name: str, value: str) -> str:
        if not value:
            return UNKNOWN
        return value if value in {YES, NO} else self._words.cell(name, value)

    def narrowings(self) -> list[Narrowing]:
        """Return what the address asks for; an address that cannot be read asks for nothing and has errors instead."""
        if not self.is_valid():
            return []
        asked = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return [self._narrowing(name, sort, asked) for name, sort in self._sorts.items() if self._is_asked(name, asked)]

    @staticmethod
    def _is_asked(name: str, asked: Mapping[str, object]) -> bool:
        key = KEY_PARAMETER if name == "unit_key" else name
        return any(one in asked for one in (key, f"{name}{FROM}", f"{name}{TO}"))

    @staticmethod
    def _narrowing(name: str, sort: ColumnSort, asked: Mapping[str, object]) -> Narrowing:
        if sort is ColumnSort.KEY:
            return Narrowing(name, part=str(asked[KEY_PARAMETER]))
        if sort is ColumnSort.CHOICE:
            value = str(asked[name])
            return Narrowing(name, values=("" if value == NOT_KNOWN else value,))
        return Narrowing(name, least=asked.get(f"{name}{FROM}"), most=asked.get(f"{name}{TO}"))  # type: ignore[arg-type]  # cleaned by the field

    @property
    def in_words(self) -> list[str]:
        """What the list is narrowed to: "Varför: flyttade"."""
        if not self.is_valid():
            return []
        said = []
        for name in self.query:
            field, value = self.fields[name], self.cleaned_data[name]
            shown = self._offered[name][value] if name in self._offered else value
            said.append(f"{field.label}: {shown}")
        return said

    @property
    def leaves_out_protected(self) -> bool:
        """Whether the list is narrowed by what is never told of protected persons."""
        return any(one.column not in COUNTED for one in self.narrowings())
