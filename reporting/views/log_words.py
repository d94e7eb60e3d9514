"""The filters of a look at cases in the words of the list that was looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cases.models import ActivityType
from committees.models import Committee, Unit
from reporting.case_list import shown_columns
from reporting.figures.dimensions import UNKNOWN, closed_label
from reporting.figures.narrowing import NO, YES
from reporting.measures.catalogue import UnknownMeasure
from reporting.measures.catalogue import measure as measure_named
from reporting.measures.dimensions import Dimension
from reporting.measures.model import Measure
from reporting.views.case_filter import FROM, KEY_PARAMETER, TO
from reporting.views.question import NOT_KNOWN

_ENDS = {FROM: "från", TO: "till"}
_NAMED = {Dimension.UNIT: Unit, Dimension.COMMITTEE: Committee, Dimension.ACTIVITY_TYPE: ActivityType}


def filters_in_words(code: str, filters: Mapping[str, Sequence[str]]) -> list[str]:
    """Return each filter as its heading and what it was narrowed to; codes stand for what has gone from the catalogue since."""
    try:
        measure = measure_named(code)
    except UnknownMeasure:
        return [f"{name}: {', '.join(values)}" for name, values in filters.items()]
    return [
        f"{_heading(measure, name)}: {', '.join(_words(measure, name, values))}" for name, values in filters.items()
    ]


def _heading(measure: Measure, name: str) -> str:
    if name in list(Dimension):
        return Dimension(name).label
    named = {**shown_columns(measure, "out"), **shown_columns(measure, "in")}
    known = {"variant": "Variant", "year": "År", KEY_PARAMETER: measure.case.one.capitalize(), **named}
    for ending, word in _ENDS.items():
        if name.endswith(ending):
            column = name.removesuffix(ending)
            return f"{known.get(column, column)}, {word}"
    return known.get(name, name)


def _words(measure: Measure, name: str, values: Sequence[str]) -> list[str]:
    if name == "variant":
        return [measure.variant_label(value) if value in measure.variant_names else value for value in values]
    if name in _NAMED:
        found = dict(_NAMED[Dimension(name)].objects.filter(code__in=values).values_list("code", "name"))  # type: ignore[attr-defined]  # all three have code and name
        return [found.get(value, UNKNOWN if value == NOT_KNOWN else value) for value in values]
    return [_word(measure, name, value) for value in values]


def _word(measure: Measure, name: str, value: str) -> str:
    if value in {"", NOT_KNOWN}:
        return UNKNOWN
    if name in list(Dimension):
        return closed_label(Dimension(name), value)
    categories = {category.code: category.label for category in measure.categories}
    return value if value in {YES, NO} else categories.get(value, measure.word(value))
