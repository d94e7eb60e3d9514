"""Beside other municipalities: every key figure that has been fetched from Kolada, and each of them over five years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from committees.middleware import UserRequest
from committees.models import Municipality
from reporting.charts.canvas import Caption
from reporting.comparison.fetching import STANDARD_KPIS
from reporting.comparison.models import PeerGroup
from reporting.comparison.selectors import (
    Comparison,
    Known,
    chosen_group,
    comparison,
    comparisons,
    known_kpis,
    position,
)
from reporting.figures.swedish import MISSING, number
from reporting.measures.catalogue import measures
from reporting.views.charts import comparison_chart
from reporting.views.frame import drawing_of
from reporting.views.measure_page import CHART_FILES
from reporting.views.peers import comparison_sheet
from reporting.views.place import home_place
from reporting.views.sheets import Cell, Column, Row, Sheet, answer_with_file

YEARS = 5
_LIST_NOTE = (
    "Det senaste året som kommunen har ett värde. Platsen räknas från det högsta värdet i gruppen och säger inte vad som är "
    "bra eller dåligt. Källa: Kolada."
)
_GROUP, _LAST = "grupp", "till"


class ComparisonForm(forms.Form):
    """With which group, and up to which year."""

    grupp = forms.ModelChoiceField(label="Jämför med", queryset=PeerGroup.objects.order_by("title"), empty_label=None)
    till = forms.TypedChoiceField(label="Till och med år", coerce=int)

    def __init__(self, request: HttpRequest, known: Sequence[Known]) -> None:
        years = range(max(one.last_year for one in known), min(one.first_year for one in known) - 1, -1)
        group = chosen_group() or PeerGroup.objects.order_by("title").first()
        asked = {_GROUP: group.pk if group else "", _LAST: str(years[0]), **request.GET.dict()}
        super().__init__(asked)
        cast("forms.TypedChoiceField", self.fields[_LAST]).choices = [(str(year), str(year)) for year in years]


@dataclass(frozen=True)
class _Asked:
    group: PeerGroup
    years: tuple[int, ...]
    own: str | None


def _asked(form: ComparisonForm) -> _Asked | None:
    """Return what the form asks for, None when it asks for what there is not."""
    if not form.is_valid():
        return None
    last = form.cleaned_data[_LAST]
    own = Municipality.objects.order_by("pk").values_list("code", flat=True).first()
    return _Asked(form.cleaned_data[_GROUP], tuple(range(last - YEARS + 1, last + 1)), own)


@require_GET
def measure_comparisons(request: UserRequest) -> HttpResponse:
    """List the key figures that have been fetched: the audits' own first, each with its latest year."""
    known = known_kpis()
    if not known or not PeerGroup.objects.exists():
        return render(request, "reporting/comparison_none.html", {"standard": STANDARD_KPIS})
    form = ComparisonForm(request, known)
    asked = _asked(form)
    known.sort(key=lambda one: (one.kpi.pk not in STANDARD_KPIS, one.kpi.pk))
    sheet = _list_sheet(request, known, asked) if asked else None
    return render(request, "reporting/comparison_list.html", {"filter": {"form": form}, "sheet": sheet, "asked": asked})


def _list_sheet(request: HttpRequest, known: Sequence[Known], asked: _Asked) -> Sheet:
    found = {
        one.kpi: one
        for one in comparisons([one.kpi.pk for one in known], group=asked.group, years=asked.years, own=asked.own)
    }
    rows = [_list_row(request, one, found[one.kpi.pk]) for one in known if one.kpi.pk in found]
    columns = (
        Column("Nyckeltal", numeric=False),
        Column("År"),
        Column("Egen kommun"),
        Column("Liknande, medel"),
        Column("Plats från högsta"),
    )
    return Sheet("jamforelse", f"Nyckeltal, {asked.group.title}", columns, tuple(rows), (_LIST_NOTE,))


