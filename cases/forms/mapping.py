"""Saying how a file of another system is read: its columns, its ways of writing, its words for codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from cases.deliveries.forms import DECIMAL_MARKS, THOUSANDS_MARKS, Forms, fault_in_date_form, fault_in_month_form
from cases.deliveries.headers import normalised
from cases.deliveries.rules import FileRules, as_compared
from cases.kinds import ColumnType, Kind
from cases.persons import MASK
from cases.profiles.reading import MOST_SKIPPED
from cases.profiles.suggesting import suggested
from cases.uploads.looking import Head

_NOT_READ = "Läses inte"


class ReadingForm(forms.Form):
    """Where in the file the table is and how dates and numbers are written."""

    sheet = forms.CharField(label="Blad i arbetsboken", required=False, max_length=31)
    skip = forms.IntegerField(label="Rader före rubrikraden", required=False, min_value=0, max_value=MOST_SKIPPED)
    dates = forms.CharField(
        label="Datum skrivs", required=False, max_length=40, help_text="Till exempel DD.MM.ÅÅÅÅ. Tomt: ÅÅÅÅ-MM-DD."
    )
    months = forms.CharField(
        label="Månader skrivs", required=False, max_length=40, help_text="Till exempel MM/ÅÅÅÅ. Tomt: ÅÅÅÅ-MM."
    )
    decimal = forms.ChoiceField(
        label="Decimaltecken",
        required=False,
        choices=[("", "Komma eller punkt"), *((mark, mark) for mark in DECIMAL_MARKS)],
    )
    thousands = forms.ChoiceField(
        label="Tusentalstecken",
        required=False,
        choices=[("", "Inget eller mellanrum"), *((mark, mark) for mark in THOUSANDS_MARKS)],
    )

    def clean_dates(self) -> str:
        """Refuse a form that leaves the day in doubt."""
        return _without_fault(self.cleaned_data["dates"], fault_in_date_form)

    def clean_months(self) -> str:
        """Refuse a form that leaves the month in doubt."""
        return _without_fault(self.cleaned_data["months"], fault_in_month_form)

    @classmethod
    def of(cls, posted: QueryDict | None, rules: FileRules) -> ReadingForm:
        """Return the form, beginning with what the profile says."""
        first = {
            "sheet": rules.sheet,
            "skip": rules.skip,
            "dates": rules.forms.dates,
            "months": rules.forms.months,
            "decimal": rules.forms.decimal,
            "thousands": rules.forms.thousands,
        }
        return cls(posted, initial=first)

    def applied_to(self, rules: FileRules) -> FileRules:
        """Return the rules as the form now says, without columns and codes; as they stand where the form has faults."""
        if not self.is_bound:
            return FileRules(rules.kind, {}, {}, rules.forms, rules.sheet, rules.skip)
        if not self.is_valid():
            return FileRules(rules.kind)
        said: Mapping[str, Any] = self.cleaned_data
        ways = Forms(said["dates"], said["months"], said["decimal"], said["thousands"])
        return FileRules(rules.kind, {}, {}, ways, said["sheet"].strip(), said["skip"] or 0)


class ColumnsForm(forms.Form):
    """Which of our columns each of the file's is, beginning with what the profile says or what the header suggests."""

    def __init__(self, posted: QueryDict | None, head: Head, kind: Kind, rules: FileRules) -> None:
        """Ask for each header."""
        super().__init__(posted)
        self._head, self._kind = head, kind
        ours = [
            (column.field, f"{column.header} (krävs)" if column.required else column.header) for column in kind.columns
        ]
        guesses = suggested(head.headers, kind)
        persons = {column.field for column in kind.columns if column.type is ColumnType.PERSON}
        for place, header in enumerate(head.headers):
            guess = rules.columns.get(normalised(header), guesses[place] if not rules.columns else "")
            chosen = posted.get(f"column_{place}", "") if posted is not None else ""
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header or "(utan rubrik)",
                required=False,
                choices=[("", _NOT_READ), *ours],
                initial=guess,
                help_text=MASK if persons & {guess, guesses[place], chosen} else head.samples[place],
            )

    def columns(self) -> dict[str, str]:
        """Return header to field, where it is not what is read without a profile."""
        canonical = {normalised(column.header): column.field for column in self._kind.columns}
        if self.is_bound:
            self.is_valid()
        found = {}
        for place, header in enumerate(self._head.headers):
            name = f"column_{place}"
            chosen = self.cleaned_data.get(name, "") if self.is_bound else self.fields[name].initial
            if header.strip() and chosen != canonical.get(normalised(header), ""):
                found[normalised(header)] = chosen or ""
        return found


class ProfileForm(forms.Form):
    """What the profile is called."""

    name = forms.SlugField(
        label="Profilens namn",
        max_length=60,
        help_text="Små bokstäver, siffror och bindestreck, till exempel treserva-bistand. Ett namn som finns får en ny version.",
    )
    system = forms.CharField(label="System som filerna kommer från", max_length=60)


def _without_fault(form: str, fault_in: Callable[[str], str]) -> str:
    if form.strip() and (fault := fault_in(form.strip())):
        raise ValidationError(fault)
    return form.strip()


def codes_posted(posted: QueryDict, kind: Kind) -> dict[str, dict[str, str]]:
    """Return the words that have been given a code: pairs of lists, by column. A word left without a code is not among them."""
    found: dict[str, dict[str, str]] = {}
    for column in kind.columns:
        words, codes = posted.getlist(f"word_{column.field}"), posted.getlist(f"code_{column.field}")
        given = {as_compared(word): code for word, code in zip(words, codes, strict=False) if word.strip() and code}
        if given:
            found[column.field] = given
    return found
