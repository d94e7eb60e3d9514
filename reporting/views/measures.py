"""The pages of a measure: how it has gone, split, method; and the list of all measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from committees.middleware import UserRequest
from reporting.charts.measure_series import Beside
from reporting.comparison.selectors import Comparison
from reporting.documents.parts import TargetPart
from reporting.figures.computing import compute, compute_many
from reporting.figures.dimensions import makes_sense_together
from reporting.figures.model import Result
from reporting.figures.sentences import sentence, uncertainty
from reporting.measures.catalogue import measures
from reporting.measures.dimensions import Dimension
from reporting.snapshots.engine import engine_for
from reporting.views.charts import split_chart, years_chart
from reporting.views.course import beside, course_of, history_sheet, month_by_month, moves_of
from reporting.views.indicators import targets_of
from reporting.views.measure_page import Link, MeasurePage, name_of, page_of, with_place
from reporting.views.measure_tables import SUBJECTS, excluded_sheet, list_sheet, series_sheet, split_sheet
from reporting.views.method import method_of
from reporting.views.peers import peers_of, peers_sheet
from reporting.views.place import Place, home_place
from reporting.views.question import Question
from reporting.views.selection import SelectionForm
from reporting.views.sheets import answer_with_document, answer_with_drawing, answer_with_file
from reporting.views.switches import switches_of


@require_GET
def measure_home(request: UserRequest) -> HttpResponse:
    """Send the reader to the measures of their own committees."""
    place = home_place(request)
    if place is None:
        return render(request, "reporting/no_snapshot.html")
    return redirect(place.url("measure_list"))


@with_place
def measure_list(request: UserRequest, place: Place) -> HttpResponse:
    """List every measure with the year's figure, or only the definitions for who has no role in the committee."""
    results: dict[str, Result] = {}
    if place.scope:
        questions = [Question(measure, None, (), {}, place.scope) for measure in measures()]
        found = compute_many(engine_for(place.snapshot), [question.request(place.year) for question in questions])
        results = {result.measure.code: result for result in found}
    sheets = [
        list_sheet(place, subject, [measure for measure in measures() if measure.subject == subject], results)
        for subject in SUBJECTS
        if any(measure.subject == subject for measure in measures())
    ]
    shown = {"place": place, "sheets": sheets, "switches": switches_of(place, "measure_list")}
    return render(request, "reporting/measure_list.html", shown)


def _frame(request: UserRequest, page: MeasurePage) -> dict[str, Any]:
    """Return what every page of a measure shows."""
    return {
        "page": page,
        "place": page.place,
        "switches": switches_of(page.place, page.view, code=page.measure.code),
        "form": SelectionForm(request.GET, page=page),
        "case_filter": None,
        "narrowed": [],
    }


def _years(page: MeasurePage) -> list[Result]:
    return compute_many(page.engine, [page.question.request(year, by=()) for year in page.years])


def _around(
    page: MeasurePage, results: list[Result], targets: Mapping[int, TargetPart], peers: Sequence[Comparison]
) -> Beside:
    return beside(page, [result.request for result in results], targets.get(page.place.year), peers)


@with_place
def measure_series(request: UserRequest, place: Place, code: str) -> HttpResponse:
    """Show how the measure has gone over the years."""
    page = page_of(request, place, code, "measure", place.scope)
    results, targets, peers = _years(page), targets_of(page), peers_of(page)
    around = _around(page, results, targets, peers)
    said = sentence(results)
    chart = years_chart(page, results, around, told=said)
    shown = {
        **_frame(request, page),
        "result": results[-1],
        "said": said,
        "uncertainty": uncertainty(results[-1].total),
        "chart": chart,
        "sheet": series_sheet(page, results, targets),
        "history": history_sheet(page, around.history),
        "moves": moves_of(page, around.handovers),
        "months": month_by_month(page),
        "course": course_of(page),
        "peers": [peers_sheet(page, found, results) for found in peers],
        "excluded": excluded_sheet(page, results[-1]),
        "files": page.files(chart=chart is not None),
    }
    return render(request, "reporting/measure_series.html", shown)


@with_place
def measure_series_file(request: UserRequest, place: Place, code: str, ending: str) -> HttpResponse:
    """Hand out the table of the years as a file."""
    page = page_of(request, place, code, "measure", place.scope)
    results = _years(page)
    if ending == "svg":
        around = _around(page, results, targets_of(page), peers_of(page))
        chart = years_chart(page, results, around, told=sentence(results), linked=False)
        if chart is None:
            raise Http404("Det finns inget diagram att hämta: måttet har inga värden här.")
        return answer_with_drawing(f"{page.measure.code}-utveckling", chart.wide)
    sheet = series_sheet(page, results, targets_of(page))
    if ending == "json":
        return answer_with_document(sheet.name, [result.as_json() for result in results])
    return answer_with_file(sheet, ending)


def _split(page: MeasurePage) -> Result | None:
    """Return the split that the address asks for, None when it asks for none."""
    return compute(page.engine, page.question.request(page.place.year)) if page.question.by else None


def _splits(page: MeasurePage) -> list[Link]:
    """Return the dimensions the measure can be split by, as links."""
    rest = {name: values for name, values in page.question.query.items() if name != "by"}
    first = page.question.by[:1]
    names = [dimension.value for dimension in page.measure.dimensions if dimension is not Dimension.MUNICIPALITY]
    return [Link(name_of(name), page.url(query={**rest, "by": [name]}), (name,) == first) for name in names]


def _second_splits(page: MeasurePage) -> list[Link]:
    """Return the dimensions that make sense beside the first, as links; none before the first is chosen."""
    if not page.question.by:
        return []
    first, *second = page.question.by
    rest = {name: values for name, values in page.question.query.items() if name != "by"}
    links = [Link("inget mer", page.url(query={**rest, "by": [first]}), not second)]
    for dimension in page.measure.dimensions:
        if dimension is not Dimension.MUNICIPALITY and makes_sense_together(first, dimension.value):
            url = page.url(query={**rest, "by": [f"{first},{dimension.value}"]})
            links.append(Link(dimension.label, url, [dimension.value] == second))
    return links


@with_place
def measure_split(request: UserRequest, place: Place, code: str) -> HttpResponse:
    """Show the year's figure split by one or two dimensions."""
    page = page_of(request, place, code, "measure_split", place.scope)
    result = _split(page)
    shown = {
        **_frame(request, page),
        "result": result,
        "splits": _splits(page),
        "seconds": _second_splits(page),
        "chart": split_chart(page, result) if result else None,
        "sheet": split_sheet(page, result) if result else None,
        "files": page.files(),
    }
    return render(request, "reporting/measure_split.html", shown)


@with_place
def measure_split_file(request: UserRequest, place: Place, code: str, ending: str) -> HttpResponse:
    """Hand out the table of a split as a file."""
    page = page_of(request, place, code, "measure_split", place.scope)
    result = _split(page)
    if result is None:
        raise Http404("Välj först vad tabellen ska delas upp på.")
    sheet = split_sheet(page, result)
    if ending == "json":
        return answer_with_document(sheet.name, result.as_json())
    return answer_with_file(sheet, ending)


@with_place
def measure_method(request: UserRequest, place: Place, code: str) -> HttpResponse:
    """Show how the measure is counted, in words and as the SQL that is run. Open to everyone who can log in."""
    page = page_of(request, place, code, "measure_method", place.scope or place.whole)
    shown = {**_frame(request, page), **method_of(page)}
    return render(request, "reporting/measure_method.html", shown)