def _list_row(request: HttpRequest, known: Known, found: Comparison) -> Row:
    with_value = [at for at, value in enumerate(found.own) if value is not None]
    at = with_value[-1] if with_value else len(found.years) - 1
    place, mean = position(found, at), found.group_means[at].value
    own = found.own[at] if found.own else None
    link = f"{reverse('measure_comparison', args=[known.kpi.pk])}?{request.GET.urlencode()}".rstrip("?")
    return Row(
        (
            Cell(f"{known.kpi.pk} {known.kpi.title}", link=link),
            Cell(str(found.years[at]) if with_value else MISSING, found.years[at]),
            Cell(_shown(own), own),
            Cell(_shown(mean), mean),
            Cell(f"{place['place']} av {place['of']}" if place else MISSING),
        )
    )


def _shown(value: float | None) -> str:
    return MISSING if value is None else number(value, 1)


def _one(request: HttpRequest, kpi: str) -> tuple[Known, ComparisonForm, Comparison | None]:
    known = next((one for one in known_kpis() if one.kpi.pk == kpi.upper()), None)
    if known is None:
        raise Http404(f"Nyckeltalet {kpi} har inte hämtats. Hämta det med kommandot fetch_kolada --kpi {kpi}.")
    form = ComparisonForm(request, [known])
    asked = _asked(form)
    found = comparison(known.kpi.pk, group=asked.group, years=asked.years, own=asked.own) if asked else None
    return known, form, found


def _own_figures(request: UserRequest, kpi: str) -> list[dict[str, str]]:
    """Return the measures that count the same thing in the municipality's own data, for who has a place to read them."""
    place = home_place(request)
    if place is None:
        return []
    return [{"label": one.name, "url": place.url("measure", code=one.code)} for one in measures() if kpi in one.kolada]


def _files(known: Known, query: str, endings: Sequence[str]) -> list[dict[str, str]]:
    return [
        {"label": ending.upper(), "url": reverse("measure_comparison_file", args=[known.kpi.pk, ending]) + query}
        for ending in endings
    ]


@require_GET
def measure_comparison(request: UserRequest, kpi: str) -> HttpResponse:
    """Show one key figure over five years: this municipality, the similar ones, their mean and the country's."""
    known, form, found = _one(request, kpi)
    query = f"?{request.GET.urlencode()}".rstrip("?")
    shown = {
        "known": known,
        "own": _own_figures(request, known.kpi.pk),
        "filter": {"form": form},
        "sheet": comparison_sheet(f"jamforelse-{known.kpi.pk}", found) if found else None,
        "chart": comparison_chart(found) if found else None,
        "files": _files(known, query, ("csv", "xlsx")),
        "chart_files": _files(known, query, CHART_FILES),
    }
    return render(request, "reporting/comparison.html", shown)


@require_GET
def measure_comparison_file(request: UserRequest, kpi: str, ending: str) -> HttpResponse:
    """Return the table or the chart of a key figure as a file."""
    known, form, found = _one(request, kpi)
    if found is None:
        raise Http404("Det finns inga värden för den gruppen och de åren.")
    name = f"jamforelse-{known.kpi.pk}"
    if ending in CHART_FILES:
        return drawing_of(name, comparison_chart(found), _caption_of(known, form, found), ending)
    return answer_with_file(comparison_sheet(name, found), ending)


def _caption_of(known: Known, form: ComparisonForm, found: Comparison) -> Caption:
    """Return what the chart of a key figure says of itself in a file."""
    own = Municipality.objects.order_by("pk").values_list("name", flat=True).first()
    similar = f"Liknande kommuner: {form.cleaned_data[_GROUP].title}"
    compared = [*([own] if own else []), f"{found.years[0]}–{found.years[-1]}", similar]
    source = f"Källa: Kolada {known.kpi.pk}, hämtat {date_format(localtime(known.fetched_at), 'j F Y')}."
    return Caption(known.kpi.title, ". ".join(compared), source)
